/* SPDX-License-Identifier: Apache-2.0
 *
 * What the writer has committed, as most readers need it: figures, the signed
 * checkpoints, turnout by the hour. The writer replaces it after each commit;
 * readers copy out of it and never wait for a disk.
 */
#ifndef YIHU_COUNTD_PUBLISHED_H
#define YIHU_COUNTD_PUBLISHED_H

#include <jansson.h>
#include <yihu/box.h>

struct figures {
	struct yihu_ledger_counts counts;
	uint64_t size;
	bool ended;  /* at-close is signed */
	bool closed; /* the C entry is in */
	bool called_off;
	uint64_t called_off_at; /* 0: by a note, which has no time */
	char reason[YIHU_REASON_BYTES_MAX + 1];
};

struct published;
struct published *published_new(void);
void published_free(struct published *p);
/* Under box_lock. Counts the entries that came since the last call. */
void published_update(struct published *p, const struct yihu_box *b);
struct figures published_figures(struct published *p);
void published_checkpoint(struct published *p, struct yihu_buf *out);
bool published_at_close(struct published *p, struct yihu_buf *out);
/* [{"start": time, "ballots": n}, …], hours without a ballot left out. */
json_t *published_hours(struct published *p);

#endif
