/* SPDX-License-Identifier: Apache-2.0
 *
 * The clerk's side on a stick: what it carries and what it never does, what is
 * refused, and that a folder comes back whole or not at all.
 */
#include "issue/backup.h"
#include "folder/carried.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "committee.h"

#define PASSPHRASE "the old lime tree"

static struct committee *base; /* issued, with a replacement and a stick */

AROUND(set_up)
{
	uint32_t serial;
	base = committee_new(NULL);
	committee_to(base, YIHU_STAGE_ISSUED);
	if (committee_change(base, &(struct issue_change){.old_serial = 2, .fresh = true},
			     &serial) != 0)
		return -1;
	committee_shell(base, "mkdir stick");
	return 0;
}

AROUND(tear_down)
{
	committee_free(base);
	return 0;
}

static int back_up(struct committee *c, const char *to)
{
	char *key = yihu_path(c->folder.secret, "issuer.key"), *stick = yihu_path(c->temp, to);
	char *path = NULL;
	const struct issue_backup_options o = {
		.key = key, .stick = stick, .passphrase = PASSPHRASE, .kdf = &yihu_kdf_min};
	int r = issue_backup(&c->folder, &o, &path, &c->err);
	free(path);
	free(stick);
	free(key);
	return r;
}

static int restore_with(struct committee *c, const char *passphrase, const char *to)
{
	char *path = yihu_path(c->temp, "stick/election.yihu-backup"),
	     *dir = yihu_path(c->temp, to);
	int r = issue_restore(path, passphrase, dir, &c->err);
	free(path);
	free(dir);
	return r;
}

static enum carried_standing standing(const struct committee *c)
{
	uint64_t made;
	return carried_standing(&c->folder, &made);
}

static void assert_says(const struct committee *c, const char *text)
{
	if (strstr(c->err.text, text) == NULL)
		fail_msg("“%s” does not say “%s”", c->err.text, text);
}

TEST(what_the_clerk_needs_comes_back_and_nothing_else)
{
	struct committee *c = committee_copy(base);
	committee_shell(c, "echo 'a change under way' > election/secret/pending");
	assert_int_equal(back_up(c, "stick"), 0);
	assert_int_equal(restore_with(c, PASSPHRASE, "again"), 0);
	committee_shell(c, "for f in secret/issuer.key secret/roll secret/roll-salt "
			   "secret/roll-changes secret/backed-up households.csv election.pb "
			   "paper/options box/public/charter box/public/register; do "
			   "cmp election/$f again/$f || exit 1; done; "
			   "diff -r election/ceremony again/ceremony");
	committee_shell(c, "test ! -e again/letters && test ! -e again/secret/pending && "
			   "test ! -e again/box/log.key && test ! -e again/box/box.db");
	committee_shell(c, "test -z \"$(find again/secret again/households.csv again/paper "
			   "-type f ! -perm 600)\" && test \"$(stat -c %a stick/*)\" = 600");
	committee_free(c);
}

TEST(it_is_sealed)
{
	struct committee *c = committee_copy(base);
	assert_int_equal(back_up(c, "stick"), 0);
	committee_shell(c, "! grep -qa -e 'yihu-key' -e 'Mr ' -e 'yihu-plan' stick/*");
	assert_int_equal(restore_with(c, "the old lime", "again"), YIHU_EPASS);
	assert_says(c, "does not open");
	committee_shell(c, "test ! -e again && test ! -e .again.new");
	committee_free(c);
}

/* One character of each line, and the length. */
TEST(what_was_changed_is_refused)
{
	static const char *const edits[] = {
		"1s/v1/v2/",
		"2s/made 2/made 3/",
		"3s/desk/desq/",
		"4s/argon2id [0-9]*/argon2id 2/",
		"5s/^\\(.\\{99\\}\\)./\\1A/",
		"5s/....$//",
		"$ a more",
		"2d",
		"s/sealed/plain/",
	};
	struct committee *c = committee_copy(base);
	assert_int_equal(back_up(c, "stick"), 0);
	committee_shell(c, "cp stick/election.yihu-backup good");
	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
		char *command = yihu_printf("sed '%s' good > stick/election.yihu-backup && "
					    "! cmp -s good stick/election.yihu-backup",
					    edits[i]);
		committee_shell(c, command);
		free(command);
		if (restore_with(c, PASSPHRASE, "again") == 0)
			fail_msg("%s was not seen", edits[i]);
		committee_shell(c, "test ! -e again && test ! -e .again.new");
	}
	committee_free(c);
}

