/* SPDX-License-Identifier: Apache-2.0
 *
 * Lies about how the result stands (PROTOCOL §10.1): statements of another result,
 * too early, or by the wrong people.
 */
#include <string.h>

#include <sodium.h>

#include "tale.h"

/* The honest statement in other words, signed by `who`. */
static void reword(struct scene *s, const char *name, const char *old, const char *with,
		   const char *who)
{
	struct yihu_buf text = copy_of(world()->published, name);
	uint8_t *end = memmem(text.data, text.len, "\n\n", 2);
	text.len = (size_t)(end - text.data) + 1;
	if (old)
		replace(&text, old, with);
	s->p = s->p ? s->p : public_copy(world()->published);
	put_note(s->p, name, &text, who);
}

/* final follows whatever preliminary there is. */
static void follow(struct scene *s)
{
	const struct yihu_buf *was = yihu_public_get(world()->published, "preliminary");
	const struct yihu_buf *is = yihu_public_get(s->p, "preliminary");
	char old[65], with[65];
	uint8_t hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, was->data, was->len);
	yihu_hex_into(old, hash, sizeof hash);
	crypto_hash_sha256(hash, is->data, is->len);
	yihu_hex_into(with, hash, sizeof hash);
	reword(s, "final", old, with, "i");
}

static void honest_statements(struct scene *s)
{
	s->p = public_copy(world()->published);
}

static void an_honest_result_that_is_preliminary(struct scene *s)
{
	s->p = public_copy(world()->published);
	yihu_public_remove(s->p, "final");
}

static void an_objection_upheld(struct scene *s)
{
	reword(s, "final", "upheld 0", "upheld 1", "i");
}

static void other_hex(struct scene *s, const char *name, const char *key)
{
	struct yihu_buf text = copy_of(world()->published, name);
	char *at = memmem(text.data, text.len, key, strlen(key)), old[80], with[80];
	size_t len = strlen(key) + 8;
	memcpy(old, at, len);
	memcpy(with, at, len);
	old[len] = with[len] = '\0';
	with[len - 1] = with[len - 1] == '0' ? '1' : '0';
	yihu_buf_free(&text);
	reword(s, name, old, with, "i");
}

static void a_preliminary_result_of_other_results(struct scene *s)
{
	other_hex(s, "preliminary", "results ");
	yihu_public_remove(s->p, "final");
}

static void a_preliminary_result_of_another_election(struct scene *s)
{
	other_hex(s, "preliminary", "eid ");
	yihu_public_remove(s->p, "final");
}

static void a_preliminary_result_that_a_holder_signs(struct scene *s)
{
	reword(s, "preliminary", NULL, NULL, "1");
	follow(s);
}

static void a_preliminary_result_that_a_holder_signs_too(struct scene *s)
{
	reword(s, "preliminary", NULL, NULL, "i1");
	follow(s);
}

static void objections_for_no_time(struct scene *s)
{
	reword(s, "preliminary", "until 2025-12-15T00", "until 2025-12-08T01", "i");
	follow(s);
}

static void a_result_from_before_the_end(struct scene *s)
{
	reword(s, "preliminary", "made 2025-12-08T", "made 2025-12-07T", "i");
	follow(s);
}

static void a_preliminary_result_with_a_line_more(struct scene *s)
{
	reword(s, "preliminary", "\nmade ", "\nnote x\nmade ", "i");
	follow(s);
}

static void a_final_result_too_early(struct scene *s)
{
	reword(s, "final", "made 2025-12-15T00:00:00Z", "made 2025-12-14T23:59:59Z", "i");
}

static void a_final_result_of_other_results(struct scene *s)
{
	other_hex(s, "final", "results.json ");
}

static void a_final_result_after_another_preliminary(struct scene *s)
{
	reword(s, "preliminary", "until 2025-12-15T00:00:00Z", "until 2025-12-14T00:00:00Z", "i");
}

static void a_final_result_of_another_election(struct scene *s)
{
	other_hex(s, "final", "eid ");
}

static void more_upheld_than_filed(struct scene *s)
{
	reword(s, "final", "upheld 0", "upheld 3", "i");
}

static void more_answers_than_objections(struct scene *s)
{
	reword(s, "final", "filed 2", "filed 0", "i");
}

static void a_final_result_by_the_log(struct scene *s)
{
	reword(s, "final", NULL, NULL, "l");
}

static void a_final_result_out_of_nothing(struct scene *s)
{
	s->p = public_copy(world()->published);
	yihu_public_remove(s->p, "preliminary");
}

static void a_preliminary_result_without_results(struct scene *s)
{
	s->p = public_copy(world()->published);
	yihu_public_remove(s->p, "results.pb");
	yihu_public_remove(s->p, "results.json");
	yihu_public_remove(s->p, "results");
}

#define FIRST(called, code, says) LIE(called, OBJECTIONS, code, "preliminary", says)
#define LAST(called, code, says) LIE(called, OBJECTIONS, code, "final", says)

const struct lie objection_lies[] = {
	{.name = "honest_statements", .tell = honest_statements},
	{.name = "an_honest_result_that_is_preliminary",
	 .tell = an_honest_result_that_is_preliminary},
	{.name = "an_objection_upheld", .tell = an_objection_upheld},
	FIRST(a_preliminary_result_of_other_results, RESULTS, "of other results"),
	FIRST(a_preliminary_result_of_another_election, ELECTION, "another election"),
	FIRST(a_preliminary_result_that_a_holder_signs, SIGNERS, "a signature by lies-issuer"),
	FIRST(a_preliminary_result_that_a_holder_signs_too, SIGNERS, "2 signatures where 1"),
	FIRST(objections_for_no_time, TIME, "no time for objections"),
	FIRST(a_result_from_before_the_end, TIME, "before the poll's end"),
	FIRST(a_preliminary_result_with_a_line_more, FORMAT, "must be “made”"),
	LAST(a_final_result_too_early, TIME, "before the last day"),
	LAST(a_final_result_of_other_results, RESULTS, "of other results"),
	LAST(a_final_result_after_another_preliminary, RESULTS, "another statement"),
	LAST(a_final_result_of_another_election, ELECTION, "another election"),
	LAST(more_upheld_than_filed, FORMAT, "more objections are upheld"),
	LAST(more_answers_than_objections, FORMAT, "wrong at line"),
	LAST(a_final_result_by_the_log, SIGNERS, "a signature by lies-issuer"),
	LIE(a_final_result_out_of_nothing, FILES, MISSING, "preliminary", "is missing"),
	LIE(a_preliminary_result_without_results, FILES, MISSING, "results.pb", "is missing"),
	NO_MORE_LIES,
};
