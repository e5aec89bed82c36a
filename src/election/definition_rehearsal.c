/* SPDX-License-Identifier: Apache-2.0
 *
 * The mark of a rehearsal (PROTOCOL §2.6).
 */
#include "pabulib.h"

#include <string.h>

#define TITLE "description"

bool yihu_title_rehearses(const char *title)
{
	return title && strncmp(title, YIHU_REHEARSAL_MARK, strlen(YIHU_REHEARSAL_MARK)) == 0;
}

bool yihu_definition_rehearses(const struct yihu_definition *d)
{
	return yihu_title_rehearses(yihu_definition_meta(d, TITLE));
}

/* In whatever language: "description", "description_en". */
static bool is_title(const char *key)
{
	size_t n = strlen(TITLE);
	return strncmp(key, TITLE, n) == 0 && (key[n] == '\0' || key[n] == '_');
}

void yihu_definition_rehearse(struct yihu_definition *d)
{
	for (size_t i = 0; i < d->n_meta; i++) {
		struct yihu_meta *m = &d->meta[i];
		if (!is_title(m->key) || *m->value == '\0' || yihu_title_rehearses(m->value))
			continue;
		char *marked = yihu_printf(YIHU_REHEARSAL_MARK "%s", m->value);
		free(m->value);
		m->value = marked;
	}
}
