/* SPDX-License-Identifier: Apache-2.0
 *
 * A finished election, and every way to touch one of its files: a bit, a cut,
 * a byte more, a file gone, doubled, swapped, or one too many. Each
 * is a fault, and the fault names the file.
 */
#include <stdlib.h>
#include <string.h>

#include "support.h"

static struct fixture *f;
static struct fixture_log *election_log;
static struct yihu_public *published;

/* Which checks may tell of a file that was changed. Every fault names it. */
static const struct {
	const char *begins;
	uint32_t checks;
} owners[] = {
	{"election.pb", 1u << YIHU_CHECK_DEFINITION | 1u << YIHU_CHECK_CHARTER},
	{"charter", 1u << YIHU_CHECK_CHARTER},
	{"img/", 1u << YIHU_CHECK_PICTURES},
	{"register", 1u << YIHU_CHECK_REGISTER},
	{"log/checkpoint", 1u << YIHU_CHECK_CHECKPOINT},
	{"log/at-close", 1u << YIHU_CHECK_CHECKPOINT},
	{"log/tile/", 1u << YIHU_CHECK_TILES},
	{"box", 1u << YIHU_CHECK_BOX},
	{"mix/", 1u << YIHU_CHECK_MIXES},
	{"open/", 1u << YIHU_CHECK_OPENINGS},
	{"results", 1u << YIHU_CHECK_RESULTS},
	{"preliminary", 1u << YIHU_CHECK_OBJECTIONS},
	{"final", 1u << YIHU_CHECK_OBJECTIONS},
};

static uint32_t owners_of(const char *name)
{
	for (size_t i = 0; i < sizeof owners / sizeof *owners; i++)
		if (strncmp(name, owners[i].begins, strlen(owners[i].begins)) == 0)
			return owners[i].checks;
	fail_msg("no owner of %s", name);
	return 0;
}

AROUND(set_up)
{
	/* 4 projects: one word below 16, so that a table is made at once. */
	f = fixture_new(
		&(struct fixture_options){.projects = 4, .pictured = true, .households = 6});
	election_log = fixture_log_new(f);
	fixture_log_ballots(election_log, 3);
	fixture_log_change(election_log, 5, true);
	fixture_log_ballot(election_log, 7, (const uint32_t[]){1, 0, 0, 1});
	fixture_log_close(election_log);
	published = fixture_public_opened(election_log);
	publish(published, f, FIXTURE_ALL_HOLDERS);
	return 0;
}

AROUND(tear_down)
{
	yihu_public_free(published);
	fixture_log_free(election_log);
	fixture_free(f);
	return 0;
}

/* Audits `published` with one file's bytes replaced. Every fault must be
 * one of the file's checks and name it. */
static void assert_change_seen(const char *name, const uint8_t *bytes, size_t len, const char *how,
			       size_t at)
{
	struct yihu_public *p = public_copy(published);
	yihu_public_put(p, name, bytes, len);
	struct yihu_audit *a = audit_under(p, f);
	if (a->n_faults == 0)
		fail_msg("%s: %s %zu passes", name, how, at);
	for (size_t i = 0; i < a->n_faults; i++)
		if (strcmp(a->faults[i].file, name) != 0 ||
		    (owners_of(name) >> a->faults[i].check & 1) == 0)
			fail_msg("%s: %s %zu is told as %s: %s", name, how, at,
				 yihu_check_name(a->faults[i].check), a->faults[i].text);
	yihu_audit_free(a);
	yihu_public_free(p);
}

TEST(it_passes_as_published)
{
	struct yihu_audit *a = audit_under(published, f);
	assert_passes(a);
	assert_int_equal(a->stage, YIHU_STAGE_PUBLISHED);
	assert_int_equal(a->result_signers, 7u | UINT32_C(1) << 31);
	assert_int_equal(a->box_signers, 7);
	assert_int_equal(a->mixers, 3);
	assert_int_equal(a->openers, 3);
	assert_int_equal(a->objections_until, f->election->charter->closes + 7 * 86400);
	assert_int_equal(a->final_at, a->objections_until);
	assert_int_equal(a->objections_filed, 2);
	assert_int_equal(a->objections_upheld, 0);
	for (int c = 0; c < YIHU_CHECK_EVIDENCE; c++)
		assert_int_equal(a->steps[c].ran, c != YIHU_CHECK_CANCELLED);
	yihu_audit_free(a);
}

