/* SPDX-License-Identifier: Apache-2.0
 *
 * The daemon from inside: the request, its answer, and the one struct that
 * holds the threads together. The rules of who may touch what: countd.h.
 */
#ifndef YIHU_COUNTD_INTERNAL_H
#define YIHU_COUNTD_INTERNAL_H

#include <jansson.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <yihu/box.h>

#include "clock_guard.h"
#include "committed.h"
#include "connections.h"
#include "countd.h"
#include "metrics.h"
#include "pages.h"
#include "public_name.h"
#include "queue.h"

#define COUNTD_GROUP_MAX 512 /* entries of one commit */
#define COUNTD_VERIFIERS 2
#define COUNTD_HTTP_THREADS 4
#define COUNTD_AUDITS_MAX 4 /* public files waiting for their audit */

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
	bool for_all;            /* pages from elsewhere may read it: a public file */
	bool by_accept;          /* another Accept header gets another answer */
	unsigned retry_after_s;
};

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
	bool uploading;              /* counts in countd.uploads */
	struct request *next;        /* in a queue */
};

/* A path with its method. admit is asked when the headers are there, before
 * any body is read: it sets limit, or answers and returns false. handle is
 * called with the whole body; it answers, or hands the request on. */
struct route {
	const char *method;
	const char *path; /* ends with '/': a prefix of a longer path */
	bool (*admit)(struct request *r);
	void (*handle)(struct request *r);
};

struct thread {
	pthread_t id;
	bool runs;
};

struct countd {
	struct countd_options options;
	char *box_dir;
	char *public_dir;
	char *url;
	char *tls_cert, *tls_key; /* PEM texts while MHD runs; the key wiped after */
	int listen_fd;
	struct MHD_Daemon *mhd;

	pthread_mutex_t box_lock;
	struct yihu_box *box;
	bool read_only; /* a rebuilt box that is not whole: nothing is written */
	const struct yihu_election *election; /* the box's; never changes: no lock */
	struct committed *committed;
	struct metrics metrics;
	struct clock_guard clock;
	struct connections connections;

	struct queue verify, write, audit;
	atomic_uint under_way; /* ballots and entries in verify and write */
	atomic_uint requests;  /* begun and not completed */
	atomic_uint uploads;   /* public files being received or audited */
	atomic_bool stopping, failed;
	struct auditor *auditor;

	struct thread verifiers[COUNTD_VERIFIERS], writer, audit_thread, reaper;
	atomic_bool drained; /* the reaper may go */
};

/* hand_over.c */
void countd_answer_stopping(struct request *r);
/* Hands a request to another thread; its connection sleeps meanwhile. */
void countd_hand_over(struct request *r, struct queue *q);
/* The other thread is done: answer is complete. r is no longer the caller's. */
void countd_finish(struct request *r);

/* server.c */
int countd_server_start(struct countd *d, struct yihu_error *err);
void countd_server_stop(struct countd *d);
enum MHD_Result countd_access(void *cls, struct MHD_Connection *connection, const char *url,
			      const char *method, const char *version, const char *upload_data,
			      size_t *upload_data_size, void **req_cls);
void countd_completed(void *cls, struct MHD_Connection *connection, void **req_cls,
		      enum MHD_RequestTerminationCode why);

/* routes.c: fills r->route, or answers 404 or 405 and returns false. */
bool countd_route(struct request *r, const char *method);

/* answer.c */
enum MHD_Result answer_queue(struct request *r);
void answer_json(struct request *r, unsigned status, json_t *j); /* takes j over */
void answer_text(struct request *r, unsigned status, const char *content_type, const char *text);
/* {"error": slug, "message": text} */
void answer_error(struct request *r, unsigned status, int code, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The status that a code stands for; 503 gets its Retry-After. */
unsigned answer_status_of(int code);
void answer_refusal(struct request *r, const struct yihu_error *err);
json_t *answer_time(uint64_t unix_seconds);
json_t *answer_base64(const void *bytes, size_t len);

/* the calls, by file */
bool ballot_admit(struct request *r);
void ballot_handle(struct request *r);
bool entry_admit(struct request *r);
void entry_handle(struct request *r);
bool public_admit(struct request *r);
void public_handle(struct request *r);
void public_release(struct request *r); /* when the request is over */
/* false, nothing said: there is no such file. */
bool file_answer(struct request *r, const char *path);
void file_handle(struct request *r);
void log_checkpoint_handle(struct request *r);
void log_at_close_handle(struct request *r);
void log_tile_handle(struct request *r);
void file_list_handle(struct request *r);
void state_handle(struct request *r);
void turnout_handle(struct request *r);
void credential_handle(struct request *r);
void serial_handle(struct request *r);
void code_handle(struct request *r);
void health_handle(struct request *r);
void metrics_handle(struct request *r);

/* writer.c: what the box holds now, to those who read it without box_lock, which
 * is held (or no thread runs yet). */
void countd_publish(struct countd *d);

/* The box is beyond use in this process: nothing more is taken. */
void countd_give_up(struct countd *d, const struct yihu_error *err);

/* quiet.c: the writer's, between two groups. */
struct quiet {
	bool unsettled; /* something was written since box.db was last brought up */
	uint64_t since_ms;
	bool noted; /* the note that calls it off was read */
};
void quiet_tick(struct countd *d, struct quiet *q, bool wrote);
void quiet_note(struct countd *d, struct quiet *q); /* instead, of a box that is only read */

/* ballot_call.c: room for one more ballot or entry? Else 503. */
bool countd_reserve(struct request *r);

/* receipt_answer.c: {"status","index","time","code","receipt"} of a ballot that is
 * committed as this entry; box_lock is held. */
void receipt_answer(struct request *r, unsigned status, uint64_t index,
		    const struct yihu_buf *entry);

/* file_calls.c: a file of public/, opened without following links; −1 none. */
int countd_open_public(struct countd *d, const char *name, uint64_t *bytes);
bool countd_has_public(struct countd *d, const char *name);

/* site.c: files of site/ that can be verified (complaints, page, table) and so may
 * be replaced; all others are stored once, unverified. */
bool site_is_checked(const char *name);
int site_check(const struct countd *d, const char *name, const struct yihu_buf *body,
	       struct yihu_error *err);

/* threads */
void *verifier_run(void *countd);
void *writer_run(void *countd);
void *auditor_run(void *countd);
struct auditor *auditor_new(void);
void auditor_free(struct auditor *a);

/* event_log.c: one line to standard error. Never a seed, a body or an address. */
void countd_log(const struct countd *d, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
