/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters that lie in memory, apart from the election's folder, as on the committee's
 * stick: nothing of a vote is ever written in the folder; and without power they are gone.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>
#include <yihu/secret.h>

#include "committee.h"

#include "folder/pending.h"
#include "folder/printable.h"

static char memory[] = "/tmp/yihu-apart-XXXXXX";

AROUND(set_up)
{
	if (!mkdtemp(memory) || setenv(YIHU_FOLDER_LETTERS, memory, 1) != 0)
		return -1;
	return 0;
}

AROUND(tear_down)
{
	return yihu_dir_remove(memory, NULL);
}

static void assert_folder_is_clean(const struct committee *c)
{
	assert_false(committee_has(c, "letters"));
	assert_false(committee_has(c, ".letters-new"));
	assert_false(committee_has(c, "secret/pending"));
}

static struct committee *issued(void)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_CHARTERED);
	assert_int_equal(committee_letters(c), 0);
	return c;
}

/* Which the power takes. */
static void cut_the_power(void)
{
	assert_int_equal(yihu_dir_remove(memory, NULL), 0);
	assert_int_equal(yihu_dir_make(memory, 0700, NULL), 0);
}

TEST(letters_are_made_there)
{
	struct committee *c = issued();
	struct printables found;
	bool one = false;
	assert_folder_is_clean(c);
	assert_int_equal(strncmp(c->folder.letters, memory, strlen(memory)), 0);
	assert_true(folder_has(&c->folder, F_LIST));
	printables_list(&found, &c->folder);
	for (size_t i = 0; i < found.n; i++)
		one = one || strncmp(found.names[i], "letters/pdf/", strlen("letters/pdf/")) == 0;
	assert_true(one);
	printables_finish(&found);
	committee_free(c);
}

/* By whatever name the folder is called, and after it is made. */
TEST(a_folder_has_one_place)
{
	struct committee *c = committee_new(NULL);
	struct yihu_folder roundabout, new;
	char *long_way = yihu_printf("%s/../election/", c->folder.root);
	char *to_be = yihu_path(c->temp, "to-be");
	yihu_folder_init(&roundabout, long_way);
	assert_string_equal(roundabout.letters, c->folder.letters);
	yihu_folder_finish(&roundabout);
	yihu_folder_init(&new, to_be);
	assert_int_equal(yihu_dir_make(to_be, 0700, NULL), 0);
	char *before = yihu_strdup(new.letters);
	yihu_folder_finish(&new);
	yihu_folder_init(&new, to_be);
	assert_string_equal(new.letters, before);
	yihu_folder_finish(&new);
	free(before);
	free(to_be);
	free(long_way);
	committee_free(c);
}

static int replace(void *context)
{
	struct committee *c = context;
	uint32_t serial = 0;
	const struct given_reason lost = {.why = ADDED_DIVIDED};
	const struct issue_change x = {.old_serial = 6, .reason = &lost, .fresh = true};
	return committee_change(c, &x, &serial);
}

/* Wherever it is cut off, and the token of the new letter is there too for a while. */
TEST(a_new_letter_is_never_in_the_folder)
{
	struct committee *base = issued();
	bool pending = false, cut = true;
	committee_clock(COMMITTEE_OPENS + 100);
	for (unsigned k = 1; cut; k = committee_next_cut(k)) {
		int code = 0;
		struct committee *c = committee_copy(base);
		cut = committee_cut(k, replace, c, &code);
		assert_folder_is_clean(c);
		pending = pending || pending_serial(&c->folder) != 0;
		committee_free(c);
	}
	assert_true(pending);
	committee_free(base);
}

/* Then they are as destroyed: the next step is due, and each can be replaced. */
TEST(without_power_they_are_as_destroyed)
{
	struct committee *c = issued();
	committee_clock(COMMITTEE_OPENS + 100);
	cut_the_power();
	assert_int_equal(committee_state(c), YIHU_STAGE_OPEN);
	assert_int_equal(issue_shred(&c->folder, 6, NULL, &c->err), YIHU_ENOENT);
	assert_int_equal(committee_letters(c), YIHU_EEXIST);
	assert_int_equal(replace(c), 0);
	assert_folder_is_clean(c);
	assert_true(folder_has(&c->folder, folder_nth(F_LETTER_PNG, 7)));
	committee_free(c);
}

TEST(they_are_destroyed_there)
{
	struct committee *c = issued();
	struct yihu_buf kept = {0};
	assert_int_equal(issue_shred(&c->folder, 6, &kept, &c->err), 0);
	yihu_buf_free(&kept);
	assert_false(yihu_file_exists(c->folder.letters));
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_made_there),
		cmocka_unit_test(a_folder_has_one_place),
		cmocka_unit_test(a_new_letter_is_never_in_the_folder),
		cmocka_unit_test(without_power_they_are_as_destroyed),
		cmocka_unit_test(they_are_destroyed_there),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
