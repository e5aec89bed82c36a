/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules and shares, by what people call them (vote_keys.h).
 */
#include "lists/vote_keys.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/bytes.h>
#include <yihu/looks.h>

/* ---- the rules ---- */

static const struct vote_rule rules[] = {
	{"most-votes", "票多先选", "greedy",
	 N_("most votes first; what the money left does not cover is passed over")},
	{"most-votes-then-stop", "票多先选遇缺即停", "greedy-no-skip",
	 N_("most votes first; it ends at the first that the money left does not cover")},
	{"fair-shares", "等额分摊", "equalshares/add1",
	 N_("the budget is shared out among the ballots alike; those who want a project pay it "
	    "together")},
	{"fair-shares-then-votes", "等额分摊再按票数", "equalshares/add1u",
	 N_("the same; what is left goes to those with most votes")},
	{"fair-shares-once", "等额分摊一次", "equalshares",
	 N_("the same, and what is left is left: shares are not raised")},
	{"fair-pace", "匀速分摊", "phragmen",
	 N_("every ballot earns alike, and whoever together can pay a project buys it")},
	{"more-for-than-against", "同意多于反对", "majority",
	 N_("each project by itself: more agree than are against")},
};
/* Names of the format that no word here stands for. */
static const struct vote_rule others[] = {
	{"greedy-threshold", "", "greedy-threshold", ""},
	{"equalshares/add1e", "", "equalshares/add1e", ""},
	{"equalshares/add1eu", "", "equalshares/add1eu", ""},
};

const struct vote_rule *vote_rule(size_t i)
{
	return i < sizeof rules / sizeof *rules ? &rules[i] : NULL;
}

const struct vote_rule *vote_rule_named(const char *word)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (strcmp(word, rules[i].word) == 0 || strcmp(word, rules[i].rule) == 0 ||
		    strcmp(word, rules[i].chinese) == 0)
			return &rules[i];
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp(word, others[i].rule) == 0)
			return &others[i];
	return NULL;
}

/* ---- shares ---- */

/* Takes a word off the front or the end of text; false: it is not there. */
static bool drop(char *text, const char *const *words, bool end)
{
	for (; *words; words++) {
		size_t n = strlen(*words), len = strlen(text);
		if (len < n || strncmp(end ? text + len - n : text, *words, n) != 0)
			continue;
		if (end)
			text[len - n] = '\0';
		else
			memmove(text, text + n, len - n + 1);
		return true;
	}
	return false;
}

static char *without_blanks(const char *text)
{
	char *look = yihu_look(text), *to = look;
	for (const char *p = look; *p; p++)
		if (*p != ' ')
			*to++ = *p;
	*to = '\0';
	return look;
}

char *vote_share(const char *text)
{
	static const char *const least[] = {">=", "≥", "atleast", "至少", "不少于", "不低于", NULL};
	static const char *const over[] = {">", "morethan", "over", "超过", "过", NULL};
	static const char *const and_up[] = {"以上", "及以上", NULL};
	static const struct {
		const char *word, *is;
	} words[] = {{"half", "1/2"},     {"半数", "1/2"},     {"半", "1/2"},
		     {"二分之一", "1/2"}, {"三分之二", "2/3"}, {"三分之一", "1/3"},
		     {"四分之三", "3/4"}, {"50%", "1/2"},      {"25%", "1/4"},
		     {"75%", "3/4"}};
	char *rest = without_blanks(text), *out = NULL;
	bool strict = !drop(rest, least, false) && drop(rest, over, false);
	drop(rest, and_up, true);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(rest, words[i].word) == 0) {
			free(rest);
			rest = yihu_strdup(words[i].is);
		}
	size_t a = strspn(rest, "0123456789");
	size_t b = rest[a] == '/' ? strspn(rest + a + 1, "0123456789") : 0;
	if (a > 0 && a < 7 && b > 0 && b < 7 && rest[a + 1 + b] == '\0')
		out = yihu_printf("%s%s", strict ? ">" : ">=", rest);
	free(rest);
	return out;
}
