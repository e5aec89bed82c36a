/* SPDX-License-Identifier: Apache-2.0
 *
 * /metrics: read by a reader of its own, which knows Prometheus' text format and the
 * rules of its names, and takes nothing else; and the rules of yihu-alerts.yml, which
 * speak of metrics that there are.
 */
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "calls.h"
#include "test.h"

#define METRICS_MAX 128
#define SERIES_MAX 512
#define NAME_MAX_BYTES 80
#define TEXT_MAX (1u << 20)

struct metric {
	char name[NAME_MAX_BYTES], type[16];
	unsigned samples;
};
struct exposition {
	struct metric metrics[METRICS_MAX];
	size_t n;
	char series[SERIES_MAX][200]; /* name and labels */
	size_t n_series;
	double bucket; /* of the last one */
};

static bool matches(const char *pattern, const char *text)
{
	regex_t re;
	assert_int_equal(regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB), 0);
	bool is = regexec(&re, text, 0, NULL, 0) == 0;
	regfree(&re);
	return is;
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), n = strlen(end);
	return len >= n && strcmp(text + len - n, end) == 0;
}

static void take_help(struct exposition *e, const char *line)
{
	struct metric *m = &e->metrics[e->n++];
	assert_true(e->n <= METRICS_MAX);
	assert_true(matches("^# HELP yihu_[a-z_]+ [A-Z0-9][^\\]*[.]$", line));
	sscanf(line, "# HELP %79s", m->name);
	for (size_t i = 0; i + 1 < e->n; i++)
		assert_string_not_equal(e->metrics[i].name, m->name);
}

/* A counter is a total; no name tells its type or an unit that is no base unit. */
static void take_type(struct exposition *e, const char *line)
{
	struct metric *m = &e->metrics[e->n - 1];
	char name[NAME_MAX_BYTES];
	assert_true(matches("^# TYPE yihu_[a-z_]+ (counter|gauge|histogram)$", line));
	assert_int_equal(sscanf(line, "# TYPE %79s %15s", name, m->type), 2);
	assert_string_equal(name, m->name);
	if ((strcmp(m->type, "counter") == 0) != ends_with(name, "_total"))
		fail_msg("%s is a %s", name, m->type);
	if (matches("_(counter|gauge|histogram|count|sum|bucket|ms|us|milliseconds|kb|mb)(_|$)",
		    name))
		fail_msg("%s: no such name", name);
}

static void take_series(struct exposition *e, const char *line, size_t len)
{
	char *series = e->series[e->n_series++];
	assert_true(e->n_series <= SERIES_MAX && len < sizeof e->series[0]);
	memcpy(series, line, len);
	for (size_t i = 0; i + 1 < e->n_series; i++)
		if (strcmp(e->series[i], series) == 0)
			fail_msg("%s twice", series);
}

/* Buckets are counted up, and the last is the count. */
static void check_histogram(struct exposition *e, const char *line, double value)
{
	struct metric *m = &e->metrics[e->n - 1];
	const char *rest = line + strlen(m->name);
	if (strncmp(rest, "_bucket{le=\"", 12) == 0) {
		assert_true(value >= e->bucket);
		e->bucket = value;
	} else if (strncmp(rest, "_count ", 7) == 0) {
		assert_true(value == e->bucket);
		e->bucket = 0;
	} else if (strncmp(rest, "_sum ", 5) != 0) {
		fail_msg("%s in a histogram", line);
	}
}

static void take_sample(struct exposition *e, const char *line)
{
	struct metric *m = &e->metrics[e->n - 1];
	const char *space = strrchr(line, ' ');
	char *end;
	if (!matches("^yihu_[a-z_]+([{][a-z]+=\"[^\"\\]*\"[}])? [-+.e0-9]+$", line))
		fail_msg("no sample: %s", line);
	double value = strtod(space + 1, &end);
	assert_int_equal(*end, 0);
	assert_int_equal(strncmp(line, m->name, strlen(m->name)), 0);
	take_series(e, line, (size_t)(space - line));
	if (strcmp(m->type, "histogram") == 0)
		check_histogram(e, line, value);
	else
		assert_true(strchr("{ ", line[strlen(m->name)]) != NULL);
	m->samples++;
}

static struct exposition *read_exposition(const struct yihu_buf *text)
{
	struct exposition *e = yihu_calloc(1, sizeof *e);
	struct yihu_lines lines = yihu_lines(text->data, text->len);
	struct yihu_span span;
	while (yihu_lines_next(&lines, &span)) {
		char *line = yihu_span_dup(span);
		if (strncmp(line, "# HELP ", 7) == 0)
			take_help(e, line);
		else if (line[0] == '#')
			take_type(e, line);
		else
			take_sample(e, line);
		free(line);
	}
	assert_false(lines.bad);
	assert_true(e->n > 20);
	return e;
}

static struct yihu_buf scrape(const struct daemon *w)
{
	struct reply r = metrics_get(w);
	assert_int_equal(r.status, 200);
	assert_true(reply_has(&r, "Content-Type: text/plain; version=0.0.4"));
	free(r.head);
	return r.body;
}

static void assert_line(const struct yihu_buf *text, const char *line)
{
	if (!strstr((const char *)text->data, line))
		fail_msg("no “%s” in\n%s", line, (const char *)text->data);
}

