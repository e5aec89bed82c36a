/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters by what people say of them: a household in any spelling, a name, a number;
 * each with whose it is and what became of it.
 */
#ifndef YIHU_ISSUE_FIND_H
#define YIHU_ISSUE_FIND_H

#include "client/view.h"
#include "folder/changes.h"

#define ISSUE_FOUND_MAX 50

/* How it was found; the nearest comes first. */
enum issue_found_how {
	ISSUE_FOUND_NUMBER, /* of the letter */
	ISSUE_FOUND_SAME,   /* the household: as enum issue_near_how */
	ISSUE_FOUND_ALIKE,
	ISSUE_FOUND_END,
	ISSUE_FOUND_NAME, /* of who lives there begins so: a surname */
	ISSUE_FOUND_PART, /* these signs are somewhere in household or name */
	ISSUE_FOUND_HOWS
};
const char *issue_found_how_name(enum issue_found_how how); /* "alike"; static */

struct issue_found_letter {
	uint32_t serial;
	enum issue_found_how how;
	char *household, *building, *name; /* the last two as the list has them; "" */
	bool voted, voided, added;
	uint32_t replaces, replaced_by;  /* 0: none */
	const struct change_line *ended; /* what is said of its end, and of its addition; */
	const struct change_line *made;  /* NULL: nothing */
	size_t place;                    /* of the household in the list */
};
struct issue_found {
	struct issue_found_letter *at;
	size_t n, left_off;
	struct changes changes;
};
/* v has been looked at. words NULL: all letters that were replaced, voided or added.
 * issue_found_finish frees. YIHU_EFORMAT: of paper/changes. */
int issue_find(struct issue_found *out, const struct yihu_view *v, const char *words,
	       struct yihu_error *err);
/* Leaves f empty. */
void issue_found_finish(struct issue_found *f);

#endif
