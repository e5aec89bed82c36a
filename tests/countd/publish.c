/* SPDX-License-Identifier: Apache-2.0
 *
 * From the close to the results over HTTP: each file is taken in its turn,
 * when the whole folder with it passes, and never over another; then pages.
 */

#include <stdlib.h>
#include <string.h>
#include <yihu/publish.h>

#include "closing.h"
#include "test.h"

static void expect_state(struct closing *x, const char *state)
{
	struct reply r = http_get(&x->w, "/api/state");
	json_t *j = reply_json(&r);
	assert_string_equal(json_text(j, "state"), state);
	json_decref(j);
	reply_free(&r);
}

static void expect_served(struct closing *x, const char *name)
{
	const struct yihu_buf *wanted = yihu_public_get(x->files, name);
	char *path = yihu_printf("/%s", name);
	struct reply r = http_get(&x->w, path);
	assert_int_equal(r.status, 200);
	assert_int_equal(r.body.len, wanted->len);
	assert_memory_equal(r.body.data, wanted->data, wanted->len);
	reply_free(&r);
	free(path);
}

/* Drawn from results.json, so taken from anybody, but no other. */
static void expect_results_page(struct closing *x)
{
	const struct yihu_buf *json = yihu_public_get(x->files, "results.json");
	const struct yihu_site_file *f;
	for (size_t i = 0; (f = yihu_site_file(i)) != NULL; i++) {
		struct yihu_buf drawn = {0};
		struct yihu_error err;
		fixture_must(f->draw(&drawn,
				     &(struct yihu_results){.json = json->data, .len = json->len},
				     "zh", &err),
			     &err);
		drawn.data[drawn.len / 2] ^= 1;
		closing_post(x, f->name, &drawn, 400, "results");
		drawn.data[drawn.len / 2] ^= 1;
		closing_post(x, f->name, &drawn, 201, "");
		yihu_buf_free(&drawn);
	}
}

static struct yihu_buf complaints_note(const struct closing *x, const struct yihu_complaints *c,
				       const struct yihu_keypair *by)
{
	const struct yihu_charter *charter = x->w.f->election->charter;
	struct yihu_buf text = {0}, note = {0};
	/* The issuer's name and id, whoever signs. */
	struct yihu_vkey key = charter->issuer;
	memcpy(key.pk, by->pk, sizeof key.pk);
	yihu_complaints_text(&text, charter->eid, c);
	yihu_note_sign(&note, (struct yihu_span){(const char *)text.data, text.len}, &key, by);
	yihu_buf_free(&text);
	return note;
}

/* The page with these complaints, or with none. */
static struct yihu_buf drawn_page(struct closing *x, const struct yihu_complaints *complaints)
{
	const struct yihu_buf *json = yihu_public_get(x->files, "results.json");
	const struct yihu_results results = {
		.json = json->data, .len = json->len, .complaints = complaints};
	struct yihu_buf page = {0};
	struct yihu_error err;
	fixture_must(yihu_results_page(&page, &results, "zh", &err), &err);
	return page;
}

static void post_page(struct closing *x, const struct yihu_complaints *complaints, int status,
		      const char *slug)
{
	struct yihu_buf page = drawn_page(x, complaints);
	closing_post(x, "site/results.html", &page, status, slug);
	yihu_buf_free(&page);
}

static void post_complaints(struct closing *x, const struct yihu_complaints *c,
			    const struct yihu_keypair *by, int status, const char *slug)
{
	struct yihu_buf note = complaints_note(x, c, by);
	closing_post(x, YIHU_COMPLAINTS_FILE, &note, status, slug);
	yihu_buf_free(&note);
}

/* The issuer's, and never an older one again; the page is then drawn with them. */
static void expect_complaints(struct closing *x)
{
	struct yihu_complaints first = {.made = 2000, .filed = 2};
	const struct yihu_complaints older = {.made = 1999, .filed = 0};
	const struct yihu_complaints beside = {.made = 2000, .filed = 0};
	const struct yihu_complaints later = {.made = 2001, .filed = 3};
	const struct yihu_keypair *issuer = &x->w.f->issuer;
	struct yihu_buf page = drawn_page(x, NULL);
	post_complaints(x, &first, issuer, 201, "");
	post_complaints(x, &first, issuer, 200, "");
	post_complaints(x, &older, issuer, 409, "exists");
	post_complaints(x, &beside, issuer, 409, "exists");
	post_complaints(x, &later, &x->w.f->log, 400, "signature");
	closing_post(x, "site/results.html", &page, 200, ""); /* it is there already */
	page.data[page.len / 2] ^= 1;
	closing_post(x, "site/results.html", &page, 400, "results");
	post_page(x, &first, 201, "");
	post_complaints(x, &later, issuer, 201, "");
	first.filed = 3;
	post_page(x, NULL, 400, "results");
	post_page(x, &first, 201, "");
	yihu_buf_free(&page);
}

/* Taken once the results are there: pages, in their folder, and nothing that runs. */
static void expect_site(struct closing *x, const struct yihu_buf *page)
{
	closing_post(x, "site/index.html", page, 201, "");
	closing_post(x, "site/index.html", page, 200, "");
	closing_post(x, "site/../x.html", page, 404, "not-found");
	closing_post(x, "site/x.js", page, 404, "not-found");
	struct reply r = http_get(&x->w, "/site/index.html");
	assert_int_equal(r.status, 200);
	assert_non_null(strstr(r.head, "; sandbox"));
	reply_free(&r);
}

static void whole_way_to_the_results(void **state)
{
	struct closing *x = *state;
	struct yihu_buf page = {0};
	yihu_buf_str(&page, "<!doctype html><title>x</title>");
	closing_post_file(x, "box", 409, "state");
	closing_send(x);
	expect_state(x, "closed");
	closing_post(x, "box", yihu_public_get(x->files_12, "box"), 201, "");
	expect_state(x, "boxed");
	closing_post_file(x, "mix/1", 201, "");
	closing_post_file(x, "mix/1", 200, "");
	expect_state(x, "mixed");
	/* A holder who comes later adds its line. */
	closing_post_file(x, "box", 201, "");
	closing_post_file(x, "mix/2", 201, "");
	expect_served(x, "mix/2");
	closing_open(x);
	closing_post_file(x, "open/1", 201, "");
	expect_state(x, "mixed");
	closing_post_file(x, "open/3", 201, "");
	expect_state(x, "opened");
	/* A holder's, and well formed; yet nobody mixes what is opened. */
	closing_post(x, "mix/3", yihu_public_get(x->files, "mix/1"), 409, "state");
	closing_results(x);
	closing_post_file(x, "results", 409, "missing-file");
	closing_post_file(x, "results.pb", 201, "");
	closing_post_file(x, "results.json", 201, "");
	closing_post(x, "site/index.html", &page, 403, "state");
	expect_state(x, "opened");
	closing_post_file(x, "results", 201, "");
	expect_state(x, "published");
	static const char *const names[] = {"box",     "mix/1",      "open/3",
					    "results", "results.pb", "results.json"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		expect_served(x, names[i]);
		closing_post_file(x, names[i], 200, "");
	}
	closing_post(x, "results.pb", &page, 409, "exists");
	expect_results_page(x);
	expect_complaints(x);
	expect_site(x, &page);
	yihu_buf_free(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, closing_start, closing_stop)
		CASE(whole_way_to_the_results),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
