/* SPDX-License-Identifier: Apache-2.0
 *
 * Which pictures a definition names (PROTOCOL §2.5).
 */
#include <stdlib.h>
#include <string.h>
#include <yihu/definition.h>

#define COLUMN "image"
#define HASH_DIGITS 64

bool yihu_picture_hash(const char *text)
{
	return strlen(text) == HASH_DIGITS && strspn(text, "0123456789abcdef") == HASH_DIGITS;
}

static const char *picture_of(const struct yihu_definition *d, size_t p)
{
	const char *cell = yihu_definition_field(d, p, COLUMN);
	return cell && yihu_picture_hash(cell) ? cell : NULL;
}

static int by_digits(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct yihu_pictures yihu_pictures_of(const struct yihu_definition *d)
{
	struct yihu_pictures p = {0};
	size_t n = 0;
	if (!d)
		return p;
	p.hashes = yihu_calloc(d->n_projects + 1, sizeof *p.hashes);
	for (size_t i = 0; i < d->n_projects; i++) {
		const char *hash = picture_of(d, i);
		if (hash)
			p.hashes[n++] = hash;
	}
	qsort(p.hashes, n, sizeof *p.hashes, by_digits);
	for (size_t i = 0; i < n; i++)
		if (p.n == 0 || strcmp(p.hashes[p.n - 1], p.hashes[i]) != 0)
			p.hashes[p.n++] = p.hashes[i];
	return p;
}

void yihu_pictures_free(struct yihu_pictures *p)
{
	free(p->hashes);
	*p = (struct yihu_pictures){0};
}

bool yihu_pictures_have(const struct yihu_pictures *p, const char *hash)
{
	return p->n > 0 && bsearch(&hash, p->hashes, p->n, sizeof *p->hashes, by_digits);
}
