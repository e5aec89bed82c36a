/* SPDX-License-Identifier: Apache-2.0
 *
 * C2SP tlog-tiles: names and contents. A tile of level l holds hashes of
 * complete subtrees of 256^l entries; level −1 stands for the entry bundles.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <yihu/checkpoint.h>
#include <yihu/text.h>

#define LEVEL_BITS 8
#define LEVEL_MAX 63 /* tlog-tiles' bound; no tree of ours passes level 4 */
#define GROUP_DIGITS 3
#define INDEX_DIGITS 21 /* 2^64 − 1 in groups of three */

/* "x001/x234/067" */
static void put_index(char out[static YIHU_TILE_PATH_BYTES], uint64_t index)
{
	char digits[INDEX_DIGITS + 1];
	snprintf(digits, sizeof digits, "%021llu", (unsigned long long)index);
	size_t at = 0, n = 0;
	while (at + GROUP_DIGITS < INDEX_DIGITS && memcmp(digits + at, "000", GROUP_DIGITS) == 0)
		at += GROUP_DIGITS;
	for (; at + GROUP_DIGITS < INDEX_DIGITS; at += GROUP_DIGITS)
		n += (size_t)sprintf(out + n, "x%.3s/", digits + at);
	sprintf(out + n, "%.3s", digits + at);
}

void yihu_tile_path(char out[static YIHU_TILE_PATH_BYTES], const struct yihu_tile *t)
{
	char level[12] = "entries", index[YIHU_TILE_PATH_BYTES], partial[8] = "";
	assert(t->level >= -1 && t->level <= LEVEL_MAX);
	assert(t->width >= 1 && t->width <= YIHU_TILE_WIDTH);
	if (t->level >= 0)
		snprintf(level, sizeof level, "%d", t->level);
	if (t->width < YIHU_TILE_WIDTH)
		snprintf(partial, sizeof partial, ".p/%u", t->width % YIHU_TILE_WIDTH);
	put_index(index, t->index);
	int n = snprintf(out, YIHU_TILE_PATH_BYTES, "tile/%s/%s%s", level, index, partial);
	assert(n > 0 && n < YIHU_TILE_PATH_BYTES);
}

/* Takes what stands before the first c (all of it when there is none). */
static struct yihu_span take(const char **p, char c)
{
	const char *end = strchrnul(*p, c);
	struct yihu_span part = {*p, (size_t)(end - *p)};
	*p = *end ? end + 1 : end;
	return part;
}

static bool read_level(int *level, struct yihu_span text)
{
	uint64_t v;
	*level = -1;
	if (yihu_span_is(text, "entries"))
		return true;
	if (!yihu_decimal(&v, text, LEVEL_MAX))
		return false;
	*level = (int)v;
	return true;
}

/* The digits of all groups; what is not exactly as put_index writes it,
 * no digit or too large a number too, is found by writing it again. */
static uint64_t read_index(const char *text, size_t len)
{
	uint64_t v = 0;
	for (size_t i = 0; i < len; i++)
		if (text[i] != 'x' && text[i] != '/')
			v = 10 * v + (uint64_t)(text[i] - '0');
	return v;
}

static bool read_width(unsigned *width, const char *partial)
{
	uint64_t v = YIHU_TILE_WIDTH;
	if (partial && !yihu_decimal(&v, yihu_span(partial + strlen(".p/")), YIHU_TILE_WIDTH - 1))
		return false;
	*width = (unsigned)v;
	return v > 0;
}

bool yihu_tile_parse_path(struct yihu_tile *out, const char *path)
{
	struct yihu_tile t;
	char again[YIHU_TILE_PATH_BYTES];
	const char *rest = path;
	if (!yihu_span_is(take(&rest, '/'), "tile") || !read_level(&t.level, take(&rest, '/')))
		return false;
	const char *partial = strstr(rest, ".p/");
	size_t index_len = partial ? (size_t)(partial - rest) : strlen(rest);
	t.index = read_index(rest, index_len);
	if (!read_width(&t.width, partial))
		return false;
	yihu_tile_path(again, &t);
	if (strcmp(again, path) != 0)
		return false;
	*out = t;
	return true;
}

/* ⌊size / 256^level⌋; bundles go by entries, like level 0. */
static uint64_t hashes_of(int level, uint64_t size)
{
	if (level <= 0)
		return size;
	return level < 64 / LEVEL_BITS ? size >> (LEVEL_BITS * level) : 0;
}

static int each_of_level(int level, uint64_t n,
			 int (*each)(void *context, const struct yihu_tile *t), void *context)
{
	int r = 0;
	struct yihu_tile t = {.level = level, .width = YIHU_TILE_WIDTH};
	for (; t.index < n / YIHU_TILE_WIDTH && r == 0; t.index++)
		r = each(context, &t);
	t.width = (unsigned)(n % YIHU_TILE_WIDTH);
	if (r == 0 && t.width > 0)
		r = each(context, &t);
	return r;
}

bool yihu_tile_belongs(const struct yihu_tile *t, uint64_t size)
{
	uint64_t n = hashes_of(t->level, size);
	if (t->index < n / YIHU_TILE_WIDTH)
		return t->width == YIHU_TILE_WIDTH;
	return t->index == n / YIHU_TILE_WIDTH && t->width == n % YIHU_TILE_WIDTH;
}

int yihu_tiles_each(uint64_t size, int (*each)(void *context, const struct yihu_tile *t),
		    void *context)
{
	int r = 0;
	for (int level = -1; hashes_of(level, size) > 0 && r == 0; level++)
		r = each_of_level(level, hashes_of(level, size), each, context);
	return r;
}

bool yihu_tile_exists(const struct yihu_tile *t, uint64_t size)
{
	uint64_t n = hashes_of(t->level, size);
	return t->level >= -1 && t->width >= 1 && t->width <= YIHU_TILE_WIDTH &&
	       t->index <= n / YIHU_TILE_WIDTH && t->width <= n - t->index * YIHU_TILE_WIDTH;
}

void yihu_tile_hashes(struct yihu_buf *out, const struct yihu_tree *tree, const struct yihu_tile *t)
{
	assert(t->level >= 0 && yihu_tile_exists(t, yihu_tree_size(tree)));
	for (unsigned i = 0; i < t->width; i++) {
		struct yihu_node node = yihu_tree_node(tree, (unsigned)t->level * LEVEL_BITS,
						       t->index * YIHU_TILE_WIDTH + i);
		yihu_buf_put(out, node.bytes, sizeof node.bytes);
	}
}

void yihu_bundle_put(struct yihu_buf *out, const void *entry, size_t len)
{
	assert(len <= YIHU_BUNDLE_ENTRY_BYTES_MAX);
	yihu_buf_be16(out, (uint16_t)len);
	yihu_buf_put(out, entry, len);
}

bool yihu_bundle_next(struct yihu_reader *r, const uint8_t **entry, size_t *len)
{
	size_t n = yihu_read_be16(r);
	const uint8_t *p = yihu_read(r, n);
	if (r->bad)
		return false;
	*entry = p;
	*len = n;
	return true;
}
