/* SPDX-License-Identifier: Apache-2.0
 *
 * The public folder copied to a stick; and out of an archive, which may be anybody's.
 */
#include "archives.h"
#include "issue/copy_public.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

static const char *hostile; /* the script beside this file */

static int read_zip(struct committee *c, const char *name, struct yihu_public **p)
{
	char *path = yihu_path(c->temp, name);
	int r = archive_read_public(p, path, &c->err);
	free(path);
	return r;
}

static void assert_same(const struct yihu_public *a, const struct yihu_public *b)
{
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++) {
		assert_string_equal(a->files[i].name, b->files[i].name);
		assert_int_equal(a->files[i].bytes.len, b->files[i].bytes.len);
		assert_memory_equal(yihu_buf_bytes(&a->files[i].bytes),
				    yihu_buf_bytes(&b->files[i].bytes), a->files[i].bytes.len);
	}
}

TEST(the_public_folder_is_copied_and_reads_back)
{
	struct committee *c = committee_copy(committee_base);
	struct yihu_view v;
	committee_shell(c, "mkdir stick");
	char *stick = yihu_path(c->temp, "stick"), *path = NULL;
	archives_look(&v, c);
	assert_int_equal(issue_copy_public(&v, stick, &path, &c->err), 0);
	free(path);
	committee_shell(
		c,
		"diff -r election/box/public stick/election-public && "
		"rm stick/election-public/box && echo x > stick/election-public/site/results.csv");
	assert_int_equal(issue_copy_public(&v, stick, &path, &c->err), 0);
	free(path);
	committee_shell(c, "diff -r election/box/public stick/election-public && "
			   "echo x >> stick/election-public/charter");
	assert_int_equal(issue_copy_public(&v, stick, &path, &c->err), YIHU_EEXIST);
	yihu_view_finish(&v);
	free(stick);
	committee_free(c);
}

/* As it was made, and packed again by another program. */
TEST(the_public_part_is_the_public_folder)
{
	struct committee *c = committee_copy(committee_base);
	struct yihu_public *folder, *p;
	committee_shell(c, "mkdir stick");
	archives_must_make(c);
	assert_int_equal(yihu_public_read(&folder, c->folder.pub, &c->err), 0);
	assert_int_equal(read_zip(c, "stick/election-public.zip", &p), 0);
	assert_same(folder, p);
	yihu_public_free(p);
	committee_shell(
		c, "mkdir out && cd out && unzip -q ../stick/election-public.zip && "
		   "python3 -c \"import shutil; shutil.make_archive('../packed', 'zip', '.')\"");
	if (read_zip(c, "packed.zip", &p) != 0)
		fail_msg("%s", c->err.text);
	assert_same(folder, p);
	yihu_public_free(p);
	yihu_public_free(folder);
	assert_int_equal(read_zip(c, "stick/election-personal.zip", &p), YIHU_EARG);
	archives_assert_says(c, "take the other part");
	committee_free(c);
}

static const struct {
	const char *name;
	int code;
	const char *says;
} cases[] = {
	{"text", YIHU_EFORMAT, "no archive"},
	{"cut-off", YIHU_EFORMAT, "no archive"},
	{"absolute", YIHU_EFORMAT, "“/tmp/evil” is no name"},
	{"upwards", YIHU_EFORMAT, "“paper/../../evil” is no name"},
	{"dot", YIHU_EFORMAT, "“public/./charter” is no name"},
	{"backslash", YIHU_EFORMAT, "evil” is no name"},
	{"drive", YIHU_EFORMAT, "“C:evil” is no name"},
	{"control", YIHU_EFORMAT, "“paper/a?[2Jb” is no name"},
	{"empty-part", YIHU_EFORMAT, "“public//charter” is no name"},
	{"link", YIHU_ESYMLINK, "public/link in the archive is a symbolic link"},
	{"device", YIHU_ESTRAY, "public/null in the archive is neither"},
	{"twice", YIHU_EFORMAT, "no archive"},
	{"bomb", YIHU_ETOOBIG, "paper/zeros in the archive unfolds"},
	{"longer", YIHU_EFORMAT, "paper/zeros in the archive is damaged"},
	{"many", YIHU_ETOOBIG, "more than 32768 files"},
	{"password", YIHU_EFORMAT, "wants a password"},
	{"odd-packing", YIHU_EFORMAT, "paper/a in the archive is packed in a way"},
	{"local-name", YIHU_EFORMAT, "no archive"},
	{"flipped", YIHU_EFORMAT, "public/charter in the archive is damaged"},
	{"changed", YIHU_EFORMAT, "index.csv is not as SHA256SUMS says"},
	{"unlisted", YIHU_EFORMAT, "public/more is not as SHA256SUMS says"},
	{"missing", YIHU_EFORMAT, "is not as SHA256SUMS says"},
	{"no-sums", YIHU_EFORMAT, "it has no SHA256SUMS"},
	{"bad-sums", YIHU_EFORMAT, "is not as SHA256SUMS says"},
	{"more-sums", YIHU_EFORMAT, "SHA256SUMS is not as SHA256SUMS says"},
	{"huge-box", YIHU_ETOOBIG, "public/box in the archive is larger"},
};

TEST(an_archive_that_may_do_harm_is_not_opened)
{
	struct committee *c = committee_copy(committee_base);
	struct yihu_public *p;
	committee_shell(c, "mkdir stick");
	archives_must_make(c);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *command =
			yihu_printf("python3 -W ignore '%s' %s stick/election-public.zip bad.zip",
				    hostile, cases[i].name);
		committee_shell(c, command);
		free(command);
		int code = read_zip(c, "bad.zip", &p);
		if (code == 0)
			yihu_public_free(p);
		if (code != cases[i].code || !strstr(c->err.text, cases[i].says))
			fail_msg("%s: code %d, not %d; “%s”", cases[i].name, code, cases[i].code,
				 c->err.text);
	}
	committee_free(c);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_public_folder_is_copied_and_reads_back),
		cmocka_unit_test(the_public_part_is_the_public_folder),
		cmocka_unit_test(an_archive_that_may_do_harm_is_not_opened),
	};
	if (argc != 2)
		return 2;
	hostile = argv[1];
	return cmocka_run_group_tests_name("reading an archive", tests, committee_begin_published,
					   committee_end);
}
