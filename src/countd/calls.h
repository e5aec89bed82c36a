/* SPDX-License-Identifier: Apache-2.0
 *
 * The calls that routes lead to.
 */
#ifndef YIHU_COUNTD_CALLS_H
#define YIHU_COUNTD_CALLS_H

#include "request.h"

/* ballot_call.c, POST /api/ballot: as long as a ballot of this election; to the
 * verifiers. */
bool ballot_admit(struct request *r);
void ballot_handle(struct request *r);
/* POST /api/entry: type and body of R, C, X or W; to the verifiers. */
bool entry_admit(struct request *r);
void entry_handle(struct request *r);
/* public_call.c, POST /api/public/NAME: refused by name, stage, and how many
 * are under way; then to the auditor. When the request is over, it is one
 * fewer. */
bool public_admit(struct request *r);
void public_handle(struct request *r);
void public_release(struct request *r);
/* file_calls.c: GET of a file in public/. */
void file_handle(struct request *r);
/* GET /log/checkpoint, /log/at-close and /log/tile/…, as the box has committed
 * them. */
void log_checkpoint_handle(struct request *r);
void log_at_close_handle(struct request *r);
void log_tile_handle(struct request *r);
/* file_list.c: GET /files, the name of each public file, a line each. */
void file_list_handle(struct request *r);
/* read_calls.c. GET /api/state: how far the election is, its times, clock and
 * figures. */
void state_handle(struct request *r);
/* GET /api/turnout: how many may vote and have, and how many ballots each hour
 * had. */
void turnout_handle(struct request *r);
/* GET /api/credential/N: a letter's key and signature, and what became of the
 * letter. */
void credential_handle(struct request *r);
/* GET /api/serial/N and /api/ballot/CODE: is a ballot recorded? Then its
 * receipt. */
void serial_handle(struct request *r);
void code_handle(struct request *r);
/* GET /healthz: may entries be written? 503 and why, when not. */
void health_handle(struct request *r);
/* GET /metrics, for Prometheus. */
void metrics_handle(struct request *r);
/* pages.c: GET of a page that is built in. */
void page_handle(struct request *r);
/* GET /results: for people the page of the results, or when it comes; for
 * programs the note of that name. */
void results_handle(struct request *r);
/* GET /results.csv: the table that the page of the results leads to. */
void results_table_handle(struct request *r);

#endif
