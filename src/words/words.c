/* SPDX-License-Identifier: Apache-2.0
 *
 * Words by language.
 */
#include "words/words.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/text.h>

#include "words/catalogue.h"

/* ---- languages ---- */

size_t words_languages(void)
{
	return words_n_catalogues;
}

const char *words_tag(enum language l)
{
	assert(l < words_n_catalogues);
	return words_catalogues[l].tag;
}

const char *words_brief(enum language l)
{
	assert(l < words_n_catalogues);
	return words_catalogues[l].brief;
}

static bool find(enum language *out, const char *name)
{
	for (size_t i = 0; i < words_n_catalogues; i++) {
		const struct words_catalogue *c = &words_catalogues[i];
		if (strcmp(c->tag, name) == 0 || strcmp(c->brief, name) == 0) {
			*out = (enum language)i;
			return true;
		}
	}
	return false;
}

int words_language(enum language *out, const char *name, struct yihu_error *err)
{
	struct yihu_buf known = {0};
	if (find(out, name))
		return 0;
	for (size_t i = 0; i < words_n_catalogues; i++)
		yihu_buf_fmt(&known, "%s%s", i > 0 ? ", " : "", words_catalogues[i].brief);
	yihu_fail(err, YIHU_EARG, _("the languages here are %s, and not “%s”"),
		  (const char *)known.data, name);
	yihu_buf_free(&known);
	return YIHU_EARG;
}

bool words_right_to_left(enum language l)
{
	return strcmp(word(l, W_LANGUAGE_DIR), "rtl") == 0;
}

enum language words_second(enum language l)
{
	enum language second = l;
	bool found = find(&second, word(l, W_LANGUAGE_SECOND));
	assert(found && second != l);
	return second;
}

/* ---- words ---- */

const char *word(enum language l, enum word w)
{
	assert(l < words_n_catalogues && w < N_WORDS);
	return words_catalogues[l].texts[w];
}

char *word_copy(enum language l, enum word w)
{
	return yihu_strdup(word(l, w));
}
