/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of the committee's own files, held to what elections leave on the
 * disk: no file without a row, none with another mode, no row without a file.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "committee.h"
#include "folder/paper_options.h"
#include "folder/pending.h"
#include "issue/backup.h"

#include <yihu/box.h>
#include <yihu/clock.h>
#include <yihu/file.h>

/* ---- names ---- */

TEST(each_name_finds_its_row)
{
	for (folder_file i = 0; i < F_ROWS; i++) {
		folder_file found = F_ROWS, nth = folder_is_family(i) ? folder_nth(i, 12) : i;
		char *name = folder_name(nth);
		assert_true(folder_find(&found, name));
		assert_true(found == nth);
		assert_ptr_equal(folder_row(found), folder_row(i));
		assert_int_equal(folder_number(found), folder_is_family(i) ? 12 : 0);
		free(name);
	}
}

TEST(a_name_is_spelt_in_one_way)
{
	static const char *const strangers[] = {
		"",
		"ceremony",
		"ceremony/",
		"ceremony/deal-",
		"ceremony/deal-0",
		"ceremony/deal-03",
		"ceremony/deal-3 ",
		"ceremony/deal-3/4",
		"ceremony/deal-x",
		"ceremony/deal-4294967296",
		"ceremony/results-issuer-1",
		"deal-3",
		"./ceremony/deal-3",
		"letters/qr/1.svg",
		"letters/qr/00001.svg",
		"letters/qr/0001.svg.new",
		"letters/pdf/",
		"letters/pdf/a/b",
		"secret/rolls",
		"box/public/charter",
	};
	folder_file file;
	for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++)
		if (folder_find(&file, strangers[i]))
			fail_msg("“%s” is found as %s", strangers[i], folder_row(file)->name);
	assert_true(folder_find(&file, "letters/qr/12345.png"));
	assert_true(file == folder_nth(F_LETTER_PNG, 12345));
}

/* What the table is trusted for. */
TEST(what_is_secret_is_for_its_owner_alone)
{
	for (folder_file i = 0; i < F_ROWS; i++) {
		const struct folder_row *row = folder_row(i);
		bool folder = (row->kind & FILE_FOLDER) != 0;
		if ((row->kind & FILE_SECRET) != 0)
			assert_int_equal(row->mode, folder ? 0700 : 0600);
		if ((row->kind & FILE_MINOR) != 0)
			assert_true((row->kind & FILE_BACKED_UP) != 0);
		if ((row->kind & FILE_TRAVELS) != 0)
			assert_int_equal(row->mode, 0644);
		if (row->end == END_SHRED || row->end == END_LEAVES || row->end == END_ARRIVED)
			assert_true((row->kind & (FILE_SECRET | FILE_ZEROED)) != 0);
	}
	assert_int_equal(folder_row(F_LOG_KEY)->end, END_LEAVES);
	for (folder_file i = 0; i < F_LOG_KEY; i++) /* the key is the first to leave */
		assert_int_not_equal(folder_row(i)->end, END_LEAVES);
}

/* ---- what lies on the disk ---- */

/* Rows that these elections do not show. */
static const struct {
	folder_file file;
	const char *why;
} rare[] = {
	{F_MIX, "lies there while a shuffle is handed over: tests/holder/cut.c"},
	{F_HANDOVER_PART, "lies there while tar packs: tests/tools/killed.sh"},
	{F_PABULIB, "is made when somebody asks for it: tests/tools/effects.py"},
	{F_PRINTED, "is made when a printer gets something: tests/issue/printing.c"},
	{F_BOX_ADDRESS, "is a daemon's, while it runs: tests/countd"},
	{F_BOX_SERVED, "is a daemon's: tests/console/walk.py"},
	{F_BOX_STATUS, "is a daemon's, while it runs: tests/tools/service.sh"},
	{F_BOX_STATUS_PART, "lies there while a daemon writes it"},
	{F_WITHDRAWAL, "lies there while key holders sign: tests/tools/withdrawn.sh"},
	{F_WITHDRAWAL_LINE, "lies there until enough have: tests/tools/withdrawn.sh"},
	{F_WITHDRAWN, "is made when a project is withdrawn: tests/tools/withdrawn.sh"},
	{F_REHEARSALS, "is written where letters are made by hand: tests/tools/refused.sh"},
	{F_REHEARSAL_OF, "is a rehearsal's: tests/rehearse"},
	{F_REHEARSAL_KEY, "is a rehearsal's: tests/rehearse"},
	{F_REHEARSAL_LOCK, "is a rehearsal's: tests/rehearse"},
	{F_BOX_WORK, "lies there while a box is made again: tests/box"},
	{F_OBJECTIONS, "is typed by somebody: tests/tools/published.sh"},
	{F_ARCHIVED, "is written last: tests/issue/archived.c"},
};

