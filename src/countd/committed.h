/* SPDX-License-Identifier: Apache-2.0
 *
 * What the writer has committed, as most readers need it: figures, the signed
 * checkpoints, turnout by the hour. The writer replaces it after each commit;
 * readers copy out of it and never wait for a disk.
 */
#ifndef YIHU_COUNTD_COMMITTED_H
#define YIHU_COUNTD_COMMITTED_H

#include <jansson.h>
#include <yihu/box.h>

#include "figures.h"

struct committed;
/* Of a box without entries; freed by committed_free. */
struct committed *committed_new(void);
/* When no thread reads any more. NULL is fine. */
void committed_free(struct committed *p);
/* Under box_lock. Counts the entries that came since the last call. */
void committed_update(struct committed *p, struct yihu_box *b);
/* Copies of what the last update left, appended to out; from any thread.
 * committed_at_close: false when there is none yet. */
struct figures committed_figures(struct committed *p);
/* The time of the last ballot; 0: there is none. */
uint64_t committed_last_ballot(struct committed *p);
void committed_checkpoint(struct committed *p, struct yihu_buf *out);
bool committed_at_close(struct committed *p, struct yihu_buf *out);
/* [{"start": time, "ballots": n}, …], hours without a ballot left out. */
json_t *committed_hours(struct committed *p);
/* [{"project": number, "reason": …, "time": …, "entry": index, "receipt": …}, …],
 * as far as the view has them. */
json_t *committed_withdrawn(struct committed *p, struct yihu_box_view *view);

#endif
