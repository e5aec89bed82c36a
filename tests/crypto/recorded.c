/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading the recorded elections.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>

#include "recorded.h"

#define BALLOT_HEAD (1 + 4 + 32 + 64) /* up to w */

bool recorded_file(const struct recorded *r, struct yihu_buf *out, const char *format, ...)
{
	char name[256], path[4096];
	va_list args;
	va_start(args, format);
	vsnprintf(name, sizeof name, format, args);
	va_end(args);
	snprintf(path, sizeof path, "%s/vectors/%s/%s", getenv("YIHU_TEST_DATA"), r->name, name);
	return yihu_file_read(path, 1 << 20, out, NULL) == 0;
}

static void read_charter(struct recorded *r)
{
	struct yihu_buf file = {0};
	struct yihu_note note;
	struct yihu_error err;
	assert_true(recorded_file(r, &file, "public/charter"));
	assert_ok(yihu_note_split(&note, file.data, file.len, &err), err);
	struct yihu_lines lines = yihu_lines(note.text.p, note.text.len);
	struct yihu_span line;
	while (yihu_lines_next(&lines, &line)) {
		char *text = yihu_span_dup(line), key[64];
		if (strncmp(text, "trustee ", 8) == 0) {
			struct yihu_holder *h = &r->holders[r->holders_n++];
			assert_ok(yihu_holder_parse_line(h, line, r->t, &err), err);
		} else if (sscanf(text, "threshold %u ", &r->t) != 1 &&
			   sscanf(text, "key %63s", key) == 1) {
			assert_true(yihu_unbase64_exact(r->y.bytes, 32, yihu_span(key)));
		}
		free(text);
	}
	struct yihu_frame f;
	yihu_frame_init(&f, "charter");
	yihu_frame_item(&f, note.text.p, note.text.len);
	yihu_frame_hash32(&f, r->eid);
	yihu_buf_free(&file);
}

static void read_box(struct recorded *r)
{
	struct yihu_buf file = {0};
	char root[64];
	assert_true(recorded_file(r, &file, "public/box"));
	assert_int_equal(sscanf((const char *)file.data, "yihu-box-v1\n%*64s\n%lu\n%63s\n",
				&r->box_size, root),
			 2);
	assert_true(yihu_unbase64_exact(r->box_root, 32, yihu_span(root)));
	yihu_buf_free(&file);
}

static void add_ballot(struct recorded *r, const uint8_t *bytes, size_t len)
{
	size_t words;
	r->w = bytes[BALLOT_HEAD];
	words = r->w;
	r->ballots = yihu_realloc(r->ballots, r->n + 1, sizeof *r->ballots);
	r->ballots[r->n] = (struct yihu_buf){0};
	yihu_buf_put(&r->ballots[r->n], bytes, len);
	r->list = yihu_realloc(r->list, (r->n + 1) * words, sizeof *r->list);
	memcpy(r->list + r->n * words, bytes + BALLOT_HEAD + 1, words * sizeof *r->list);
	r->n++;
}

/* The `B` entries of the only entry bundle. */
static void read_entries(struct recorded *r)
{
	struct yihu_buf file = {0};
	assert_true(recorded_file(r, &file, "public/log/tile/entries/000.p/%lu", r->box_size + 1));
	struct yihu_reader reader = yihu_reader(file.data, file.len);
	while (reader.left > 0) {
		size_t len = yihu_read_be16(&reader);
		const uint8_t *entry = yihu_read(&reader, len);
		assert_non_null(entry);
		if (entry[0] == 'B')
			add_ballot(r, entry + 9, len - 9);
	}
	yihu_buf_free(&file);
}

void recorded_load(struct recorded *r, const char *name)
{
	struct yihu_buf file = {0};
	*r = (struct recorded){.name = name};
	read_charter(r);
	read_box(r);
	read_entries(r);
	assert_true(recorded_file(r, &file, "secrets.json"));
	r->secrets = json_loadb((const char *)file.data, file.len, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(r->secrets);
	yihu_buf_free(&file);
}

void recorded_free(struct recorded *r)
{
	for (uint64_t i = 0; i < r->n; i++)
		yihu_buf_free(&r->ballots[i]);
	free(r->ballots);
	free(r->list);
	json_decref(r->secrets);
}
