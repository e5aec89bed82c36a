/* SPDX-License-Identifier: Apache-2.0
 *
 * The calls that routes lead to.
 */
#ifndef YIHU_COUNTD_CALLS_H
#define YIHU_COUNTD_CALLS_H

#include "exchange.h"

/* box_call.c, POST /api/ballot: as long as a ballot of this election. */
bool ballot_admit(struct exchange *x);
/* POST /api/entry: type and body of R, C, X or W. */
bool entry_admit(struct exchange *x);
/* All that the box side answers: route->call, about the tail. */
void box_handle(struct exchange *x);
/* public_call.c, POST /api/public/NAME: refused by name, stage, and how many
 * are under way; then to the auditor. When the request is over, it is one
 * fewer. */
bool public_admit(struct exchange *x);
void public_handle(struct exchange *x);
void public_release(struct exchange *x);
/* file_calls.c: GET of a file in public/. */
void file_handle(struct exchange *x);
/* Of the log: a full tile is a file there once it was exported, which nobody holds in
 * memory; any other tile the box side answers. */
void tile_handle(struct exchange *x);
/* Of the log: how long the answer may be kept. */
void log_shown(struct exchange *x);
/* file_list.c: GET /files, of a checkpoint the name of each public file, a line
 * each. */
void file_list_shown(struct exchange *x);
/* pages.c: GET of a page that is built in. */
void page_handle(struct exchange *x);
/* GET /results: for people the page of the results, or when it comes; for
 * programs the note of that name. */
void results_handle(struct exchange *x);
/* GET /results.csv: the table that the page of the results leads to. */
void results_table_handle(struct exchange *x);

#endif
