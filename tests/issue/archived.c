/* SPDX-License-Identifier: Apache-2.0
 *
 * The archive of an election that is over: what is in it and what never is, and that
 * the same folder gives the same bytes.
 */
#include "archives.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "folder/additions.h"
#include "issue/issue.h"

static struct committee *base; /* retired, and its letters not shredded */

/* What lies there besides, of which an election of a test leaves nothing. */
static void add_papers(struct committee *c)
{
	const struct issue_paper_options o = {0};
	assert_int_equal(issue_proof(&c->folder, &o, &c->err), 0);
	assert_int_equal(issue_envelopes(&c->folder, &o, &c->err), 0);
	assert_int_equal(issue_walklist(&c->folder, &o, &c->err), 0);
	committee_shell(c, "cd election && "
			   "echo '2026-06-01T00:00:00Z reconcile' > paper/record && "
			   "echo 'objection of Mr 3' > paper/objections && "
			   "echo 'a change under way: 00112233445566778899' > secret/pending && "
			   "cp box/log.key handover.tar && mkdir box/before-rebuild-1 && "
			   "cp box/log.key box/before-rebuild-1/");
}

AROUND(set_up)
{
	const struct committee_options o = {.objections_until = COMMITTEE_CLOSES + 86400};
	const struct given_reason reason = {.why = ADDED_OTHER, .words = yihu_span("Mr 9 came")};
	uint32_t serial;
	base = committee_new(&o);
	committee_to(base, YIHU_STAGE_OPEN);
	if (committee_change(base, &(struct issue_change){.old_serial = 6, .fresh = true},
			     &serial) != 0 ||
	    committee_change(
		    base,
		    &(struct issue_change){.household = "9-901", .reason = &reason, .fresh = true},
		    &serial) != 0)
		return -1;
	committee_to(base, YIHU_STAGE_RETIRED);
	add_papers(base);
	committee_shell(base, "mkdir stick");
	return 0;
}

AROUND(tear_down)
{
	committee_free(base);
	return 0;
}

/* ---- what is in it ---- */

static struct yihu_buf bytes_of(const struct committee *c, const char *name)
{
	struct yihu_buf bytes = {0};
	struct yihu_error err;
	char *path = yihu_path(c->temp, name);
	if (yihu_file_read(path, 1u << 30, &bytes, &err) != 0)
		fail_msg("%s", err.text);
	free(path);
	return bytes;
}

static bool has(const struct yihu_buf *in, const void *what, size_t len)
{
	return memmem(yihu_buf_bytes(in), in->len, what, len) != NULL;
}

struct parts {
	struct yihu_buf part[ARCHIVE_PARTS], listed[ARCHIVE_PARTS];
};

static void read_parts(struct parts *p, struct committee *c)
{
	archives_must_make(c);
	committee_shell(c, "for p in public personal; do mkdir out-$p && "
			   "(cd out-$p && unzip -q ../stick/election-$p.zip && "
			   "sha256sum --quiet --strict -c SHA256SUMS && find . -type f | "
			   "sed 's/^..//' | LC_ALL=C sort > ../listed-$p); done");
	p->part[ARCHIVE_OPEN] = bytes_of(c, "stick/election-public.zip");
	p->part[ARCHIVE_PERSONAL] = bytes_of(c, "stick/election-personal.zip");
	p->listed[ARCHIVE_OPEN] = bytes_of(c, "listed-public");
	p->listed[ARCHIVE_PERSONAL] = bytes_of(c, "listed-personal");
}

static void free_parts(struct parts *p)
{
	for (int i = 0; i < ARCHIVE_PARTS; i++) {
		yihu_buf_free(&p->part[i]);
		yihu_buf_free(&p->listed[i]);
	}
}

static bool lists(const struct parts *p, enum issue_archive_part part, const char *name)
{
	char *line = yihu_printf("\n%s\n", name);
	struct yihu_buf whole = {0};
	yihu_buf_fmt(&whole, "\n%s", (const char *)yihu_buf_bytes(&p->listed[part]));
	bool is = strstr((const char *)whole.data, line) != NULL;
	yihu_buf_free(&whole);
	free(line);
	return is;
}

