/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of reading and writing Pabulib files that the election definition,
 * its conversion and the reading of votes share. Private to this module.
 */
#ifndef YIHU_ELECTION_PABULIB_H
#define YIHU_ELECTION_PABULIB_H

#include "rows.h"

#include <yihu/definition.h>

#define YIHU_META_MAX 1000
/* Costs and the budget, summed up too, stay whole numbers in JavaScript. */
#define YIHU_FEN_MAX ((UINT64_C(1) << 53) - 1)

/* A file being read. Strict or liberal as its rows are. After
 * yihu_pabulib_sections the definition holds META, the columns and the
 * projects as text, costs not yet read, and the rows stand behind the line
 * VOTES, if there is one. */
struct yihu_pabulib {
	struct yihu_rows rows;
	struct yihu_definition *d;
	bool has_votes;
	size_t header_line;      /* of PROJECTS' columns */
	size_t blank_lines;      /* passed over by liberal reading */
	size_t zero_votes_lines; /* lines that are exactly num_votes;0 */
};
/* Begins before the first line. Borrows bytes. */
void yihu_pabulib_init(struct yihu_pabulib *p, const void *bytes, size_t len, bool liberal);
/* With the definition, unless the caller took it and set d to NULL. */
void yihu_pabulib_free(struct yihu_pabulib *p);
/* Reads META and PROJECTS. Errors name line and column. */
int yihu_pabulib_sections(struct yihu_pabulib *p, struct yihu_error *err);
/* The next row that is not blank (blank ones are refused when strict). */
int yihu_pabulib_next(struct yihu_pabulib *p, bool *more, struct yihu_error *err);

/* Within a definition, definition.c. */
/* Within a definition, definition.c. Borrowed; NULL: it has no such key. */
struct yihu_meta *yihu_meta_find(const struct yihu_definition *d, const char *key);
/* Copies key and value. */
void yihu_meta_add(struct yihu_definition *d, const char *key, const char *value, size_t line);
long yihu_column_find(const struct yihu_definition *d, const char *name); /* or −1 */

/* "100.5" → 10050. */
int yihu_amount_parse(uint64_t *fen, const char *text, struct yihu_error *err);

/* The two halves of what a definition's text must mean; each fills its part of
 * d. Projects first: META speaks of their number and costs. */
int yihu_projects_check(struct yihu_definition *d, size_t header_line, struct yihu_error *err);
int yihu_meta_check(struct yihu_definition *d, struct yihu_error *err);
/* And how it is counted: rule, quorum, support and the rule's own settings. */
int yihu_rule_check(struct yihu_definition *d, struct yihu_error *err);
/* And what holds for parts of the projects. */
int yihu_parts_check(struct yihu_definition *d, struct yihu_error *err);
/* Of a ballot: YIHU_EDIGITS. */
int yihu_parts_check_digits(const struct yihu_definition *d, const uint32_t *digits,
			    struct yihu_error *err);
/* r, d, w from the kind and its limits. */
int yihu_arithmetic_set(struct yihu_definition *d, struct yihu_error *err);

/* The columns of META. */
enum { YIHU_META_KEY = 1, YIHU_META_VALUE };

/* Puts "line …, column 2: " of a META value before the words of err. */
int yihu_fail_meta(struct yihu_error *err, int code, const struct yihu_meta *m);
/* A META number up to max; *has says whether it is declared. */
int yihu_meta_number(const struct yihu_definition *d, const char *key, uint64_t max, bool *has,
		     uint64_t *value, struct yihu_error *err);

/* "voter_id;vote" or "voter_id;vote;points". */
const char *yihu_votes_header(enum yihu_ballot_kind kind);

/* One cell of a row, quoted where it must be. */
void yihu_cell_write(struct yihu_buf *out, const char *cell, bool first);

#endif
