/* SPDX-License-Identifier: Apache-2.0
 *
 * The issuer's note of complaints, which a daemon takes from anybody, and the
 * file of answers that it is made from. An even first byte: a note; else
 * answers.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/complaints.h>
#include <yihu/limits.h>

#include "fuzz.h"

static void check_read(const struct yihu_complaints *c)
{
	assert(c->made > 0 && c->n_answers <= c->filed);
	for (size_t i = 0; i < c->n_answers; i++) {
		const char *a = c->answers[i];
		assert(*a != '\0' && *a != '\n' && !strstr(a, "\n\n"));
		assert(yihu_text_clean(a, strlen(a)));
	}
}

/* One way to write each: what is read is written as it was. */
static void read_note(const uint8_t *data, size_t size)
{
	const struct yihu_charter *charter = fuzz_world()->charter;
	struct yihu_buf text = {0}, note = {0}, again = {0};
	struct yihu_complaints c;
	struct yihu_error err = fuzz_error();
	fuzz_note_text(&text, data, size);
	fuzz_note_sign(&note, &text, FUZZ_ISSUER);
	fuzz_fill(&c, sizeof c);
	if (fuzz_ok(yihu_complaints_parse(&c, note.data, note.len, charter->eid, &charter->issuer,
					  &err),
		    &err)) {
		check_read(&c);
		yihu_complaints_text(&again, charter->eid, &c);
		assert(fuzz_holds(&again, text.data, text.len));
		yihu_complaints_free(&c);
	} else {
		assert(fuzz_untouched(&c, sizeof c));
	}
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	yihu_buf_free(&again);
}

/* Answers that are taken make a note that is read. */
static void take_answers(const uint8_t *data, size_t size)
{
	const struct yihu_charter *charter = fuzz_world()->charter;
	struct yihu_complaints c = {.made = 1, .filed = UINT32_MAX}, read;
	struct yihu_buf text = {0}, note = {0};
	struct yihu_error err = fuzz_error();
	if (fuzz_ok(yihu_complaints_take_answers(&c, data, size, &err), &err)) {
		check_read(&c);
		yihu_complaints_text(&text, charter->eid, &c);
		fuzz_note_sign(&note, &text, FUZZ_ISSUER);
		assert(yihu_complaints_parse(&read, note.data, note.len, charter->eid,
					     &charter->issuer, NULL) == YIHU_OK);
		assert(read.n_answers == c.n_answers);
		for (size_t i = 0; i < c.n_answers; i++)
			assert(strcmp(read.answers[i], c.answers[i]) == 0);
		yihu_complaints_free(&read);
	}
	assert(c.made == 1 && c.filed == UINT32_MAX);
	yihu_complaints_free(&c);
	yihu_buf_free(&text);
	yihu_buf_free(&note);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > YIHU_COMPLAINTS_BYTES_MAX)
		return 0;
	uint8_t which = fuzz_take(&data, &size);
	if (which % 2 == 0)
		read_note(data, size);
	else
		take_answers(data, size);
	return 0;
}