static bool met[F_ROWS];
static void look_at(const struct committee *c, const char *name, const struct stat *st);

static bool is_room(mode_t *mode, const char *name)
{
	for (enum folder_room room = 0; room < R_ROOMS; room++)
		if (strcmp(folder_room_row(room)->name, name) == 0) {
			*mode = folder_room_row(room)->mode;
			return true;
		}
	return false;
}

static void look_below(const struct committee *c, const char *name)
{
	char *path = yihu_path(c->folder.root, name);
	DIR *dir = opendir(path);
	assert_non_null(dir);
	for (const struct dirent *e; (e = readdir(dir)) != NULL;) {
		struct stat st;
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		char *below = *name ? yihu_path(name, e->d_name) : yihu_strdup(e->d_name);
		assert_int_equal(fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW), 0);
		look_at(c, below, &st);
		free(below);
	}
	closedir(dir);
	free(path);
}

static void look_at(const struct committee *c, const char *name, const struct stat *st)
{
	folder_file file;
	mode_t wanted, mode = st->st_mode & 07777;
	bool room = S_ISDIR(st->st_mode) && is_room(&wanted, name);
	if (!room && !folder_find(&file, name))
		fail_msg("%s is in no row of the table", name);
	if (!room) {
		const struct folder_row *row = folder_row(file);
		assert_int_equal(S_ISDIR(st->st_mode), (row->kind & FILE_FOLDER) != 0);
		wanted = row->mode;
		for (folder_file i = 0; i < F_ROWS; i++)
			met[i] |= folder_row(i) == row;
	}
	if (mode != wanted)
		fail_msg("%s has mode %o, and %o in the table", name, mode, wanted);
	if (room && strcmp(name, folder_room_row(R_PUBLIC)->name) != 0)
		look_below(c, name);
}

static void look(const struct committee *c)
{
	look_below(c, "");
}

/* Of a family: any of its members. */
static bool is_there(const struct committee *c, folder_file file)
{
	for (uint32_t n = 1; n <= 20 && folder_is_family(file); n++)
		if (folder_has(&c->folder, folder_nth(file, n)))
			return true;
	return !folder_is_family(file) && folder_has(&c->folder, file);
}

static void assert_ended(const struct committee *c, enum folder_end end)
{
	for (folder_file i = 0; i < F_ROWS; i++)
		if (folder_row(i)->end == end && is_there(c, i))
			fail_msg("%s is there yet", folder_row(i)->name);
}

/* ---- elections ---- */

static void back_up(struct committee *c)
{
	char *key = folder_path(&c->folder, F_ISSUER_KEY), *path = NULL;
	const struct issue_backup_options o = {.key = key,
					       .stick = c->temp,
					       .passphrase = "the old lime tree",
					       .kdf = &yihu_kdf_min};
	assert_int_equal(issue_backup(&c->folder, &o, &path, &c->err), 0);
	free(path);
	free(key);
}

