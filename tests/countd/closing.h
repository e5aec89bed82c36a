/* SPDX-License-Identifier: Apache-2.0
 *
 * A daemon that is closed, or about to be, and every file that holders and the
 * issuer bring to it from then on.
 */
#ifndef YIHU_TEST_CLOSING_H
#define YIHU_TEST_CLOSING_H

#include "daemon.h"

struct closing {
	struct daemon w;
	struct fixture_log *log;      /* a replica of the daemon's, and its close */
	struct yihu_public *files;    /* what holders and issuer make of it */
	struct yihu_public *files_12; /* the box signed by holders 1 and 2 alone */
};
/* Set up and tear down of a test: four ballots, and the poll is over. */
int closing_start(void **state);
int closing_stop(void **state);

/* The log's close, which the daemon does not have yet. */
void closing_send(const struct closing *x);
/* POST /api/public/name answers this status and slug: of any bytes; of ours. */
void closing_post(struct closing *x, const char *name, const struct yihu_buf *bytes, int status,
		  const char *slug);
/* The header line by which a file of ours comes, by what there is of it. Caller frees;
 * NULL: it needs none. */
char *closing_authority(struct closing *x, const char *name);
/* The same with the authority of the file `by` of ours. */
void closing_post_by(struct closing *x, const char *name, const char *by,
		     const struct yihu_buf *bytes, int status, const char *slug);
void closing_post_file(struct closing *x, const char *name, int status, const char *slug);

/* Into files: the openings of holders 1 and 3; then results.pb, results.json and
 * the note, as an audit of the folder gives them. */
void closing_open(struct closing *x);
void closing_results(struct closing *x);

#endif