/* Every 11th byte, each time another bit: 11 shares no factor with 8 nor with
 * the 32 and 64 of points and signatures, so all regions come up. */
TEST(any_flipped_bit_is_seen)
{
	unsigned bit = 0;
	for (size_t i = 0; i < published->n; i++) {
		const struct yihu_public_file *file = &published->files[i];
		uint8_t *bytes = malloc(file->bytes.len);
		memcpy(bytes, file->bytes.data, file->bytes.len);
		for (size_t at = i % 11; at < file->bytes.len; at += 11) {
			uint8_t mask = (uint8_t)(1u << bit++ % 8);
			bytes[at] ^= mask;
			assert_change_seen(file->name, bytes, file->bytes.len, "flip at", at);
			bytes[at] ^= mask;
		}
		free(bytes);
	}
}

TEST(first_and_last_byte_flipped_are_seen)
{
	for (size_t i = 0; i < published->n; i++) {
		const struct yihu_public_file *file = &published->files[i];
		size_t places[] = {0, file->bytes.len - 1};
		for (size_t k = 0; k < 2; k++)
			for (unsigned bit = 0; bit < 8; bit++) {
				struct yihu_buf b = {0};
				yihu_buf_put(&b, file->bytes.data, file->bytes.len);
				b.data[places[k]] ^= (uint8_t)(1u << bit);
				assert_change_seen(file->name, b.data, b.len, "flip at", places[k]);
				yihu_buf_free(&b);
			}
	}
}

TEST(any_cut_is_seen)
{
	for (size_t i = 0; i < published->n; i++) {
		const struct yihu_buf *b = &published->files[i].bytes;
		size_t lengths[] = {0, 1, 8, b->len / 3, b->len / 2, b->len - 32, b->len - 1};
		for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++)
			if (lengths[k] < b->len)
				assert_change_seen(published->files[i].name, b->data, lengths[k],
						   "cut to", lengths[k]);
	}
}

TEST(any_byte_more_is_seen)
{
	static const uint8_t more[] = {0, '\n', ' ', 'x', 0xff};
	for (size_t i = 0; i < published->n; i++)
		for (size_t k = 0; k < sizeof more; k++) {
			struct yihu_buf b = {0};
			yihu_buf_put(&b, published->files[i].bytes.data,
				     published->files[i].bytes.len);
			yihu_buf_u8(&b, more[k]);
			assert_change_seen(published->files[i].name, b.data, b.len, "more", k);
			yihu_buf_free(&b);
		}
}