static void all_of_it_is_in_form(void **state)
{
	struct daemon *w = *state;
	struct yihu_buf ballot = boxdir_ballot(w->f, 7, 1);
	post_only(w, "/api/ballot", copy(&ballot), 201, "");
	post_only(w, "/api/ballot", ballot, 200, "");
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 7, 2), 409, "already-voted");
	struct yihu_buf text = scrape(w);
	struct exposition *e = read_exposition(&text);
	for (size_t i = 0; i < e->n; i++)
		if (e->metrics[i].samples == 0)
			fail_msg("%s has no sample", e->metrics[i].name);
	assert_line(&text, "\nyihu_serving 1\n");
	assert_line(&text, "\nyihu_poll_stage{stage=\"open\"} 1\n");
	assert_line(&text, "\nyihu_poll_stage{stage=\"ended\"} 0\n");
	assert_line(&text, "\nyihu_ballots 1\n");
	assert_line(&text, "\nyihu_entries 2\n");
	assert_line(&text, "\nyihu_verify_seconds_count 1\n");
	assert_line(&text, "\nyihu_disk_up{disk=\"box\"} 1\n");
	assert_line(&text, "\nyihu_failed 0\n");
	assert_line(&text, "\nyihu_clock_writes 1\n");
	/* One number after HELP's text, and nowhere whose letter or from where. */
	assert_null(strstr((const char *)text.data, "127.0.0.1"));
	assert_null(strstr((const char *)text.data, "0007"));
	free(e);
	yihu_buf_free(&text);
}

static void the_last_ballot_and_a_clock_without_witness_are_told(void **state)
{
	struct daemon *w = *state;
	char line[80];
	struct yihu_buf text = scrape(w);
	assert_line(&text, "\nyihu_last_ballot_time_seconds 0\n");
	yihu_buf_free(&text);
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 7, 1), 201, "");
	daemon_stop(w);
	clock_boot_anew();
	daemon_start(w, NULL);
	text = scrape(w);
	snprintf(line, sizeof line, "\nyihu_last_ballot_time_seconds %llu", DURING / 100ull);
	assert_line(&text, line); /* to a hundred seconds: the clock goes on */
	assert_line(&text, "\nyihu_clock_verdict{verdict=\"unsure\"} 1\n");
	assert_line(&text, "\nyihu_clock_verdict{verdict=\"believed\"} 0\n");
	yihu_buf_free(&text);
}

static void nothing_of_it_is_at_the_households_address(void **state)
{
	struct daemon *w = *state;
	assert_int_equal(reply_outcome(http_get(w, "/metrics"), (char[64]){0}), 404);
	static const char *const requests[] = {
		"GET / HTTP/1.0\r\n\r\n", "GET /api/state HTTP/1.0\r\n\r\n",
		"POST /metrics HTTP/1.0\r\nContent-Length: 1\r\n\r\nx"};
	for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
		struct reply r = http_raw(metrics_port(w), requests[i], strlen(requests[i]));
		assert_int_equal(r.status, 404);
		reply_free(&r);
	}
}

/* Who holds all connections of that address holds none of the others. */
static void connections_there_are_few_and_nobody_elses(void **state)
{
	struct daemon *w = *state;
	int held[40];
	for (size_t i = 0; i < 40; i++)
		held[i] = connect_to(metrics_port(w));
	post_only(w, "/api/ballot", boxdir_ballot(w->f, 7, 1), 201, "");
	for (size_t i = 0; i < 40; i++)
		if (held[i] >= 0)
			close(held[i]);
	struct reply r;
	for (r = metrics_get(w); r.status != 200; r = metrics_get(w))
		reply_free(&r); /* until they are seen to be gone */
	reply_free(&r);
}

/* Each name in the rules' expressions is a metric, or one of its parts. */
static void check_names(const struct exposition *e, const char *expr)
{
	for (const char *at = expr; (at = strstr(at, "yihu_")) != NULL;) {
		if (strncmp(at, "yihu_tls_", 9) == 0) { /* of a daemon with TLS: tools/tls.sh */
			at++;
			continue;
		}
		size_t len = strspn(at, "abcdefghijklmnopqrstuvwxyz_"), i = 0;
		while (i < e->n_series && (strncmp(e->series[i], at, len) != 0 ||
					   strchr("{", e->series[i][len]) == NULL))
			i++;
		if (i == e->n_series)
			fail_msg("there is no %.*s", (int)len, at);
		at += len;
	}
}

static void the_alerts_speak_of_metrics_that_there_are(void **state)
{
	struct daemon *w = *state;
	struct yihu_buf text = scrape(w), rules = {0};
	struct exposition *e = read_exposition(&text);
	char *path = yihu_path(getenv("YIHU_TEST_DATA"), "../../tools/yihu-alerts.yml");
	struct yihu_span span;
	size_t alerts = 0, exprs = 0, told = 0;
	assert_int_equal(yihu_file_read(path, TEXT_MAX, &rules, NULL), 0);
	for (struct yihu_lines l = yihu_lines(rules.data, rules.len); yihu_lines_next(&l, &span);) {
		char *line = yihu_span_dup(span);
		alerts += matches("^      - alert: Yihu[A-Za-z]+$", line);
		told += matches("^          (summary|description): [A-Z].*[.]$", line);
		if (strncmp(line, "        expr: ", 14) == 0) {
			check_names(e, line);
			exprs++;
		}
		free(line);
	}
	assert_true(alerts >= 10);
	assert_int_equal(exprs, alerts);
	assert_int_equal(told, 2 * alerts);
	free(path);
	free(e);
	yihu_buf_free(&rules);
	yihu_buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, calls_start, calls_stop)
		CASE(all_of_it_is_in_form),
		CASE(the_last_ballot_and_a_clock_without_witness_are_told),
		CASE(nothing_of_it_is_at_the_households_address),
		CASE(connections_there_are_few_and_nobody_elses),
		CASE(the_alerts_speak_of_metrics_that_there_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
