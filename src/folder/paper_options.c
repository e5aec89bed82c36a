/* SPDX-License-Identifier: Apache-2.0
 *
 * A head, then a line a key.
 */
#include "folder/paper_options.h"

#include <stdlib.h>
#include <string.h>

#define HEAD "yihu-paper-v1\n"

char *paper_option(const struct yihu_folder *f, const char *key)
{
	struct yihu_buf file = {0};
	struct yihu_span line;
	char *value = NULL;
	size_t n = strlen(key);
	folder_read(f, F_PAPER_OPTIONS, &file, NULL);
	struct yihu_lines lines = yihu_lines(file.data, file.len);
	while (!value && yihu_lines_next(&lines, &line))
		if (line.len > n && memcmp(line.p, key, n) == 0 && line.p[n] == ' ')
			value = yihu_strndup(line.p + n + 1, line.len - n - 1);
	yihu_buf_free(&file);
	return value;
}

int paper_language(enum language *out, const struct yihu_folder *f, const char *wanted,
		   struct yihu_error *err)
{
	char *letters = wanted ? NULL : paper_option(f, "language");
	const char *name = wanted ? wanted : letters;
	*out = LANGUAGE_DEFAULT;
	int r = name ? words_language(out, name, err) : 0;
	free(letters);
	return r;
}

static bool fits(const char *value)
{
	size_t len = strlen(value);
	return len < folder_row(F_PAPER_OPTIONS)->bytes_max / 8 && yihu_text_clean(value, len) &&
	       !strchr(value, '\n');
}

int paper_options_check(const struct paper_kept *kept, struct yihu_error *err)
{
	const struct {
		const char *option, *value;
	} texts[] = {{"desk", kept->desk},
		     {"sender", kept->sender},
		     {"phone", kept->phone},
		     {"place", kept->place}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i].value && !fits(texts[i].value))
			return yihu_fail(err, YIHU_EARG, _("--%s is one line of text, in UTF-8"),
					 texts[i].option);
	return 0;
}

int paper_options_write(const struct yihu_folder *f, const struct paper_kept *kept,
			struct yihu_error *err)
{
	const struct {
		const char *key, *value;
	} lines[] = {{"language", kept->language}, {"desk", kept->desk},
		     {"sender", kept->sender},     {"phone", kept->phone},
		     {"place", kept->place},       {"duplex", kept->duplex}};
	struct yihu_buf file = {0};
	yihu_buf_str(&file, HEAD);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (lines[i].value)
			yihu_buf_fmt(&file, "%s %s\n", lines[i].key, lines[i].value);
	int r = folder_write(f, F_PAPER_OPTIONS, &file, err);
	yihu_buf_free(&file);
	return r;
}
