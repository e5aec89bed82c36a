/* SPDX-License-Identifier: Apache-2.0
 *
 * The projects as a numbered list, and a choice by its numbers.
 */
#include "cast/cast.h"

#include <ctype.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

void cast_list_projects(struct yihu_buf *out, const struct yihu_definition *d,
			const struct cast_withdrawn *w)
{
	for (size_t i = 0; i < d->n_projects; i++) {
		const struct yihu_project *p = &d->projects[i];
		const char *cost = yihu_definition_field(d, i, "cost");
		const struct yihu_withdrawn *gone = cast_is_withdrawn(w, i);
		yihu_buf_fmt(out, "%3zu. %s (%s) %s\n", i + 1, p->name, p->id, cost);
		if (gone)
			yihu_buf_fmt(out, _("     withdrawn, cannot be chosen: %s\n"),
				     gone->reason);
	}
}

/* The same projects, whose ids are their places in the list. */
static struct yihu_definition numbered(const struct yihu_definition *d)
{
	struct yihu_definition n = *d;
	n.projects = yihu_calloc(d->n_projects, sizeof *n.projects);
	for (size_t i = 0; i < d->n_projects; i++) {
		n.projects[i] = d->projects[i];
		n.projects[i].id = yihu_printf("%zu", i + 1);
	}
	return n;
}

static void numbered_finish(struct yihu_definition *n)
{
	for (size_t i = 0; i < n->n_projects; i++)
		free(n->projects[i].id);
	free(n->projects);
}

/* What a Chinese keyboard writes for a comma or a colon; else the sign itself. */
static char plain(const char *text, size_t *len)
{
	static const struct {
		const char *sign;
		char means;
	} signs[] = {{"，", ','}, {"、", ','}, {"：", ':'}, {"＝", '='}, {"　", ' '}};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		*len = strlen(signs[i].sign);
		if (strncmp(text, signs[i].sign, *len) == 0)
			return signs[i].means;
	}
	*len = 1;
	return *text;
}

/* "1 3" is typed for "1,3". */
static char *with_commas(const char *text)
{
	struct yihu_buf out = {0};
	bool gap = false;
	for (size_t len; *text != '\0'; text += len) {
		char c = plain(text, &len);
		bool space = isspace((unsigned char)c);
		if (!space && gap && out.len > 0 && c != ',')
			yihu_buf_str(&out, ",");
		if (!space)
			yihu_buf_put(&out, &c, 1);
		gap = space && (out.len == 0 || out.data[out.len - 1] != ',');
	}
	yihu_buf_u8(&out, 0);
	return (char *)out.data;
}

int cast_digits_from_list(const struct yihu_definition *d, const char *text, uint32_t *digits,
			  struct yihu_error *err)
{
	struct yihu_definition list = numbered(d);
	char *items = with_commas(text);
	int r = yihu_digits_parse(&list, items, digits, err);
	sodium_memzero(items, strlen(items));
	free(items);
	numbered_finish(&list);
	return r;
}
