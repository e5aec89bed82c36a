/* SPDX-License-Identifier: Apache-2.0
 *
 * A list of reasons, and the names of people (reasons.h).
 */
#include "folder/reasons.h"

#include <assert.h>
#include <string.h>

#include <yihu/cancel.h>

const char *reason_name(const struct reasons *list, unsigned why)
{
	return list->rows[why].name;
}

const char *reason_word(const struct reasons *list, enum language l, unsigned why)
{
	return word(l, list->rows[why].word);
}

bool reason_is_own(const struct reasons *list, unsigned why)
{
	return why + 1 == list->n;
}

unsigned reason_named(const struct reasons *list, struct yihu_span name)
{
	unsigned why = 0;
	while (why < list->n && !yihu_span_is(name, list->rows[why].name))
		why++;
	return why;
}

char *reason_text(const struct reasons *list, enum language l, const struct given_reason *r)
{
	return reason_is_own(list, r->why) ? yihu_span_dup(r->words)
					   : yihu_strdup(reason_word(list, l, r->why));
}

/* ---- what somebody typed ---- */

static bool is_called(const struct reasons *list, unsigned why, const char *text)
{
	bool is = strcmp(text, list->rows[why].name) == 0;
	for (size_t i = 0; i < words_languages() && !is; i++)
		is = strcmp(text, reason_word(list, (enum language)i, why)) == 0;
	return is;
}

static int own_words(struct given_reason *out, const struct reasons *list, const char *text,
		     struct yihu_error *err)
{
	struct yihu_span words = yihu_span(text);
	if (words.len > 0 && strspn(text, "0123456789") == words.len)
		return yihu_fail(err, YIHU_EREASON,
				 _("there is no reason number %s; the numbers are 1 to %d"), text,
				 (int)list->n - 1);
	int r = yihu_reason_check(words, err);
	if (r == 0)
		*out = (struct given_reason){.why = list->n - 1, .words = words};
	return r;
}

int reason_parse(struct given_reason *out, const struct reasons *list, const char *text,
		 struct yihu_error *err)
{
	assert(list->n < 10);
	for (unsigned why = 0; why + 1 < list->n; why++) {
		const char number[] = {(char)('1' + why), '\0'};
		if (strcmp(text, number) != 0 && !is_called(list, why, text))
			continue;
		*out = (struct given_reason){.why = why};
		return 0;
	}
	if (is_called(list, list->n - 1, text))
		return yihu_fail(err, YIHU_EREASON,
				 _("“%s” says nothing; write the reason in your own words"), text);
	return own_words(out, list, text, err);
}

/* ---- names ---- */

int names_check(const char *const *names, size_t n, struct yihu_error *err)
{
	if (n > NAMES_MAX)
		return yihu_fail(err, YIHU_EARG, _("%zu names are too many; %d are kept"), n,
				 NAMES_MAX);
	for (size_t i = 0; i < n; i++) {
		if (strlen(names[i]) > NAME_SIGNS_MAX ||
		    yihu_reason_check(yihu_span(names[i]), NULL) != 0)
			return yihu_fail(err, YIHU_EARG, _("“%s” is not the name of a person"),
					 names[i]);
		for (size_t k = 0; k < i; k++)
			if (strcmp(names[i], names[k]) == 0)
				return yihu_fail(
					err, YIHU_EARG,
					_("%s is named twice; another person must say yes"),
					names[i]);
	}
	return 0;
}
