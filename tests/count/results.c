/* SPDX-License-Identifier: Apache-2.0
 *
 * results.json and results.pb, byte for byte.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <sodium.h>

#include <yihu/file.h>

#include "../../src/count/json_writer.h"
#include "tally.h"
#include "test.h"

static void assert_buf(const struct yihu_buf *b, const char *want)
{
	assert_string_equal((const char *)b->data, want);
	assert_int_equal(b->len, strlen(want));
}

/* The block under "## Example" in RESULTS.md, its line breaks taken out. */
static char *example(void)
{
	struct yihu_buf page = {0};
	assert_int_equal(yihu_file_read(RESULTS_MD, 1 << 20, &page, NULL), 0);
	char *start = strstr((char *)page.data, "\n```\n{");
	assert_non_null(start);
	start += 5;
	char *end = strstr(start, "\n```\n"), *to = start;
	assert_non_null(end);
	for (const char *c = start; c < end; c++)
		if (*c != '\n')
			*to++ = *c;
	*to++ = '\n';
	char *text = yihu_strndup(start, (size_t)(to - start));
	yihu_buf_free(&page);
	return text;
}

TEST(json_is_the_example_of_its_page)
{
	struct tally x;
	struct yihu_buf json = {0};
	char *want = example();
	tally_make(&x, tally_yard);
	tally_json(&x, &json);
	assert_buf(&json, want);
	free(want);
	yihu_buf_free(&json);
	tally_free(&x);
}

/* Consent, quorum missed, a support rule, names to escape, all by hand. */
TEST(json_of_a_missed_quorum)
{
	static const char definition[] =
		"META\nkey;value\ndescription;\"A \"\"B\"\" "
		"\\\xe4\xb8\x80\"\ncountry;China\nunit;U\n"
		"instance;1\ncurrency;CNY\nnum_projects;2\nnum_votes;0\nvote_type;scoring\n"
		"ballot;consent\nrule;majority\nquorum;>=2/3\nsupport;>1/2 decided\n"
		"date_begin;01.06.2025\ndate_end;02.06.2025\n"
		"PROJECTS\nproject_id;cost;name;name_en\n1;0.01;;\n2;2.5;n/m;N\n"
		"VOTES\nvoter_id;vote;points\n";
	static const char want[] =
		"{\"version\":\"yihu-results-v1\",\"eid\":"
		"\"0101010101010101010101010101010101010101010101010101010101010101\","
		"\"title\":\"A \\\"B\\\" \\\\\xe4\xb8\x80\",\"community\":\"U\",\"instance\":\"1\","
		"\"currency\":\"CNY\",\"opens\":\"2025-06-01T00:00:00Z\","
		"\"closes\":\"2025-06-02T00:00:00Z\",\"households\":9,\"additions\":2,"
		"\"replacements\":1,\"voids\":4,\"entitled\":11,\"log_size\":11,\"cast\":2,"
		"\"min_box\":2,\"opened\":true,\"valid\":2,\"void\":0,\"void_at\":[],"
		"\"holders\":3,\"needed\":2,\"mixes\":3,\"openers\":[1,2,3],\"lot\":"
		"\"0202020202020202020202020202020202020202020202020202020202020202\","
		"\"ballot\":\"consent\",\"rule\":\"majority\",\"budget\":null,\"spent\":0,"
		"\"quorum\":{\"rule\":\">=2/3\",\"have\":2,\"of\":11,\"met\":false},"
		"\"support\":{\"rule\":\">1/2\",\"of\":\"decided\"},\"threshold\":null,"
		"\"projects\":[{\"id\":\"1\",\"name\":\"\",\"name_en\":\"\",\"cost\":1,\"votes\":1,"
		"\"agree\":1,\"against\":1,\"abstain\":0,"
		"\"support\":{\"have\":1,\"of\":2,\"met\":false},\"verdict\":\"no-quorum\","
		"\"place\":null,\"ordered_by\":null,\"left_before\":null},"
		"{\"id\":\"2\",\"name\":\"n/m\",\"name_en\":\"N\",\"cost\":250,\"votes\":1,"
		"\"agree\":1,\"against\":0,\"abstain\":1,"
		"\"support\":{\"have\":1,\"of\":1,\"met\":true},\"verdict\":\"no-quorum\","
		"\"place\":null,\"ordered_by\":null,\"left_before\":null}],"
		"\"order\":[],\"ties\":[],\"funded\":[]}\n";
	struct tally x;
	struct yihu_buf json = {0};
	tally_make(&x, definition);
	x.t.households = 9;
	x.t.additions = 2;
	x.t.replacements = 1;
	x.t.voids = 4;
	x.t.entitled = x.t.log_size = 11;
	x.t.cast = 2;
	x.t.n_void = 0;
	x.t.mixes = 3;
	x.t.openers = 7;
	x.t.digits = (const uint32_t[]){1, 0, 2, 1};
	tally_json(&x, &json);
	assert_buf(&json, want);
	yihu_buf_free(&json);
	tally_free(&x);
}

