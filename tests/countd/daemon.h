/* SPDX-License-Identifier: Apache-2.0
 *
 * A daemon in the test's own process, on a port that is free, under a clock
 * that the test sets; and an HTTP client that says exactly what it is told.
 */
#ifndef YIHU_TEST_DAEMON_H
#define YIHU_TEST_DAEMON_H

#include <boxdir.h>
#include <jansson.h>

#include "countd/countd.h"

#define BEFORE (FIXTURE_OPENS - 3600)
#define DURING (FIXTURE_OPENS + 3600)
#define AFTER (FIXTURE_CLOSES + 3600)

/* Both clocks go to this wall time and on from there: no jump. */
void clock_go(uint64_t wall);
/* So much later by both, however long it took to come here. */
void clock_pass(uint64_t seconds);
/* The wall clock alone leaps. */
void clock_jump(int64_t seconds);

/* Does the system say that something keeps the clock right? Not at first. */
void clock_synchronise(bool is);
/* The computer was started anew: what was known of its clock is. */
void clock_boot_anew(void);

struct daemon {
	struct fixture *f;
	char *dir;
	struct countd *d;
};
/* NULL: defaults. The clock stands at `now`. */
void daemon_set_up(struct daemon *w, const struct fixture_options *o, uint64_t now);
void daemon_start(struct daemon *w, const struct countd_options *o); /* o NULL: defaults */
void daemon_stop(struct daemon *w);
void daemon_tear_down(struct daemon *w);
int daemon_port(const struct daemon *w);

struct reply {
	int status; /* 0: none came */
	char *head; /* status line and headers */
	struct yihu_buf body;
};
/* One connection: sends the bytes, reads until the other side closes. */
struct reply http_raw(int port, const void *bytes, size_t len);
/* All that came over a connection, into r. */
void reply_split(struct reply *r, const struct yihu_buf *all);
struct reply http_call(const struct daemon *w, const char *method, const char *path,
		       const void *body, size_t len);
struct reply http_get(const struct daemon *w, const char *path);
/* GET /metrics, where that is served. */
struct reply metrics_get(const struct daemon *w);
int metrics_port(const struct daemon *w);
/* header: a line more, with its CRLF; NULL none. */
struct reply http_call_with(const struct daemon *w, const char *method, const char *path,
			    const char *header, const void *body, size_t len);
struct reply http_post(const struct daemon *w, const char *path, const struct yihu_buf *body);
void reply_free(struct reply *r);
json_t *reply_json(const struct reply *r); /* asserts that it is JSON */
bool reply_has(const struct reply *r, const char *header_line);
int connect_to(int port);
/* The status, and the body's "error" (or "") into slug; frees r. */
int reply_outcome(struct reply r, char slug[static 64]);

/* A string or integer member of a JSON answer. */
const char *json_text(const json_t *j, const char *key);
long long json_number(const json_t *j, const char *key);

#endif
