/* SPDX-License-Identifier: Apache-2.0
 *
 * The roll: which serial is which household (PROTOCOL §4).
 */
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/hash.h>
#include <yihu/households.h>
#include <yihu/text.h>

void yihu_roll_make(struct yihu_buf *roll, uint32_t *order, const struct yihu_households *h)
{
	assert(h->n <= YIHU_HOUSEHOLDS_MAX);
	for (uint32_t i = 0; i < h->n; i++)
		order[i] = i;
	for (uint32_t left = (uint32_t)h->n; left > 1; left--) {
		uint32_t pick = randombytes_uniform(left), last = order[left - 1];
		order[left - 1] = order[pick];
		order[pick] = last;
	}
	for (uint32_t i = 0; i < h->n; i++)
		yihu_buf_fmt(roll, "%u\t%s\n", i + 1, h->at[order[i]].label);
}

void yihu_roll_hash(uint8_t out[static 32], const uint8_t salt[static 16], const void *roll,
		    size_t len)
{
	struct yihu_frame f;
	yihu_frame_init(&f, "roll");
	yihu_frame_item(&f, salt, 16);
	yihu_frame_item(&f, roll, len);
	yihu_frame_hash32(&f, out);
}

struct labels {
	char **at;
	size_t n, room;
};

static int add_label(struct labels *l, struct yihu_span line, struct yihu_error *err)
{
	uint64_t serial;
	const char *tab = memchr(line.p, '\t', line.len);
	size_t len = tab ? (size_t)(tab - line.p) : 0;
	if (!tab || !yihu_decimal(&serial, (struct yihu_span){line.p, len}, UINT32_MAX) ||
	    serial != l->n + 1)
		return yihu_fail(err, YIHU_EROLL,
				 _("line %zu of the roll must begin with serial %zu and a tab"),
				 l->n + 1, l->n + 1);
	struct yihu_span label = {tab + 1, line.len - len - 1};
	if (label.len == 0 || !yihu_text_clean(label.p, label.len))
		return yihu_fail(err, YIHU_EROLL, _("line %zu of the roll names no household"),
				 l->n + 1);
	if (l->n == YIHU_HOUSEHOLDS_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a roll can have at most %d households"),
				 YIHU_HOUSEHOLDS_MAX);
	if (l->n == l->room) {
		l->room = l->room * 2 + 64;
		l->at = yihu_realloc(l->at, l->room, sizeof *l->at);
	}
	l->at[l->n++] = yihu_span_dup(label);
	return 0;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int check_distinct(const struct labels *l, struct yihu_error *err)
{
	int r = 0;
	char **sorted = yihu_calloc(l->n, sizeof *sorted);
	for (size_t i = 0; i < l->n; i++)
		sorted[i] = l->at[i];
	qsort(sorted, l->n, sizeof *sorted, by_text);
	for (size_t i = 1; r == 0 && i < l->n; i++) {
		if (strcmp(sorted[i - 1], sorted[i]) == 0)
			r = yihu_fail(err, YIHU_EROLL, _("the roll names “%s” twice"), sorted[i]);
	}
	free(sorted);
	return r;
}

int yihu_roll_parse(char ***labels, size_t *n, const void *roll, size_t len, struct yihu_error *err)
{
	struct labels l = {0};
	struct yihu_lines lines = yihu_lines(roll, len);
	struct yihu_span line;
	int r = 0;
	while (r == 0 && yihu_lines_next(&lines, &line))
		r = add_label(&l, line, err);
	if (r == 0 && lines.bad)
		r = yihu_fail(err, YIHU_EROLL, _("the last line of the roll has no line end"));
	if (r == 0 && l.n == 0)
		r = yihu_fail(err, YIHU_EROLL, _("the roll is empty"));
	if (r == 0)
		r = check_distinct(&l, err);
	if (r == 0) {
		*labels = l.at;
		*n = l.n;
		return 0;
	}
	for (size_t i = 0; i < l.n; i++)
		free(l.at[i]);
	free(l.at);
	return r;
}
