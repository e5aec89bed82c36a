/* SPDX-License-Identifier: Apache-2.0
 *
 * The election definition: a Pabulib file (src/PROTOCOL.md, §2), the five ballot kinds, digits and
 * words.
 *
 * Costs and the budget are in fen (1/100 of the file's currency), exact.
 */
#ifndef YIHU_DEFINITION_H
#define YIHU_DEFINITION_H

#include <yihu/api.h>
#include <yihu/bytes.h>
#include <yihu/error.h>

YIHU_API_BEGIN

#define YIHU_DEFINITION_BYTES_MAX (64u << 20)
#define YIHU_PROJECTS_MAX 4080 /* 255 words of 16 digits */
#define YIHU_RADIX_MAX 65536

enum yihu_ballot_kind {
	YIHU_APPROVAL,
	YIHU_CONSENT,
	YIHU_SCORING,
	YIHU_CUMULATIVE,
	YIHU_ORDINAL,
	YIHU_N_KINDS
};
const char *yihu_ballot_kind_name(enum yihu_ballot_kind kind); /* "approval" … */

struct yihu_meta {
	char *key, *value;
	size_t line; /* of the file, for messages */
};
struct yihu_project {
	char *id;
	uint64_t cost; /* fen */
	char *name;    /* "" when the file has none */
	char **fields; /* every column's value, in the file's column order */
	size_t line;   /* of the file, for messages */
};

/* Thresholds are fractions compared exactly: strictly over num/den, or at
 * least num/den. den = 0: not declared. */
struct yihu_fraction {
	uint32_t num, den;
	bool strict; /* '>' rather than '>=' */
};
enum yihu_support_base { YIHU_OF_CAST, YIHU_OF_DECIDED, YIHU_OF_ENTITLED };

/* A project that was withdrawn after the charter (PROTOCOL §7.5): it can be voted
 * for, and is never funded. */
struct yihu_withdrawn {
	uint32_t project; /* in file order, from 0 */
	uint64_t entry;   /* of the log */
	uint64_t time;    /* that entry's */
	char *reason;
};

/* A way to part the projects, each into one part, and what holds for each of them;
 * n = 0: there is none. */
enum yihu_division_by { YIHU_BY_CATEGORY, YIHU_BY_NEIGHBORHOOD, YIHU_N_DIVISIONS };
struct yihu_division {
	size_t n;
	char **names;
	uint32_t *of; /* a project's part */
	bool has_lengths;
	uint32_t min_length, max_length;        /* of each part */
	uint64_t *budget, *min_cost, *max_cost; /* fen; NULL: not limited */
};

struct yihu_definition {
	struct yihu_meta *meta;
	size_t n_meta;
	char **columns; /* of PROJECTS; columns[0] is project_id, cost is among them */
	size_t n_columns;
	struct yihu_project *projects;
	size_t n_projects;
	enum yihu_ballot_kind kind;
	char *rule; /* as the file says: "greedy", "equalshares/add1", … */
	bool has_budget;
	uint64_t budget; /* fen */
	/* the ballot's arithmetic (PROTOCOL §2) */
	uint32_t radix;           /* r */
	uint32_t digits_per_word; /* d, the largest with r^d ≤ 65536 */
	uint32_t width;           /* w */
	/* what makes a ballot valid */
	uint32_t min_length, max_length;
	bool has_max_sum_cost;
	uint64_t max_sum_cost;   /* fen; knapsack */
	uint64_t max_sum_points; /* cumulative */
	uint64_t min_sum_cost;   /* fen; approval */
	uint64_t min_sum_points; /* cumulative */
	struct yihu_division divisions[YIHU_N_DIVISIONS];
	/* pairs of projects of which one can be funded, smaller index first, in order;
	 * exclusive_marks: and of which a ballot can be for one */
	size_t n_exclusive;
	uint32_t (*exclusive)[2];
	bool exclusive_marks;
	/* how it is counted */
	struct yihu_fraction quorum, support;
	enum yihu_support_base support_of;
	bool has_threshold;
	uint64_t threshold;
	bool comparison, eligibility;
};

/* The strict form of an election's own file (PROTOCOL §2). Errors name line
 * and column. */
int yihu_definition_parse(struct yihu_definition **out, const void *bytes, size_t len,
			  struct yihu_error *err);
/* NULL is fine. */
void yihu_definition_free(struct yihu_definition *d);
/* The value of a META key, borrowed; NULL when the file has no such key. */
const char *yihu_definition_meta(const struct yihu_definition *d, const char *key);
/* Does a META key of this name restrict ballots or money? Then it is enforced, or the file
 * is refused (PROTOCOL §2.2). */
bool yihu_meta_restricts(const char *key);
/* Value of a named column of project p, or NULL when there is no such column. */
const char *yihu_definition_field(const struct yihu_definition *d, size_t p, const char *column);
/* Do they exclude each other? */
bool yihu_excludes(const struct yihu_definition *d, size_t a, size_t b);
/* The index of a project id, or −1. */
long yihu_definition_find(const struct yihu_definition *d, const char *id);

/* The most bytes of a project's picture. */
#define YIHU_PICTURE_BYTES_MAX (256u << 10)
/* Is it spelt as the hash of a picture, 64 hex digits? */
bool yihu_picture_hash(const char *text);
/* The hashes that the column `image` has (PROTOCOL §2.5), each once, in the order of
 * their digits; borrowed of the definition. Freed by yihu_pictures_free. */