TEST(a_folder_is_never_written_over)
{
	struct committee *c = committee_copy(base);
	assert_int_equal(back_up(c, "stick"), 0);
	committee_shell(c, "cp -a election before");
	assert_int_equal(restore_with(c, PASSPHRASE, "election"), YIHU_EEXIST);
	committee_shell(c, "diff -r election before && mkdir empty");
	assert_int_equal(restore_with(c, PASSPHRASE, "empty"), 0);
	committee_free(c);
}

TEST(a_backup_stands_until_something_changes)
{
	struct committee *c = committee_copy(base);
	uint32_t serial;
	assert_int_equal(standing(c), CARRIED_NONE);
	assert_int_equal(back_up(c, "stick"), 0);
	assert_int_equal(standing(c), CARRIED_CURRENT);
	committee_shell(c, "echo x > election/ceremony/box-1; echo x > election/paper/record");
	assert_int_equal(standing(c), CARRIED_CURRENT);
	assert_int_equal(committee_change(c, &(struct issue_change){.old_serial = 3, .fresh = true},
					  &serial),
			 0);
	assert_int_equal(standing(c), CARRIED_OLDER);
	assert_int_equal(back_up(c, "stick"), 0);
	assert_int_equal(standing(c), CARRIED_CURRENT);
	committee_shell(c, "echo https://vote.example.org > election/box/url");
	assert_int_equal(standing(c), CARRIED_OLDER);
	committee_free(c);
}

TEST(only_a_stick_with_room_is_taken)
{
	struct committee *c = committee_copy(base), *other = committee_new(NULL);
	assert_int_equal(back_up(c, "none"), YIHU_ENOENT);
	assert_says(c, "is the stick there");
	assert_int_equal(back_up(c, "election/paper"), YIHU_EARG);
	assert_says(c, "own folder");
	committee_shell(other, "mkdir stick");
	assert_int_equal(back_up(other, "stick"), 0);
	char *copy = yihu_printf("cp '%s'/stick/* stick/", other->temp);
	committee_shell(c, copy);
	assert_int_equal(back_up(c, "stick"), YIHU_EEXIST);
	assert_says(c, "another election");
	committee_shell(c, "echo mine > stick/election.yihu-backup");
	assert_int_equal(back_up(c, "stick"), YIHU_EVERSION);
	committee_shell(c, "test \"$(cat stick/election.yihu-backup)\" = mine");
	free(copy);
	committee_free(other);
	committee_free(c);
}

TEST(one_backup_is_found)
{
	struct committee *c = committee_copy(base);
	struct issue_backup_head head;
	char *path, *stick = yihu_path(c->temp, "stick");
	assert_int_equal(issue_backup_find(&path, &head, stick, &c->err), YIHU_ENOENT);
	assert_int_equal(back_up(c, "stick"), 0);
	assert_int_equal(issue_backup_find(&path, &head, stick, &c->err), 0);
	assert_int_equal(head.made, yihu_clock());
	free(path);
	issue_backup_head_finish(&head);
	committee_shell(c, "cp stick/election.yihu-backup stick/another.yihu-backup");
	assert_int_equal(issue_backup_find(&path, &head, stick, &c->err), YIHU_EARG);
	assert_says(c, "2 backups");
	free(stick);
	committee_free(c);
}

