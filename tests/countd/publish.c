/* SPDX-License-Identifier: Apache-2.0
 *
 * From the close to the results over HTTP: each file is taken in its turn,
 * when the whole folder with it passes, and never over another.
 */

#include <stdlib.h>
#include <string.h>
#include <yihu/audit.h>
#include <yihu/file.h>
#include <yihu/publish.h>

#include "daemon.h"
#include "test.h"

#define ALL FIXTURE_ALL_HOLDERS

struct world {
	struct daemon w;
	struct fixture_log *log;      /* a replica of the daemon's */
	struct yihu_public *files;    /* what holders and issuer make of it */
	struct yihu_public *files_12; /* the box signed by holders 1 and 2 alone */
};

static void post(struct world *x, const char *name, const struct yihu_buf *bytes, int status,
		 const char *slug)
{
	char got[64], *path = yihu_printf("/api/public/%s", name);
	int code = reply_outcome(http_post(&x->w, path, bytes), got);
	if (code != status || strcmp(got, slug) != 0)
		fail_msg("POST %s: %d %s instead of %d %s", name, code, got, status, slug);
	free(path);
}

static void post_file(struct world *x, const char *name, int status, const char *slug)
{
	post(x, name, yihu_public_get(x->files, name), status, slug);
}

static void expect_state(struct world *x, const char *state)
{
	struct reply r = http_get(&x->w, "/api/state");
	json_t *j = reply_json(&r);
	assert_string_equal(json_text(j, "state"), state);
	json_decref(j);
	reply_free(&r);
}

static void expect_served(struct world *x, const char *name)
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

/* The daemon's entries in a fixture log: the same tree. */
static struct fixture_log *replica(const struct daemon *w)
{
	struct fixture_log *log = fixture_log_new(w->f);
	struct reply r = http_get(w, "/log/tile/entries/000.p/5");
	struct yihu_reader in = yihu_reader(r.body.data, r.body.len);
	struct yihu_error err;
	const uint8_t *entry;
	size_t len;
	assert_int_equal(r.status, 200);
	yihu_ledger_truncate(log->ledger, 0);
	yihu_buf_free(&log->entries[0]);
	log->n = 0;
	while (in.left > 0) {
		assert_true(yihu_bundle_next(&in, &entry, &len));
		fixture_must(fixture_log_put(log, entry, len, &err), &err);
	}
	reply_free(&r);
	return log;
}

static void send_entry(const struct daemon *w, const struct yihu_buf *entry)
{
	struct yihu_buf body = {0};
	char slug[64];
	yihu_buf_u8(&body, entry->data[0]);
	yihu_buf_put(&body, entry->data + YIHU_ENTRY_HEAD_BYTES,
		     entry->len - YIHU_ENTRY_HEAD_BYTES);
	assert_int_equal(reply_outcome(http_post(w, "/api/entry", &body), slug), 201);
	yihu_buf_free(&body);
}

/* A daemon with four ballots, closed, or about to be. */
static int start(void **state)
{
	struct world *x = yihu_calloc(1, sizeof *x);
	char slug[64];
	daemon_set_up(&x->w, &(struct fixture_options){.q = 2}, DURING);
	daemon_start(&x->w, &(struct countd_options){.accept_site = true});
	for (uint32_t i = 1; i <= 4; i++) {
		struct yihu_buf b = boxdir_ballot(x->w.f, i, i);
		assert_int_equal(reply_outcome(http_post(&x->w, "/api/ballot", &b), slug), 201);
		yihu_buf_free(&b);
	}
	x->log = replica(&x->w);
	x->log->time = AFTER;
	fixture_log_close(x->log);
	clock_go(AFTER);
	x->files = fixture_public_new(x->w.f);
	fixture_public_log(x->files, x->log);
	fixture_public_box(x->files, x->log, ALL);
	fixture_public_mix(x->files, x->log, 2);
	fixture_public_mix(x->files, x->log, 3);
	x->files_12 = fixture_public_new(x->w.f);
	fixture_public_box(x->files_12, x->log, 3);
	*state = x;
	return 0;
}

