/* SPDX-License-Identifier: Apache-2.0
 *
 * A line each: "job\tletters/pdf/001.pdf\tBrother-12\t2026-06-01T00:00:00Z".
 */
#include "folder/printed.h"

#include <stdlib.h>
#include <string.h>

static const char *const kinds[N_PRINTED_KINDS] = {"job", "came-out", "spoiled"};

/* Up to the next tab, which is taken away. */
static struct yihu_span field(struct yihu_span *rest)
{
	const char *tab = memchr(rest->p, '\t', rest->len);
	size_t n = tab ? (size_t)(tab - rest->p) : rest->len, taken = tab ? n + 1 : n;
	struct yihu_span f = {rest->p, n};
	*rest = (struct yihu_span){rest->p + taken, rest->len - taken};
	return f;
}

static bool read_line(struct printed_line *out, struct yihu_span line)
{
	struct yihu_span kind = field(&line);
	unsigned k = 0;
	while (k < N_PRINTED_KINDS && !yihu_span_is(kind, kinds[k]))
		k++;
	out->kind = (enum printed_kind)k;
	out->file = field(&line);
	out->value = field(&line);
	return k < N_PRINTED_KINDS && out->file.len > 0 && out->value.len > 0;
}

int printed_read(struct printed *out, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_span line;
	struct printed_line one;
	*out = (struct printed){0};
	int r = folder_read_if_there(f, F_PRINTED, &out->text, err);
	struct yihu_lines lines = yihu_lines(out->text.data, out->text.len);
	while (r == 0 && yihu_lines_next(&lines, &line)) {
		if (!read_line(&one, line))
			continue;
		out->at = yihu_realloc(out->at, out->n + 1, sizeof *out->at);
		out->at[out->n++] = one;
	}
	return r;
}

void printed_finish(struct printed *p)
{
	yihu_buf_free(&p->text);
	free(p->at);
	*p = (struct printed){0};
}

bool printed_count(const struct printed *p, enum printed_kind kind, const char *file, uint32_t *n)
{
	bool found = false;
	uint64_t v;
	for (size_t i = 0; i < p->n; i++) {
		const struct printed_line *l = &p->at[i];
		if (l->kind != kind || !yihu_span_is(l->file, file) ||
		    !yihu_decimal(&v, l->value, UINT32_MAX))
			continue;
		*n = (uint32_t)v;
		found = true;
	}
	return found;
}

int printed_add(const struct yihu_folder *f, enum printed_kind kind, const char *file,
		const char *value, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	char time[21];
	int r = folder_read_if_there(f, F_PRINTED, &text, err);
	yihu_buf_fmt(&text, "%s\t%s\t%s\t%s\n", kinds[kind], file, value,
		     yihu_time_text(time, yihu_clock()));
	if (r == 0)
		r = folder_write(f, F_PRINTED, &text, err);
	yihu_buf_free(&text);
	return r;
}
