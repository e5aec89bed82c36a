/* SPDX-License-Identifier: Apache-2.0
 *
 * Variants of bytes: a bit turned, an end cut off, something more.
 */
#include <string.h>

#include "bench.h"

static void flip(struct bench *b, const char *name, struct yihu_buf *copy, size_t at, unsigned bit)
{
	copy->data[at] ^= (uint8_t)(1u << bit);
	bench_change(b, name, copy->data, copy->len, "flip at", at);
	copy->data[at] ^= (uint8_t)(1u << bit);
}

/* Another bit each time; files begin at different bytes of the stride. */
static void flip_file(struct bench *b, const struct yihu_public_file *file, size_t offset)
{
	struct yihu_buf copy = {0};
	yihu_buf_put(&copy, file->bytes.data, file->bytes.len);
	size_t stride = b->every == 0 ? 1 : (size_t)b->every;
	for (size_t at = offset % stride; at < copy.len; at += stride)
		if (b->every != 0)
			flip(b, file->name, &copy, at, (unsigned)(at / stride + offset) % 8);
		else
			for (unsigned bit = 0; bit < 8; bit++)
				flip(b, file->name, &copy, at, bit);
	yihu_buf_free(&copy);
}

void try_flips(struct bench *b)
{
	for (size_t i = 0; i < b->honest->n; i++)
		flip_file(b, &b->honest->files[i], i);
}

static bool is_text(const struct yihu_public_file *file)
{
	return strncmp(file->name, "mix/", 4) != 0 && strncmp(file->name, "open/", 5) != 0 &&
	       strncmp(file->name, "log/tile/", 9) != 0;
}

/* To nothing, within a header, after each line or element, and one byte off that. */
static void cut_file(struct bench *b, const struct yihu_public_file *file)
{
	const uint8_t *data = file->bytes.data;
	size_t len = file->bytes.len, step = len > 2048 ? 160 : 32;
	for (size_t to = 0; to < len; to++) {
		bool edge = is_text(file) ? to > 0 && data[to - 1] == '\n' : to % step == 0;
		bool off = is_text(file) ? data[to] == '\n' : to % step == step - 1;
		if (to < 2 || edge || off || to == 8 || to == 9 || to == 28 || to == 24 ||
		    to + 64 == len)
			bench_change(b, file->name, data, to, "cut to", to);
	}
}

void try_cuts(struct bench *b)
{
	for (size_t i = 0; i < b->honest->n; i++)
		cut_file(b, &b->honest->files[i]);
}

static void add(struct bench *b, const struct yihu_public_file *file, const void *more, size_t len,
		bool in_front)
{
	struct yihu_buf out = {0};
	if (in_front)
		yihu_buf_put(&out, more, len);
	yihu_buf_put(&out, file->bytes.data, file->bytes.len);
	if (!in_front)
		yihu_buf_put(&out, more, len);
	bench_change(b, file->name, out.data, out.len, in_front ? "in front" : "behind", 0);
	yihu_buf_free(&out);
}

void try_additions(struct bench *b)
{
	static const struct {
		const char *bytes;
		size_t len;
	} more[] = {
		{"\0", 1},
		{"\n", 1},
		{"\r\n", 2},
		{" ", 1},
		{"x\n", 2},
		{"\xff", 1},
		{"\xef\xbb\xbf", 3},
		{"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 32},
		{"— a b\n", 8},
	};
	for (size_t i = 0; i < b->honest->n; i++) {
		const struct yihu_public_file *file = &b->honest->files[i];
		for (size_t k = 0; k < sizeof more / sizeof *more; k++) {
			add(b, file, more[k].bytes, more[k].len, false);
			add(b, file, more[k].bytes, more[k].len, true);
		}
		add(b, file, file->bytes.data, file->bytes.len, false);
	}
}
