/* SPDX-License-Identifier: Apache-2.0
 *
 * The note of complaints, and the file of answers: read as written, and
 * refused when anything is off. On the page they are text, never markup.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/complaints.h>

#include "sample.h"
#include "test.h"

static uint8_t eid[YIHU_EID_BYTES];
static struct yihu_keypair keypair;
static struct yihu_vkey issuer;

AROUND(set_up)
{
	const uint8_t seed[32] = {7};
	memset(eid, 0xab, sizeof eid);
	yihu_keypair_from_seed(&keypair, seed);
	return yihu_vkey_make(&issuer, "clerk", keypair.pk, NULL);
}

static int parse(struct yihu_complaints *c, const char *text, struct yihu_error *err)
{
	struct yihu_buf note = {0};
	yihu_note_sign(&note, yihu_span(text), &issuer, &keypair);
	int r = yihu_complaints_parse(c, note.data, note.len, eid, &issuer, err);
	yihu_buf_free(&note);
	return r;
}

static struct yihu_complaints taken(uint32_t filed, const char *text)
{
	struct yihu_complaints c = {.made = 1780272000, .filed = filed};
	struct yihu_error err;
	if (yihu_complaints_take_answers(&c, text, strlen(text), &err) != 0)
		fail_msg("%s", err.text);
	return c;
}

#define EID "abababababababababababababababababababababababababababababababab"
#define HEAD "yihu-complaints-v1\neid " EID "\nmade 2026-06-01T00:00:00Z\n"

TEST(it_is_read_as_it_was_written)
{
	struct yihu_complaints c = taken(3, "one\nmore of one\n\ntwo"), d = {0};
	struct yihu_buf text = {0};
	struct yihu_error err;
	yihu_complaints_text(&text, eid, &c);
	assert_string_equal((const char *)text.data,
			    HEAD "filed 3\nanswer one\nmore more of one\nanswer two\n");
	assert_int_equal(parse(&d, (const char *)text.data, &err), 0);
	assert_int_equal(d.made, c.made);
	assert_int_equal(d.filed, 3);
	assert_int_equal(d.n_answers, 2);
	assert_string_equal(d.answers[0], "one\nmore of one");
	assert_string_equal(d.answers[1], "two");
	yihu_complaints_free(&c);
	yihu_complaints_free(&d);
	yihu_buf_free(&text);
}

static const struct {
	const char *name, *text;
	int code;
} notes[] = {
	{"none filed", HEAD "filed 0\n", 0},
	{"another head", "yihu-complaints-v2\neid " EID "\n", YIHU_EFORMAT},
	{"another election",
	 "yihu-complaints-v1\neid "
	 "00ababababababababababababababababababababababababababababababab\n"
	 "made 2026-06-01T00:00:00Z\nfiled 0\n",
	 YIHU_EELECTION},
	{"no number", HEAD, YIHU_EFORMAT},
	{"a number with a zero before", HEAD "filed 01\n", YIHU_EFORMAT},
	{"a negative number", HEAD "filed -1\n", YIHU_EFORMAT},
	{"a number of 2^32", HEAD "filed 4294967296\n", YIHU_EFORMAT},
	{"a time that is none", "yihu-complaints-v1\neid " EID "\nmade yesterday\nfiled 0\n",
	 YIHU_EFORMAT},
	{"more answers than filed", HEAD "filed 1\nanswer a\nanswer b\n", YIHU_EFORMAT},
	{"a further line of no answer", HEAD "filed 1\nmore a\n", YIHU_EFORMAT},
	{"an empty answer", HEAD "filed 1\nanswer \n", YIHU_EFORMAT},
	{"another key", HEAD "filed 1\nreply a\n", YIHU_EFORMAT},
	{"the number twice", HEAD "filed 1\nfiled 1\n", YIHU_EFORMAT},
};

TEST(other_lines_are_refused)
{
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
		struct yihu_complaints c = {0};
		int r = parse(&c, notes[i].text, NULL);
		if (r != notes[i].code)
			fail_msg("%s: %s", notes[i].name, yihu_code_slug(r));
		yihu_complaints_free(&c);
	}
}

TEST(only_the_issuer_signs)
{
	struct yihu_complaints c;
	struct yihu_buf note = {0};
	yihu_note_sign(&note, yihu_span(HEAD "filed 0\n"), &issuer, &keypair);
	assert_int_equal(yihu_complaints_parse(&c, note.data, note.len, eid, &issuer, NULL), 0);
	char *filed = strstr((char *)note.data, "filed 0");
	filed[6] = '1';
	assert_int_equal(yihu_complaints_parse(&c, note.data, note.len, eid, &issuer, NULL),
			 YIHU_ESIGNATURE);
	filed[6] = '0';
	yihu_note_sign_line(&note, yihu_span(HEAD "filed 0\n"), &issuer, &keypair);
	assert_int_not_equal(yihu_complaints_parse(&c, note.data, note.len, eid, &issuer, NULL), 0);
	yihu_buf_free(&note);
}

static const struct {
	const char *text, *answers; /* "|" between answers */
} files[] = {
	{"", ""},
	{"\n\n", ""},
	{"a", "a"},
	{"a\nb\n", "a\nb"},
	{"a\n\n\n\nb\n", "a|b"},
	{"a\r\nb\r\n\r\nc\r\n", "a\nb|c"},
	{"\xef\xbb\xbf"
	 "a\n",
	 "a"},
	{"  a \t\n \t \n\tb c", "a|b c"},
	{"a\tb", "a b"},
	{"<b>&", "<b>&"},
};

