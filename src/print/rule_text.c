/* SPDX-License-Identifier: Apache-2.0
 *
 * What a household may choose, and how a project passes.
 */
#include "print/rule_text.h"

#include "publish/paragraph.h"

char *rule_text_cost(const struct paper *e)
{
	return paragraph_cost(e->language, e->definition);
}

char *rule_text_passing(const struct paper *e)
{
	return paragraph_passing(e->language, e->definition, e->charter->min_box);
}

char *rule_text(const struct paper *e)
{
	char *own = paragraph_choice(e->language, e->definition);
	return words_join(e->language, own, rule_text_passing(e));
}
