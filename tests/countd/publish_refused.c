/* SPDX-License-Identifier: Apache-2.0
 *
 * From the close to the results over HTTP: what is no file of the folder, not
 * its turn, too large or forged is refused, and the right one is taken after it.
 */
#include <stdlib.h>
#include <yihu/file.h>

#include "closing.h"
#include "test.h"

static struct yihu_buf changed(const struct closing *x, const char *name, size_t at)
{
	const struct yihu_buf *from = yihu_public_get(x->files, name);
	struct yihu_buf out = {0};
	yihu_buf_put(&out, from->data, from->len);
	out.data[at < from->len ? at : from->len - 1] ^= 1;
	return out;
}

static void post_changed(struct closing *x, const char *name, size_t at, int status,
			 const char *slug)
{
	struct yihu_buf b = changed(x, name, at);
	closing_post(x, name, &b, status, slug);
	yihu_buf_free(&b);
}

/* Also by its authority alone, before any byte of it is looked at. */
static void forged_mixes(struct closing *x, const struct yihu_buf *tiny)
{
	post_changed(x, "mix/1", 100, 400, "signature");
	closing_post(x, "mix/1", tiny, 400, "format");
	closing_post_by(x, "mix/1", "box", yihu_public_get(x->files, "mix/1"), 400, "signature");
	closing_post_file(x, "mix/2", 409, "missing-file");
	/* Signed, yet in the wrong place. */
	closing_post_by(x, "mix/1", "mix/2", yihu_public_get(x->files, "mix/2"), 400, "mix");
	closing_post_by(x, "mix/1", "mix/2", yihu_public_get(x->files, "mix/1"), 400, "signature");
	closing_post_file(x, "mix/1", 201, "");
	closing_post_by(x, "mix/2", "mix/1", yihu_public_get(x->files, "mix/1"), 409, "exists");
	closing_post_by(x, "mix/2", "mix/1", tiny, 409, "exists");
	closing_post_file(x, "mix/2", 201, "");
}

static void forged_files_are_refused(void **state)
{
	struct closing *x = *state;
	struct yihu_buf tiny = {0};
	yihu_buf_str(&tiny, "x");
	closing_send(x);
	closing_post(x, "box", &tiny, 400, "format");
	fixture_public_box(x->files_12, x->log, 1);
	closing_post(x, "box", yihu_public_get(x->files_12, "box"), 400, "signers");
	fixture_public_box(x->files_12, x->log, 3);
	/* A digit of the eid. */
	struct yihu_buf box = {0};
	yihu_buf_put(&box, yihu_public_get(x->files, "box")->data,
		     yihu_public_get(x->files, "box")->len);
	box.data[40] = box.data[40] == '0' ? '1' : '0';
	closing_post(x, "box", &box, 400, "other-election");
	yihu_buf_free(&box);
	closing_post_file(x, "mix/1", 409, "missing-file");
	closing_post_file(x, "box", 201, "");
	/* Two signatures after three: nothing is taken away again. */
	closing_post(x, "box", yihu_public_get(x->files_12, "box"), 409, "exists");
	forged_mixes(x, &tiny);
	closing_post(x, "results.pb", &tiny, 409, "state");
	closing_open(x);
	post_changed(x, "open/1", 200, 400, "signature");
	closing_post_by(x, "open/3", "open/1", yihu_public_get(x->files, "open/1"), 400, "opening");
	closing_post_file(x, "open/1", 201, "");
	closing_post_by(x, "open/3", "open/1", &tiny, 409, "exists");
	/* One opening is not enough for results. */
	closing_post(x, "results.pb", &tiny, 409, "state");
	closing_post_file(x, "open/3", 201, "");
	closing_results(x);
	post_changed(x, "results.pb", 200, 400, "signature");
	post_changed(x, "results.json", 30, 400, "signature");
	closing_post_by(x, "results.pb", "box", yihu_public_get(x->files, "results.pb"), 400,
			"signature");
	closing_post_file(x, "results.pb", 201, "");
	closing_post_file(x, "results.json", 201, "");
	post_changed(x, "results", 300, 400, "signature");
	closing_post_file(x, "results", 201, "");
	yihu_buf_free(&tiny);
}

static void names_that_are_none(void **state)
{
	struct closing *x = *state;
	static const char *const names[] = {
		"charter", "election.pb",  "register", "log/checkpoint", "mix/0", "mix/16",
		"mix/01",  "open/x",       "..",       "../box",         ".box",  "box/",
		"BOX",     "results.html",
	};
	struct yihu_buf b = {0};
	yihu_buf_str(&b, "x");
	closing_send(x);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		closing_post(x, names[i], &b, 404, "not-found");
	yihu_buf_free(&b);
}

static void too_large_files_are_refused(void **state)
{
	struct closing *x = *state;
	struct yihu_buf b = {0};
	closing_send(x);
	for (int i = 0; i < 2000; i++)
		yihu_buf_str(&b, "0123456789012345678901234567890123456789");
	closing_post(x, "box", &b, 413, "too-big");
	closing_post_file(x, "box", 201, "");
	closing_post(x, "mix/1", &b, 413, "too-big");
	closing_post_file(x, "mix/1", 201, "");
	closing_post_file(x, "mix/2", 201, "");
	closing_open(x);
	closing_post(x, "open/1", &b, 413, "too-big");
	yihu_buf_free(&b);
}

static void site_is_closed_unless_asked_for(void **state)
{
	struct closing *x = *state;
	struct yihu_buf page = {0};
	yihu_buf_str(&page, "x");
	closing_send(x);
	daemon_stop(&x->w);
	char *results = yihu_path(x->w.dir, "public/results");
	struct yihu_error err;
	fixture_must(yihu_file_write(results, "x", 1, 0644, &err), &err);
	daemon_start(&x->w, NULL);
	closing_post(x, "site/index.html", &page, 403, "state");
	daemon_stop(&x->w);
	daemon_start(&x->w, &(struct countd_options){.accept_site = true});
	closing_post(x, "site/index.html", &page, 201, "");
	free(results);
	yihu_buf_free(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, closing_start, closing_stop)
		CASE(forged_files_are_refused),
		CASE(names_that_are_none),
		CASE(too_large_files_are_refused),
		CASE(site_is_closed_unless_asked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
