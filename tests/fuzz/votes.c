/* SPDX-License-Identifier: Apache-2.0
 *
 * Votes of a Pabulib file, by the definition that the same file holds; then
 * counted, written as results, and the results drawn.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/publish.h>
#include <yihu/results.h>

#include "fuzz.h"

/* A row that is written is read as the same digits. */
static void write_votes(const struct yihu_definition *d, const struct yihu_buf *strict,
			const struct yihu_votes *v)
{
	struct yihu_buf file = {0};
	struct yihu_votes again;
	static const char none[] = "\nnum_votes;0\n";
	const char *at = strstr((const char *)strict->data, none);
	assert(at);
	size_t before = (size_t)(at - (const char *)strict->data);
	yihu_buf_put(&file, strict->data, before);
	yihu_buf_fmt(&file, "\nnum_votes;%zu\n", v->n);
	yihu_buf_put(&file, at + sizeof none - 1, strict->len - before - (sizeof none - 1));
	for (size_t i = 0; i < v->n; i++) {
		yihu_buf_fmt(&file, "%zu;", i + 1);
		yihu_vote_row(&file, d, v->digits + i * d->n_projects);
		yihu_buf_u8(&file, '\n');
	}
	assert(yihu_votes_read(&again, d, file.data, file.len, NULL) == YIHU_OK);
	assert(again.n == v->n);
	assert(v->n == 0 ||
	       memcmp(again.digits, v->digits, v->n * d->n_projects * sizeof *v->digits) == 0);
	yihu_votes_free(&again);
	yihu_buf_free(&file);
}

static void check_digits(const struct yihu_definition *d, const struct yihu_votes *v)
{
	uint32_t words[YIHU_WIDTH_MAX], digits[YIHU_PROJECTS_MAX];
	for (size_t i = 0; i < v->n && i < 100; i++) {
		const uint32_t *row = v->digits + i * d->n_projects;
		assert(yihu_digits_check(d, row, NULL) == YIHU_OK);
		yihu_words_from_digits(d, row, words);
		assert(yihu_digits_from_words(d, words, digits, NULL) == YIHU_OK);
		assert(memcmp(row, digits, d->n_projects * sizeof *row) == 0);
	}
}

static void draw(const struct yihu_buf *json)
{
	struct yihu_buf page = {0};
	struct yihu_error err = fuzz_error();
	bool ok =
		fuzz_ok(yihu_results_page(
				&page, &(struct yihu_results){.json = json->data, .len = json->len},
				"zh", &err),
			&err);
	assert(ok && page.len > 0);
	yihu_buf_reset(&page);
	ok = fuzz_ok(yihu_results_table(&page, json->data, json->len, "en", &err), &err);
	assert(ok && page.len > 0);
	yihu_buf_free(&page);
}

static void count(const struct yihu_definition *d, const struct yihu_buf *strict,
		  const struct yihu_votes *v)
{
	const struct fuzz_world *w = fuzz_world();
	struct yihu_tally t = {
		.charter = w->charter,
		.definition = d,
		.definition_bytes = strict->data,
		.definition_len = strict->len,
		.log_size = v->n + 2,
		.households = w->charter->households,
		.entitled = v->n + 5,
		.cast = v->n,
		.opened = true,
		.mixes = w->charter->t,
		.openers = 3,
		.n_valid = v->n,
		.digits = v->digits,
	};
	struct yihu_outcome *o;
	struct yihu_buf pb = {0}, json = {0};
	struct yihu_votes again;
	struct yihu_error err = fuzz_error();
	if (!fuzz_ok(yihu_tally_count(&o, &t, &err), &err))
		return;
	yihu_results_pb(&pb, &t);
	assert(yihu_votes_read(&again, d, pb.data, pb.len, NULL) == YIHU_OK && again.n == v->n);
	yihu_votes_free(&again);
	yihu_results_json(&json, &t, o);
	draw(&json);
	yihu_outcome_free(o);
	yihu_buf_free(&pb);
	yihu_buf_free(&json);
}

static void read_votes(const struct yihu_definition *d, const struct yihu_buf *strict,
		       const uint8_t *data, size_t size)
{
	struct yihu_votes v;
	struct yihu_error err = fuzz_error();
	fuzz_fill(&v, sizeof v);
	if (!fuzz_ok(yihu_votes_read(&v, d, data, size, &err), &err)) {
		assert(fuzz_untouched(&v, sizeof v));
		return;
	}
	check_digits(d, &v);
	write_votes(d, strict, &v);
	count(d, strict, &v);
	yihu_votes_free(&v);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yihu_buf strict = {0};
	struct yihu_definition *d;
	if (yihu_definition_held(&strict, NULL, data, size, NULL) == YIHU_OK) {
		assert(yihu_definition_parse(&d, strict.data, strict.len, NULL) == YIHU_OK);
		read_votes(d, &strict, data, size);
		yihu_definition_free(d);
	}
	yihu_buf_free(&strict);
	return 0;
}