/* Whatever somebody could look for: the whole file, and each field of it that is
 * long enough to be found by itself, but for the public key and
 * the short print that stand there too. */
static void assert_in_neither(const struct parts *p, const struct committee *c, const char *name,
			      const struct yihu_buf *file)
{
	struct yihu_buf charter = committee_read(c, "box/public/charter"),
			page = committee_read(c, "box/public/site/results.html");
	static const char ends[] = " \n\r\t,\"";
	const char *text = yihu_buf_bytes(file);
	for (int i = 0; i < ARCHIVE_PARTS; i++)
		if (file->len > 0 && has(&p->part[i], text, file->len))
			fail_msg("%s is in part %d", name, i);
	for (size_t at = 0, n; at < file->len; at += n + 1) {
		for (n = 0; at + n < file->len && !memchr(ends, text[at + n], sizeof ends - 1);)
			n++;
		for (int i = 0; n >= 20 && i < ARCHIVE_PARTS; i++)
			if (!has(&charter, text + at, n) && !has(&page, text + at, n) &&
			    has(&p->part[i], text + at, n))
				fail_msg("%s: %.*s is in part %d", name, (int)n, text + at, i);
	}
	yihu_buf_free(&charter);
	yihu_buf_free(&page);
}

/* All fonts and programs of a picture stand in others, too. */
static bool is_drawn(const char *name)
{
	const char *dot = strrchr(name, '.');
	return dot &&
	       (strcmp(dot, ".pdf") == 0 || strcmp(dot, ".svg") == 0 || strcmp(dot, ".png") == 0);
}

/* A sealed share is for one holder; the rest of a deal the charter has, too. */
static bool is_public_besides(const char *name)
{
	return strncmp(name, "ceremony/", 9) == 0;
}

static void check_file(const struct parts *p, const struct committee *c, const char *name)
{
	folder_file file;
	if (!folder_find(&file, name))
		fail_msg("%s is in no row of the table", name);
	enum folder_keep keep = folder_row(file)->keep;
	assert_int_equal(lists(p, ARCHIVE_OPEN, name), keep == KEEP_OPEN);
	assert_int_equal(lists(p, ARCHIVE_PERSONAL, name), keep == KEEP_PERSONAL);
	if (keep != KEEP_SECRET || (folder_row(file)->kind & FILE_FOLDER) != 0)
		return;
	struct yihu_buf bytes = committee_read(c, name);
	if (is_public_besides(name) || is_drawn(name))
		for (int i = 0; i < ARCHIVE_PARTS; i++)
			assert_false(has(&p->part[i], bytes.data, bytes.len));
	else
		assert_in_neither(p, c, name, &bytes);
	yihu_buf_free(&bytes);
}

/* Calls check_file for what lies in the folder, but for box/public. */
static void check_below(const struct parts *p, const struct committee *c, const char *room)
{
	char *path = yihu_path(c->folder.root, room);
	DIR *dir = opendir(path);
	assert_non_null(dir);
	for (const struct dirent *e; (e = readdir(dir)) != NULL;) {
		struct stat st;
		char *name = *room ? yihu_path(room, e->d_name) : yihu_strdup(e->d_name);
		bool skipped = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
			       strcmp(name, "box/public") == 0;
		if (!skipped && fstatat(dirfd(dir), e->d_name, &st, 0) == 0 &&
		    S_ISDIR(st.st_mode) && strncmp(name, "box/before", 10) != 0)
			check_below(p, c, name);
		else if (!skipped)
			check_file(p, c, name);
		free(name);
	}
	closedir(dir);
	free(path);
}

static void assert_names_no_household(const struct parts *p, const struct committee *c)
{
	struct yihu_buf list = committee_read(c, "households.csv");
	struct yihu_lines lines = yihu_lines(list.data, list.len);
	for (struct yihu_span line; yihu_lines_next(&lines, &line);) {
		assert_true(line.len >= 8);
		assert_true(has(&p->part[ARCHIVE_PERSONAL], line.p, line.len));
		assert_false(has(&p->part[ARCHIVE_OPEN], line.p, line.len));
	}
	yihu_buf_free(&list);
}

