/* SPDX-License-Identifier: Apache-2.0
 *
 * Variants of pieces: a line of a text, an entry of a bundle, a hash, a
 * ciphertext, a point or a scalar is gone, there twice, exchanged with
 * the next, or stands over it.
 */
#include <stdlib.h>
#include <string.h>

#include "bench.h"

#define PIECES_MAX 1024
struct pieces {
	size_t at[PIECES_MAX + 1]; /* where each begins; at[n]: where the last ends */
	size_t n;
};

static bool begins(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

static void push(struct pieces *p, size_t at)
{
	if (p->n == PIECES_MAX)
		abort();
	p->at[p->n++] = at;
}

static void split_lines(struct pieces *p, const struct yihu_buf *b)
{
	for (size_t at = 0; at < b->len; at++)
		if (at == 0 || b->data[at - 1] == '\n')
			push(p, at);
	p->at[p->n] = b->len;
}

static void split_entries(struct pieces *p, const struct yihu_buf *b)
{
	struct yihu_reader r = yihu_reader(b->data, b->len);
	const uint8_t *entry;
	size_t len;
	while (r.left > 0) {
		push(p, b->len - r.left);
		if (!yihu_bundle_next(&r, &entry, &len))
			abort();
	}
	p->at[p->n] = b->len;
}

/* `size` bytes each from `from` to `to`. */
static void split_even(struct pieces *p, size_t from, size_t to, size_t size)
{
	for (size_t at = from; at + size <= to; at += size)
		push(p, at);
	p->at[p->n] = p->n > 0 ? p->at[p->n - 1] + size : from;
}

/* As elements; also pairs, where a list of ciphertexts stands first. */
static void split(struct pieces *p, const struct yihu_public_file *file, bool pairs)
{
	const struct yihu_buf *b = &file->bytes;
	p->n = 0;
	if (begins(file->name, "log/tile/entries/"))
		split_entries(p, b);
	else if (begins(file->name, "log/tile/"))
		split_even(p, 0, b->len, 32);
	else if (begins(file->name, "mix/"))
		split_even(p, 28, b->len - 64, pairs ? 64 : 32);
	else if (begins(file->name, "open/"))
		split_even(p, 24, b->len - 64, pairs ? 64 : 32);
	else
		split_lines(p, b);
}

static void put_piece(struct yihu_buf *out, const struct yihu_buf *b, const struct pieces *p,
		      size_t i)
{
	yihu_buf_put(out, b->data + p->at[i], p->at[i + 1] - p->at[i]);
}

/* The file with pieces i and, when there is one, i+1 in the order of `with`: 'a' is the
 * first, 'b' the second. */
static void rearrange(struct bench *b, const struct yihu_public_file *file, const struct pieces *p,
		      size_t i, const char *with)
{
	const struct yihu_buf *bytes = &file->bytes;
	struct yihu_buf out = {0};
	size_t end = i + 1 < p->n ? i + 2 : i + 1;
	yihu_buf_put(&out, bytes->data, p->at[i]);
	for (; *with != '\0'; with++)
		if (*with == 'a' || end == i + 2)
			put_piece(&out, bytes, p, *with == 'a' ? i : i + 1);
	yihu_buf_put(&out, bytes->data + p->at[end], bytes->len - p->at[end]);
	bench_change(b, file->name, out.data, out.len, "piece", p->at[i]);
	yihu_buf_free(&out);
}

static void vary(struct bench *b, const struct yihu_public_file *file, bool pairs)
{
	/* gone; twice; exchanged; over the next; under it */
	static const char *const arrangements[] = {"b", "aab", "ba", "aa", "bb"};
	struct pieces *p = yihu_calloc(1, sizeof *p);
	split(p, file, pairs);
	for (size_t i = 0; i < p->n; i += (size_t)b->sparse)
		for (size_t k = 0; k < sizeof arrangements / sizeof *arrangements; k++)
			rearrange(b, file, p, i, arrangements[k]);
	free(p);
}

void try_pieces(struct bench *b)
{
	for (size_t i = 0; i < b->honest->n; i++) {
		const struct yihu_public_file *file = &b->honest->files[i];
		vary(b, file, false);
		if (begins(file->name, "mix/") || begins(file->name, "open/"))
			vary(b, file, true);
	}
}
