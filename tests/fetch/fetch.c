/* SPDX-License-Identifier: Apache-2.0
 *
 * A public folder comes whole from a plain web host, also while it grows.
 */
#include "fetch/fetch.h"

#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "support.h"

static struct fixture *f;
static struct fixture_log *log_;
static struct yihu_public *opened; /* whole */

AROUND(set_up)
{
	f = fixture_new(&(struct fixture_options){.projects = 4, .households = 5});
	log_ = fixture_log_whole(f, 3);
	opened = fixture_public_opened(log_);
	publish(opened, f, FIXTURE_ALL_HOLDERS);
	return 0;
}

AROUND(tear_down)
{
	yihu_public_free(opened);
	fixture_log_free(log_);
	fixture_free(f);
	return 0;
}

static int fetch_at(const char *url, struct yihu_public **out, struct yihu_error *err)
{
	struct http_client *c;
	struct fetch_options o = {.eid = f->election->charter->eid};
	fixture_must(http_client_new_folder(&c, url, err), err);
	int r = fetch_public(c, &o, out, err);
	http_client_free(c);
	return r;
}

static void assert_same(const struct yihu_public *a, const struct yihu_public *b)
{
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++) {
		assert_string_equal(a->files[i].name, b->files[i].name);
		assert_int_equal(a->files[i].bytes.len, b->files[i].bytes.len);
		assert_memory_equal(a->files[i].bytes.data, b->files[i].bytes.data,
				    a->files[i].bytes.len);
	}
}

static void assert_comes(struct yihu_public *served, const struct yihu_public *must,
			 struct host_manners manners)
{
	struct host *h = host_new(served);
	struct yihu_public *p;
	struct yihu_error err = {0};
	host_behave(h, manners);
	char *url = yihu_printf("%s%s", host_url(h), manners.prefix ? manners.prefix : "");
	fixture_must(fetch_at(url, &p, &err), &err);
	assert_same(p, must);
	yihu_public_free(p);
	free(url);
	host_free(h);
}

TEST(a_whole_folder_comes)
{
	assert_comes(opened, opened, (struct host_manners){0});
	assert_comes(opened, opened, (struct host_manners){.prefix = "/elections/park"});
}

TEST(a_server_may_need_a_moment)
{
	assert_comes(opened, opened, (struct host_manners){.failures = 1});
}

TEST(each_stage_comes)
{
	static const char *const later[] = {"results", "open/2", "open/1",      "mix/2",
					    "mix/1",   "box",    "log/at-close"};
	struct yihu_public *p = public_copy(opened), *without;
	for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
		yihu_public_remove(p, later[i]);
		without = public_copy(p);
		/* results.pb and results.json without results: publishing is under way */
		yihu_public_remove(without, "results.pb");
		yihu_public_remove(without, "results.json");
		assert_comes(p, without, (struct host_manners){0});
		yihu_public_free(without);
	}
	yihu_public_free(p);
	p = fixture_public_new(f);
	assert_comes(p, p, (struct host_manners){0});
	yihu_public_free(p);
}

static struct yihu_public *early, *late; /* the log after two entries and whole */

/* A web host is brought up to date just when the tiles are asked for. */
static void grow(struct yihu_public *p, const char *path)
{
	if (strncmp(path, "/log/tile/", 10) != 0 || yihu_public_get(p, "log/at-close") != NULL)
		return;
	while (p->n > 0)
		yihu_public_remove(p, p->files[0].name);
	for (size_t i = 0; i < late->n; i++)
		yihu_public_put(p, late->files[i].name, late->files[i].bytes.data,
				late->files[i].bytes.len);
}

TEST(a_log_that_grows_meanwhile_comes_whole)
{
	early = fixture_public_new(f);
	put_forged_log(early, f, log_->entries, 2);
	late = fixture_public_new(f);
	fixture_public_log(late, log_);
	struct yihu_public *must = public_copy(late);
	assert_comes(early, must, (struct host_manners){.on_request = grow});
	yihu_public_free(must);
	yihu_public_free(early);
	yihu_public_free(late);
}

/* What stays away is left out, for the audit to tell. */
TEST(a_tile_that_is_missing_is_left_out)
{
	struct yihu_public *p = public_copy(opened), *got;
	struct host *h = host_new(p);
	struct yihu_error err = {0};
	yihu_public_remove(p, "log/tile/0/000.p/5");
	fixture_must(fetch_at(host_url(h), &got, &err), &err);
	struct yihu_audit *a = audit_under(got, f);
	assert_true(has_fault(a, YIHU_CHECK_TILES, YIHU_EMISSING));
	yihu_audit_free(a);
	yihu_public_free(got);
	host_free(h);
	yihu_public_free(p);
}

TEST(a_folder_that_moved_within_its_host_comes)
{
	struct host *h = host_new(opened);
	struct yihu_public *p;
	struct yihu_error err = {0};
	char *there = yihu_printf("%s/new", host_url(h));
	host_behave(h, (struct host_manners){.prefix = "/new", .redirect = there});
	fixture_must(fetch_at(host_url(h), &p, &err), &err);
	assert_same(p, opened);
	yihu_public_free(p);
	free(there);
	host_free(h);
}

TEST(lines_of_others_come_along)
{
	struct yihu_public *p = public_copy(opened);
	struct yihu_buf b = {0};
	const struct yihu_buf *was = yihu_public_get(p, "log/checkpoint");
	yihu_buf_put(&b, was->data, was->len);
	fixture_sign_block(&b, f, "mncl");
	yihu_public_put(p, "log/checkpoint", b.data, b.len);
	assert_comes(p, p, (struct host_manners){0});
	yihu_buf_free(&b);
	yihu_public_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_folder_comes),
		cmocka_unit_test(a_server_may_need_a_moment),
		cmocka_unit_test(each_stage_comes),
		cmocka_unit_test(a_log_that_grows_meanwhile_comes_whole),
		cmocka_unit_test(a_tile_that_is_missing_is_left_out),
		cmocka_unit_test(a_folder_that_moved_within_its_host_comes),
		cmocka_unit_test(lines_of_others_come_along),
	};
	return cmocka_run_group_tests_name("fetch", tests, set_up, tear_down);
}