TEST(each_file_is_in_its_part_and_nothing_secret_in_any)
{
	struct committee *c = committee_copy(base);
	struct parts p;
	read_parts(&p, c);
	assert_true(committee_has(c, "letters/list.csv"));
	check_below(&p, c, "");
	assert_true(has(&p.part[ARCHIVE_PERSONAL], "Mr 9 came", 9));
	assert_names_no_household(&p, c);
	free_parts(&p);
	committee_free(c);
}

TEST(the_table_keeps_nothing_that_signs_votes_or_opens)
{
	for (folder_file i = 0; i < F_ROWS; i++) {
		const struct folder_row *row = folder_row(i);
		bool kept = row->keep == KEEP_OPEN || row->keep == KEEP_PERSONAL;
		if ((row->kind & FILE_SECRET) != 0 && i != F_HOUSEHOLDS)
			assert_int_equal(row->keep, KEEP_SECRET);
		if (row->end == END_BY_HAND || row->end == END_SHRED)
			assert_false(kept);
		if (kept)
			assert_int_equal(row->kind & (FILE_BOX | FILE_FOLDER), 0);
	}
	assert_int_equal(folder_row(F_DEAL)->keep, KEEP_SECRET);
}

/* A file of each row that is kept, where there is none. */
static void add_kept(struct committee *c)
{
	for (folder_file i = 0; i < F_ROWS; i++) {
		enum folder_keep keep = folder_row(i)->keep;
		const char *pattern = folder_row(i)->name;
		char *name = folder_is_family(i) || !strchr(pattern, '*')
				     ? folder_name(folder_is_family(i) ? folder_nth(i, 1) : i)
				     : yihu_printf("%.*s1-a4%s", (int)strcspn(pattern, "*"),
						   pattern, strchr(pattern, '*') + 1);
		if ((keep == KEEP_OPEN || keep == KEEP_PERSONAL) && !committee_has(c, name))
			committee_write(c, name, "x", 1);
		free(name);
	}
}

/* No last cell of a row is empty. */
TEST(the_index_says_of_each_file_what_it_is)
{
	struct committee *c = committee_copy(base);
	struct parts p;
	add_kept(c);
	read_parts(&p, c);
	committee_shell(c, "for p in public personal; do "
			   "! tr -d '\\r' <out-$p/index.csv | grep -v ',\"..*\"$' && "
			   "test $(wc -l <out-$p/index.csv) = $(($(wc -l <listed-$p) - 1)) || "
			   "exit 1; done");
	committee_shell(c, "sha256sum stick/election-public.zip | cut -c1-64 > sum && "
			   "grep -q -f sum out-personal/README.txt && "
			   "grep -q -f sum election/paper/archived");
	free_parts(&p);
	committee_free(c);
}

/* ---- the same bytes ---- */

TEST(the_same_folder_gives_the_same_bytes_whoever_and_wherever)
{
	struct committee *c = committee_copy(base), *d = committee_copy(base);
	archives_must_make(c);
	archives_must_make(c); /* over its own, which is ours */
	committee_shell(d, "find election -exec touch -d 2001-02-03 {} + && "
			   "chmod 640 election/paper/*.pdf && rm -f election/paper/archived");
	setenv("TZ", "Pacific/Apia", 1);
	tzset();
	mode_t before = umask(0);
	committee_clock(COMMITTEE_CLOSES + 999999);
	archives_must_make(d);
	umask(before);
	unsetenv("TZ");
	tzset();
	char *command = yihu_printf("cmp '%s/stick/election-public.zip' stick/*-public.zip && "
				    "cmp '%s/stick/election-personal.zip' stick/*-personal.zip && "
				    "test $(stat -c %%a stick/*-personal.zip) = 600",
				    c->temp, c->temp);
	committee_shell(d, command);
	free(command);
	committee_free(c);
	committee_free(d);
}

