/* SPDX-License-Identifier: Apache-2.0
 *
 * What the spooler is sent, says and destroys; lp, lpstat, ipptool and cancel are small
 * scripts here.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "committee.h"

#include "folder/printed.h"
#include "issue/print_room.h"

static struct committee *begin(void)
{
	committee_clock(COMMITTEE_OPENS + 100);
	return committee_copy(committee_base);
}

static void program(const char *folder, const char *name, const char *text)
{
	struct yihu_error err;
	char *path = yihu_path(folder, name), *script = yihu_printf("#!/bin/sh\n%s\n", text);
	assert_int_equal(yihu_file_write(path, script, strlen(script), 0700, &err), 0);
	free(script);
	free(path);
}

/* A spooler that prints all but the sheets that the file `lost` says. */
static void set_up_spooler(struct committee *c)
{
	char *folder = yihu_path(c->temp, "bin");
	char *path = yihu_printf("%s:%s", folder, getenv("PATH"));
	assert_int_equal(yihu_dir_make(folder, 0700, &c->err), 0);
	program(folder, "lp",
		"printf '%s\\n' \"$@\" >\"${0%/*}/asked\"\n"
		"case \"$*\" in *Broken*) echo 'lp: no such printer' >&2; exit 1;; esac\n"
		"echo 'request id is Brother-7 (1 file(s))'");
	program(folder, "lpstat",
		"case \"$1\" in -e) echo Brother; echo Canon;; "
		"-d) echo 'system default destination: Canon';; "
		"*) cat \"${0%/*}/queue\" 2>/dev/null;; esac");
	program(folder, "ipptool",
		"cat >\"${0%/*}/request\"; echo \"$2\" >>\"${0%/*}/request\"\n"
		"test -e \"${0%/*}/answer\" || exit 1\n"
		"echo job-state,job-media-sheets-completed; cat \"${0%/*}/answer\"");
	setenv("PATH", path, 1);
	free(path);
	free(folder);
}

static void tear_down_spooler(void)
{
	const char *path = strchr(getenv("PATH"), ':');
	char *rest = yihu_strdup(path + 1);
	setenv("PATH", rest, 1);
	free(rest);
}

static struct print_file one_file(struct committee *c, const char *name, struct print_room *room)
{
	assert_int_equal(print_room_read(room, &c->folder, &c->err), 0);
	const struct print_file *f = print_room_find(room, name);
	assert_non_null(f);
	return *f;
}

/* Of the building that comes first. */
#define FILE_1 "letters/pdf/001-2.pdf"

TEST(a_file_is_sent_one_sided_and_counted_by_the_printer)
{
	struct committee *c = begin();
	struct print_room room;
	int64_t more = 0;
	char *job = NULL;
	set_up_spooler(c);
	struct print_file f = one_file(c, FILE_1, &room);
	assert_int_equal(f.sheets, 5); /* a cover, two letters and their slips */
	assert_int_equal(f.n_jobs, 0);
	assert_false(print_difference(&f, &more));
	print_room_finish(&room);
	assert_int_equal(print_room_send(&job, &c->folder, FILE_1, "Brother", false, &c->err), 0);
	assert_string_equal(job, "Brother-7");
	free(job);
	committee_shell(c, "grep -qx sides=one-sided bin/asked && grep -qx media=A4 bin/asked && "
			   "tail -n 1 bin/asked | grep -q '/letters/pdf/001-2.pdf$'");
	committee_shell(c, "echo completed,4 >bin/answer");
	f = one_file(c, FILE_1, &room);
	committee_shell(c, "grep -q 'ipp://localhost/jobs/7' bin/request && "
			   "grep -q 'OPERATION Get-Job-Attributes' bin/request");
	assert_int_equal(f.jobs[0].is.state, SPOOLER_DONE);
	assert_true(print_difference(&f, &more));
	assert_int_equal(more, -1);
	print_room_finish(&room);
	tear_down_spooler();
	committee_free(c);
}

