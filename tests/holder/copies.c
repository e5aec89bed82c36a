/* SPDX-License-Identifier: Apache-2.0
 *
 * Two files of one key: the second catches up by what the first did and signed,
 * and by nothing else.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "committee.h"

/* "keys/1.copy" from here on: a second file of each holder's key. */
static void make_copies(struct committee *c)
{
	for (uint32_t j = 1; j <= c->options.n; j++) {
		struct yihu_keyfile *key = committee_holder(c, j);
		char *to = yihu_printf("%s/keys/%u.copy", c->temp, j);
		bool made = false;
		assert_int_equal(holder_copy(key, &c->folder, to, &made, &c->err), 0);
		assert_true(made);
		yihu_keyfile_close(key);
		free(to);
	}
}

/* The first file is lost: its copy takes its place. */
static void lose(struct committee *c, uint32_t holder)
{
	char *command = yihu_printf("mv keys/%u.copy keys/%u.key", holder, holder);
	committee_shell(c, command);
	free(command);
}

/* At `copied` with copies; the first files have gone on to `state`. */
static struct committee *copied_at(enum yihu_stage copied, enum yihu_stage state)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, copied);
	make_copies(c);
	committee_to(c, state);
	return c;
}

TEST(a_stick_is_lost_and_the_count_goes_on)
{
	struct committee *c = copied_at(YIHU_STAGE_CHARTERED, YIHU_STAGE_CLOSED);
	lose(c, 2);
	committee_to(c, YIHU_STAGE_PUBLISHED);
	committee_free(c);
}

/* Wherever the first file stopped, the second goes on to the end. */
TEST(a_copy_catches_up)
{
	static const struct {
		enum yihu_stage copied, lost;
	} rows[] = {
		{YIHU_STAGE_ANNOUNCED, YIHU_STAGE_CHARTERED},
		{YIHU_STAGE_CHARTERED, YIHU_STAGE_BOXED},
		{YIHU_STAGE_CHARTERED, YIHU_STAGE_MIXED},
		{YIHU_STAGE_ANNOUNCED, YIHU_STAGE_OPENED},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct committee *c = copied_at(rows[i].copied, rows[i].lost);
		lose(c, 1);
		committee_to(c, YIHU_STAGE_RETIRED);
		struct yihu_keyfile *key = committee_holder(c, 1);
		assert_true(key->has_box && key->has_mix && key->has_opened && key->retired);
		yihu_keyfile_close(key);
		committee_free(c);
	}
}

/* Both at hand over one folder do no more than one would. */
TEST(two_files_do_what_one_may)
{
	struct committee *c = copied_at(YIHU_STAGE_CHARTERED, YIHU_STAGE_MIXED);
	assert_int_equal(committee_count(c, 1, holder_open), 0);
	lose(c, 1);
	assert_int_equal(committee_count(c, 1, holder_shuffle), YIHU_ESTATE);
	assert_int_equal(committee_count(c, 1, holder_open), YIHU_EEXIST);
	/* What it has seen once it knows for ever. */
	committee_shell(c, "rm -r election/box/public/open election/box/public/mix/2");
	assert_int_equal(committee_count(c, 3, holder_shuffle), 0);
	assert_int_equal(committee_count(c, 1, holder_open), YIHU_EMARK);
	assert_false(committee_has(c, "box/public/open/1"));
	committee_free(c);
}

