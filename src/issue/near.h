/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose letter is meant: households that are, or may be, the one that somebody names.
 */
#ifndef YIHU_ISSUE_NEAR_H
#define YIHU_ISSUE_NEAR_H

#include "client/view.h"

#define ISSUE_NEAR_MAX 8

enum issue_near_how {
	ISSUE_NEAR_SAME,  /* the same but for signs: lists/door.h, strict */
	ISSUE_NEAR_ALIKE, /* loose */
	ISSUE_NEAR_END,   /* what is named is the end of it: "1-401" of "2-1-401" */
};
/* What is looked for, as households are compared with it. */
struct near_wanted {
	char *strict, *loose;
};
/* near_wanted_finish frees. */
void near_wanted_init(struct near_wanted *w, const char *household);
/* w is not used again. */
void near_wanted_finish(struct near_wanted *w);
/* The nearest way in which it is this household, of one of several flats ("1-101、1-102")
 * the nearest: enum issue_near_how; -1: in none. */
int near_how(const struct near_wanted *w, const char *label);

struct issue_near {
	uint32_t serial; /* of a letter that holds */
	char *label;
	char *name; /* of who lives there, as the list has it; "" */
	bool voted;
	enum issue_near_how how;
};
/* Those of the nearest kind that there are, the first of them. */
struct issue_nears {
	struct issue_near at[ISSUE_NEAR_MAX];
	size_t n;
};
/* v has been looked at. issue_nears_finish frees. */
int issue_nears_find(struct issue_nears *out, const struct yihu_view *v, const char *household,
		     struct yihu_error *err);
/* The letter of that number, whether it holds or not; YIHU_EROLL: there is none. */
int issue_near_serial(struct issue_nears *out, const struct yihu_view *v, uint32_t serial,
		      struct yihu_error *err);
/* Leaves n empty. */
void issue_nears_finish(struct issue_nears *n);
/* "3栋-1单元-101 王芳 (letter 0004, has voted); …"; caller frees. */
char *issue_nears_text(const struct issue_nears *n);

#endif
