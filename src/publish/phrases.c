/* SPDX-License-Identifier: Apache-2.0
 *
 * The small parts of what page, table and poster say: money,
 * shares and names.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/text.h>

#include "publish/phrases.h"
#include "publish/translated.h"

struct said yihu_say_money(const char *name, const struct published *r, enum language l,
			   uint64_t fen)
{
	return say_taken(name, words_money(l, fen, r->currency));
}

char *yihu_share_text(enum language l, const char *rule)
{
	bool least = strncmp(rule, ">=", 2) == 0;
	return words_say(l, least ? W_RESULT_AT_LEAST : W_RESULT_MORE_THAN,
			 say_text("share", rule + strspn(rule, ">=")));
}

/* ">=2/3" is 2 of 3. */
static bool read_share(const char *rule, uint64_t *part, uint64_t *whole)
{
	const char *number = rule + strspn(rule, ">="), *slash = strchr(number, '/');
	return slash &&
	       yihu_decimal(part, (struct yihu_span){number, (size_t)(slash - number)},
			    UINT32_MAX) &&
	       yihu_decimal(whole, yihu_span(slash + 1), UINT32_MAX) && *whole != 0;
}

unsigned yihu_share_thousandths(const struct share *s)
{
	uint64_t part, whole;
	if (!s->there || !read_share(s->rule, &part, &whole))
		return 0;
	return part >= whole ? 1000 : (unsigned)(part * 1000 / whole);
}

/* How many more would have met the share of `of`. */
uint64_t yihu_share_missing(const char *rule, uint64_t have, uint64_t of)
{
	uint64_t part, whole;
	if (!read_share(rule, &part, &whole) || of > UINT32_MAX)
		return 0;
	bool least = strncmp(rule, ">=", 2) == 0;
	uint64_t needed = least ? (part * of + whole - 1) / whole : part * of / whole + 1;
	needed = needed > 0 ? needed : 1; /* of nobody, no share is met */
	return needed > have ? needed - have : 0;
}

const char *yihu_project_name(const struct result_project *p, enum language l)
{
	if (p->definition) {
		const char *name = translated_project(l, p->definition, p->at, "name");
		return *name ? name : p->id;
	}
	char *key = yihu_printf("name_%s", words_brief(l));
	const char *name = json_string_value(json_object_get(p->json, key));
	free(key);
	if (name && *name)
		return name;
	return *p->name ? p->name : p->id;
}

const char *yihu_title_text(const struct published *r, enum language l)
{
	return r->definition ? translated_meta(l, r->definition, "description") : r->title;
}

const char *yihu_community_text(const struct published *r, enum language l)
{
	return r->definition ? translated_meta(l, r->definition, "unit") : r->community;
}

bool yihu_is_funded(const struct result_project *p)
{
	return p->verdict == YIHU_FUNDED;
}

bool yihu_by_ballots(const struct published *r)
{
	return r->kind == YIHU_APPROVAL || r->kind == YIHU_CONSENT;
}