static int stop(void **state)
{
	struct world *x = *state;
	yihu_public_free(x->files);
	yihu_public_free(x->files_12);
	fixture_log_free(x->log);
	daemon_tear_down(&x->w);
	free(x);
	return 0;
}

static void add_openings(struct world *x)
{
	fixture_public_open(x->files, x->log, 1);
	fixture_public_open(x->files, x->log, 3);
}

/* results.pb, results.json and the note, as an audit of the folder gives them. */
static void add_results(struct world *x)
{
	struct yihu_audit_options o = {.eid_bits = 256};
	memcpy(o.eid, x->w.f->election->charter->eid, sizeof o.eid);
	struct yihu_audit *a = yihu_audit_run(x->files, &o);
	struct yihu_error err;
	fixture_must(yihu_audit_verdict(a, &err), &err);
	struct yihu_buf pb = a->results_pb, json = a->results_json, pb_copy = {0}, json_copy = {0};
	yihu_buf_put(&pb_copy, pb.data, pb.len);
	yihu_buf_put(&json_copy, json.data, json.len);
	yihu_audit_free(a);
	fixture_public_results(x->files, x->w.f, &pb_copy, &json_copy, ALL);
	yihu_buf_free(&pb_copy);
	yihu_buf_free(&json_copy);
}

/* Drawn from results.json, so taken from anybody, but no other. */
static void expect_results_page(struct world *x)
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
		post(x, f->name, &drawn, 400, "results");
		drawn.data[drawn.len / 2] ^= 1;
		post(x, f->name, &drawn, 201, "");
		yihu_buf_free(&drawn);
	}
}