static void print_papers(struct committee *c)
{
	const struct issue_paper_options o = {0};
	const struct yihu_called_off why = {.reason = "a wrong price", .time = COMMITTEE_OPENS};
	assert_int_equal(issue_envelopes(&c->folder, &o, &c->err), 0);
	assert_int_equal(issue_proof(&c->folder, &o, &c->err), 0);
	assert_int_equal(issue_test_page(&c->folder, &o, &c->err), 0);
	assert_int_equal(issue_poster(&c->folder, &o, &c->err), 0);
	assert_int_equal(issue_walklist(&c->folder, &o, &c->err), 0);
	assert_int_equal(issue_cancelled_poster(&c->folder, &o, &why, &c->err), 0);
}

/* As a change that is cut off leaves it. */
static void see_pending(struct committee *c)
{
	struct pending p = {.token = committee_token(c, 1), .household = yihu_strdup("1-101")};
	assert_int_equal(pending_save(&p, &c->folder, &c->err), 0);
	look(c);
	assert_int_equal(pending_forget(&c->folder, &c->err), 0);
	pending_finish(&p);
}

static void see_open_box(struct committee *c)
{
	struct yihu_box *box;
	assert_int_equal(yihu_box_open(&box, c->folder.box, COMMITTEE_OPENS + 20, &c->err), 0);
	look(c);
	yihu_box_close(box);
	struct yihu_clock_watch w;
	yihu_clock_watch(&w);
	assert_int_equal(yihu_clock_keep(&w, c->folder.box, &c->err), 0);
}

/* Six letters are printed and two are made later. */
static void shred(struct committee *c)
{
	const struct given_reason reason = {.why = ADDED_VACANT};
	const struct issue_change change = {.old_serial = 6, .why = "lost", .fresh = true};
	const struct issue_change addition = {
		.household = "9-901", .reason = &reason, .fresh = true};
	struct issue_counts counts = {.delivered = 8};
	uint32_t serial;
	assert_int_equal(committee_change(c, &change, &serial), 0);
	assert_int_equal(committee_change(c, &addition, &serial), 0);
	look(c);
	assert_int_equal(issue_reconcile(&c->folder, &counts, &c->err), 0);
	assert_int_equal(issue_difference(&counts), 0);
	assert_int_equal(issue_shred(&c->folder, 8, NULL, &c->err), 0);
	assert_ended(c, END_SHRED);
}

static void hold_an_election(void)
{
	const struct committee_options o = {
		.english = true,
		.objections_until = COMMITTEE_CLOSES + 86400,
	};
	struct yihu_complaints complaints = {.filed = 1};
	struct committee *c = committee_new(&o);
	look(c);
	for (enum yihu_stage s = YIHU_STAGE_ANNOUNCED; s <= YIHU_STAGE_RETIRED; s++) {
		committee_to(c, s);
		if (s == YIHU_STAGE_ISSUED) {
			print_papers(c);
			back_up(c);
			see_pending(c);
		}
		if (s == YIHU_STAGE_OPEN) {
			see_open_box(c);
			shred(c);
		}
		if (s == YIHU_STAGE_PUBLISHED) {
			assert_int_equal(committee_complaints(c, &complaints, 0), 0);
			assert_int_equal(paper_options_write(&c->folder,
							     &(struct paper_kept){.language = "zh"},
							     &c->err),
					 0);
			assert_int_equal(committee_poster(c, NULL), 0); /* and in English */
		}
		look(c);
	}
	committee_free(c);
}

static void hand_a_box_over(void)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_ISSUED);
	assert_int_equal(issue_handover(&c->folder, "https://vote.example.org", &c->err), 0);
	look(c);
	assert_ended(c, END_LEAVES);
	assert_int_equal(issue_handover_arrived(&c->folder, &c->err), 0);
	look(c);
	assert_ended(c, END_ARRIVED);
	committee_free(c);
}

/* Without its mark it is never written again. */
static void lose_a_box(void)
{
	struct yihu_box *box;
	struct yihu_rebuilt rebuilt = {0};
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_ISSUED);
	char *mirror = yihu_path(c->temp, "mirror");
	assert_int_equal(yihu_box_open_mirrored(&box, c->folder.box, mirror, yihu_clock(), &c->err),
			 0);
	yihu_box_close(box);
	look(c);
	assert_int_equal(yihu_box_stand_alone(c->folder.box, &c->err), 0);
	assert_int_equal(folder_erase(&c->folder, F_BOX_MARK, &c->err), 0);
	assert_int_equal(yihu_box_rebuild(c->folder.box, NULL, 0, &rebuilt, &c->err), 0);
	assert_false(rebuilt.whole);
	look(c);
	yihu_buf_free(&rebuilt.told);
	free(mirror);
	committee_free(c);
}

