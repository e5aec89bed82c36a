/* SPDX-License-Identifier: Apache-2.0
 *
 * Nothing is fetched that no verified signature covers, and nothing is taken
 * from a server that is no web host of a public folder.
 */
#include "fetch/fetch.h"

#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "support.h"

static struct fixture *f;
static struct fixture_log *log_;
static struct yihu_public *p; /* open, with two entries */
static struct host *h;

AROUND(group_set_up)
{
	f = fixture_new(&(struct fixture_options){.projects = 4, .households = 5});
	log_ = fixture_log_new(f);
	fixture_log_ballots(log_, 1);
	return 0;
}

AROUND(group_tear_down)
{
	fixture_log_free(log_);
	fixture_free(f);
	return 0;
}

AROUND(set_up)
{
	p = fixture_public_new(f);
	put_forged_log(p, f, log_->entries, 2);
	h = host_new(p);
	return 0;
}

AROUND(tear_down)
{
	host_free(h);
	yihu_public_free(p);
	return 0;
}

static void assert_refused_online(const uint8_t *eid, int code, const char *says)
{
	struct http_client *c;
	struct yihu_public *got = NULL;
	struct yihu_error err = {0};
	struct fetch_options o = {.eid = eid};
	host_forget(h);
	fixture_must(http_client_new_folder(&c, host_url(h), &err), &err);
	int r = fetch_public(c, &o, &got, &err);
	if (r != code || strstr(err.text, says) == NULL)
		fail_msg("%s: %s", yihu_code_slug(r), err.text);
	assert_non_null(strstr(err.text, host_url(h)));
	assert_null(got);
	http_client_free(c);
}

TEST(of_another_election_the_charter_alone)
{
	uint8_t eid[YIHU_EID_BYTES] = {1};
	assert_refused_online(eid, YIHU_EELECTION, "another election");
	assert_int_equal(host_asked(h, "/"), 1);
}

TEST(no_tile_of_a_size_that_nobody_signed)
{
	struct yihu_buf b = {0};
	const struct yihu_buf *was = yihu_public_get(p, "log/checkpoint");
	const char *size = memmem(was->data, was->len, "\n2\n", 3);
	size_t at = (size_t)(size - (const char *)was->data) + 1;
	yihu_buf_put(&b, was->data, at);
	yihu_buf_str(&b, "4000000000");
	yihu_buf_put(&b, was->data + at + 1, was->len - at - 1);
	yihu_public_put(p, "log/checkpoint", b.data, b.len);
	assert_refused_online(NULL, YIHU_ESIGNATURE, "/log/checkpoint");
	assert_int_equal(host_asked(h, "/log/tile/"), 0);
	yihu_buf_free(&b);
}

/* O, five ballots and two additions, four changes, and what ends it. */
TEST(no_tile_of_a_log_that_this_election_cannot_have)
{
	put_checkpoint(p, "log/checkpoint", f, 15, (struct yihu_node){{0}});
	assert_refused_online(NULL, YIHU_ECHECKPOINT, "can have 14");
	assert_int_equal(host_asked(h, "/log/tile/"), 0);
	put_checkpoint(p, "log/checkpoint", f, 14, (struct yihu_node){{0}});
	struct http_client *c;
	struct yihu_public *got;
	struct fetch_options o = {0};
	struct yihu_error err;
	fixture_must(http_client_new_folder(&c, host_url(h), &err), &err);
	fixture_must(fetch_public(c, &o, &got, &err), &err);
	assert_true(host_asked(h, "/log/tile/") > 0);
	yihu_public_free(got);
	http_client_free(c);
}

TEST(no_mix_by_more_than_the_holders)
{
	struct http_client *c;
	struct yihu_public *got;
	struct fetch_options o = {0};
	struct yihu_error err;
	for (unsigned i = 1; i <= 9; i++) {
		char *mix = yihu_printf("mix/%u", i), *open = yihu_printf("open/%u", i);
		yihu_public_put(p, mix, "x", 1);
		yihu_public_put(p, open, "x", 1);
		free(mix);
		free(open);
	}
	fixture_must(http_client_new_folder(&c, host_url(h), &err), &err);
	fixture_must(fetch_public(c, &o, &got, &err), &err);
	assert_int_equal(host_asked(h, "/mix/"), 3 + 1); /* and the probe */
	assert_int_equal(host_asked(h, "/open/"), 3);
	yihu_public_free(got);
	http_client_free(c);
}

TEST(a_file_is_measured_as_it_comes)
{
	struct yihu_buf big = {0};
	for (size_t i = 0; i < (1u << 20); i++)
		yihu_buf_u8(&big, 'x');
	yihu_public_put(p, "box", big.data, big.len);
	assert_refused_online(NULL, YIHU_ETOOBIG, "/box");
	yihu_public_put(p, "charter", big.data, big.len);
	assert_refused_online(NULL, YIHU_ETOOBIG, "/charter");
	assert_int_equal(host_asked(h, "/"), 1);
	yihu_buf_free(&big);
}

TEST(of_another_definition_no_more)
{
	yihu_public_put(p, "election.pb", "META\n", 5);
	assert_refused_online(NULL, YIHU_EDEFINITION, "/election.pb");
	assert_int_equal(host_asked(h, "/"), 2);
}

TEST(a_folder_without_a_charter_is_none)
{
	yihu_public_remove(p, "charter");
	assert_refused_online(NULL, YIHU_EMISSING, "not a public folder");
}

TEST(a_server_that_has_everything_is_refused)
{
	host_behave(h, (struct host_manners){.never_404 = true});
	assert_refused_online(NULL, YIHU_ESTATE, "404");
}

TEST(another_host_is_not_asked)
{
	struct host *other = host_new(p);
	char *there = yihu_printf("http://localhost:%u", host_port(other));
	host_behave(h, (struct host_manners){.redirect = there});
	assert_refused_online(NULL, YIHU_ESTATE, "another place");
	host_behave(h, (struct host_manners){.redirect = host_url(other)});
	assert_refused_online(NULL, YIHU_ESTATE, "another place");
	assert_int_equal(host_asked(other, "/"), 0);
	free(there);
	host_free(other);
}

TEST(a_circle_ends)
{
	host_behave(h, (struct host_manners){.redirect = host_url(h)});
	assert_refused_online(NULL, YIHU_ESTATE, "sends us to");
	assert_int_equal(host_asked(h, "/charter"), 4);
}

TEST(bytes_come_as_they_are)
{
	host_behave(h, (struct host_manners){.encoding = "gzip"});
	assert_refused_online(NULL, YIHU_ESTATE, "“gzip”");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(of_another_election_the_charter_alone),
		CASE(no_tile_of_a_size_that_nobody_signed),
		CASE(no_tile_of_a_log_that_this_election_cannot_have),
		CASE(no_mix_by_more_than_the_holders),
		CASE(a_file_is_measured_as_it_comes),
		CASE(of_another_definition_no_more),
		CASE(a_folder_without_a_charter_is_none),
		CASE(a_server_that_has_everything_is_refused),
		CASE(another_host_is_not_asked),
		CASE(a_circle_ends),
		CASE(bytes_come_as_they_are),
	};
	return cmocka_run_group_tests_name("bounds", tests, group_set_up, group_tear_down);
}
