/* SPDX-License-Identifier: Apache-2.0
 *
 * Addresses as proxies write them, ranges of them, and what is none.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "countd/addresses.h"
#include "test.h"

static struct address v4(const char *text)
{
	struct sockaddr_in at = {.sin_family = AF_INET};
	assert_int_equal(inet_pton(AF_INET, text, &at.sin_addr), 1);
	return address_from((const struct sockaddr *)&at);
}

static struct address v6(const char *text)
{
	struct sockaddr_in6 at = {.sin6_family = AF_INET6};
	assert_int_equal(inet_pton(AF_INET6, text, &at.sin6_addr), 1);
	return address_from((const struct sockaddr *)&at);
}

TEST(addresses_of_sockets)
{
	const struct sockaddr local = {.sa_family = AF_UNIX};
	struct address a = v4("192.0.2.7"), b = v6("::ffff:192.0.2.7");
	assert_true(address_same(&a, &b));
	b = v6("2001:db8::7");
	assert_false(address_same(&a, &b));
	assert_int_equal(address_from(NULL).kind, ADDRESS_NONE);
	assert_int_equal(address_from(&local).kind, ADDRESS_UNIX);
	a = v4("127.8.9.10");
	assert_true(address_is_loopback(&a));
	a = v6("::1");
	assert_true(address_is_loopback(&a));
	a = v6("::2");
	assert_false(address_is_loopback(&a));
}

TEST(a_household_has_a_64)
{
	struct address a = v6("2001:db8:0:1:2:3:4:5"), b = v6("2001:db8:0:1::"),
		       c = v6("2001:db8:0:2::"), d = v4("192.0.2.7");
	a = address_household(&a);
	assert_true(address_same(&a, &b));
	assert_false(address_same(&a, &c));
	a = address_household(&d);
	assert_true(address_same(&a, &d));
}

TEST(the_last_hop_counts)
{
	static const struct {
		const char *header, *is;
	} rows[] = {
		{"192.0.2.7", "192.0.2.7"},
		{"10.0.0.1, 198.51.100.9,192.0.2.7", "192.0.2.7"},
		{"nonsense, 192.0.2.7", "192.0.2.7"},
		{" \t192.0.2.7\t ", "192.0.2.7"},
		{"192.0.2.7:49152", "192.0.2.7"},
		{"2001:db8::7", "2001:db8::7"},
		{"[2001:db8::7]", "2001:db8::7"},
		{"[2001:db8::7]:443", "2001:db8::7"},
		{"::ffff:192.0.2.7", "192.0.2.7"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct address a, b = strchr(rows[i].is, ':') ? v6(rows[i].is) : v4(rows[i].is);
		if (!address_forwarded(&a, rows[i].header) || !address_same(&a, &b))
			fail_msg("%s", rows[i].header);
	}
}

TEST(what_is_no_hop)
{
	static const char *const rows[] = {
		"",
		",",
		"192.0.2.7,",
		"192.0.2.7, unknown",
		"_hidden",
		"192.0.2",
		"192.0.2.256",
		"192.0.2.7:",
		"192.0.2.7:x",
		"192.0.2.7:65536",
		":80",
		"[",
		"[]",
		"]",
		"[192.0.2.7]",
		"[2001:db8::7",
		"[2001:db8::7]443",
		"[2001:db8::7]:",
		"2001:db8::7%eth0",
		"192.0.2.7 192.0.2.8",
		"2001:db8:::7",
		"unix",
		"1111:2222:3333:4444:5555:6666:7777:8888:9999:1111:2222:3333",
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct address a = {.kind = ADDRESS_UNIX};
		if (address_forwarded(&a, rows[i]) || a.kind != ADDRESS_UNIX)
			fail_msg("“%s” was taken", rows[i]);
	}
}

static bool is_within(const struct address *a, const char *range)
{
	struct address_range r;
	assert_int_equal(address_range_parse(&r, range, NULL), 0);
	return address_within(a, &r, 1);
}

TEST(ranges_hold_what_begins_alike)
{
	struct address a = v4("192.0.2.7"), b = v6("2001:db8:8000::7"), c = {.kind = ADDRESS_UNIX},
		       none = {.kind = ADDRESS_NONE};
	assert_true(is_within(&a, "192.0.2.7"));
	assert_true(is_within(&a, "192.0.2.6/31"));
	assert_true(is_within(&a, "0.0.0.0/0"));
	assert_true(is_within(&a, "::ffff:192.0.2.7"));
	assert_false(is_within(&a, "192.0.2.6"));
	assert_false(is_within(&a, "192.0.2.8/29"));
	assert_false(is_within(&a, "::/0"));
	assert_false(is_within(&a, "unix"));
	assert_true(is_within(&b, "2001:db8::/32"));
	assert_true(is_within(&b, "2001:db8:8000::/33"));
	assert_false(is_within(&b, "2001:db8::/33"));
	assert_true(is_within(&c, "unix"));
	assert_false(is_within(&c, "0.0.0.0/0"));
	assert_false(is_within(&none, "0.0.0.0/0"));
	assert_false(address_within(&a, NULL, 0));
}

TEST(what_is_no_range)
{
	static const char *const rows[] = {
		"",
		"/",
		"192.0.2.0/33",
		"192.0.2.0/",
		"192.0.2.0/x",
		"192.0.2.0/-1",
		"::/129",
		"localhost",
		"192.0.2.7:80",
		"[::1]",
		"unix/0",
		"unix:/run/x",
		"192.0.2.0/24/8",
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct address_range r;
		struct yihu_error err;
		if (address_range_parse(&r, rows[i], &err) != YIHU_EARG)
			fail_msg("“%s” was taken", rows[i]);
		assert_non_null(strstr(err.text, "192.0.2.0/24"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_of_sockets),
		cmocka_unit_test(a_household_has_a_64),
		cmocka_unit_test(the_last_hop_counts),
		cmocka_unit_test(what_is_no_hop),
		cmocka_unit_test(ranges_hold_what_begins_alike),
		cmocka_unit_test(what_is_no_range),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
