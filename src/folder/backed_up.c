/* SPDX-License-Identifier: Apache-2.0
 *
 * secret/backed-up: when the last backup was made, and of what.
 */
#include "folder/carried.h"

#include <string.h>

#define NOTE_HEAD "yihu-backed-up-v1\n"

int carried_note(const struct yihu_folder *f, uint64_t made, const struct carried *c,
		 struct yihu_error *err)
{
	uint8_t hash[32];
	char hex[65], time[21];
	carried_hash(hash, c);
	struct yihu_buf note = {0};
	yihu_buf_fmt(&note, NOTE_HEAD "made %s\nfiles %s\n", yihu_time_text(time, made),
		     yihu_hex_into(hex, hash, sizeof hash));
	int r = folder_write(f, F_BACKED_UP, &note, err);
	yihu_buf_free(&note);
	return r;
}

static bool read_note(const struct yihu_folder *f, uint64_t *made, uint8_t hash[static 32])
{
	struct yihu_buf text = {0};
	struct yihu_span line, word;
	bool sound = folder_read(f, F_BACKED_UP, &text, NULL) == 0;
	struct yihu_lines lines = yihu_lines(text.data, text.len);
	sound = sound && yihu_lines_next(&lines, &line) && yihu_lines_next(&lines, &line) &&
		yihu_field_next(&line, &word) && yihu_time_parse(made, line) &&
		yihu_lines_next(&lines, &line) && yihu_field_next(&line, &word) &&
		yihu_unhex(hash, 32, line);
	yihu_buf_free(&text);
	return sound;
}

enum carried_standing carried_standing(const struct yihu_folder *f, uint64_t *made)
{
	uint8_t noted[32], now[32];
	struct carried c = {0};
	if (!read_note(f, made, noted))
		return CARRIED_NONE;
	if (carried_read(&c, f, NULL, NULL) != 0)
		return CARRIED_OLDER;
	carried_hash(now, &c);
	carried_finish(&c);
	return memcmp(noted, now, sizeof now) == 0 ? CARRIED_CURRENT : CARRIED_OLDER;
}