struct yihu_pictures {
	const char **hashes;
	size_t n;
};
/* Those of d; NULL has none. */
struct yihu_pictures yihu_pictures_of(const struct yihu_definition *d);
/* Leaves p empty. */
void yihu_pictures_free(struct yihu_pictures *p);
/* Is the picture of this hash among them? */
bool yihu_pictures_have(const struct yihu_pictures *p, const char *hash);
/* The strict form, appended to out. */
void yihu_definition_write(struct yihu_buf *out, const struct yihu_definition *d);

/* A title (META `description`, `description_…`) that begins so says rehearsal (PROTOCOL
 * §2.6): every page and every sheet shows it. */
#define YIHU_REHEARSAL_MARK "【演练】"
bool yihu_title_rehearses(const char *title); /* NULL is none */
/* Does its own title say so? */
bool yihu_definition_rehearses(const struct yihu_definition *d);
/* Puts the mark before each of its titles that lacks it. */
void yihu_definition_rehearse(struct yihu_definition *d);

/* Reads what people and cities have (BOM, CRLF, votes, `selected`, decimals)
 * and writes the strict form: votes and `selected` stripped, num_votes;0, the
 * `ballot` key added from vote_type when absent; a key is translated only where
 * it means exactly the same (min_sum_points;1 is min_length;1), and passed over
 * only where it restricts no vote. For an election that is to be held: text that
 * deceives (below) is refused. Errors name lines of the bytes given. Appends to
 * out; `notices` (may be NULL) gets a line for each thing that was dropped or
 * added. */
int yihu_definition_adopt(struct yihu_buf *out, struct yihu_buf *notices, const void *bytes,
			  size_t len, struct yihu_error *err);

/* The same for an election that was held, by whomever, and is only counted here:
 * text that deceives is read as it is, META may lack what decides nothing
 * (country, dates), and notices are only of what was passed over. */
int yihu_definition_held(struct yihu_buf *out, struct yihu_buf *notices, const void *bytes,
			 size_t len, struct yihu_error *err);

/* Is it a name by which the format says that it cannot name the rule? No file is
 * counted by it. */
bool yihu_rule_is_unnamed(const char *name, size_t len);

/* What a held file's own columns `votes`, `score` and `selected` say of each
 * project, in file order. Columns that are not there, and cells that are no whole
 * number, are not told. */
struct yihu_told {
	bool has_votes, has_score, has_selected;
	uint64_t votes, score, selected;
};
/* n rows, caller frees; NULL: the file has none of the columns. Errors as
 * yihu_definition_held. */
int yihu_told_read(struct yihu_told **out, size_t *n, const void *bytes, size_t len,
		   struct yihu_error *err);

/* Text that deceives (PROTOCOL §2.4): YIHU_ELOOKS for the first sign that nobody
 * sees, or for two ids or two names that look alike. No rule of the form: an
 * audit tells it and accepts the file. */
int yihu_definition_check_looks(const struct yihu_definition *d, struct yihu_error *err);

/* A ballot of plain digits, one for each project. */
/* Is it valid by the kind's own rule (lengths, sums, ranks)? Words out of
 * bounds never get here: yihu_digits_from_words says so. On false, err says why. */
int yihu_digits_check(const struct yihu_definition *d, const uint32_t *digits,
		      struct yihu_error *err);
/* word j = Σ_{k<dpw} digit[j·dpw+k]·r^k */
void yihu_words_from_digits(const struct yihu_definition *d, const uint32_t *digits,
			    uint32_t *words);
/* YIHU_EDIGITS when a word is at or above its bound. A word in no table is
 * given as UINT32_MAX. */
int yihu_digits_from_words(const struct yihu_definition *d, const uint32_t *words, uint32_t *digits,
			   struct yihu_error *err);
/* Bound of word j: r^dpw, the last word's r^(projects−(w−1)·dpw). */
uint32_t yihu_word_bound(const struct yihu_definition *d, uint32_t j);

/* What a person types: "1,3" (approval; consent takes 1=yes,2=no or =agree,
 * =against, =同意, =反对, =弃权), "3,1,2" best first (ordinal), "1:5,3:2"
 * (points). "" is a blank ballot. Full-width signs and forms are taken for the
 * ASCII ones. Checks ids, repeats and digits_check; digits is written last. */
int yihu_digits_parse(const struct yihu_definition *d, const char *text, uint32_t *digits,
		      struct yihu_error *err);

/* The votes of a Pabulib file, by the definition's kind: n rows of n_projects
 * digits. Reading is liberal as above. A ballot that breaks its rule (§2.3) is
 * void: no row, but a note; an approval that names a project twice approves it
 * once, and is noted. A voter id that is there twice, a project that the file
 * does not have, what is no number and a num_votes that is not the number of
 * ballots, void ones too, are refused: then the file is not whole. Freed by
 * yihu_votes_free. */
struct yihu_vote_note {
	size_t line;
	char *why; /* with line and column before it */
};
struct yihu_vote_notes {
	size_t n;
	struct yihu_vote_note *at;
};
struct yihu_votes {
	size_t n; /* valid ones */
	uint32_t *digits;
	struct yihu_vote_notes void_votes, twice; /* in file order */
};
/* bytes are the whole file. Errors name line and column; YIHU_ETOOBIG is over
 * YIHU_DEFINITION_BYTES_MAX. */
int yihu_votes_read(struct yihu_votes *out, const struct yihu_definition *d, const void *bytes,
		    size_t len, struct yihu_error *err);
/* Leaves v empty. */
void yihu_votes_free(struct yihu_votes *v);

/* A definition's VOTES row for results.pb (PROTOCOL §10): "p,p" in file order,
 * ordinal best first, and "points" with the others ("p,p;3,-1"). No LF. */
void yihu_vote_row(struct yihu_buf *out, const struct yihu_definition *d, const uint32_t *digits);

YIHU_API_END

#endif
