/* SPDX-License-Identifier: Apache-2.0
 *
 * A public folder in memory.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/names.h>
#include <yihu/public.h>

struct yihu_public *yihu_public_new(void)
{
	return yihu_calloc(1, sizeof(struct yihu_public));
}

static void file_free(struct yihu_public_file *f)
{
	free(f->name);
	yihu_buf_free(&f->bytes);
}

void yihu_public_free(struct yihu_public *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n; i++)
		file_free(&p->files[i]);
	for (size_t i = 0; i < p->n_notices; i++)
		free(p->notices[i]);
	free(p->files);
	free(p->notices);
	free(p);
}

/* The place of name: where it is (*found) or where it would be put. */
static size_t place(const struct yihu_public *p, const char *name, bool *found)
{
	size_t low = 0, high = p->n;
	*found = false;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(p->files[mid].name, name);
		if (order == 0) {
			*found = true;
			return mid;
		}
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct yihu_buf *yihu_public_get(const struct yihu_public *p, const char *name)
{
	bool found;
	size_t at = place(p, name, &found);
	return found ? &p->files[at].bytes : NULL;
}

void yihu_public_put(struct yihu_public *p, const char *name, const void *bytes, size_t len)
{
	bool found;
	size_t at = place(p, name, &found);
	if (!found) {
		p->files = yihu_realloc(p->files, p->n + 1, sizeof *p->files);
		memmove(&p->files[at + 1], &p->files[at], (p->n - at) * sizeof *p->files);
		p->files[at] = (struct yihu_public_file){.name = yihu_strdup(name)};
		p->n++;
	}
	/* Copied aside first: the bytes may be the file's own. */
	struct yihu_buf copy = {0};
	if (len > 0)
		yihu_buf_put(&copy, bytes, len);
	yihu_buf_free(&p->files[at].bytes);
	p->files[at].bytes = copy;
}

void yihu_public_remove(struct yihu_public *p, const char *name)
{
	bool found;
	size_t at = place(p, name, &found);
	if (!found)
		return;
	file_free(&p->files[at]);
	p->n--;
	memmove(&p->files[at], &p->files[at + 1], (p->n - at) * sizeof *p->files);
}

/* Do all of these kinds, none of which has numbers, have their file? */
static bool are_there(const struct yihu_public *p, uint32_t kinds)
{
	for (int kind = 0; kind < YIHU_N_PUBLIC_KINDS; kind++)
		if ((kinds & YIHU_PUBLIC_BIT(kind)) != 0 &&
		    !yihu_public_get(p, yihu_public_row((enum yihu_public_kind)kind)->pattern))
			return false;
	return true;
}

void yihu_public_forget_unfinished(struct yihu_public *p)
{
	for (int kind = 0; kind < YIHU_N_PUBLIC_KINDS; kind++) {
		const struct yihu_public_row *row = yihu_public_row((enum yihu_public_kind)kind);
		if (!are_there(p, row->whole_with))
			yihu_public_remove(p, row->pattern);
	}
}
