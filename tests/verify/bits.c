/* SPDX-License-Identifier: Apache-2.0
 *
 * Changes a finished election in the ways of tests/bits, one at a time, and
 * prints each with what the C audit says: first the folder as it is, then for
 * each change the files that are other.
 *
 * usage: bits ELECTION FLIPS OTHERS: of the election number 0, 1 or 2; one bit
 * of each FLIPS-th byte (0: all bits of all bytes), and each OTHERS-th of the
 * other changes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "../bits/bench.h"
#include "record.h"

static struct {
	uint64_t every, seen;
} sample = {.every = 1};

static bool taken(void)
{
	return sample.seen++ % sample.every == 0;
}

/* The change at hand, collected while bytes are put into the working folder. */
static json_t *changed(const struct bench *b)
{
	json_t *files = json_object();
	for (size_t i = 0; i < b->work->n; i++) {
		const struct yihu_public_file *f = &b->work->files[i];
		const struct yihu_buf *honest = yihu_public_get(b->honest, f->name);
		if (honest == NULL || honest->len != f->bytes.len ||
		    (honest->len > 0 && memcmp(honest->data, f->bytes.data, honest->len) != 0))
			json_object_set_new(files, f->name,
					    record_bytes(f->bytes.data, f->bytes.len));
	}
	for (size_t i = 0; i < b->honest->n; i++)
		if (yihu_public_get(b->work, b->honest->files[i].name) == NULL)
			json_object_set_new(files, b->honest->files[i].name, json_null());
	return files;
}

static void print(const struct bench *b, const char *name, const char *how, size_t at)
{
	char *words = yihu_printf("%s %s %zu", name, how, at);
	struct yihu_audit *a = yihu_audit_run(b->work, &b->o);
	record_print(json_pack("{s:s, s:o, s:o}", "name", words, "changed", changed(b), "verdict",
			       record_verdict(a, &b->o)));
	yihu_audit_free(a);
	free(words);
}

/* Instead of those in bench.c, which hold the C audit against what must be. */
void __wrap_bench_audit(struct bench *b, const char *const names[3], bool may_pass, const char *how,
			size_t at);
void __wrap_bench_audit(struct bench *b, const char *const names[3], bool may_pass, const char *how,
			size_t at)
{
	(void)may_pass;
	if (taken())
		print(b, names[0], how, at);
}

void __wrap_bench_change(struct bench *b, const char *name, const void *bytes, size_t len,
			 const char *how, size_t at);
void __wrap_bench_change(struct bench *b, const char *name, const void *bytes, size_t len,
			 const char *how, size_t at)
{
	const struct yihu_buf *honest = yihu_public_get(b->honest, name);
	if ((len == honest->len && (len == 0 || memcmp(bytes, honest->data, len) == 0)) || !taken())
		return;
	yihu_public_put(b->work, name, bytes, len);
	print(b, name, how, at);
	bench_restore(b, name);
}

static void print_honest(const struct bench *b)
{
	struct yihu_audit *a = yihu_audit_run(b->work, &b->o);
	record_print(json_pack("{s:s, s:o, s:o, s:o}", "name", b->name, "files",
			       record_files(b->work), "options", record_options(&b->o), "verdict",
			       record_verdict(a, &b->o)));
	yihu_audit_free(a);
}

int main(int argc, char **argv)
{
	static void (*const others[])(struct bench * b) = {
		try_cuts, try_additions, try_pieces, try_absences, try_swaps, try_strays,
	};
	uint64_t election, flips, every;
	if (argc != 4 || !yihu_decimal(&election, yihu_span(argv[1]), 2) ||
	    !yihu_decimal(&flips, yihu_span(argv[2]), 1000000) ||
	    !yihu_decimal(&every, yihu_span(argv[3]), 1000000) || every == 0 || sodium_init() < 0)
		return 2;
	struct bench *b = bench_new(election);
	b->every = flips;
	b->sparse = 1;
	print_honest(b);
	try_flips(b);
	sample.every = every;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		others[i](b);
	bench_free(b);
	return 0;
}