TEST(any_missing_file_is_named)
{
	static const struct {
		const char *gone;
		enum yihu_check check;
		const char *named;
	} rows[] = {
		{"charter", YIHU_CHECK_FILES, "charter"},
		{"election.pb", YIHU_CHECK_FILES, "election.pb"},
		{NULL, YIHU_CHECK_PICTURES, NULL}, /* the picture */
		{"register", YIHU_CHECK_FILES, "register"},
		{"log/checkpoint", YIHU_CHECK_FILES, "log/checkpoint"},
		{"log/tile/0/000.p/7", YIHU_CHECK_TILES, "log/tile/0/000.p/7"},
		{"log/tile/entries/000.p/7", YIHU_CHECK_TILES, "log/tile/entries/000.p/7"},
		{"box", YIHU_CHECK_FILES, "box"},
		{"mix/1", YIHU_CHECK_FILES, "mix/1"},
		{"mix/2", YIHU_CHECK_OPENINGS, "mix/2"},
		/* t more openings could be there: results are too early without. */
		{"open/1", YIHU_CHECK_RESULTS, "results"},
		{"open/2", YIHU_CHECK_RESULTS, "results"},
		{"results", YIHU_CHECK_FILES, "results"},
		{"results.pb", YIHU_CHECK_FILES, "results.pb"},
		{"results.json", YIHU_CHECK_FILES, "results.json"},
		{"preliminary", YIHU_CHECK_FILES, "preliminary"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_public *p = public_copy(published);
		const char *gone = rows[i].gone ? rows[i].gone : f->picture_name.text;
		assert_non_null(yihu_public_get(p, gone));
		yihu_public_remove(p, gone);
		assert_refused(p, f, rows[i].check, YIHU_EMISSING,
			       rows[i].named ? rows[i].named : gone);
		yihu_public_free(p);
	}
	/* All but at-close and final are in the table. */
	assert_int_equal(published->n, sizeof rows / sizeof *rows + 2);
}

static void assert_may_be_absent(const char *name)
{
	struct yihu_public *p = public_copy(published);
	assert_non_null(yihu_public_get(p, name));
	yihu_public_remove(p, name);
	assert_passes_at(p, f, YIHU_STAGE_PUBLISHED);
	yihu_public_free(p);
}

TEST(at_close_may_be_absent)
{
	assert_may_be_absent("log/at-close");
}

TEST(the_final_statement_may_be_absent)
{
	assert_may_be_absent("final");
}

TEST(swapped_files_are_seen)
{
	static const struct {
		const char *a, *b;
		enum yihu_check check;
		int code;
		const char *named;
	} rows[] = {
		{"mix/1", "mix/2", YIHU_CHECK_MIXES, YIHU_EMIX, "mix/1"},
		{"open/1", "open/2", YIHU_CHECK_OPENINGS, YIHU_EOPENING, "open/1"},
		{"results.pb", "results.json", YIHU_CHECK_RESULTS, YIHU_ERESULTS, "results.pb"},
		{"log/checkpoint", "log/at-close", YIHU_CHECK_TILES, YIHU_ESTRAY,
		 "log/tile/0/000.p/7"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_public *p = public_copy(published);
		const struct yihu_buf *a = yihu_public_get(published, rows[i].a);
		const struct yihu_buf *b = yihu_public_get(published, rows[i].b);
		yihu_public_put(p, rows[i].a, b->data, b->len);
		yihu_public_put(p, rows[i].b, a->data, a->len);
		assert_refused(p, f, rows[i].check, rows[i].code, rows[i].named);
		yihu_public_free(p);
	}
}

TEST(files_too_many_are_seen)
{
	static const struct {
		const char *name, *copy_of;
		enum yihu_check check;
		int code;
	} rows[] = {
		{"mix/3", "mix/2", YIHU_CHECK_MIXES, YIHU_EMIX},
		{"mix/3", "mix/1", YIHU_CHECK_MIXES, YIHU_EMIX},
		{"open/3", "open/1", YIHU_CHECK_OPENINGS, YIHU_EOPENING},
		{"open/4", "open/1", YIHU_CHECK_OPENINGS, YIHU_ESTRAY},
		{"open/15", "open/1", YIHU_CHECK_OPENINGS, YIHU_ESTRAY},
		{"log/tile/0/000.p/6", "box", YIHU_CHECK_TILES, YIHU_ESTRAY},
		{"log/tile/0/000", "box", YIHU_CHECK_TILES, YIHU_ESTRAY},
		{"log/tile/0/001.p/7", "box", YIHU_CHECK_TILES, YIHU_ESTRAY},
		{"log/tile/1/000.p/1", "box", YIHU_CHECK_TILES, YIHU_ESTRAY},
		{"log/tile/8/000.p/7", "box", YIHU_CHECK_TILES, YIHU_ESTRAY},
		{"log/tile/63/000.p/7", "box", YIHU_CHECK_TILES, YIHU_ESTRAY},
		{"log/tile/entries/000.p/8", "box", YIHU_CHECK_TILES, YIHU_ESTRAY},
		{"log/tile/entries/x999/x999/999", "box", YIHU_CHECK_TILES, YIHU_ESTRAY},
		{"log/tile/0/0", "box", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"log/tile/0/000.p/07", "box", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"log/tile/0/000.p/256", "box", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"log/tile/0/000.p/0", "box", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"log/tile/00/000.p/7", "box", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"lag/tile/0/000.p/7", "box", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"log/entries", "box", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"log/checkpoint.bak", "box", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"mix/0", "mix/1", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"mix/01", "mix/1", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"mix/16", "mix/1", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"mix/1 ", "mix/1", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"mix/1/1", "mix/1", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"open/0", "open/1", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"open/16", "open/1", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"open/4294967297", "open/1", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"Charter", "charter", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"charter2", "charter", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"box/1", "box", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"results.html", "results", YIHU_CHECK_FILES, YIHU_ESTRAY},
		{"sites/index.html", "results", YIHU_CHECK_FILES, YIHU_ESTRAY},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct yihu_public *p = public_copy(published);
		const struct yihu_buf *b = yihu_public_get(published, rows[i].copy_of);
		yihu_public_put(p, rows[i].name, b->data, b->len);
		assert_refused(p, f, rows[i].check, rows[i].code, rows[i].name);
		yihu_public_free(p);
	}
}

TEST(a_gap_in_the_mixes_is_named)
{
	struct yihu_public *p = public_copy(published);
	const struct yihu_buf *b = yihu_public_get(published, "mix/2");
	yihu_public_put(p, "mix/4", b->data, b->len);
	assert_refused(p, f, YIHU_CHECK_FILES, YIHU_EMISSING, "mix/3");
	yihu_public_free(p);
}

TEST(site_and_dot_names_are_passed_over)
{
	static const char *const names[] = {"site/results.html", "site/a/b.css",
					    ".yihu-0123",        "mix/.yihu-0123",
					    ".git/HEAD",         ".ke/tile/0/000.p/9"};
	struct yihu_public *p = public_copy(published);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		yihu_public_put(p, names[i], "x", 1);
	assert_passes_at(p, f, YIHU_STAGE_PUBLISHED);
	yihu_public_free(p);
}

/* A name from a hostile disk, as it would reach a terminal. */
TEST(fault_texts_hold_no_control_characters)
{
	struct yihu_public *p = public_copy(published);
	yihu_public_put(p, "evil\033[2J\xff项\xc2\x9b\xc2\xa0", "x", 1);
	struct yihu_audit *a = audit_under(p, f);
	assert_first_fault(a, YIHU_CHECK_FILES, YIHU_ESTRAY, "evil?[2J?项??\xc2\xa0");
	assert_null(strchr(a->faults[0].text, '\033'));
	assert_true(yihu_utf8_valid(a->faults[0].text, strlen(a->faults[0].text)));
	yihu_audit_free(a);
	yihu_public_free(p);
}

/* The same of what a file holds, where a reader's words quote it. */
TEST(quoted_contents_hold_no_control_characters)
{
	static const char *const hostile[] = {
		"META\nkey;value\n\xff\xfe;x\n",
		"META\nkey;value\n\xc2\x9b"
		"2J;x\n",
		"META\nkey;value\nnum_votes;\xc2\x9b"
		"31m\n",
		"yihu-charter-v1\norigin \xc2\x9b"
		"2J\n\n— a b\n",
	};
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		struct yihu_public *p = public_copy(published);
		yihu_public_put(p, i == 3 ? "charter" : "election.pb", hostile[i],
				strlen(hostile[i]));
		struct yihu_audit *a = audit_under(p, f);
		assert_int_not_equal(a->n_faults, 0);
		for (size_t k = 0; k < a->n_faults; k++) {
			const char *text = a->faults[k].text;
			assert_true(yihu_utf8_valid(text, strlen(text)));
			assert_null(strstr(text, "\xc2\x9b"));
		}
		yihu_audit_free(a);
		yihu_public_free(p);
	}
}

TEST(an_empty_folder_lacks_its_first_file)
{
	struct yihu_public *p = yihu_public_new();
	struct yihu_audit *a = audit_under(p, f);
	assert_first_fault(a, YIHU_CHECK_FILES, YIHU_EMISSING, "election.pb");
	assert_int_equal(a->stage, YIHU_STAGE_CHARTERED);
	assert_null(a->election);
	assert_null(a->ledger);
	yihu_audit_free(a);
	yihu_public_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_passes_as_published),
		cmocka_unit_test(any_flipped_bit_is_seen),
		cmocka_unit_test(first_and_last_byte_flipped_are_seen),
		cmocka_unit_test(any_cut_is_seen),
		cmocka_unit_test(any_byte_more_is_seen),
		cmocka_unit_test(any_missing_file_is_named),
		cmocka_unit_test(at_close_may_be_absent),
		cmocka_unit_test(the_final_statement_may_be_absent),
		cmocka_unit_test(swapped_files_are_seen),
		cmocka_unit_test(files_too_many_are_seen),
		cmocka_unit_test(a_gap_in_the_mixes_is_named),
		cmocka_unit_test(site_and_dot_names_are_passed_over),
		cmocka_unit_test(fault_texts_hold_no_control_characters),
		cmocka_unit_test(quoted_contents_hold_no_control_characters),
		cmocka_unit_test(an_empty_folder_lacks_its_first_file),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
