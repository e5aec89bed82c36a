/* SPDX-License-Identifier: Apache-2.0
 *
 * Times as text, in both forms, and the clocks.
 */
#include "support.h"

#include <time.h>

static void zone(const char *tz)
{
	setenv("TZ", tz, 1);
	tzset();
}

TEST(the_protocol_form_is_exact)
{
	static const struct {
		const char *text;
		uint64_t seconds;
		bool invalid;
	} rows[] = {
		{"1970-01-01T00:00:00Z", 0, false},
		{"2026-06-01T12:00:00Z", 1780315200, false},
		{"2000-02-29T23:59:59Z", 951868799, false},
		{"2028-02-29T00:00:00Z", 1835395200, false},
		{"9999-12-31T23:59:59Z", 253402300799, false},
		{"1969-12-31T23:59:59Z", 0, true},
		{"0000-01-01T00:00:00Z", 0, true},
		{"2026-02-29T00:00:00Z", 0, true},
		{"2100-02-29T00:00:00Z", 0, true},
		{"2026-06-31T00:00:00Z", 0, true},
		{"2026-00-01T00:00:00Z", 0, true},
		{"2026-13-01T00:00:00Z", 0, true},
		{"2026-06-00T00:00:00Z", 0, true},
		{"2026-06-01T24:00:00Z", 0, true},
		{"2026-06-01T12:60:00Z", 0, true},
		{"2026-06-30T23:59:60Z", 0, true},
		{"2026-06-01 12:00:00Z", 0, true},
		{"2026-06-01t12:00:00z", 0, true},
		{"2026-06-01T12:00:00", 0, true},
		{"2026-06-01T12:00:00+", 0, true},
		{"2026-06-01T12:00:00Z ", 0, true},
		{" 2026-06-01T12:00:00Z", 0, true},
		{"2026-6-01T12:00:00Z", 0, true},
		{"2026-+6-01T12:00:00Z", 0, true},
		{"2026-06-01T12:00Z", 0, true},
		{"12026-06-01T12:00:00Z", 0, true},
		{"", 0, true},
	};
	zone("XXX-8"); /* the zone must not matter */
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t t = 77;
		char text[21];
		bool ok = yihu_time_parse(&t, yihu_span(rows[i].text));
		assert_int_equal(ok, !rows[i].invalid);
		assert_true(t == (rows[i].invalid ? 77 : rows[i].seconds));
		if (!rows[i].invalid)
			assert_string_equal(yihu_time_text(text, t), rows[i].text);
	}
}

TEST(times_past_four_digits_are_held_back)
{
	char text[21];
	assert_string_equal(yihu_time_text(text, YIHU_TIME_MAX), "9999-12-31T23:59:59Z");
	assert_string_equal(yihu_time_text(text, UINT64_MAX), "9999-12-31T23:59:59Z");
	char *local = yihu_time_local(UINT64_MAX);
	assert_true(strlen(local) > 20);
	free(local);
}

TEST(people_write_local_times)
{
	static const struct {
		const char *zone, *text;
		uint64_t seconds;
		bool invalid;
	} rows[] = {
		{"CST-8", "2026-06-01 20:00", 1780315200, false},
		{"CST-8", "2026-06-01 20:00:07", 1780315207, false},
		{"CST-8", "2026-06-01T12:00:00Z", 1780315200, false},
		{"UTC0", "2026-06-01 12:00", 1780315200, false},
		{"CST-8", "2026-06-31 20:00", 0, true},
		{"CST-8", "2026-06-01 24:00", 0, true},
		{"CST-8", "2026-06-01 20:60", 0, true},
		{"CST-8", "2026-06-01 20:00:60", 0, true},
		{"CST-8", "1970-01-01 07:59", 0, true},
		{"CST-8", "2026-06-01  20:00", 0, true},
		{"CST-8", "2026-06-01 20", 0, true},
		{"CST-8", "2026-06-01", 0, true},
		{"CST-8", "2026/06/01 20:00", 0, true},
		{"CST-8", "2026-06-01 20:00 ", 0, true},
		{"CST-8", "2026-06-01 20:00:", 0, true},
		{"CST-8", "2026-06-01T20:00:00", 0, true},
		{"CST-8", "", 0, true},
		/* Summer time: on 29 March 2026 the hour from 2 to 3 is skipped. */
		{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29 01:59", 1774745940, false},
		{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29 02:30", 0, true},
		{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29 03:00", 1774746000, false},
		{"CET-1CEST,M3.5.0,M10.5.0/3", "2026-07-01 12:00", 1782900000, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t t = 77;
		zone(rows[i].zone);
		assert_int_equal(yihu_time_parse_local(&t, rows[i].text), !rows[i].invalid);
		assert_true(t == (rows[i].invalid ? 77 : rows[i].seconds));
	}
}

TEST(people_read_local_times)
{
	static const struct {
		const char *zone, *text;
	} rows[] = {
		{"CST-8", "2026-06-01 Mon 20:00 UTC+8"},
		{"UTC0", "2026-06-01 Mon 12:00 UTC"},
		{"IST-5:30", "2026-06-01 Mon 17:30 UTC+5:30"},
		{"NST3:30", "2026-06-01 Mon 08:30 UTC-3:30"},
		{"XXX-14", "2026-06-02 Tue 02:00 UTC+14"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		zone(rows[i].zone);
		char *text = yihu_time_local(1780315200);
		assert_string_equal(text, rows[i].text);
		free(text);
	}
}

TEST(the_clocks_go_forward)
{
	uint64_t wall = yihu_clock(), steady = yihu_clock_monotonic_ms();
	usleep(3000);
	assert_true(wall >= 1700000000 && yihu_clock() >= wall);
	assert_true(yihu_clock_monotonic_ms() > steady);
	assert_true(yihu_clock_monotonic_ms() < steady + 60000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_protocol_form_is_exact),
		cmocka_unit_test(times_past_four_digits_are_held_back),
		cmocka_unit_test(people_write_local_times),
		cmocka_unit_test(people_read_local_times),
		cmocka_unit_test(the_clocks_go_forward),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
