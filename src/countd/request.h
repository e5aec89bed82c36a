/* SPDX-License-Identifier: Apache-2.0
 *
 * A request and its answer, and which thread has it.
 */
#ifndef YIHU_COUNTD_REQUEST_H
#define YIHU_COUNTD_REQUEST_H

#include <microhttpd.h>
#include <yihu/bytes.h>
#include <yihu/entry.h>
#include <yihu/ledger.h>

#include "public/authority.h"
#include "public_name.h"

/* What goes back. Filled by whichever thread has the request. */
struct answer {
	unsigned status;
	struct yihu_buf body;
	int fd; /* a file instead of body; −1 none */
	uint64_t fd_bytes;
	const void *fixed; /* bytes of the program itself instead; NULL none */
	size_t fixed_len;
	const char *content_type;
	const char *content_encoding;
	const char *permissions; /* Permissions-Policy: of pages */
	const char *cache;       /* Cache-Control */
	const char *csp;         /* Content-Security-Policy */
	const char *allow;       /* for 405 */
	const char *location;    /* for 303 */
	bool for_all;            /* pages from elsewhere may read it: a public file */
	bool by_accept;          /* another Accept header gets another answer */
	unsigned retry_after_s;
	bool closes; /* the connection ends with it */
};

struct countd;
struct route;

struct request {
	struct countd *d;
	struct MHD_Connection *connection;
	struct connection *conn;   /* its deadline */
	const struct route *route; /* NULL: answered already (404, 405) */
	char *path;                /* the whole path */
	const char *tail;          /* of a prefix route: what follows */
	struct yihu_buf body;
	uint64_t limit; /* bytes that body may have */
	bool too_large;
	bool answered;  /* answer is complete */
	bool suspended; /* another thread has it, or had */
	bool reserved;  /* counts in countd.under_way */
	struct answer answer;
	enum yihu_entry_type type;   /* of a ballot or entry */
	enum yihu_verified verified; /* did a verifier check the ballot? */
	struct public_name name;     /* of a public file */
	struct public_authority authority;
	unsigned upload;      /* its place in countd.uploads; 0 none */
	size_t window;        /* bytes that came since its deadline was put off */
	struct request *next; /* in a queue */
};

#endif
