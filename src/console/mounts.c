/* SPDX-License-Identifier: Apache-2.0
 *
 * "36 35 98:0 /root /folder rw,noatime master:1 - ext4 /dev/sdb1 rw,errors=continue": blanks
 * in names are octal, and the fields before the hyphen are as many as there are.
 */
#include "mounts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/text.h>

#define FIELDS_BEFORE 6 /* id, parent, device, root, folder, options */

static bool is_octal(const char *p)
{
	return p[0] >= '0' && p[0] <= '3' && p[1] >= '0' && p[1] <= '7' && p[2] >= '0' &&
	       p[2] <= '7';
}

/* "\040" is a blank. Caller frees. */
static char *plain(struct yihu_span field)
{
	char *text = yihu_span_dup(field), *to = text;
	for (const char *p = text; *p != '\0'; p++) {
		bool octal = *p == '\\' && is_octal(p + 1);
		*to++ = octal ? (char)((p[1] - '0') << 6 | (p[2] - '0') << 3 | (p[3] - '0')) : *p;
		p += octal ? 3 : 0;
	}
	*to = '\0';
	return text;
}

static bool is_read_only(struct yihu_span options)
{
	return options.len >= 2 && memcmp(options.p, "ro", 2) == 0 &&
	       (options.len == 2 || options.p[2] == ',');
}

/* To the one that is a hyphen alone. */
static bool skip_to_hyphen(struct yihu_span *rest)
{
	struct yihu_span field;
	while (yihu_field_next(rest, &field))
		if (yihu_span_is(field, "-"))
			return true;
	return false;
}

/* False: no line of such a table; then nothing is to be freed. */
static bool read_line(struct mount *out, struct yihu_span line)
{
	struct yihu_span before[FIELDS_BEFORE], type, source, options;
	for (size_t i = 0; i < FIELDS_BEFORE; i++)
		if (!yihu_field_next(&line, &before[i]))
			return false;
	if (!skip_to_hyphen(&line) || !yihu_field_next(&line, &type) ||
	    !yihu_field_next(&line, &source) || !yihu_field_next(&line, &options))
		return false;
	*out = (struct mount){.whole = yihu_span_is(before[3], "/"),
			      .read_only = is_read_only(before[5]) || is_read_only(options)};
	char *device = yihu_span_dup(before[2]);
	bool numbered = sscanf(device, "%u:%u", &out->major, &out->minor) == 2;
	free(device);
	if (!numbered)
		return false;
	out->where = plain(before[4]);
	out->source = plain(source);
	return true;
}

static void forget(struct mount *m)
{
	free(m->where);
	free(m->source);
}

/* The last one at a folder is the one that is seen. */
static void put(struct mounts *all, struct mount m)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->at[i].where, m.where) == 0) {
			forget(&all->at[i]);
			all->at[i] = m;
			return;
		}
	all->at = yihu_realloc(all->at, all->n + 1, sizeof *all->at);
	all->at[all->n++] = m;
}

void mounts_read(struct mounts *out, const void *text, size_t len)
{
	struct yihu_lines lines = yihu_lines(text, len);
	struct yihu_span line;
	struct mount m;
	*out = (struct mounts){0};
	while (yihu_lines_next(&lines, &line))
		if (read_line(&m, line))
			put(out, m);
}

void mounts_finish(struct mounts *m)
{
	for (size_t i = 0; i < m->n; i++)
		forget(&m->at[i]);
	free(m->at);
	*m = (struct mounts){0};
}
