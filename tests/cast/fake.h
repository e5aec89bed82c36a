/* SPDX-License-Identifier: Apache-2.0
 *
 * A daemon on loopback that does as it is told: honest by default, and one
 * deed after the other when a script is given. It holds every key of a
 * fixture's election, so its forgeries are as good as forgeries get.
 */
#ifndef YIHU_TESTS_FAKE_H
#define YIHU_TESTS_FAKE_H

#include <fixture.h>
#include <microhttpd.h>
#include <pthread.h>

#include "cast/cast.h"
#include "crypto/proof_of_work.h"
#include "test.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define FAKE_ENTRIES_MAX 512
#define FAKE_DEEDS_MAX 8

/* What is done with a ballot. */
enum deed {
	HONEST,         /* 201, 200 for the same bytes, 409 for others of the serial */
	BUSY,           /* 503, not recorded */
	ASK,            /* 503, for work with another nonce than before; not recorded */
	ASK_TOO_MUCH,   /* for more of it than anybody does */
	RECORD_BUSY,    /* 503, and yet recorded */
	CUT,            /* recorded, and the connection is cut */
	CUT_BEFORE,     /* the connection is cut */
	BAD_GATEWAY,    /* 502 without a word of ours */
	PORTAL_REFUSES, /* 403, of a page that is not ours */
	PORTAL_TAKES,   /* 200, likewise */
	NO_RECEIPT,     /* recorded, and no receipt */
	REFUSE_OVER,    /* 403 */
	REFUSE_FORM,    /* 400 */
	REFUSE_VOTED,   /* 409, which /api/serial does not bear out */
	/* receipts that prove nothing of this ballot; nothing is recorded */
	OTHER_ENTRY,      /* an honest one of another household's ballot */
	WRONG_INDEX,      /* its index line says another */
	OTHER_LOG_KEY,    /* the checkpoint is signed by another key */
	BROKEN_SIGNATURE, /* a sign of it is changed */
	OTHER_ORIGIN,     /* the log key signs for another name */
	OTHER_TREE,       /* the checkpoint is of a tree without the entry */
	OTHER_TYPE,       /* the bytes stand in an entry of another type */
	BEFORE_POLL,      /* the entry's time is before the poll's beginning */
	AFTER_POLL,       /* … is that of its end */
	OTHER_BYTES,      /* the same ballot but for its vote signature */
	LONGER_BYTES,     /* … with a byte behind it */
	CUT_RECEIPT,      /* without its last byte */
	N_DEEDS
};

struct fake {
	struct fixture *fixture;
	struct MHD_Daemon *daemon;
	char *url;
	pthread_mutex_t lock;
	enum deed script[FAKE_DEEDS_MAX]; /* then honest */
	size_t n_script, at;
	/* files and answers that are not the fixture's */
	struct yihu_buf charter, definition;
	bool other_pk, other_signature, voided, lies_about_serial;
	unsigned starting; /* as many GETs are answered 503 */
	/* the log */
	struct yihu_buf entries[FAKE_ENTRIES_MAX];
	size_t n_entries;
	/* what came in */
	size_t posts, gets;
	struct yihu_buf first, last; /* bodies */
	struct work_ask asked;       /* the last one */
	size_t works, works_right;   /* ballots with work, and with what was asked for */
};
struct fake *fake_new(const struct fixture_options *o);
void fake_free(struct fake *f);
void fake_script(struct fake *f, const enum deed *deeds, size_t n);
/* One more ballot in the log, as if it had been sent. */
void fake_record(struct fake *f, const struct yihu_buf *ballot);

struct yihu_buf fake_scan(const struct fixture *f, uint32_t serial); /* a letter's link */
struct yihu_buf fake_typed(const struct fixture *f, uint32_t serial);
struct yihu_buf fake_list(const struct fixture *f, uint32_t n); /* letters/list.csv */

static inline struct yihu_span span_of(const struct yihu_buf *b)
{
	return (struct yihu_span){(const char *)b->data, b->len};
}

#endif
