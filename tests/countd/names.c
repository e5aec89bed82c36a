/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of public files: one spelling each, and no way out of the folder.
 */

#include <string.h>

#include "countd/public_name.h"
#include "test.h"

TEST(names_that_are_ours)
{
	static const struct {
		const char *name;
		enum yihu_public_kind kind;
		uint32_t number;
	} rows[] = {
		{"charter", YIHU_PUBLIC_CHARTER, 0},
		{"election.pb", YIHU_PUBLIC_DEFINITION, 0},
		{"img/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		 YIHU_PUBLIC_PICTURE, 0},
		{"register", YIHU_PUBLIC_REGISTER, 0},
		{"box", YIHU_PUBLIC_BOX, 0},
		{"mix/1", YIHU_PUBLIC_MIX, 1},
		{"mix/15", YIHU_PUBLIC_MIX, 15},
		{"open/7", YIHU_PUBLIC_OPENING, 7},
		{"results", YIHU_PUBLIC_RESULTS, 0},
		{"results.pb", YIHU_PUBLIC_RESULTS_PB, 0},
		{"results.json", YIHU_PUBLIC_RESULTS_JSON, 0},
		{"site/index.html", YIHU_PUBLIC_SITE, 0},
		{"site/zh/a-b_c.2.svg", YIHU_PUBLIC_SITE, 0},
		{"site/a/b/c.css", YIHU_PUBLIC_SITE, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct public_name n;
		assert_true(public_name_parse(&n, rows[i].name));
		assert_int_equal(n.is.kind, rows[i].kind);
		assert_int_equal(n.is.number, rows[i].number);
		assert_non_null(n.content_type);
	}
}

static const char *const not_ours[] = {
	"",
	".",
	"..",
	"Charter",
	"charter/",
	"/charter",
	"box.db",
	"log/checkpoint", /* the box has those */
	"log/at-close",
	"log/tile/0/000",
	"log.key",
	"mix",
	"mix/",
	"mix/0",
	"mix/16",
	"mix/01",
	"mix/+1",
	"mix/1/",
	"mix/../charter",
	"open/-1",
	"open/99999999999999999999",
	"results.html",
	"site",
	"site/",
	"site/index",
	"site/.html",
	"site/.index.html",
	"site/a/.b.html",
	"site/../log.html",
	"site/a/../b.html",
	"site//a.html",
	"site/a//b.html",
	"site/a.html/",
	"site/a b.html",
	"site/a%2eb.html",
	"site/a:b.html",
	"site/a\\b.html",
	"site/a\nb.html",
	"site/\xe7\xbb\x93.html",
	"site/a/b/c/d.html",
	"site/x.js",
	"site/x.HTML",
};

TEST(names_that_are_not)
{
	for (size_t i = 0; i < sizeof not_ours / sizeof *not_ours; i++) {
		struct public_name n;
		if (public_name_parse(&n, not_ours[i]))
			fail_msg("“%s” was taken", not_ours[i]);
	}
}

TEST(name_that_is_too_long)
{
	struct public_name n;
	char name[256] = "site/";
	memset(name + 5, 'a', 200);
	strcpy(name + 205, ".html");
	assert_false(public_name_parse(&n, name));
	strcpy(name + 105, ".html");
	assert_true(public_name_parse(&n, name));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_that_are_ours),
		cmocka_unit_test(names_that_are_not),
		cmocka_unit_test(name_that_is_too_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
