/* SPDX-License-Identifier: Apache-2.0
 *
 * An election as loaded from a public folder: its three files are there, each
 * is right, and they agree.
 */
#include "world.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yihu/file.h>

static char dir[] = "/tmp/yihu-election-XXXXXX";

AROUND(make_dir)
{
	return mkdtemp(dir) == NULL;
}

AROUND(remove_dir)
{
	return yihu_dir_remove(dir, NULL);
}

static void put(const char *name, const struct yihu_buf *b)
{
	char *path = yihu_path(dir, name);

	assert_int_equal(yihu_file_write(path, b->data, b->len, 0644, NULL), YIHU_OK);
	free(path);
}

static void gone(const char *name)
{
	char *path = yihu_path(dir, name);

	unlink(path);
	free(path);
}

/* A vector's three files, in the folder. */
static void put_vector(const char *kind)
{
	static const char *const names[] = {"election.pb", "charter", "register"};

	for (size_t i = 0; i < 3; i++) {
		char *name = yihu_printf("vectors/%s/public/%s", kind, names[i]);
		struct yihu_buf b = data_file(name);

		put(names[i], &b);
		yihu_buf_free(&b);
		free(name);
	}
}

static void refuse(int code, const char *words)
{
	struct yihu_election *e = NULL;
	struct yihu_error err = {0};

	expect(yihu_election_load(&e, dir, &err), &err, code, words);
	assert_null(e);
}

TEST(both_vectors_are_loaded)
{
	static const struct {
		const char *kind;
		uint32_t n, width;
	} rows[] = {{"approval", 15, 1}, {"consent", 9, 2}};

	for (size_t i = 0; i < 2; i++) {
		struct yihu_election *e = NULL;
		struct yihu_error err = {0};

		put_vector(rows[i].kind);
		expect(yihu_election_load(&e, dir, &err), &err, YIHU_OK, "");
		assert_int_equal(e->reg->n, rows[i].n);
		assert_int_equal(e->definition->width, rows[i].width);
		assert_int_equal(e->charter->households, rows[i].n);
		yihu_election_free(e);
	}
}

TEST(a_register_not_yet_issued_is_none)
{
	struct yihu_election *e = NULL;
	struct yihu_error err = {0};

	put_vector("approval");
	gone("register");
	expect(yihu_election_load(&e, dir, &err), &err, YIHU_OK, "");
	assert_null(e->reg);
	yihu_election_free(e);
}

TEST(an_empty_register_is_a_broken_one)
{
	struct yihu_buf nothing = {0};

	put_vector("approval");
	yihu_buf_put(&nothing, "", 0);
	put("register", &nothing);
	refuse(YIHU_EFORMAT, "register");
	yihu_buf_free(&nothing);
}

TEST(missing_files_are_named)
{
	static const char *const names[] = {"election.pb", "charter"};

	for (size_t i = 0; i < 2; i++) {
		put_vector("approval");
		gone(names[i]);
		refuse(YIHU_ENOENT, names[i]);
	}
}

TEST(a_link_is_no_file_of_the_folder)
{
	static const char *const names[] = {"election.pb", "charter", "register"};

	for (size_t i = 0; i < 3; i++) {
		char *path = yihu_path(dir, names[i]), *to = yihu_path(dir, "elsewhere");

		put_vector("approval");
		assert_int_equal(rename(path, to), 0);
		assert_int_equal(symlink(to, path), 0);
		refuse(YIHU_ESYMLINK, names[i]);
		unlink(path);
		unlink(to);
		free(path);
		free(to);
	}
}

/* One byte is changed so that the definition stays well formed. */
TEST(another_definition_is_refused)
{
	struct yihu_buf b = data_file("vectors/approval/public/election.pb");

	put_vector("approval");
	replace(&b, "budget;4000", "budget;4001");
	put("election.pb", &b);
	refuse(YIHU_EDEFINITION, "election.pb");
	yihu_buf_free(&b);
}

TEST(files_of_two_elections_are_refused)
{
	static const struct {
		const char *name;
		int code;
		const char *words;
	} rows[] = {
		{"election.pb", YIHU_EDEFINITION, "election.pb"},
		{"charter", YIHU_EDEFINITION, "election.pb"},
		{"register", YIHU_ESIGNERS, "register: "},
	};

	for (size_t i = 0; i < 3; i++) {
		char *name = yihu_printf("vectors/consent/public/%s", rows[i].name);
		struct yihu_buf b = data_file(name);

		put_vector("approval");
		put(rows[i].name, &b);
		refuse(rows[i].code, rows[i].words);
		yihu_buf_free(&b);
		free(name);
	}
}

TEST(a_broken_charter_is_named)
{
	struct yihu_buf b = data_file("vectors/approval/public/charter");

	put_vector("approval");
	replace(&b, "households 15", "households 16");
	put("charter", &b);
	refuse(YIHU_ESIGNATURE, "charter: ");
	yihu_buf_free(&b);
}

/* The charter fits a definition that is no election file. */
TEST(a_chartered_definition_must_be_one)
{
	struct yihu_election *e = NULL;
	struct yihu_error err = {0};
	struct yihu_buf text, note;
	struct world w;

	world_init(&w, 1, 1, 3);
	crypto_hash_sha256(w.c.definition_hash, (const uint8_t *)"hello\n", 6);
	text = world_text(&w);
	note = world_sign(&w, &text);
	assert_int_not_equal(
		yihu_election_parse(&e, "hello\n", 6, note.data, note.len, NULL, 0, &err), YIHU_OK);
	assert_int_not_equal(err.code, YIHU_EDEFINITION);
	assert_memory_equal(err.text, "election.pb: ", 13);
	assert_null(e);
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	world_finish(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_vectors_are_loaded),
		cmocka_unit_test(a_register_not_yet_issued_is_none),
		cmocka_unit_test(an_empty_register_is_a_broken_one),
		cmocka_unit_test(missing_files_are_named),
		cmocka_unit_test(a_link_is_no_file_of_the_folder),
		cmocka_unit_test(another_definition_is_refused),
		cmocka_unit_test(files_of_two_elections_are_refused),
		cmocka_unit_test(a_broken_charter_is_named),
		cmocka_unit_test(a_chartered_definition_must_be_one),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("election", tests, make_dir, remove_dir);
}