TEST(pb_has_the_ballots_at_its_end)
{
	struct tally x;
	struct yihu_buf pb = {0}, want = {0};
	tally_make(&x, tally_yard);
	x.t.digits = (const uint32_t[]){0, 1, 1, 1};
	yihu_results_pb(&pb, &x.t);
	const char *line = strstr(tally_yard, "num_votes;0\n");
	yihu_buf_fmt(&want, "%.*snum_votes;2\n%s1;tree\n2;lamp,tree\n", (int)(line - tally_yard),
		     tally_yard, line + strlen("num_votes;0\n"));
	assert_buf(&pb, (const char *)want.data);
	yihu_buf_free(&pb);
	yihu_buf_free(&want);
	tally_free(&x);
}

TEST(pb_of_points_and_consent)
{
	static const char definition[] =
		"META\nkey;value\ndescription;D\ncountry;China\nunit;U\ninstance;1\n"
		"num_projects;2\nnum_votes;0\nvote_type;scoring\nballot;consent\nrule;majority\n"
		"date_begin;01.06.2025\ndate_end;02.06.2025\n"
		"PROJECTS\nproject_id;cost\n1;1\n2;1\nVOTES\nvoter_id;vote;points\n";
	struct tally x;
	struct yihu_buf pb = {0};
	tally_make(&x, definition);
	x.t.digits = (const uint32_t[]){1, 2, 0, 0};
	yihu_results_pb(&pb, &x.t);
	const char *votes = strstr((const char *)pb.data, "VOTES\n");
	assert_non_null(votes);
	assert_string_equal(votes, "VOTES\nvoter_id;vote;points\n1;1,2;1,-1\n2;;\n");
	yihu_buf_free(&pb);
	tally_free(&x);
}

TEST(pb_is_the_definition_when_not_opened)
{
	struct tally x;
	struct yihu_buf pb = {0};
	tally_make(&x, tally_yard);
	tally_not_opened(&x);
	yihu_results_pb(&pb, &x.t);
	assert_buf(&pb, tally_yard);
	yihu_buf_free(&pb);
	tally_free(&x);
}

/* What results.pb holds, read and counted again, is what was counted. */
TEST(pb_read_back_is_the_ballots)
{
	struct tally x;
	struct yihu_buf pb = {0};
	struct yihu_votes votes;
	tally_make(&x, tally_yard);
	x.t.digits = (const uint32_t[]){0, 0, 1, 0};
	yihu_results_pb(&pb, &x.t);
	assert_int_equal(yihu_votes_read(&votes, x.t.definition, pb.data, pb.len, NULL), 0);
	assert_int_equal(votes.n, 2);
	assert_memory_equal(votes.digits, x.t.digits, 4 * sizeof *votes.digits);
	yihu_votes_free(&votes);
	yihu_buf_free(&pb);
	tally_free(&x);
}

