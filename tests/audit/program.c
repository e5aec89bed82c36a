/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-audit as a program: exit statuses, the text, the JSON, what it links.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <yihu/file.h>

#include "support.h"

#define EID "03e83d1bb202255e7d8bd3735d8d0d7eb9084c3311dfc5d1db68dbd42affbdfb"

static char *program, *vectors;
static char dir[64]; /* a copy of the approval election, to be broken */

AROUND(set_up)
{
	program = getenv("YIHU_AUDIT");
	vectors = yihu_printf("%s/vectors/approval/public", getenv("YIHU_TEST_DATA"));
	return program == NULL;
}

AROUND(tear_down)
{
	free(vectors);
	return 0;
}

AROUND(copy_folder)
{
	strcpy(dir, "/tmp/yihu-audit-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	char *copy = yihu_printf("cp -r '%s' '%s/public' && chmod -R u+w '%s'", vectors, dir, dir);
	int rc = system(copy);
	free(copy);
	return rc;
}

AROUND(remove_folder)
{
	return yihu_dir_remove(dir, NULL);
}

/* Runs it on the folder; both outputs go to out. The caller frees out. */
static int run(const char *folder, const char *arguments, struct yihu_buf *out)
{
	char *line = yihu_printf("'%s' '%s' %s 2>&1", program, folder, arguments);
	FILE *pipe = popen(line, "r");
	char chunk[4096];
	size_t got;
	assert_non_null(pipe);
	while ((got = fread(chunk, 1, sizeof chunk, pipe)) > 0)
		yihu_buf_put(out, chunk, got);
	int status = pclose(pipe);
	free(line);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void assert_run(const char *folder, const char *arguments, int status, const char *says)
{
	struct yihu_buf out = {0};
	int got = run(folder, arguments, &out);
	if (got != status || strstr((const char *)out.data, says) == NULL)
		print_message("# %s\n%s", arguments, (const char *)out.data);
	assert_int_equal(got, status);
	assert_non_null(strstr((const char *)out.data, says));
	yihu_buf_free(&out);
}

static json_t *run_json(const char *folder, const char *arguments, int status)
{
	struct yihu_buf out = {0};
	assert_int_equal(run(folder, arguments, &out), status);
	json_t *report = json_loadb((const char *)out.data, out.len, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(report);
	assert_int_equal(json_integer_value(json_object_get(report, "exit")), status);
	assert_int_equal(json_is_true(json_object_get(report, "verified")), status == 0);
	yihu_buf_free(&out);
	return report;
}

TEST(each_status_has_its_cause)
{
	assert_run(vectors, "--eid " EID, 0, "\nVERIFIED under the election id 0FM3-T6XJ");
	assert_run(vectors, "--eid " EID, 0, "Stage: opened");
	assert_run(vectors, "--eid " EID, 0, "Entitled households: 15. Cast: 12.");
	assert_run(vectors, "--eid " EID, 0, "项目 8");
	assert_run(vectors, "", 3, "no election id was given");
	assert_run(vectors, "--eid 1" EID "", 2, "64 hex digits");
	assert_run(vectors, "--eid 0FM3-T6XJ-08JN-WZCB-TDSN-V38D", 2, "short print");
	assert_run(vectors,
		   "--eid 13e83d1bb202255e7d8bd3735d8d0d7eb9084c3311dfc5d1db68dbd42affbdfb", 1,
		   "NOT VERIFIED: 1 fault.");
	assert_run("/tmp/yihu-no-such-folder", "", 2, "cannot be read");
	assert_run(vectors, "--receipt /tmp/yihu-no-such-file", 2, "no file");
	assert_run(vectors, "--roll /dev/null", 2, "--salt");
	assert_run(vectors, "--salt /dev/null", 2, "--roll");
	assert_run(vectors, "--roll /dev/null --salt /tmp/yihu-no-such-file", 2, "no file");
	assert_run(vectors, "--roll /dev/null --salt /etc/hostname", 2, "32 hex digits");
}

TEST(json_tells_the_whole_report)
{
	json_t *r = run_json(vectors, "--json --eid " EID, 0);
	json_t *figures = json_object_get(r, "figures");
	assert_string_equal(json_string_value(json_object_get(r, "eid")), EID);
	assert_string_equal(json_string_value(json_object_get(r, "stage")), "opened");
	assert_int_equal(json_array_size(json_object_get(r, "steps")), YIHU_N_CHECKS);
	assert_int_equal(json_array_size(json_object_get(r, "faults")), 0);
	assert_int_equal(json_integer_value(json_object_get(figures, "entitled")), 15);
	assert_int_equal(json_integer_value(json_object_get(figures, "valid")), 11);
	assert_int_equal(json_integer_value(json_object_get(figures, "void")), 1);
	assert_int_equal(json_integer_value(json_object_get(figures, "mixes")), 2);
	assert_int_equal(json_integer_value(json_object_get(json_object_get(r, "result"), "cast")),
			 12);
	json_decref(r);
	json_decref(run_json(vectors, "--json", 3));
}

static const char *first_fault(json_t *report, const char *member)
{
	json_t *faults = json_object_get(report, "faults");
	return json_string_value(json_object_get(json_array_get(faults, 0), member));
}

TEST(json_names_the_fault)
{
	char *public = yihu_path(dir, "public"), *stray = yihu_path(public, "mix/notes.txt");
	fixture_must(yihu_file_write(stray, "x", 1, 0600, NULL), &(struct yihu_error){0});
	json_t *r = run_json(public, "--json --eid " EID, 1);
	assert_string_equal(first_fault(r, "check"), "files");
	assert_string_equal(first_fault(r, "code"), "stray-file");
	assert_string_equal(first_fault(r, "file"), "mix/notes.txt");
	json_decref(r);
	free(public);
	free(stray);
}

TEST(a_link_is_a_fault)
{
	char *public = yihu_path(dir, "public"), *mix = yihu_path(public, "mix/2");
	unlink(mix);
	assert_int_equal(symlink("1", mix), 0);
	assert_run(public, "--eid " EID, 1, "mix/2 is a symbolic link");
	json_t *r = run_json(public, "--json --eid " EID, 1);
	assert_string_equal(first_fault(r, "code"), "symbolic-link");
	json_decref(r);
	free(public);
	free(mix);
}

TEST(a_saved_checkpoint_is_checked)
{
	char *mine = yihu_printf("--eid " EID " --checkpoint '%s/log/checkpoint'", vectors);
	char *close = yihu_printf("--eid " EID " --at-close '%s/log/checkpoint'", vectors);
	char *other = yihu_printf(
		"--eid " EID " --checkpoint '%s/../../consent/public/log/checkpoint'", vectors);
	char *receipt = yihu_printf("--eid " EID " --receipt '%s/charter'", vectors);
	assert_run(vectors, mine, 0, "files that you gave: 1");
	assert_run(vectors, close, 0, "files that you gave: 1");
	assert_run(vectors, other, 1, "NOT VERIFIED");
	assert_run(vectors, receipt, 1, "NOT VERIFIED");
	free(mine);
	free(close);
	free(other);
	free(receipt);
}

/* An auditor's program has no database and no web server in it. */
TEST(it_links_only_what_it_needs)
{
	static const char *const none[] = {"sqlite", "microhttpd", "pango"};
	struct yihu_buf out = {0};
	char *line = yihu_printf("ldd '%s'", program);
	FILE *pipe = popen(line, "r");
	char chunk[4096];
	size_t got;
	assert_non_null(pipe);
	while ((got = fread(chunk, 1, sizeof chunk, pipe)) > 0)
		yihu_buf_put(&out, chunk, got);
	assert_int_equal(pclose(pipe), 0);
	assert_non_null(strstr((const char *)out.data, "libsodium"));
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_null(strstr((const char *)out.data, none[i]));
	free(line);
	yihu_buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_status_has_its_cause),
		cmocka_unit_test(json_tells_the_whole_report),
		cmocka_unit_test_setup_teardown(json_names_the_fault, copy_folder, remove_folder),
		cmocka_unit_test_setup_teardown(a_link_is_a_fault, copy_folder, remove_folder),
		cmocka_unit_test(a_saved_checkpoint_is_checked),
		cmocka_unit_test(it_links_only_what_it_needs),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
