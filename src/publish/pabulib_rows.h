/* SPDX-License-Identifier: Apache-2.0
 *
 * Projects and votes as the Pabulib collection has them, behind META (pabulib.c).
 */
#ifndef YIHU_PUBLISH_PABULIB_ROWS_H
#define YIHU_PUBLISH_PABULIB_ROWS_H

#include <yihu/publish.h>

struct pabulib {
	struct yihu_buf *out;
	const struct yihu_tally *t;
	const struct yihu_definition *d;
	const struct yihu_outcome *o;
	struct yihu_buf comment;
	unsigned comments;
	uint64_t n_blank;
	uint64_t budget;
};

/* A cell, quoted where it must be; a sum of money, "42800.50" or "300". */
void pabulib_text(struct yihu_buf *out, const char *text);
void pabulib_fen(struct yihu_buf *out, uint64_t fen);

/* The two sections, with their heads. */
void pabulib_projects(struct pabulib *x);
void pabulib_votes(struct pabulib *x);
/* Does it name no project? */
bool pabulib_is_blank(const struct yihu_definition *d, const uint32_t *digits);

#endif
