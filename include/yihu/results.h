/* SPDX-License-Identifier: Apache-2.0
 *
 * What is published (PROTOCOL §10): results.pb, results.json and the note
 * `results`, as bytes. Pure functions: publish writes them, the audit makes
 * them again and compares.
 */
#ifndef YIHU_RESULTS_H
#define YIHU_RESULTS_H

#include <yihu/api.h>
#include <yihu/charter.h>
#include <yihu/count.h>

YIHU_API_BEGIN

/* Everything that results are made of. */
struct yihu_tally {
	const struct yihu_charter *charter;
	const struct yihu_definition *definition;
	const void *definition_bytes; /* election.pb, strict form (asserted) */
	size_t definition_len;
	uint64_t log_size; /* the C entry's size */
	uint64_t households, additions, replacements, voids, entitled;
	uint64_t cast;                          /* B entries */
	const struct yihu_withdrawn *withdrawn; /* in the log's order */
	size_t n_withdrawn;
	bool opened; /* false: fewer than min-box, nothing below */
	uint32_t mixes;
	uint32_t openers; /* bit i−1: holder i opened */
	uint64_t n_valid, n_void;
	const uint32_t *digits;  /* n_valid rows, order of the last mix */
	const uint64_t *void_at; /* positions (from 1) of void ballots in the last mix, n_void */
	uint8_t lot_seed[32];    /* V */
};

/* Appends results.pb: the definition with the valid ballots as its votes; the
 * definition as it is when nothing was opened. */
void yihu_results_pb(struct yihu_buf *out, const struct yihu_tally *t);
/* outcome NULL when not opened, and only then. Schema: src/count/RESULTS.md.
 * Sums of money above 2^53−1 fen are asserted not to occur: yihu_count_check
 * refuses such a definition before there is an election. Version 2 where a project
 * was withdrawn, else 1. */
void yihu_results_json(struct yihu_buf *out, const struct yihu_tally *t,
		       const struct yihu_outcome *o);
/* The same from `ballot` on for a file counted outside an election, under
 * version yihu-count-v1 (RESULTS.md). */
void yihu_count_json(struct yihu_buf *out, const struct yihu_profile *p,
		     const struct yihu_outcome *o);
/* Counts an opened tally's ballots under its lot. */
int yihu_tally_count(struct yihu_outcome **out, const struct yihu_tally *t, struct yihu_error *err);

/* The note's text: yihu-results-v1, eid, box, results.pb, results.json.
 * box may be NULL for not opened ("none"). */
void yihu_results_note_text(struct yihu_buf *out, const uint8_t eid[YIHU_AT_LEAST(32)],
			    const struct yihu_buf *box, const struct yihu_buf *pb,
			    const struct yihu_buf *json);

/* SHA-256 of that text: what `preliminary` names. */
void yihu_results_note_hash(uint8_t out[YIHU_AT_LEAST(32)], const uint8_t eid[YIHU_AT_LEAST(32)],
			    const struct yihu_buf *box, const struct yihu_buf *pb,
			    const struct yihu_buf *json);

YIHU_API_END

#endif
