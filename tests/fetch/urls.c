/* SPDX-License-Identifier: Apache-2.0
 *
 * Which addresses a public folder may have, and where answers may send us.
 */
#include <stdlib.h>

#include "fetch/http.h"
#include "fetch/redirect.h"
#include "host.h"

TEST(addresses_of_a_folder)
{
	static const struct {
		const char *url;
		bool is_one;
	} rows[] = {
		{"https://vote.example.org", true},
		{"https://vote.example.org/", true},
		{"http://vote.example.org/elections/park-2027-k7m3x9q2/", true},
		{"http://127.0.0.1:8080", true},
		{"http://[::1]:8080/a", true},
		{"https://Vote.example.org", false},
		{"HTTPS://vote.example.org", false},
		{"ftp://vote.example.org", false},
		{"https://user@vote.example.org", false},
		{"https://vote.example.org/a?b", false},
		{"https://vote.example.org/a#b", false},
		{"https://vote.example.org//", false},
		{"https://vote.example.org/../a", false},
		{"https://", false},
		{"vote.example.org", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct http_client *c = NULL;
		struct yihu_error err = {0};
		int r = http_client_new_folder(&c, rows[i].url, &err);
		if (r != (rows[i].is_one ? 0 : YIHU_EARG))
			fail_msg("%s: %s", rows[i].url, yihu_code_slug(r));
		http_client_free(c);
	}
}

TEST(redirects_stay_within_the_host)
{
	static const struct {
		const char *from, *to;
		bool allowed;
	} rows[] = {
		{"https://a.example/x", "https://a.example/y", true},
		{"https://a.example/x", "https://a.example:443/y", true},
		{"http://a.example/x", "https://a.example/x", true},
		{"http://a.example:8080/x", "http://a.example:8080/y", true},
		{"https://a.example/x", "http://a.example/x", false},
		{"https://a.example/x", "https://b.example/x", false},
		{"https://a.example/x", "https://a.example:8443/x", false},
		{"http://a.example:8080/x", "https://a.example/x", false},
		{"http://a.example/x", "https://a.example:8443/x", false},
		{"https://a.example/x", "https://b.a.example/x", false},
		{"https://a.example/x", "https://u:p@a.example/x", false},
		{"https://a.example/x", "ftp://a.example/x", false},
		{"https://a.example/x", "file:///etc/passwd", false},
		{"https://a.example/x", "nonsense", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (http_redirect_allowed(rows[i].from, rows[i].to) != rows[i].allowed)
			fail_msg("%s to %s", rows[i].from, rows[i].to);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_of_a_folder),
		cmocka_unit_test(redirects_stay_within_the_host),
	};
	return cmocka_run_group_tests_name("urls", tests, NULL, NULL);
}
