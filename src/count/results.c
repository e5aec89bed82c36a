/* SPDX-License-Identifier: Apache-2.0
 *
 * results.pb, the note's text, and the count of a tally (PROTOCOL §10).
 */
#include <assert.h>
#include <inttypes.h>
#include <string.h>
#include <yihu/hash.h>
#include <yihu/results.h>
#include <yihu/text.h>

#include "results.h"

struct yihu_profile yihu_tally_profile(const struct yihu_tally *t)
{
	struct yihu_profile p = {.definition = t->definition,
				 .n = t->n_valid,
				 .digits = t->digits,
				 .cast = t->cast,
				 .entitled = t->entitled,
				 .withdrawn = t->withdrawn,
				 .n_withdrawn = t->n_withdrawn,
				 .has_lot = true,
				 .eid = t->charter->eid,
				 .eid_len = sizeof t->charter->eid};
	memcpy(p.lot_seed, t->lot_seed, sizeof p.lot_seed);
	return p;
}

int yihu_tally_count(struct yihu_outcome **out, const struct yihu_tally *t, struct yihu_error *err)
{
	assert(t->opened);
	struct yihu_profile p = yihu_tally_profile(t);
	return yihu_count(out, &p, err);
}

/* The definition's strict form has this line exactly once. */
static const char votes_line[] = "\nnum_votes;0\n";

void yihu_results_pb(struct yihu_buf *out, const struct yihu_tally *t)
{
	if (!t->opened) {
		yihu_buf_put(out, t->definition_bytes, t->definition_len);
		return;
	}
	const char *bytes = t->definition_bytes;
	const char *line = memmem(bytes, t->definition_len, votes_line, sizeof votes_line - 1);
	assert(line);
	const char *rest = line + sizeof votes_line - 1;
	yihu_buf_put(out, bytes, (size_t)(line - bytes));
	yihu_buf_fmt(out, "\nnum_votes;%" PRIu64 "\n", t->n_valid);
	yihu_buf_put(out, rest, t->definition_len - (size_t)(rest - bytes));
	for (uint64_t i = 0; i < t->n_valid; i++) {
		yihu_buf_fmt(out, "%" PRIu64 ";", i + 1);
		yihu_vote_row(out, t->definition, t->digits + i * t->definition->n_projects);
		yihu_buf_u8(out, '\n');
	}
}

static void note_line(struct yihu_buf *out, const char *key, const struct yihu_buf *file)
{
	uint8_t hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, file->data, file->len);
	yihu_buf_fmt(out, "%s ", key);
	yihu_hex(out, hash, sizeof hash);
	yihu_buf_u8(out, '\n');
}

void yihu_results_note_text(struct yihu_buf *out, const uint8_t eid[static 32],
			    const struct yihu_buf *box, const struct yihu_buf *pb,
			    const struct yihu_buf *json)
{
	yihu_buf_str(out, "yihu-results-v1\neid ");
	yihu_hex(out, eid, 32);
	yihu_buf_u8(out, '\n');
	if (box)
		note_line(out, "box", box);
	else
		yihu_buf_str(out, "box none\n");
	note_line(out, "results.pb", pb);
	note_line(out, "results.json", json);
}

void yihu_results_note_hash(uint8_t out[static 32], const uint8_t eid[static 32],
			    const struct yihu_buf *box, const struct yihu_buf *pb,
			    const struct yihu_buf *json)
{
	struct yihu_buf text = {0};
	yihu_results_note_text(&text, eid, box, pb, json);
	crypto_hash_sha256(out, text.data, text.len);
	yihu_buf_free(&text);
}
