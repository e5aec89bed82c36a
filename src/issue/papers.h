/* SPDX-License-Identifier: Apache-2.0
 *
 * What letters, walk lists and posters are made of: the election as it is
 * published, the language, the households in walking order.
 */
#ifndef YIHU_ISSUE_PAPERS_H
#define YIHU_ISSUE_PAPERS_H

#include "issue/issue.h"
#include "print/paper.h"

struct papers {
	struct yihu_charter *charter;
	struct yihu_definition *definition;
	struct letter_style style;
	enum language language;
	char *url, *desk, *sender, *phone, *place, *duplex;
	struct paper paper; /* of the above */
};
/* public/charter and public/election.pb must be there (YIHU_ESTATE). What o
 * leaves open is taken from paper/options, as `letters` left it. */
int papers_open(struct papers *x, const struct yihu_folder *f, const struct issue_paper_options *o,
		struct yihu_error *err);
/* Leaves x empty. */
void papers_finish(struct papers *x);
/* paper/options, for letters that are made later. */
int papers_keep_options(const struct papers *x, const struct yihu_folder *f,
			struct yihu_error *err);

/* households.csv, found by label; empty when it is not there or was broken:
 * letters still go out, without building and name. */
struct addresses {
	struct yihu_households list;          /* in its own order */
	const struct yihu_household **sorted; /* by label */
};
/* Of the folder's list; freed by addresses_finish. */
void addresses_read(struct addresses *a, const struct yihu_folder *f);
/* Leaves a empty. */
void addresses_finish(struct addresses *a);
/* By its label; NULL: not in the list. Borrowed from a. */
const struct yihu_household *address_of(const struct addresses *a, const char *label);

/* A household on the way: by building, inside one as the list has them. */
struct stop {
	const char *household, *building, *name;
	uint32_t serial;
	size_t building_place, place; /* in the list; SIZE_MAX: not in it */
};
/* labels[i] is the household of serial i + 1. Caller frees. */
struct stop *walk_order(const struct addresses *a, char *const *labels, size_t n);

/* codes.c: letters/qr of one letter, written by put. SECRET. */
int codes_write(const struct yihu_folder *f, folder_put *put, const struct letter_style *s,
		const struct letter *l, struct yihu_error *err);

/* batch.c: letters/pdf, a file a building or of per_file letters, and
 * letters/summary.txt, in a folder that is being made. tokens[s−1]. report gets
 * what summary.txt says. */
int batches_print(const struct papers *x, const struct yihu_folder *f, const struct stop *stops,
		  size_t n, const struct yihu_token *tokens, uint32_t per_file,
		  const struct yihu_progress *progress, struct yihu_buf *report,
		  struct yihu_error *err);
/* letters/pdf/NNNN.pdf of a letter made later. SECRET. */
int batch_print_single(const struct papers *x, const struct yihu_folder *f, const struct letter *l,
		       struct yihu_error *err);

#endif