/* A byte of the signed act is changed: nothing is learnt from it. */
TEST(a_forged_act_teaches_nothing)
{
	struct committee *c = copied_at(YIHU_STAGE_CHARTERED, YIHU_STAGE_CLOSED);
	assert_int_equal(committee_box(c, 2), 0);
	struct yihu_buf line = committee_read(c, "ceremony/box-2");
	committee_write(c, "ceremony/box-1", line.data, line.len); /* another's line */
	lose(c, 1);
	assert_int_equal(committee_count(c, 1, holder_box), YIHU_EMARK);
	struct yihu_keyfile *key = committee_holder(c, 1);
	assert_false(key->has_box);
	/* Its own, but over another box. */
	struct yihu_buf own = {0};
	yihu_note_sign_line(&own, yihu_span("yihu-box-v1\n"), &key->vkey, &key->keypair);
	committee_write(c, "ceremony/box-1", own.data, own.len);
	yihu_keyfile_close(key);
	assert_int_equal(committee_count(c, 1, holder_box), YIHU_EMARK);
	assert_non_null(strstr(c->err.text, "ceremony/box"));
	/* And the true one teaches. */
	committee_shell(c, "rm election/ceremony/box-1");
	assert_int_equal(committee_count(c, 1, holder_box), 0);
	yihu_buf_free(&own);
	yihu_buf_free(&line);
	committee_free(c);
}

/* A deal that was changed since: the charter line verifies, and the share would
 * not be the one that was accepted. */
TEST(a_share_is_checked_when_it_is_learnt)
{
	struct committee *c = copied_at(YIHU_STAGE_ANNOUNCED, YIHU_STAGE_CHARTERED);
	struct yihu_keyfile *key = committee_holder(c, 2);
	struct yihu_ceremony *ceremony = yihu_calloc(1, sizeof *ceremony);
	struct yihu_scalar a[YIHU_TRUSTEES_MAX];
	struct yihu_buf file = {0};
	assert_int_equal(yihu_ceremony_read(ceremony, &c->folder, &c->err), 0);
	yihu_polynomial_random(a, 2);
	yihu_deal_make(&file, ceremony->s, 2, ceremony->holders, 3, 2, a, &key->keypair);
	committee_write(c, "ceremony/deal-2", file.data, file.len);
	yihu_keyfile_close(key);
	lose(c, 1);
	assert_int_equal(committee_accept(c, 1), YIHU_ESHARE);
	key = committee_holder(c, 1);
	assert_false(key->has_charter || key->has_share);
	yihu_keyfile_close(key);
	yihu_buf_free(&file);
	yihu_ceremony_finish(ceremony);
	free(ceremony);
	committee_free(c);
}

/* A file that knows of no other was copied by hand, and stays an old copy. */
TEST(a_plain_copy_stays_an_old_copy)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_CLOSED);
	committee_shell(c, "cp keys/1.key keys/1.old");
	committee_to(c, YIHU_STAGE_BOXED);
	committee_shell(c, "cp keys/1.old keys/1.key");
	assert_int_equal(committee_count(c, 1, holder_shuffle), YIHU_EMARK);
	assert_non_null(strstr(c->err.text, "old copy"));
	committee_free(c);
}

TEST(only_a_key_of_this_ceremony_is_copied)
{
	struct committee *c = committee_new(NULL);
	struct yihu_keyfile *key = committee_holder(c, 1);
	char *to = yihu_printf("%s/keys/1.copy", c->temp);
	bool made;
	assert_int_equal(holder_copy(key, &c->folder, to, &made, &c->err), YIHU_EKEYS);
	assert_false(yihu_file_exists(to));
	yihu_keyfile_close(key);
	free(to);
	committee_free(c);
}

/* ---- retire ---- */

static int retire(struct committee *c, const char *const *paths, size_t n, struct yihu_retired *out)
{
	struct yihu_keyfile *files[3] = {0};
	struct yihu_view v = {.folder = &c->folder};
	for (size_t i = 0; i < n; i++) {
		char *path = yihu_printf("%s/keys/%s", c->temp, paths[i]);
		assert_int_equal(yihu_keyfile_open(&files[i], path, NULL, &c->err), 0);
		free(path);
	}
	memcpy(v.eid, files[0]->eid, sizeof v.eid);
	assert_int_equal(yihu_reach_open_public(&v.reach, &c->folder, NULL, &c->err), 0);
	assert_int_equal(yihu_view_look(&v, &c->err), 0);
	int r = holder_retire(files, n, &v, out, &c->err);
	yihu_view_finish(&v);
	for (size_t i = 0; i < n; i++)
		yihu_keyfile_close(files[i]);
	return r;
}

