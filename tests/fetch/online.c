/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-audit URL as a program: its exit statuses, what it prints, and what it
 * leaves on the disk.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <yihu/file.h>

#include "host.h"
#include "support.h"

static struct fixture *f;
static struct fixture_log *log_;
static struct yihu_public *early, *whole, *served;
static struct host *h;
static char dir[64], eid[2 * YIHU_EID_BYTES + 1];

AROUND(set_up)
{
	f = fixture_new(&(struct fixture_options){.projects = 4, .households = 5});
	log_ = fixture_log_new(f);
	fixture_log_ballots(log_, 3);
	early = fixture_public_new(f);
	fixture_public_log(early, log_);
	fixture_log_close(log_);
	whole = fixture_public_opened(log_);
	served = public_copy(whole);
	h = host_new(served);
	for (size_t i = 0; i < YIHU_EID_BYTES; i++)
		snprintf(eid + 2 * i, 3, "%02x", f->election->charter->eid[i]);
	strcpy(dir, "/tmp/yihu-online-XXXXXX");
	return mkdtemp(dir) == NULL || getenv("YIHU_AUDIT") == NULL;
}

AROUND(tear_down)
{
	host_free(h);
	yihu_public_free(served);
	yihu_public_free(whole);
	yihu_public_free(early);
	fixture_log_free(log_);
	fixture_free(f);
	return yihu_dir_remove(dir, NULL);
}

static void serve(const struct yihu_public *p)
{
	while (served->n > 0)
		yihu_public_remove(served, served->files[0].name);
	for (size_t i = 0; i < p->n; i++)
		yihu_public_put(served, p->files[i].name, p->files[i].bytes.data,
				p->files[i].bytes.len);
}

/* place NULL: the host's URL. Both outputs go to out. */
static int run(const char *place, const char *arguments, struct yihu_buf *out)
{
	char *line = yihu_printf("cd '%s' && '%s' '%s' %s 2>&1", dir, getenv("YIHU_AUDIT"),
				 place != NULL ? place : host_url(h), arguments);
	FILE *pipe = popen(line, "r");
	char chunk[4096];
	size_t got;
	assert_non_null(pipe);
	while ((got = fread(chunk, 1, sizeof chunk, pipe)) > 0)
		yihu_buf_put(out, chunk, got);
	int status = pclose(pipe);
	yihu_buf_u8(out, 0);
	free(line);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void assert_run(const char *place, const char *arguments, int status, const char *says)
{
	struct yihu_buf out = {0};
	int got = run(place, arguments, &out);
	if (got != status || strstr((const char *)out.data, says) == NULL)
		fail_msg("%s %s: %d\n%s", place != NULL ? place : "", arguments, got,
			 (const char *)out.data);
	yihu_buf_free(&out);
}

static char *with_eid(const char *more)
{
	return yihu_printf("--eid %s %s", eid, more);
}

TEST(a_url_is_audited_like_a_folder)
{
	struct yihu_buf url = {0}, folder = {0};
	char *plain = with_eid(""), *kept = with_eid("--keep copy");
	assert_int_equal(run(NULL, plain, &url), 0);
	assert_run(NULL, kept, 0, "VERIFIED");
	assert_int_equal(run("copy", plain, &folder), 0);
	assert_string_equal((const char *)url.data, (const char *)folder.data);
	assert_run(NULL, "", 3, "no election id was given");
	yihu_buf_free(&url);
	yihu_buf_free(&folder);
	free(plain);
	free(kept);
}

TEST(nothing_is_left_behind_without_a_copy)
{
	char *plain = with_eid("");
	serve(whole);
	assert_run(NULL, plain, 0, "VERIFIED");
	struct yihu_error err;
	struct yihu_public *p;
	char *temp = yihu_path(dir, "empty");
	fixture_must(yihu_dir_make(temp, 0700, &err), &err);
	char *line = yihu_printf("cd '%s/empty' && TMPDIR=. '%s' '%s' %s >/dev/null && "
				 "test -z \"$(ls -A)\"",
				 dir, getenv("YIHU_AUDIT"), host_url(h), plain);
	assert_int_equal(system(line), 0);
	fixture_must(yihu_public_read(&p, temp, &err), &err);
	assert_int_equal(p->n, 0);
	yihu_public_free(p);
	free(line);
	free(temp);
	free(plain);
}

TEST(each_status_has_its_cause)
{
	char other[] = "--eid 00e83d1bb202255e7d8bd3735d8d0d7eb9084c3311dfc5d1db68dbd42affbdfb";
	char *plain = with_eid("");
	serve(whole);
	assert_run(NULL, other, 1, "another election");
	assert_run("http://127.0.0.1:1", "", 2, "http://127.0.0.1:1/charter does not answer");
	assert_run("HTTPS://127.0.0.1", "", 2, "not an address of a public folder");
	assert_run("copy", "--keep other", 2, "--keep goes with a URL");
	yihu_public_put(served, "mix/1", "x", 1);
	assert_run(NULL, plain, 1, "mix/1");
	yihu_public_remove(served, "charter");
	assert_run(NULL, plain, 2, "not a public folder");
	yihu_public_put(served, "charter", "x", 1);
	assert_run(NULL, plain, 1, "/charter");
	assert_run(NULL, "--json", 1, "\"verified\":false");
	free(plain);
}

/* As cron calls it: a poll that goes on, its end, and a server that went back. */
TEST(a_copy_watches_the_log)
{
	char *kept = with_eid("--keep watched"), *plain = with_eid("");
	serve(early);
	assert_run(NULL, kept, 0, "Stage: open");
	serve(whole);
	assert_run(NULL, kept, 0, "Stage: opened");
	serve(early);
	assert_run(NULL, kept, 1, "went back to an older log");
	assert_run(NULL, kept, 1, "is kept in watched/.conflict-");
	assert_run("watched", plain, 0, "Stage: opened");
	char *both = yihu_printf("cd '%s/watched' && test -s log/checkpoint && "
				 "test -s .conflict-*/log/checkpoint",
				 dir);
	assert_int_equal(system(both), 0);
	serve(whole);
	assert_run(NULL, kept, 0, "Stage: opened");
	free(both);
	free(plain);
	free(kept);
}

/* Half a mix, as an upload has it: told, kept aside, and gone when it is whole. */
TEST(what_does_not_pass_does_not_go_into_the_copy)
{
	char *kept = with_eid("--keep half"), *plain = with_eid("");
	serve(early);
	assert_run(NULL, kept, 0, "VERIFIED");
	serve(whole);
	yihu_public_put(served, "mix/2", "half", 4);
	assert_run(NULL, kept, 1, "is kept in half/.conflict-");
	assert_run("half", plain, 0, "Stage: open");
	serve(whole);
	assert_run(NULL, kept, 0, "Stage: opened");
	free(plain);
	free(kept);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_url_is_audited_like_a_folder),
		cmocka_unit_test(nothing_is_left_behind_without_a_copy),
		cmocka_unit_test(each_status_has_its_cause),
		cmocka_unit_test(a_copy_watches_the_log),
		cmocka_unit_test(what_does_not_pass_does_not_go_into_the_copy),
	};
	return cmocka_run_group_tests_name("online", tests, set_up, tear_down);
}