TEST(every_file_has_its_row_and_every_row_its_file)
{
	memset(met, 0, sizeof met);
	umask(022); /* SQLite's files have what it leaves */
	hold_an_election();
	hand_a_box_over();
	lose_a_box();
	for (size_t i = 0; i < sizeof rare / sizeof *rare; i++) {
		const char *name = folder_row(rare[i].file)->name;
		if (met[rare[i].file])
			fail_msg("%s is not rare: it is there (“%s”)", name, rare[i].why);
		met[rare[i].file] = true;
	}
	for (folder_file i = 0; i < F_ROWS; i++)
		if (!met[i])
			fail_msg("no election has %s, nor is it named as rare",
				 folder_row(i)->name);
}

/* ---- what a row says is done ---- */

TEST(a_file_above_its_row_s_size_is_not_read)
{
	struct committee *c = committee_new(NULL);
	struct yihu_buf text = {0}, read = {0};
	while (text.len < folder_row(F_RETIRED)->bytes_max)
		yihu_buf_u8(&text, 'a');
	assert_int_equal(folder_write(&c->folder, folder_nth(F_RETIRED, 1), &text, &c->err), 0);
	assert_int_equal(folder_read(&c->folder, folder_nth(F_RETIRED, 1), &read, &c->err), 0);
	assert_int_equal(read.len, text.len);
	yihu_buf_u8(&text, 'a');
	assert_int_equal(folder_write(&c->folder, folder_nth(F_RETIRED, 1), &text, &c->err), 0);
	assert_int_equal(folder_read(&c->folder, folder_nth(F_RETIRED, 1), &read, &c->err),
			 YIHU_ETOOBIG);
	yihu_buf_free(&text);
	yihu_buf_free(&read);
	committee_free(c);
}

/* A second name shows what was done to the bytes themselves. */
TEST(what_is_secret_is_zeroed_and_what_is_not_is_left)
{
	static const struct {
		folder_file file;
		uint8_t first;
	} rows[] = {{F_PENDING, 0}, {F_BOX_MARK, 0}, {F_BACKED_UP, 's'}};
	struct committee *c = committee_new(NULL);
	struct yihu_buf text = {0};
	yihu_buf_str(&text, "some bytes");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *path = folder_path(&c->folder, rows[i].file), *name = yihu_path(c->temp, "b");
		assert_int_equal(folder_write(&c->folder, rows[i].file, &text, &c->err), 0);
		char *command = yihu_printf("ln -f '%s' b", path);
		committee_shell(c, command);
		assert_int_equal(folder_erase(&c->folder, rows[i].file, &c->err), 0);
		assert_false(folder_has(&c->folder, rows[i].file));
		assert_int_equal(folder_erase(&c->folder, rows[i].file, &c->err), 0);
		struct yihu_buf left = {0};
		assert_int_equal(yihu_file_read(name, 100, &left, &c->err), 0);
		assert_int_equal(left.data[0], rows[i].first);
		yihu_buf_free(&left);
		free(command);
		free(name);
		free(path);
	}
	yihu_buf_free(&text);
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_name_finds_its_row),
		cmocka_unit_test(a_name_is_spelt_in_one_way),
		cmocka_unit_test(what_is_secret_is_for_its_owner_alone),
		cmocka_unit_test(every_file_has_its_row_and_every_row_its_file),
		cmocka_unit_test(a_file_above_its_row_s_size_is_not_read),
		cmocka_unit_test(what_is_secret_is_zeroed_and_what_is_not_is_left),
	};
	return cmocka_run_group_tests_name("the committee's files", tests, NULL, NULL);
}
