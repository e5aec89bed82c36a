/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose letters a page gets: those of a rehearsal, and of no other election.
 */
#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>

#include "boxdir.h"
#include "console/rehearse_calls.h"
#include "test.h"

#define CODE "0000-1111-2222"

static void put(const char *dir, const char *name, const char *text)
{
	struct yihu_error err;
	char *path = yihu_path(dir, name);
	fixture_must(yihu_file_write(path, text, strlen(text), 0600, &err), &err);
	free(path);
}

static void put_letters(const char *dir)
{
	struct yihu_error err;
	char *letters = yihu_path(dir, "letters");
	fixture_must(yihu_dir_make(letters, 0700, &err), &err);
	put(letters, "list.csv",
	    "serial,household,building,name,replaces,election,election_id,typed,scan,qr\n"
	    "\"\t0007\",\"样本 1\",\"\",\"\",,P,E," CODE ",http://h/v#1,qr/0007.svg\n");
	free(letters);
}

static void put_title(const char *dir, const char *title)
{
	char *text = yihu_printf(
		"META\nkey;value\ndescription;%s\ncountry;x\nunit;x\ninstance;x\n"
		"num_projects;1\nnum_votes;0\nbudget;3\nvote_type;approval\nrule;greedy\n"
		"date_begin;x\ndate_end;x\nballot;approval\nPROJECTS\nproject_id;cost\n1;1\n"
		"VOTES\nvoter_id;vote\n",
		title);
	put(dir, "election.pb", text);
	free(text);
}

/* What is answered about the election in dir, as JSON. */
static json_t *ask(char *dir, unsigned status)
{
	struct yihu_buf out = {0};
	const struct shelf_book book = {.path = dir};
	const struct question q = {.book = &book, .out = &out};
	assert_int_equal(call_specimens(&q), status);
	json_t *j = json_loadb((const char *)out.data, out.len, 0, NULL);
	assert_non_null(j);
	yihu_buf_free(&out);
	return j;
}

static const char *text_of(const json_t *j, const char *name)
{
	return json_string_value(json_object_get(j, name));
}

TEST(an_election_keeps_its_letters)
{
	char *dir = boxdir_temp();
	put_letters(dir);
	json_t *j = ask(dir, MHD_HTTP_CONFLICT); /* nobody knows what it is */
	json_decref(j);
	put_title(dir, "公园【演练】"); /* not at its beginning */
	j = ask(dir, MHD_HTTP_CONFLICT);
	assert_string_equal(text_of(j, "message"), "this is no rehearsal: its letters are votes");
	assert_null(json_object_get(j, "letters"));
	json_decref(j);
	boxdir_free(dir);
}

TEST(a_rehearsal_shows_them)
{
	char *dir = boxdir_temp();
	put_title(dir, "【演练】公园");
	json_t *j = ask(dir, MHD_HTTP_CONFLICT); /* they are not made yet */
	json_decref(j);
	put_letters(dir);
	j = ask(dir, MHD_HTTP_OK);
	const json_t *letters = json_object_get(j, "letters"), *one = json_array_get(letters, 0);
	assert_int_equal(json_array_size(letters), 1);
	assert_string_equal(text_of(one, "serial"), "0007");
	assert_string_equal(text_of(one, "household"), "样本 1");
	assert_string_equal(text_of(one, "typed"), CODE);
	assert_string_equal(text_of(one, "link"), "http://h/v#1");
	json_decref(j);
	boxdir_free(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_election_keeps_its_letters),
		cmocka_unit_test(a_rehearsal_shows_them),
	};
	return cmocka_run_group_tests_name("specimens", tests, NULL, NULL);
}