/* A backup whose parts do not fit: sealed rightly, and still refused. */
TEST(parts_of_two_elections_are_refused)
{
	static const struct {
		const char *spoil, *says;
	} rows[] = {
		{"printf '1\\tA\\n' > election/secret/roll", "secret/roll"},
		{"printf '%032d\\n' 0 > election/secret/roll-salt", "secret/roll"},
		{"printf 'short\\n' > election/secret/roll-salt", "secret/roll-salt"},
		{"echo >> election/election.pb", "election.pb"},
		{"cp keys/1.key election/secret/issuer.key", "secret/issuer.key"},
		{"rm election/secret/roll", "lacks secret/roll"},
		{"rm election/households.csv", "lacks households.csv"},
		{"sed -i 2d election/ceremony/charter", "charter"},
		{"cp election/ceremony/announce-1 election/ceremony/announce-2", "announce-2"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct committee *c = committee_copy(base);
		committee_shell(c, rows[i].spoil);
		assert_int_equal(back_up(c, "stick"), 0);
		if (restore_with(c, PASSPHRASE, "again") == 0)
			fail_msg("%s was not seen", rows[i].spoil);
		assert_says(c, rows[i].says);
		committee_shell(c, "test ! -e again && test ! -e .again.new");
		committee_free(c);
	}
}

static int restore_act(void *context)
{
	return restore_with(context, PASSPHRASE, "again");
}

static int back_up_act(void *context)
{
	return back_up(context, "stick");
}

TEST(a_killed_restore_is_run_again)
{
	struct committee *c = committee_copy(base);
	int code = -1;
	unsigned k = 1;
	assert_int_equal(back_up(c, "stick"), 0);
	for (; committee_cut(k, restore_act, c, &code); k = committee_next_cut(k))
		committee_shell(c, "test ! -e again || (diff -r election/ceremony again/ceremony "
				   "&& cmp election/secret/roll again/secret/roll && rm -r again)");
	assert_int_equal(code, 0);
	committee_shell(c, "test ! -e .again.new");
	print_message("# restore: killed up to call %u\n", k - 1);
	committee_free(c);
}

/* The stick has the old backup or the new one, whole. */
TEST(a_killed_backup_leaves_one_that_opens)
{
	struct committee *c = committee_copy(base);
	int code = -1;
	unsigned k = 1;
	assert_int_equal(back_up(c, "stick"), 0);
	for (; committee_cut(k, back_up_act, c, &code); k = committee_next_cut(k)) {
		if (restore_with(c, PASSPHRASE, "again") != 0)
			fail_msg("cut %u: %s", k, c->err.text);
		committee_shell(c, "rm -r again");
	}
	assert_int_equal(code, 0);
	print_message("# backup: killed up to call %u\n", k - 1);
	committee_free(c);
}

/* ---- names: a backup writes files, so it may name none but its own ---- */

static int unpack(const char *const *names, size_t n, size_t cut, struct yihu_error *err)
{
	struct carried c = {.files = yihu_calloc(n, sizeof *c.files), .n = n}, out = {0};
	struct yihu_buf body = {0};
	for (size_t i = 0; i < n; i++)
		c.files[i].name = yihu_strdup(names[i]);
	carried_pack(&body, &c);
	body.len -= cut;
	int r = carried_unpack(&out, &body, err);
	carried_finish(&out);
	carried_finish(&c);
	yihu_buf_free(&body);
	return r;
}

TEST(no_other_names_are_taken)
{
	static const char *const wrong[] = {
		"../evil",       "/etc/passwd",         "ceremony/../x",    "ceremony/.hidden",
		"ceremony/",     "ceremony/a/b",        "letters/list.csv", "secret/pending",
		"box/log.key",   "box/box.db",          "secret/other",     "",
		"secret/roll/x", "ceremony/Announce-1", "secret/backed-up",
	};
	struct yihu_error err;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (unpack(&wrong[i], 1, 0, &err) != YIHU_EFORMAT)
			fail_msg("“%s” was taken", wrong[i]);
	const char *const right[] = {"ceremony/plan", "secret/roll"};
	assert_int_equal(unpack(right, 2, 0, &err), 0);
	assert_int_equal(unpack(right, 2, 1, &err), YIHU_EFORMAT);
	const char *const turned[] = {"secret/roll", "ceremony/plan"};
	assert_int_equal(unpack(turned, 2, 0, &err), YIHU_EFORMAT);
	const char *const twice[] = {"secret/roll", "secret/roll"};
	assert_int_equal(unpack(twice, 2, 0, &err), YIHU_EFORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_clerk_needs_comes_back_and_nothing_else),
		cmocka_unit_test(it_is_sealed),
		cmocka_unit_test(what_was_changed_is_refused),
		cmocka_unit_test(a_folder_is_never_written_over),
		cmocka_unit_test(a_backup_stands_until_something_changes),
		cmocka_unit_test(only_a_stick_with_room_is_taken),
		cmocka_unit_test(one_backup_is_found),
		cmocka_unit_test(parts_of_two_elections_are_refused),
		cmocka_unit_test(no_other_names_are_taken),
		cmocka_unit_test(a_killed_restore_is_run_again),
		cmocka_unit_test(a_killed_backup_leaves_one_that_opens),
	};
	return cmocka_run_group_tests_name("issue backup", tests, set_up, tear_down);
}