/* SHA-256 of "a", "b" and "c". */
#define SHA_A "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
#define SHA_B "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"
#define SHA_C "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6"
#define EID_01 "0101010101010101010101010101010101010101010101010101010101010101"

TEST(note_text)
{
	struct yihu_buf box = {0}, pb = {0}, json = {0}, text = {0};
	uint8_t eid[32];
	memset(eid, 1, sizeof eid);
	yihu_buf_str(&box, "a");
	yihu_buf_str(&pb, "b");
	yihu_buf_str(&json, "c");
	yihu_results_note_text(&text, eid, &box, &pb, &json);
	assert_buf(&text, "yihu-results-v1\neid " EID_01 "\nbox " SHA_A "\nresults.pb " SHA_B
			  "\nresults.json " SHA_C "\n");
	yihu_buf_reset(&text);
	yihu_results_note_text(&text, eid, NULL, &pb, &json);
	assert_buf(&text, "yihu-results-v1\neid " EID_01 "\nbox none\nresults.pb " SHA_B
			  "\nresults.json " SHA_C "\n");
	uint8_t hash[32], want[crypto_hash_sha256_BYTES];
	yihu_results_note_hash(hash, eid, NULL, &pb, &json);
	crypto_hash_sha256(want, text.data, text.len);
	assert_memory_equal(hash, want, sizeof want);
	yihu_buf_free(&box);
	yihu_buf_free(&pb);
	yihu_buf_free(&json);
	yihu_buf_free(&text);
}

TEST(escapes)
{
	static const char *const table[][2] = {
		{"", "\"\""},
		{"plain /'<>&", "\"plain /'<>&\""},
		{"\"\\", "\"\\\"\\\\\""},
		{"\b\f\n\r\t", "\"\\u0008\\u000c\\u000a\\u000d\\u0009\""},
		{"\x01\x1f", "\"\\u0001\\u001f\""},
		{"\x7f", "\"\x7f\""},
		{"\xe6\xa0\x91\xf0\x9f\x8c\xb3", "\"\xe6\xa0\x91\xf0\x9f\x8c\xb3\""},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct yihu_buf b = {0};
		struct yihu_json j = {.out = &b};
		yihu_json_string(&j, table[i][0]);
		assert_buf(&b, table[i][1]);
		json_t *v = json_loadb((const char *)b.data, b.len, JSON_DECODE_ANY, NULL);
		assert_non_null(v);
		assert_string_equal(json_string_value(v), table[i][0]);
		json_decref(v);
		yihu_buf_free(&b);
	}
}

TEST(commas_and_numbers)
{
	struct yihu_buf b = {0};
	struct yihu_json j = {.out = &b};
	yihu_json_open(&j, '[');
	yihu_json_integer(&j, 0);
	yihu_json_integer(&j, YIHU_JSON_INTEGER_MAX);
	yihu_json_open(&j, '{');
	yihu_json_key(&j, "a");
	yihu_json_bool(&j, true);
	yihu_json_key(&j, "b");
	yihu_json_open(&j, '[');
	yihu_json_close(&j, ']');
	yihu_json_close(&j, '}');
	yihu_json_null(&j);
	yihu_json_hex(&j, "\x00\xff", 2);
	yihu_json_close(&j, ']');
	assert_buf(&b, "[0,9007199254740991,{\"a\":true,\"b\":[]},null,\"00ff\"]");
	yihu_buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_is_the_example_of_its_page),
		cmocka_unit_test(json_of_a_missed_quorum),
		cmocka_unit_test(pb_has_the_ballots_at_its_end),
		cmocka_unit_test(pb_of_points_and_consent),
		cmocka_unit_test(pb_is_the_definition_when_not_opened),
		cmocka_unit_test(pb_read_back_is_the_ballots),
		cmocka_unit_test(note_text),
		cmocka_unit_test(escapes),
		cmocka_unit_test(commas_and_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
