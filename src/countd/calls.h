/* SPDX-License-Identifier: Apache-2.0
 *
 * The calls that routes lead to.
 */
#ifndef YIHU_COUNTD_CALLS_H
#define YIHU_COUNTD_CALLS_H

#include "request.h"

/* ballot_call.c */
bool ballot_admit(struct request *r);
void ballot_handle(struct request *r);
bool entry_admit(struct request *r);
void entry_handle(struct request *r);
/* public_call.c */
bool public_admit(struct request *r);
void public_handle(struct request *r);
void public_release(struct request *r); /* when the request is over */
/* file_calls.c, file_list.c */
void file_handle(struct request *r);
void log_checkpoint_handle(struct request *r);
void log_at_close_handle(struct request *r);
void log_tile_handle(struct request *r);
void file_list_handle(struct request *r);
/* read_calls.c */
void state_handle(struct request *r);
void turnout_handle(struct request *r);
void credential_handle(struct request *r);
void serial_handle(struct request *r);
void code_handle(struct request *r);
void health_handle(struct request *r);
void metrics_handle(struct request *r);
/* pages.c. GET /results: for people the page of the results, or when it comes;
 * for programs the note of that name. */
void page_handle(struct request *r);
void results_handle(struct request *r);

#endif