static struct yihu_buf complaints_note(const struct world *x, const struct yihu_complaints *c,
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

/* The issuer's, and never an older one again; the page is then drawn with them. */
static void expect_complaints(struct world *x)
{
	const struct yihu_buf *json = yihu_public_get(x->files, "results.json");
	struct yihu_complaints first = {.made = 2000, .filed = 2};
	const struct yihu_complaints older = {.made = 1999, .filed = 0};
	const struct yihu_complaints beside = {.made = 2000, .filed = 0};
	const struct yihu_complaints later = {.made = 2001, .filed = 3};
	struct yihu_buf a = complaints_note(x, &first, &x->w.f->issuer);
	struct yihu_buf b = complaints_note(x, &older, &x->w.f->issuer);
	struct yihu_buf c = complaints_note(x, &beside, &x->w.f->issuer);
	struct yihu_buf d = complaints_note(x, &later, &x->w.f->log);
	struct yihu_buf e = complaints_note(x, &later, &x->w.f->issuer);
	struct yihu_buf page = {0};
	struct yihu_error err;
	post(x, YIHU_COMPLAINTS_FILE, &a, 201, "");
	post(x, YIHU_COMPLAINTS_FILE, &a, 200, "");
	post(x, YIHU_COMPLAINTS_FILE, &b, 409, "exists");
	post(x, YIHU_COMPLAINTS_FILE, &c, 409, "exists");
	post(x, YIHU_COMPLAINTS_FILE, &d, 400, "signature");
	fixture_must(yihu_results_page(&page,
				       &(struct yihu_results){.json = json->data, .len = json->len},
				       "zh", &err),
		     &err);
	post(x, "site/results.html", &page, 200, ""); /* it is there already */
	page.data[page.len / 2] ^= 1;
	post(x, "site/results.html", &page, 400, "results");
	yihu_buf_reset(&page);
	fixture_must(yihu_results_page(&page,
				       &(struct yihu_results){.json = json->data,
							      .len = json->len,
							      .complaints = &first},
				       "zh", &err),
		     &err);
	post(x, "site/results.html", &page, 201, "");
	post(x, YIHU_COMPLAINTS_FILE, &e, 201, "");
	first.filed = 3;
	yihu_buf_reset(&page);
	fixture_must(yihu_results_page(&page,
				       &(struct yihu_results){.json = json->data, .len = json->len},
				       "zh", &err),
		     &err);
	post(x, "site/results.html", &page, 400, "results");
	yihu_buf_reset(&page);
	fixture_must(yihu_results_page(&page,
				       &(struct yihu_results){.json = json->data,
							      .len = json->len,
							      .complaints = &first},
				       "zh", &err),
		     &err);
	post(x, "site/results.html", &page, 201, "");
	yihu_buf_free(&a);
	yihu_buf_free(&b);
	yihu_buf_free(&c);
	yihu_buf_free(&d);
	yihu_buf_free(&e);
	yihu_buf_free(&page);
}

static void whole_way_to_the_results(void **state)
{
	struct world *x = *state;
	struct yihu_buf page = {0};
	yihu_buf_str(&page, "<!doctype html><title>x</title>");
	post_file(x, "box", 409, "state");
	send_entry(&x->w, &x->log->entries[5]);
	expect_state(x, "closed");
	post(x, "box", yihu_public_get(x->files_12, "box"), 201, "");
	expect_state(x, "boxed");
	post_file(x, "mix/1", 201, "");
	post_file(x, "mix/1", 200, "");
	expect_state(x, "mixed");
	/* A holder who comes later adds its line. */
	post_file(x, "box", 201, "");
	post_file(x, "mix/2", 201, "");
	expect_served(x, "mix/2");
	add_openings(x);
	post_file(x, "open/1", 201, "");
	expect_state(x, "mixed");
	post_file(x, "open/3", 201, "");
	expect_state(x, "opened");
	/* A holder's, and well formed; yet nobody mixes what is opened. */
	post(x, "mix/3", yihu_public_get(x->files, "mix/1"), 409, "state");
	add_results(x);
	post_file(x, "results", 409, "missing-file");
	post_file(x, "results.pb", 201, "");
	post_file(x, "results.json", 201, "");
	post(x, "site/index.html", &page, 403, "state");
	expect_state(x, "opened");
	post_file(x, "results", 201, "");
	expect_state(x, "published");
	static const char *const names[] = {"box",     "mix/1",      "open/3",
					    "results", "results.pb", "results.json"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		expect_served(x, names[i]);
		post_file(x, names[i], 200, "");
	}
	post(x, "results.pb", &page, 409, "exists");
	expect_results_page(x);
	expect_complaints(x);
	post(x, "site/index.html", &page, 201, "");
	post(x, "site/index.html", &page, 200, "");
	post(x, "site/../x.html", &page, 404, "not-found");
	post(x, "site/x.js", &page, 404, "not-found");
	struct reply r = http_get(&x->w, "/site/index.html");
	assert_int_equal(r.status, 200);
	assert_non_null(strstr(r.head, "; sandbox"));
	reply_free(&r);
	yihu_buf_free(&page);
}

static struct yihu_buf changed(const struct world *x, const char *name, size_t at)
{
	const struct yihu_buf *from = yihu_public_get(x->files, name);
	struct yihu_buf out = {0};
	yihu_buf_put(&out, from->data, from->len);
	out.data[at < from->len ? at : from->len - 1] ^= 1;
	return out;
}

static void post_changed(struct world *x, const char *name, size_t at, int status, const char *slug)
{
	struct yihu_buf b = changed(x, name, at);
	post(x, name, &b, status, slug);
	yihu_buf_free(&b);
}

static void forged_files_are_refused(void **state)
{
	struct world *x = *state;
	struct yihu_buf tiny = {0};
	yihu_buf_str(&tiny, "x");
	send_entry(&x->w, &x->log->entries[5]);
	post(x, "box", &tiny, 400, "format");
	fixture_public_box(x->files_12, x->log, 1);
	post(x, "box", yihu_public_get(x->files_12, "box"), 400, "signers");
	fixture_public_box(x->files_12, x->log, 3);
	/* A digit of the eid. */
	struct yihu_buf box = {0};
	yihu_buf_put(&box, yihu_public_get(x->files, "box")->data,
		     yihu_public_get(x->files, "box")->len);
	box.data[40] = box.data[40] == '0' ? '1' : '0';
	post(x, "box", &box, 400, "other-election");
	yihu_buf_free(&box);
	post_file(x, "mix/1", 409, "missing-file");
	post_file(x, "box", 201, "");
	/* Two signatures after three: nothing is taken away again. */
	post(x, "box", yihu_public_get(x->files_12, "box"), 409, "exists");
	post_changed(x, "mix/1", 100, 400, "signature");
	post(x, "mix/1", &tiny, 400, "format");
	post_file(x, "mix/2", 409, "missing-file");
	/* Signed, yet in the wrong place. */
	post(x, "mix/1", yihu_public_get(x->files, "mix/2"), 400, "mix");
	post_file(x, "mix/1", 201, "");
	post(x, "mix/2", yihu_public_get(x->files, "mix/1"), 400, "mix");
	post_file(x, "mix/2", 201, "");
	post(x, "results.pb", &tiny, 409, "state");
	add_openings(x);
	post_changed(x, "open/1", 200, 400, "signature");
	post_file(x, "open/1", 201, "");
	post_file(x, "open/3", 201, "");
	add_results(x);
	post_changed(x, "results.pb", 200, 400, "results");
	post_changed(x, "results.json", 30, 400, "results");
	post_file(x, "results.pb", 201, "");
	post_file(x, "results.json", 201, "");
	post_changed(x, "results", 300, 400, "signature");
	post_file(x, "results", 201, "");
	yihu_buf_free(&tiny);
}

static void names_that_are_none(void **state)
{
	struct world *x = *state;
	static const char *const names[] = {
		"charter", "election.pb",  "register", "log/checkpoint", "mix/0", "mix/16",
		"mix/01",  "open/x",       "..",       "../box",         ".box",  "box/",
		"BOX",     "results.html",
	};
	struct yihu_buf b = {0};
	yihu_buf_str(&b, "x");
	send_entry(&x->w, &x->log->entries[5]);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		post(x, names[i], &b, 404, "not-found");
	yihu_buf_free(&b);
}

static void too_large_files_are_refused(void **state)
{
	struct world *x = *state;
	struct yihu_buf b = {0};
	send_entry(&x->w, &x->log->entries[5]);
	for (int i = 0; i < 2000; i++)
		yihu_buf_str(&b, "0123456789012345678901234567890123456789");
	post(x, "box", &b, 413, "too-big");
	post(x, "mix/1", &b, 413, "too-big");
	post(x, "open/1", &b, 413, "too-big");
	yihu_buf_free(&b);
}

static void site_is_closed_unless_asked_for(void **state)
{
	struct world *x = *state;
	struct yihu_buf page = {0};
	yihu_buf_str(&page, "x");
	send_entry(&x->w, &x->log->entries[5]);
	daemon_stop(&x->w);
	char *results = yihu_path(x->w.dir, "public/results");
	struct yihu_error err;
	fixture_must(yihu_file_write(results, "x", 1, 0644, &err), &err);
	daemon_start(&x->w, NULL);
	post(x, "site/index.html", &page, 403, "state");
	daemon_stop(&x->w);
	daemon_start(&x->w, &(struct countd_options){.accept_site = true});
	post(x, "site/index.html", &page, 201, "");
	free(results);
	yihu_buf_free(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)
		CASE(whole_way_to_the_results),
		CASE(forged_files_are_refused),
		CASE(names_that_are_none),
		CASE(too_large_files_are_refused),
		CASE(site_is_closed_unless_asked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