TEST(what_people_count_holds_before_what_the_printer_says)
{
	struct committee *c = begin();
	struct print_room room;
	uint32_t out, six = 6, one = 1, none = 0;
	int64_t more = 0;
	char *job = NULL;
	set_up_spooler(c);
	assert_int_equal(print_room_send(&job, &c->folder, FILE_1, "Brother", false, &c->err), 0);
	free(job);
	committee_shell(c, "echo completed,4 >bin/answer");
	assert_int_equal(print_room_count(&c->folder, FILE_1, &six, &none, &c->err), 0);
	assert_int_equal(print_room_count(&c->folder, FILE_1, NULL, &one, &c->err), 0);
	struct print_file f = one_file(c, FILE_1, &room);
	assert_true(print_came_out(&f, &out) && out == 6 && f.by_hand && f.spoiled == 1);
	assert_true(print_difference(&f, &more) && more == 0);
	print_room_finish(&room);
	tear_down_spooler();
	committee_free(c);
}

TEST(a_printer_that_says_no_number_is_believed_nothing)
{
	struct committee *c = begin();
	struct print_room room;
	int64_t more;
	char *job = NULL;
	set_up_spooler(c);
	assert_int_equal(print_room_send(&job, &c->folder, FILE_1, "Brother", false, &c->err), 0);
	free(job);
	committee_shell(c, "echo completed,0 >bin/answer");
	struct print_file f = one_file(c, FILE_1, &room);
	assert_true(f.jobs[0].is.state == SPOOLER_DONE && !f.jobs[0].is.counted);
	assert_false(print_difference(&f, &more));
	print_room_finish(&room);
	committee_shell(c, "rm bin/answer && echo 'Brother-7  clerk  1024  Tue' >bin/queue");
	f = one_file(c, FILE_1, &room);
	assert_int_equal(f.jobs[0].is.state, SPOOLER_WAITING);
	print_room_finish(&room);
	committee_shell(c, "echo 'Brother-77  clerk  1024  Tue' >bin/queue");
	f = one_file(c, FILE_1, &room);
	assert_int_equal(f.jobs[0].is.state, SPOOLER_UNKNOWN);
	print_room_finish(&room);
	tear_down_spooler();
	committee_free(c);
}

TEST(a_spooler_that_hangs_is_asked_once)
{
	struct committee *c = begin();
	struct print_room room;
	char *job = NULL;
	set_up_spooler(c);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(
			print_room_send(&job, &c->folder, FILE_1, "Brother", true, &c->err), 0);
		free(job);
	}
	char *folder = yihu_path(c->temp, "bin");
	program(folder, "ipptool", "echo x >>\"${0%/*}/asked_of\"; cat >/dev/null; sleep 1000000");
	struct print_file f = one_file(c, FILE_1, &room);
	assert_int_equal(f.n_jobs, 2);
	assert_int_equal(f.jobs[0].is.state, SPOOLER_UNKNOWN);
	assert_int_equal(f.jobs[1].is.state, SPOOLER_UNKNOWN);
	committee_shell(c, "test $(wc -l <bin/asked_of) = 1");
	print_room_finish(&room);
	tear_down_spooler();
	free(folder);
	committee_free(c);
}

TEST(letters_are_sent_a_second_time_only_on_purpose)
{
	struct committee *c = begin();
	const struct issue_paper_options o = {0};
	char *job = NULL;
	set_up_spooler(c);
	assert_int_equal(issue_test_page(&c->folder, &o, &c->err), 0);
	for (int i = 0; i < 2; i++) { /* what has no vote is sent as often as people like */
		assert_int_equal(print_room_send(&job, &c->folder, "paper/test-page.pdf", "Canon",
						 false, &c->err),
				 0);
		free(job);
	}
	assert_int_equal(print_room_send(&job, &c->folder, FILE_1, "Brother", false, &c->err), 0);
	free(job);
	committee_shell(c, "rm bin/asked");
	assert_int_equal(print_room_send(&job, &c->folder, FILE_1, "Canon", false, &c->err),
			 YIHU_ESTATE);
	assert_non_null(strstr(c->err.text, "Brother-7"));
	assert_false(committee_has(c, "../bin/asked"));
	assert_int_equal(print_room_send(&job, &c->folder, FILE_1, "Canon", true, &c->err), 0);
	free(job);
	tear_down_spooler();
	committee_free(c);
}

