/* SPDX-License-Identifier: Apache-2.0
 *
 * Elections that are chartered and signed by all, and that nobody can
 * count (PROTOCOL §10, §11): it must be told before a letter is printed.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/names.h>
#include <yihu/text.h>

#include "lies.h"

static struct yihu_buf definition_with(const char *old, const char *with)
{
	struct yihu_buf definition = copy_of(world()->issued, "election.pb");
	replace(&definition, old, with);
	return definition;
}

/* Frees the definition. */
static void chartered(struct scene *s, struct yihu_buf *definition)
{
	struct liars l = liars();
	crypto_hash_sha256(l.charter.definition_hash, definition->data, definition->len);
	put_charter(s, &l, "i1234");
	put(s->p, "election.pb", definition);
}

static void a_rule_that_nobody_counts(struct scene *s)
{
	struct yihu_buf definition = definition_with("rule;greedy\n", "rule;phragmen\n");
	replace(&definition, "vote_type;approval\n", "vote_type;ordinal\n");
	replace(&definition, "ballot;approval\n", "ballot;ordinal\n");
	chartered(s, &definition);
}

static void a_rule_that_lacks_its_threshold(struct scene *s)
{
	struct yihu_buf definition = definition_with("rule;greedy\n", "rule;greedy-threshold\n");
	chartered(s, &definition);
}

static void support_of_those_who_never_decide(struct scene *s)
{
	struct yihu_buf definition =
		definition_with("PROJECTS\n", "support;>1/2 decided\nPROJECTS\n");
	chartered(s, &definition);
}

/* 2^53 fen: where JSON's readers begin to round. */
static void a_budget_beyond_exact_numbers(struct scene *s)
{
	struct yihu_buf definition = definition_with("budget;500\n", "budget;90071992547409.92\n");
	chartered(s, &definition);
}

/* Each cost is below that. */
static void costs_beyond_exact_numbers(struct scene *s)
{
	struct yihu_buf definition = definition_with("\n1;100;", "\n1;90071992547409.91;");
	chartered(s, &definition);
}

/* Rightly named, and larger than a picture can be. */
static void a_picture_that_fills_the_disk(struct scene *s)
{
	struct yihu_buf big = {0};
	uint8_t hash[crypto_hash_sha256_BYTES];
	char digits[2 * sizeof hash + 1];
	for (size_t i = 0; i <= YIHU_PICTURE_BYTES_MAX; i++)
		yihu_buf_u8(&big, 0);
	crypto_hash_sha256(hash, big.data, big.len);
	yihu_hex_into(digits, hash, sizeof hash);
	struct yihu_buf definition =
		definition_with(yihu_public_name(world()->f->picture_name.text).hash, digits);
	chartered(s, &definition);
	yihu_public_remove(s->p, world()->f->picture_name.text);
	put(s->p, yihu_public_picture(digits).text, &big);
}

#define DEFINITION_LIE(called, code, says) LIE(called, DEFINITION, code, "election.pb", says)

const struct lie definition_lies[] = {
	DEFINITION_LIE(a_rule_that_nobody_counts, RULE, "phragmen"),
	DEFINITION_LIE(a_rule_that_lacks_its_threshold, META, "threshold"),
	DEFINITION_LIE(support_of_those_who_never_decide, META, "decided"),
	DEFINITION_LIE(a_budget_beyond_exact_numbers, TOOBIG, "too large"),
	DEFINITION_LIE(costs_beyond_exact_numbers, TOOBIG, "the costs add up"),
	LIE(a_picture_that_fills_the_disk, PICTURES, TOOBIG, "img/", "at most 262144 bytes"),
	NO_MORE_LIES,
};
