/* SPDX-License-Identifier: Apache-2.0
 *
 * Origins: what names an election and its log (PROTOCOL §4).
 */
#include <string.h>

#include <yihu/charter.h>

#include "test.h"

static const struct {
	const char *origin;
	bool valid;
} origins[] = {
	{"vote.example.org/jishan-2025", true},
	{"vote.example.org", true},
	{"z.example", true},
	{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example", true},
	{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example", false},
	{"a.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.1/x", false},
	{"a{b.example/x", false},
	{"[::1]18080/x", false},
	{"vote.example.org?x", false},
	{"vote.example.org#x", false},
	{"vote.example.org/%z4", false},
	{"localhost:8080/a/b_c~d.e", true},
	{"192.168.1.10:443/x", true},
	{"[::1]:8080/x", true},
	{"xn--fiq228c.example/%E4%B8%80", true},
	{"", false},
	{"/x", false},
	{"https://vote.example.org/x", false},
	{"Vote.example.org/x", false},
	{"vote.example.org/", false},
	{"vote.example.org//x", false},
	{"vote.example.org/x/", false},
	{"vote.example.org/./x", false},
	{"vote.example.org/../x", false},
	{"vote.example.org/x?y", false},
	{"vote.example.org/x#y", false},
	{"vote.example.org/x+y", false},
	{"vote.example.org/x y", false},
	{"vote.example.org/一", false},
	{"vote.example.org/%4", false},
	{"vote.example.org/%zz", false},
	{"vote.example.org/%4z", false},
	{"vote..example.org/x", false},
	{".example.org/x", false},
	{"example.org./x", false},
	{"-a.example.org/x", false},
	{"a-.example.org/x", false},
	{"user@example.org/x", false},
	{"example.org:0/x", false},
	{"example.org:65536/x", false},
	{"example.org:/x", false},
	{"example.org:080/x", false},
	{"10.1/x", false},
	{"256.1.1.1/x", false},
	{"0x7f.1/x", false},
	{"[::1/x", false},
	{"[::G]/x", false},
	{"[::FF]/x", false},
};

TEST(origins_are_urls_without_scheme)
{
	for (size_t i = 0; i < sizeof(origins) / sizeof(origins[0]); i++)
		if (yihu_origin_valid(origins[i].origin) != origins[i].valid)
			fail_msg("“%s” is taken for the other", origins[i].origin);
}

/* The log's key has the origin as its name. */
TEST(an_origin_is_no_longer_than_a_name)
{
	char origin[YIHU_NAME_MAX + 2] = "vote.example.org/x";
	for (size_t len = strlen(origin); len <= YIHU_NAME_MAX; len++) {
		assert_true(yihu_origin_valid(origin));
		origin[len] = 'x';
		origin[len + 1] = '\0';
	}
	assert_int_equal(strlen(origin), YIHU_NAME_MAX + 1);
	assert_false(yihu_origin_valid(origin));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(origins_are_urls_without_scheme),
		cmocka_unit_test(an_origin_is_no_longer_than_a_name),
	};
	return cmocka_run_group_tests_name("origin", tests, NULL, NULL);
}
