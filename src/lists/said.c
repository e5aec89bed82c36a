/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading yes or no (said.h).
 */
#include "lists/said.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/looks.h>

enum said said_in(const char *cell)
{
	static const struct {
		const char *word;
		enum said said;
	} words[] = {
		{"是", SAID_YES},    {"参加", SAID_YES}, {"√", SAID_YES},     {"✓", SAID_YES},
		{"✔", SAID_YES},     {"v", SAID_YES},    {"y", SAID_YES},     {"yes", SAID_YES},
		{"1", SAID_YES},     {"true", SAID_YES}, {"有", SAID_YES},    {"参与", SAID_YES},
		{"對", SAID_YES},    {"否", SAID_NO},    {"不参加", SAID_NO}, {"不", SAID_NO},
		{"×", SAID_NO},      {"x", SAID_NO},     {"✗", SAID_NO},      {"n", SAID_NO},
		{"no", SAID_NO},     {"0", SAID_NO},     {"false", SAID_NO},  {"无", SAID_NO},
		{"不参与", SAID_NO},
	};
	char *look = yihu_look(cell);
	enum said found = look[0] ? SAID_UNCLEAR : SAID_NOTHING;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(look, words[i].word) == 0)
			found = words[i].said;
	free(look);
	return found;
}