TEST(answers_as_people_write_them)
{
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct yihu_complaints c = taken(9, files[i].text);
		struct yihu_buf got = {0};
		yihu_buf_str(&got, "");
		for (size_t k = 0; k < c.n_answers; k++)
			yihu_buf_fmt(&got, "%s%s", k ? "|" : "", c.answers[k]);
		assert_string_equal((const char *)got.data, files[i].answers);
		yihu_buf_free(&got);
		yihu_complaints_free(&c);
	}
}

TEST(a_character_that_is_none_is_named_by_its_line)
{
	static const struct {
		const char *text;
		size_t len;
	} bad[] = {{"a\n\x01"
		    "b\n",
		    5},
		   {"a\n\xff\n", 4},
		   {"a\nb\0c\n", 6}};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct yihu_complaints c = taken(1, "kept");
		struct yihu_error err;
		assert_int_equal(yihu_complaints_take_answers(&c, bad[i].text, bad[i].len, &err),
				 YIHU_EFORMAT);
		assert_has(err.text, "line 2 ");
		assert_string_equal(c.answers[0], "kept");
		yihu_complaints_free(&c);
	}
}

static char *page_with(const struct yihu_complaints *c, const char *language)
{
	struct yihu_buf out = {0};
	struct yihu_error err;
	json_t *root = sample_opened();
	char *json = json_dumps(root, JSON_COMPACT);
	if (yihu_results_page(
		    &out,
		    &(struct yihu_results){.json = json, .len = strlen(json), .complaints = c},
		    language, &err) != 0)
		fail_msg("%s", err.text);
	free(json);
	json_decref(root);
	char *text = yihu_strdup((const char *)out.data);
	yihu_buf_free(&out);
	return text;
}

TEST(the_page_has_number_and_answers)
{
	struct yihu_complaints c = taken(2, "<script>alert(1)</script>\n\n好的");
	char *zh = page_with(&c, "zh"), *en = page_with(&c, "en"), *none = page_with(NULL, "en");
	assert_has(zh, "收到 2 件，已公开答复 2 件。");
	assert_has(en, "2 filed, 2 answered in public.");
	assert_has(zh, "&lt;script&gt;alert(1)&lt;/script&gt;</li>");
	assert_has(zh, "好的</li>");
	assert_has_not(zh, "<script");
	assert_has(none, "The committee has recorded none.");
	assert_has_not(none, "Answers to the complaints");
	free(zh);
	free(en);
	free(none);
	yihu_complaints_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_read_as_it_was_written),
		cmocka_unit_test(other_lines_are_refused),
		cmocka_unit_test(only_the_issuer_signs),
		cmocka_unit_test(answers_as_people_write_them),
		cmocka_unit_test(a_character_that_is_none_is_named_by_its_line),
		cmocka_unit_test(the_page_has_number_and_answers),
	};
	return cmocka_run_group_tests(tests, set_up, NULL);
}