static bool note_says(const struct committee *c, const char *line)
{
	struct yihu_buf note = committee_read(c, "ceremony/retired-1");
	bool yes = strstr((const char *)note.data, line) != NULL;
	yihu_buf_free(&note);
	return yes;
}

TEST(retiring_says_how_many_were_erased)
{
	static const char *const both[] = {"1.key", "1.copy"}, *const twice[] = {"1.key", "1.key2"};
	static const char *const two[] = {"1.key", "2.key"};
	struct yihu_retired r;
	struct committee *c = copied_at(YIHU_STAGE_CHARTERED, YIHU_STAGE_PUBLISHED);
	assert_int_equal(retire(c, two, 2, &r), YIHU_EARG);
	committee_shell(c, "cp keys/1.key keys/1.key2");
	assert_int_equal(retire(c, twice, 2, &r), YIHU_EARG);
	assert_false(committee_has(c, "ceremony/retired-1"));
	/* One of two, and the status knows. */
	assert_int_equal(retire(c, both, 1, &r), 0);
	assert_int_equal(r.erased, 1);
	assert_int_equal(r.made, 2);
	assert_true(note_says(c, "\ncopies 1 of 2\n"));
	char *left = yihu_files_left(&c->folder);
	assert_string_equal(left, "holder-1 (1 of 2 files erased)");
	free(left);
	assert_int_equal(retire(c, both, 1, &r), 0); /* again: still one */
	assert_int_equal(r.erased, 1);
	/* The other one by itself, later. */
	assert_int_equal(retire(c, both + 1, 1, &r), 0);
	assert_int_equal(r.erased, 2);
	assert_true(note_says(c, "\ncopies 2 of 2\n"));
	assert_null(yihu_files_left(&c->folder));
	struct yihu_keyfile *key;
	char *path = yihu_printf("%s/keys/1.copy", c->temp);
	assert_int_equal(yihu_keyfile_open(&key, path, NULL, &c->err), 0);
	assert_true(key->retired && !key->has_share && !key->has_polynomial);
	yihu_keyfile_close(key);
	free(path);
	committee_free(c);
}

TEST(one_file_alone_needs_no_line)
{
	static const char *const one[] = {"1.key"};
	struct yihu_retired r;
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_PUBLISHED);
	assert_int_equal(retire(c, one, 1, &r), 0);
	assert_int_equal(r.erased, 1);
	assert_int_equal(r.made, 1);
	assert_false(note_says(c, "copies"));
	assert_null(yihu_files_left(&c->folder));
	committee_free(c);
}

TEST(a_forged_note_is_not_believed)
{
	static const char *const both[] = {"1.key", "1.copy"};
	struct yihu_retired r;
	struct committee *c = copied_at(YIHU_STAGE_CHARTERED, YIHU_STAGE_PUBLISHED);
	assert_int_equal(retire(c, both, 1, &r), 0);
	committee_shell(c, "sed -i 's/copies 1 of 2/copies 2 of 2/' election/ceremony/retired-1");
	assert_int_equal(retire(c, both, 1, &r), YIHU_ESIGNATURE);
	assert_non_null(strstr(c->err.text, "ceremony/retired-1"));
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stick_is_lost_and_the_count_goes_on),
		cmocka_unit_test(a_copy_catches_up),
		cmocka_unit_test(two_files_do_what_one_may),
		cmocka_unit_test(a_forged_act_teaches_nothing),
		cmocka_unit_test(a_share_is_checked_when_it_is_learnt),
		cmocka_unit_test(a_plain_copy_stays_an_old_copy),
		cmocka_unit_test(only_a_key_of_this_ceremony_is_copied),
		cmocka_unit_test(retiring_says_how_many_were_erased),
		cmocka_unit_test(one_file_alone_needs_no_line),
		cmocka_unit_test(a_forged_note_is_not_believed),
	};
	return cmocka_run_group_tests_name("holder copies", tests, NULL, NULL);
}
