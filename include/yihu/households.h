/* SPDX-License-Identifier: Apache-2.0
 *
 * households.csv: who may vote, as the folder keeps it. Columns `household`
 * with `building` (the route) and `name` as needed, or the parts of the address,
 * `building`, `unit`, `room`, with `name` and `phone` (never required); UTF-8,
 * UTF-16 or GB18030, BOM accepted; comma, semicolon or tab. The first line names
 * the columns, in English or Chinese; a column that is not known is refused, and
 * so is a row with too few or too many cells. Errors name the line. Lists as
 * people bring them are read by src/lists, which writes this one.
 */
#ifndef YIHU_HOUSEHOLDS_H
#define YIHU_HOUSEHOLDS_H

#include <yihu/bytes.h>
#include <yihu/error.h>

#define YIHU_HOUSEHOLDS_MAX 1000000

struct yihu_household {
	char *label;    /* trimmed, full-width folded: "3-1-502" (the parts that are there
			 * joined by '-') or the single column; no TAB, no LF */
	char *building; /* "" when the list has no such column */
	char *name;     /* "" when absent */
	size_t line;    /* of the file */
};
struct yihu_households {
	struct yihu_household *at;
	size_t n;
};
/* Duplicate labels are an error naming both lines. */
int yihu_households_read(struct yihu_households *out, const void *bytes, size_t len,
			 struct yihu_error *err);
/* Leaves h empty. */
void yihu_households_free(struct yihu_households *h);

/* The roll: serials given by a uniform random permutation; bytes are lines
 * `serial<TAB>household` for serial 1..N (PROTOCOL §4). order[s−1] is the
 * household's place in the list. */
void yihu_roll_make(struct yihu_buf *roll, uint32_t *order, const struct yihu_households *h);
/* H32("roll"; salt, roll). */
void yihu_roll_hash(uint8_t out[static 32], const uint8_t salt[static 16], const void *roll,
		    size_t len);
/* Form: serials 1..N in order, households distinct. labels gets N strings (caller frees each and
 * the array). */
int yihu_roll_parse(char ***labels, size_t *n, const void *roll, size_t len,
		    struct yihu_error *err);

#endif