TEST(what_cannot_be_sent_is_refused)
{
	struct committee *c = begin();
	uint32_t one = 1;
	char *job = NULL;
	struct spooler s;
	set_up_spooler(c);
	spooler_look(&s);
	assert_true(s.there && s.n == 2);
	assert_string_equal(s.printers[1], "Canon");
	assert_string_equal(s.usual, "Canon");
	spooler_finish(&s);
	assert_int_equal(print_room_send(&job, &c->folder, FILE_1, "Broken", false, &c->err),
			 YIHU_EIO);
	assert_non_null(strstr(c->err.text, "no such printer"));
	assert_int_equal(print_room_send(&job, &c->folder, FILE_1, "-o", false, &c->err),
			 YIHU_EARG);
	assert_int_equal(
		print_room_send(&job, &c->folder, "secret/roll", "Brother", false, &c->err),
		YIHU_ENOENT);
	assert_int_equal(print_room_send(&job, &c->folder, "letters/pdf/../../secret/roll.pdf",
					 "Brother", false, &c->err),
			 YIHU_ENOENT);
	assert_int_equal(print_room_count(&c->folder, "letters/pdf/9.pdf", &one, NULL, &c->err),
			 YIHU_ENOENT);
	assert_false(committee_has(c, "paper/printed"));
	tear_down_spooler();
	setenv("PATH", "/nowhere", 1);
	spooler_look(&s);
	assert_false(s.there);
	spooler_finish(&s);
	committee_free(c);
}

/* ---- destroying ---- */

static bool keeps(struct yihu_buf *kept, const char *jobs)
{
	yihu_buf_u8(kept, 0);
	bool same = strcmp((const char *)kept->data, jobs) == 0;
	yihu_buf_free(kept);
	return same;
}

TEST(jobs_of_letters_are_destroyed_with_them)
{
	struct committee *c = begin();
	struct yihu_buf kept = {0};
	static const char *const sent[][2] = {{FILE_1, "Brother-7"},
					      {"letters/pdf/002-1.pdf", "Canon-8"},
					      {"letters/pdf/0005.pdf", "Brother-9"},
					      {"paper/proof.pdf", "Brother-10"}};
	set_up_spooler(c);
	char *folder = yihu_path(c->temp, "bin");
	program(folder, "cancel",
		"echo \"$*\" >>\"${0%/*}/cancelled\"; case $2 in Canon*) exit 1;; esac");
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(
			printed_add(&c->folder, PRINTED_JOB, sent[i][0], sent[i][1], &c->err), 0);
	/* One that is forgotten already; its number is another's here. */
	committee_shell(c, "for j in Brother-7 Canon-8 Canon-9 Brother-10; do "
			   "echo \"$j  clerk  1024  Tue\"; done >bin/queue");
	assert_int_equal(issue_shred(&c->folder, 5, &kept, &c->err), YIHU_ESTATE);
	assert_int_equal(kept.len, 0);
	committee_shell(c, "test ! -e bin/cancelled");
	assert_int_equal(issue_shred(&c->folder, 6, &kept, &c->err), 0);
	assert_true(keeps(&kept, "Canon-8\n"));
	committee_shell(c, "printf '%s\n' '-x Brother-7' '-x Canon-8' | cmp - bin/cancelled");
	program(folder, "lpstat", "exit 1");
	assert_int_equal(print_room_forget(&kept, &c->folder, &c->err), 0);
	assert_true(keeps(&kept, "Brother-7\nCanon-8\nBrother-9\n"));
	free(folder);
	tear_down_spooler();
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_sent_one_sided_and_counted_by_the_printer),
		cmocka_unit_test(what_people_count_holds_before_what_the_printer_says),
		cmocka_unit_test(a_printer_that_says_no_number_is_believed_nothing),
		cmocka_unit_test(jobs_of_letters_are_destroyed_with_them),
		cmocka_unit_test(a_spooler_that_hangs_is_asked_once),
		cmocka_unit_test(letters_are_sent_a_second_time_only_on_purpose),
		cmocka_unit_test(what_cannot_be_sent_is_refused),
	};
	return cmocka_run_group_tests_name("issue spooler", tests, committee_begin_poll,
					   committee_end);
}