/* ---- when, and where ---- */

TEST(before_the_results_there_is_no_archive)
{
	struct issue_archived made[ARCHIVE_PARTS] = {0};
	struct committee *c = committee_new(NULL);
	committee_to(c, YIHU_STAGE_OPENED);
	committee_shell(c, "mkdir stick");
	assert_int_equal(archives_make(c, "stick", made), YIHU_ESTATE);
	archives_assert_says(c, "not published yet");
	committee_shell(c, "rmdir stick && test ! -e election/paper/archived");
	committee_free(c);
}

TEST(what_is_not_done_yet_is_said)
{
	struct committee *c = committee_copy(base);
	char *left = NULL;
	assert_int_equal(issue_archive_left(&left, &c->folder, &c->err), 0);
	assert_non_null(strstr(left, "destroy the letters' files"));
	assert_non_null(strstr(left, "the result is final"));
	assert_null(strstr(left, "erase their shares"));
	assert_null(strstr(left, "archive"));
	free(left);
	committee_shell(c, "rm election/ceremony/retired-2");
	assert_int_equal(issue_archive_left(&left, &c->folder, &c->err), 0);
	assert_non_null(strstr(left, "still erase their shares: holder-2"));
	free(left);
	committee_free(c);
}

TEST(it_goes_onto_a_stick_and_over_nothing_else)
{
	struct issue_archived made[ARCHIVE_PARTS] = {0};
	struct committee *c = committee_copy(base);
	assert_int_equal(archives_make(c, "nowhere", made), YIHU_ENOENT);
	assert_int_equal(archives_make(c, "election/paper", made), YIHU_EARG);
	committee_shell(c, "mkdir a b && echo mine > a/election-public.zip && "
			   "echo mine > b/election-personal.zip");
	assert_int_equal(archives_make(c, "a", made), YIHU_EEXIST);
	archives_assert_says(c, "a/election-public.zip is there already");
	assert_int_equal(archives_make(c, "b", made), YIHU_EEXIST);
	archives_assert_says(c, "b/election-personal.zip is there already");
	committee_shell(c, "grep -q mine a/election-public.zip && ! test -e a/*personal* && "
			   "! test -e b/*public*");
	committee_free(c);
}

static int make_act(void *context)
{
	struct issue_archived made[ARCHIVE_PARTS] = {0};
	int r = archives_make(context, "stick", made);
	issue_archived_finish(made);
	return r;
}

/* What is on the stick then is whole, and it is made again without a question. */
TEST(a_killed_archive_is_made_again)
{
	struct committee *c = committee_copy(base);
	int code = -1;
	unsigned k = 1;
	archives_must_make(c);
	committee_shell(c, "mv stick good && mkdir stick");
	for (; committee_cut(k, make_act, c, &code); k = committee_next_cut(k)) {
		committee_shell(c,
				"for f in public personal; do test ! -e stick/election-$f.zip || "
				"cmp stick/election-$f.zip good/election-$f.zip || exit 1; done");
		if (k % 5 == 0)
			archives_must_make(c);
	}
	assert_int_equal(code, 0);
	committee_shell(c, "cmp stick/election-public.zip good/election-public.zip");
	print_message("# archive: killed up to call %u\n", k - 1);
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_file_is_in_its_part_and_nothing_secret_in_any),
		cmocka_unit_test(the_table_keeps_nothing_that_signs_votes_or_opens),
		cmocka_unit_test(the_index_says_of_each_file_what_it_is),
		cmocka_unit_test(the_same_folder_gives_the_same_bytes_whoever_and_wherever),
		cmocka_unit_test(before_the_results_there_is_no_archive),
		cmocka_unit_test(what_is_not_done_yet_is_said),
		cmocka_unit_test(it_goes_onto_a_stick_and_over_nothing_else),
		cmocka_unit_test(a_killed_archive_is_made_again),
	};
	return cmocka_run_group_tests_name("the archive", tests, set_up, tear_down);
}
