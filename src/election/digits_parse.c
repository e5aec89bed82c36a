/* SPDX-License-Identifier: Apache-2.0
 *
 * A ballot as a person types it: "1,3", "3,1,2", "1:5,3:2", "1=同意,2=no".
 * Full-width commas, colons and equal signs are taken for the ASCII ones.
 */
#include "fold.h"
#include "rows.h"

#include <string.h>
#include <strings.h>
#include <yihu/definition.h>

/* The project whose id is s, or the only one that is s but for full-width
 * forms. */
static long find_project(const struct yihu_definition *d, const char *s)
{
	long found = yihu_definition_find(d, s), alike = -1;
	char *wanted = yihu_fold(s);
	size_t matches = 0;
	for (size_t i = 0; found < 0 && i < d->n_projects; i++) {
		char *id = yihu_fold(d->projects[i].id);
		if (strcmp(id, wanted) == 0) {
			alike = (long)i;
			matches++;
		}
		free(id);
	}
	free(wanted);
	return found < 0 && matches == 1 ? alike : found;
}

static int consent_digit(const char *word, uint32_t *digit, struct yihu_error *err)
{
	static const struct {
		const char *word;
		uint32_t digit;
	} words[] = {
		{"yes", 1},     {"agree", 1}, {"同意", 1},    {"no", 2},
		{"against", 2}, {"反对", 2},  {"abstain", 0}, {"弃权", 0},
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcasecmp(words[i].word, word) == 0) {
			*digit = words[i].digit;
			return 0;
		}
	}
	return yihu_fail(err, YIHU_EDIGITS,
			 _("“%.*s” is not an answer; write yes, no or abstain (同意, 反对, 弃权)"),
			 yihu_clip(word), word);
}

/* Cuts item into id and value at the last separator; NULL: there is none. */
static char *cut_value(char *item, char separator)
{
	char *at = strrchr(item, separator);
	if (!at)
		return NULL;
	*at = '\0';
	return yihu_trim(at + 1);
}

static int set_value(const struct yihu_definition *d, char *value, uint32_t *digit,
		     struct yihu_error *err)
{
	uint64_t v;
	if (d->kind == YIHU_CONSENT && value)
		return consent_digit(value, digit, err);
	if (d->kind == YIHU_CONSENT)
		return yihu_fail(err, YIHU_EDIGITS,
				 _("each project needs an answer, such as 1=yes or 1=同意"));
	if (!value)
		return yihu_fail(err, YIHU_EDIGITS, _("each project needs points, such as 1:5"));
	if (!yihu_decimal(&v, yihu_span(value), d->radix - 1))
		return yihu_fail(err, YIHU_EDIGITS,
				 _("“%.*s” is not a number of points from 0 to %u"),
				 yihu_clip(value), value, d->radix - 1);
	*digit = (uint32_t)v;
	return 0;
}

/* One item of the list; rank counts from 1. */
static int parse_item(const struct yihu_definition *d, char *item, uint32_t rank, bool *seen,
		      uint32_t *digits, struct yihu_error *err)
{
	bool valued = d->kind != YIHU_APPROVAL && d->kind != YIHU_ORDINAL;
	char *value = valued ? cut_value(item, d->kind == YIHU_CONSENT ? '=' : ':') : NULL;
	char *id = yihu_trim(item);
	if (id[0] == '\0')
		return yihu_fail(err, YIHU_EDIGITS, _("item %u of the ballot names no project"),
				 rank);
	long i = find_project(d, id);
	if (i < 0)
		return yihu_fail(err, YIHU_EDIGITS, _("there is no project “%.*s”"), yihu_clip(id),
				 id);
	if (seen[i])
		return yihu_fail(err, YIHU_EDIGITS, _("the project “%.*s” is named twice"),
				 yihu_clip(id), id);
	seen[i] = true;
	if (d->kind == YIHU_ORDINAL && rank > d->max_length)
		return yihu_fail(err, YIHU_EDIGITS, _("at most %u projects can be ranked"),
				 d->max_length);
	if (valued)
		return set_value(d, value, &digits[i], err);
	digits[i] = d->kind == YIHU_ORDINAL ? rank : 1;
	return 0;
}

/* Full-width punctuation and the ideographic comma as the ASCII signs that
 * they are typed for. */
static char *plain_signs(const char *text)
{
	static const char *const signs[][2] = {
		{"，", ","},
		{"、", ","},
		{"：", ":"},
		{"＝", "="},
	};
	struct yihu_buf out = {0};
	while (*text) {
		size_t i = 0;
		while (i < 4 && strncmp(text, signs[i][0], strlen(signs[i][0])) != 0)
			i++;
		if (i < 4)
			yihu_buf_str(&out, signs[i][1]);
		else
			yihu_buf_put(&out, text, 1);
		text += i < 4 ? strlen(signs[i][0]) : 1;
	}
	yihu_buf_u8(&out, 0);
	return (char *)out.data;
}

int yihu_digits_parse(const struct yihu_definition *d, const char *text, uint32_t *digits,
		      struct yihu_error *err)
{
	if (!yihu_utf8_valid(text, strlen(text)))
		return yihu_fail(err, YIHU_EDIGITS, _("the ballot is not UTF-8 text"));
	char *plain = plain_signs(text), *rest = yihu_trim(plain);
	uint32_t *made = yihu_calloc(d->n_projects, sizeof *made), rank = 0;
	bool *seen = yihu_calloc(d->n_projects, sizeof *seen);
	int r = 0;
	rest = rest[0] ? rest : NULL;
	while (r == 0 && rest)
		r = parse_item(d, strsep(&rest, ","), ++rank, seen, made, err);
	if (r == 0)
		r = yihu_digits_check(d, made, err);
	if (r == 0)
		memcpy(digits, made, d->n_projects * sizeof *digits);
	free(plain);
	free(made);
	free(seen);
	return r;
}
