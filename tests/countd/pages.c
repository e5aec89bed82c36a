/* SPDX-License-Identifier: Apache-2.0
 *
 * What browsers get: the results' page under the name of their note, and
 * public files that pages from elsewhere may read.
 */

#include <string.h>
#include <yihu/file.h>

#include "calls.h"
#include "countd/pages.h"
#include "test.h"

#define BROWSER "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\n"
#define PROGRAM "Accept: */*\r\n"
#define NOTE "yihu-results-v1\n"
#define PAGE "<!DOCTYPE html>the page"

static void put(const struct daemon *w, const char *name, const char *text)
{
	struct yihu_error err;
	char *path = yihu_path(w->dir, name);
	fixture_must(yihu_file_write(path, text, strlen(text), 0644, &err), &err);
	free(path);
}

static struct reply results_for(const struct daemon *w, const char *header)
{
	char *request = yihu_printf("GET /results HTTP/1.1\r\nHost: localhost\r\n"
				    "Connection: close\r\n%s\r\n",
				    header);
	struct reply r = http_raw(daemon_port(w), request, strlen(request));
	free(request);
	return r;
}

static void expect_results(const struct daemon *w, const char *header, const char *text)
{
	struct reply r = results_for(w, header);
	assert_int_equal(r.status, 200);
	assert_true(reply_has(&r, "Vary: Accept"));
	assert_int_equal(r.body.len, strlen(text));
	assert_memory_equal(r.body.data, text, r.body.len);
	reply_free(&r);
}

static void results_are_a_page_for_browsers_and_a_note_for_programs(void **state)
{
	struct daemon *w = *state;
	struct yihu_error err;
	char *site = yihu_path(w->dir, "public/site");
	fixture_must(yihu_dir_make(site, 0755, &err), &err);
	free(site);
	put(w, "public/results", NOTE);
	expect_results(w, PROGRAM, NOTE);
	expect_results(w, "", NOTE);
	put(w, "public/site/results.html", PAGE);
	expect_results(w, BROWSER, PAGE);
	expect_results(w, PROGRAM, NOTE);
	struct reply r = results_for(w, BROWSER);
	assert_true(reply_has(&r, "Content-Type: text/html; charset=utf-8"));
	assert_non_null(strstr(r.head, "; sandbox allow-downloads\r\n"));
	reply_free(&r);
	r = http_get(w, "/results.csv");
	assert_int_equal(r.status, 404);
	reply_free(&r);
	put(w, "public/site/results.csv", "a,b\r\n");
	r = http_get(w, "/results.csv");
	assert_int_equal(r.status, 200);
	assert_true(reply_has(&r, "Content-Type: text/csv; charset=utf-8"));
	reply_free(&r);
}

static void no_page_of_results_before_they_are_published(void **state)
{
	struct daemon *w = *state;
	struct yihu_error err;
	char *site = yihu_path(w->dir, "public/site");
	fixture_must(yihu_dir_make(site, 0755, &err), &err);
	free(site);
	put(w, "public/site/results.html", PAGE);
	struct reply r = results_for(w, BROWSER);
	assert_null(memmem(r.body.data, r.body.len, "the page", 8));
	reply_free(&r);
	r = results_for(w, PROGRAM);
	assert_int_equal(r.status, 404);
	reply_free(&r);
}

static void public_files_may_be_read_by_pages_from_elsewhere(void **state)
{
	struct daemon *w = *state;
	static const struct {
		const char *path;
		bool for_all;
	} rows[] = {
		{"/charter", true},
		{"/log/checkpoint", true},
		{"/log/at-close", true}, /* not there yet: a page must learn that too */
		{"/log/tile/entries/000.p/1", true},
		{"/mix/1", true},
		{"/results", true},
		{"/api/state", false},
		{"/api/serial/1", false},
		{"/metrics", false},
		{"/nothing", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct reply r = http_get(w, rows[i].path);
		if (reply_has(&r, "Access-Control-Allow-Origin: *") != rows[i].for_all)
			fail_msg("%s: %s", rows[i].path, r.head);
		reply_free(&r);
	}
}

/* What is behind /v may be a letter's code: it is never said again. */
static void mangled_links_lead_people_somewhere(void **state)
{
	struct daemon *w = *state;
	static const struct {
		const char *path;
		int status;
		const char *to;
	} rows[] = {
		{"/V", 303, "v"},          {"/v/", 303, "../v"},      {"/V/", 303, "../v"},
		{"/v%23CODE", 303, "v"},   {"/v%2", 303, "v"},        {"/V%23CODE", 303, "v"},
		{"/v%23CODE/", 404, NULL}, {"/v/CODE", 404, NULL},    {"/v.CODE", 404, NULL},
		{"/CODE", 404, NULL},      {"/vote/CODE", 404, NULL}, {"//v", 404, NULL},
	};
	if (n_pages == 0)
		return; /* built without */
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct reply r = http_call_with(w, "GET", rows[i].path, BROWSER, NULL, 0);
		char *to = yihu_printf("Location: %s", rows[i].to ? rows[i].to : "");
		const char *body = yihu_buf_bytes(&r.body);
		bool two = memmem(body, r.body.len, "lang=\"zh-CN\"", 12) &&
			   memmem(body, r.body.len, "lang=\"en\"", 9);
		if (r.status != rows[i].status || (rows[i].to && !reply_has(&r, to)) ||
		    (!rows[i].to && !two) || memmem(body, r.body.len, "CODE", 4) ||
		    strstr(r.head, "CODE"))
			fail_msg("%s: %s", rows[i].path, r.head);
		reply_free(&r);
		free(to);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, calls_start, calls_stop)
		CASE(results_are_a_page_for_browsers_and_a_note_for_programs),
		CASE(no_page_of_results_before_they_are_published),
		CASE(public_files_may_be_read_by_pages_from_elsewhere),
		CASE(mangled_links_lead_people_somewhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
