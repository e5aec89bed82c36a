/* SPDX-License-Identifier: Apache-2.0
 *
 * The box side's calls (call.h). Those that read answer at once; ballots and entries
 * are answered by verifiers and writer.
 */
#ifndef YIHU_COUNTD_BOX_CALLS_H
#define YIHU_COUNTD_BOX_CALLS_H

#include "request.h"

/* ballot_call.c: to the verifiers. */
void ballot_handle(struct request *r);
/* Type and body of R, C, X or W; to the verifiers. */
void entry_handle(struct request *r);
/* read_calls.c: how far the election is, its times, clock and figures. */
void state_handle(struct request *r);
/* How many may vote and have, and how many ballots each hour had. */
void turnout_handle(struct request *r);
/* A letter's key and signature, and what became of the letter. */
void credential_handle(struct request *r);
/* Is a ballot recorded? Then its receipt. */
void serial_handle(struct request *r);
void code_handle(struct request *r);
/* May entries be written? 503 and why, when not. */
void health_handle(struct request *r);
/* For Prometheus. */
void metrics_handle(struct request *r);
/* log_calls.c: what is in /log, as the box has committed it. */
void log_checkpoint_handle(struct request *r);
void log_at_close_handle(struct request *r);
void log_tile_handle(struct request *r);
/* Writes it into public/log, once nothing more comes to it. */
void log_export_handle(struct request *r);

#endif
