/* SPDX-License-Identifier: Apache-2.0
 *
 * results.json as read back, for whatever draws it.
 */
#ifndef YIHU_PUBLISH_PUBLISHED_H
#define YIHU_PUBLISH_PUBLISHED_H

#include <jansson.h>
#include <stdint.h>
#include <yihu/publish.h>

#include "publish/terms.h"
#include "words/words.h"

/* have of `of`, under a declared share such as ">1/2". */
struct share {
	bool there;
	const char *rule;            /* NULL in a project's own */
	enum yihu_support_base base; /* of the rule's own alone */
	uint64_t have, of;
	bool met;
};
struct result_project {
	const char *id, *name;
	const json_t *json; /* all of it: name_XX is the name in another language */
	uint64_t cost;
	uint64_t votes, agree, against, abstain; /* 0 when not opened */
	struct share support;
	const char *verdict_term; /* or NULL: not opened */
	enum yihu_verdict verdict;
	enum yihu_tiebreak ordered_by;
	uint64_t place; /* 0: none */
	bool has_left;
	uint64_t left_before;
	const char *have;      /* rational: what its supporters had left together; or NULL */
	uint64_t round;        /* that funded it, from 1; 0: none */
	const char *withdrawn; /* why, after the charter; or NULL */
	/* of the election, whose names in other languages these are; or NULL */
	const struct yihu_definition *definition;
	size_t at; /* there */
};
/* A step of equal shares or phragmen; rationals as text. */
struct result_round {
	size_t project;
	const char *cap;
	enum yihu_tiebreak by;
	const char *effective; /* or NULL: phragmen */
	uint64_t payers, emptied;
};
/* Indices into projects. */
struct index_list {
	size_t n;
	size_t *at;
};
/* Strings are borrowed from root. */
struct published {
	json_t *root;
	const struct yihu_definition *definition; /* borrowed; or NULL */
	bool outside; /* a file counted without an election: eid to min_box are empty */
	const char *eid, *title, *community, *instance;
	const char *currency; /* or NULL */
	const char *opens, *closes, *rule_term;
	enum yihu_ballot_kind kind;
	enum result_rule rule;
	const char *lot;                         /* or NULL */
	uint64_t additions, replacements, voids; /* changes since the list was fixed */
	uint64_t entitled, cast, min_box, valid, void_ballots, holders, needed, mixes;
	uint64_t spent, budget, threshold;
	bool opened, has_budget, has_threshold;
	struct share quorum, support;
	struct index_list void_at; /* plain numbers */
	struct index_list openers; /* plain numbers */
	size_t n_projects;
	struct result_project *projects;
	struct index_list order, funded;
	struct index_list *ties;
	size_t n_ties;
	bool has_trace;
	const char *share;
	bool raised, raised_over; /* shares were, and until one raise more was too much */
	uint64_t raises;
	struct result_round *rounds;
	size_t n_rounds;
	bool compared;
	uint64_t prefer_greedy, prefer_shares;
	bool greedy_taken;
};
/* YIHU_ERESULTS: no results.json, of a version that is not known, or with a key
 * of another form; nothing is left to free. */
int yihu_published_read(struct published *out, const void *json, size_t len,
			struct yihu_error *err);
/* The same, for whoever draws it in a language, "zh-CN"; and which that is. YIHU_EARG:
 * there is no catalogue of it. */
int yihu_published_in(struct published *out, enum language *l, const void *json, size_t len,
		      const char *language, struct yihu_error *err);
/* Leaves r empty. */
void yihu_published_free(struct published *r);
/* results.json has names in the languages of its own columns alone; the election
 * file that it was counted by (borrowed) has those of all. Takes nothing from
 * another election's. */
void yihu_published_know(struct published *r, const struct yihu_definition *d);

#endif
