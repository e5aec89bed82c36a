/* SPDX-License-Identifier: Apache-2.0
 *
 * The elections on the bench, and the verdict over one variant.
 */
#include "bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "../audit/support.h"

#define WORDS_BOUND 59049 /* the largest of the recorded elections' words: 3^10 */
#define MISSES_PRINTED 20

/* A line before the log's and one after it, of keys that nobody knows. */
static void cosign(struct yihu_public *p, const struct fixture *f, const char *name)
{
	struct yihu_buf b = {0};
	const struct yihu_buf *file = yihu_public_get(p, name);
	yihu_buf_put(&b, file->data, file->len);
	fixture_sign_block(&b, f, "elc");
	yihu_public_put(p, name, b.data, b.len);
	yihu_buf_free(&b);
}

static void load_fixture(struct bench *b)
{
	struct fixture *f = fixture_new(&(struct fixture_options){.name = "bits",
								  .projects = 4,
								  .pictured = true,
								  .households = 5,
								  .max_withdrawals = 2});
	struct fixture_log *log = fixture_log_new(f);
	fixture_log_ballots(log, 3);
	fixture_log_change(log, 5, true);
	fixture_log_withdraw(log, 1, "its price is wrong");
	fixture_log_ballot(log, 6, (const uint32_t[]){1, 0, 0, 1});
	fixture_log_close(log);
	b->name = "fixture";
	b->honest = fixture_public_opened(log);
	publish(b->honest, f, 3);
	cosign(b->honest, f, "log/checkpoint");
	cosign(b->honest, f, "log/at-close");
	memcpy(b->o.eid, f->election->charter->eid, sizeof b->o.eid);
	fixture_log_free(log);
	fixture_free(f);
}

static void load_recorded(struct bench *b, const char *name)
{
	struct yihu_error err;
	char *dir = yihu_printf("%s/vectors/%s/public", getenv("YIHU_TEST_DATA"), name);
	char *secrets = yihu_printf("%s/vectors/%s/secrets.json", getenv("YIHU_TEST_DATA"), name);
	b->name = name;
	fixture_must(yihu_public_read(&b->honest, dir, &err), &err);
	json_t *root = json_load_file(secrets, 0, NULL);
	const char *eid = json_string_value(json_object_get(root, "eid"));
	if (eid == NULL || !yihu_unhex(b->o.eid, sizeof b->o.eid, yihu_span(eid)))
		abort();
	json_decref(root);
	free(dir);
	free(secrets);
}

/* One for all elections; lives as long as the program. */
static struct yihu_words_table *shared_table(void)
{
	static struct yihu_words_table *table;
	if (table == NULL)
		table = yihu_words_table_new(WORDS_BOUND);
	return table;
}

struct bench *bench_new(size_t i)
{
	if (i > 2)
		return NULL;
	struct bench *b = yihu_calloc(1, sizeof *b);
	if (i == 0)
		load_fixture(b);
	else
		load_recorded(b, i == 1 ? "approval" : "consent");
	b->o.eid_bits = 8 * YIHU_EID_BYTES;
	b->o.table = shared_table();
	b->work = public_copy(b->honest);
	return b;
}

void bench_free(struct bench *b)
{
	yihu_public_free(b->honest);
	yihu_public_free(b->work);
	free(b);
}

void bench_reset(struct bench *b)
{
	b->variants = b->refused = b->exempt = b->missed = 0;
}

void bench_restore(struct bench *b, const char *name)
{
	const struct yihu_buf *honest = yihu_public_get(b->honest, name);
	if (honest == NULL)
		yihu_public_remove(b->work, name);
	else
		yihu_public_put(b->work, name, honest->data, honest->len);
}

static bool named(const struct yihu_fault *f, const char *const names[3])
{
	for (size_t i = 0; i < 3 && names[i] != NULL; i++) {
		size_t len = strlen(names[i]);
		bool below = len == 0 || names[i][len - 1] == '/';
		if (below ? strncmp(f->file, names[i], len) == 0 : strcmp(f->file, names[i]) == 0)
			return true;
	}
	return false;
}

static void miss(struct bench *b, const struct yihu_audit *a, const char *name, const char *how,
		 size_t at)
{
	if (b->missed++ < MISSES_PRINTED)
		printf("# %s %s: %s %zu: %s\n", b->name, name, how, at,
		       a->n_faults == 0 ? "passes" : a->faults[0].text);
}

void bench_audit(struct bench *b, const char *const names[3], bool may_pass, const char *how,
		 size_t at)
{
	struct yihu_audit *a = yihu_audit_run(b->work, &b->o);
	bool told = false;
	for (size_t i = 0; i < a->n_faults; i++)
		told = told || named(&a->faults[i], names);
	b->variants++;
	if (told)
		b->refused++;
	else if (a->n_faults == 0 && may_pass)
		b->exempt++;
	else
		miss(b, a, names[0], how, at);
	yihu_audit_free(a);
}

static struct yihu_span block_of(const struct yihu_buf *note)
{
	const char *start = (const char *)note->data, *end = start + note->len;
	const char *gap = memmem(start, note->len, "\n\n", 2);
	return gap == NULL ? (struct yihu_span){end, 0}
			   : (struct yihu_span){gap + 2, (size_t)(end - gap) - 2};
}

static size_t lines_like(struct yihu_span block, struct yihu_span like)
{
	size_t n = 0;
	struct yihu_lines lines = yihu_lines(block.p, block.len);
	struct yihu_span line;
	while (yihu_lines_next(&lines, &line))
		n += line.len == like.len && memcmp(line.p, like.p, like.len) == 0;
	return n;
}

/* The log's: it begins with the dash and the name that stands on line 1. */
static struct yihu_span own_line(const struct yihu_buf *note)
{
	struct yihu_lines text = yihu_lines(note->data, note->len), lines;
	struct yihu_span origin, line, block = block_of(note);
	yihu_lines_next(&text, &origin);
	char *begin = yihu_printf("— %.*s ", (int)origin.len, origin.p);
	lines = yihu_lines(block.p, block.len);
	while (yihu_lines_next(&lines, &line))
		if (line.len > strlen(begin) && memcmp(line.p, begin, strlen(begin)) == 0)
			break;
	free(begin);
	return line;
}

/* What nobody checks: a checkpoint whose text is the same, and which bears the
 * log's line as it was, once. The lines of others may be any. */
static bool unchecked(const struct bench *b, const char *name, const void *bytes, size_t len)
{
	const struct yihu_buf *honest = yihu_public_get(b->honest, name);
	if (strcmp(name, "log/checkpoint") != 0 && strcmp(name, "log/at-close") != 0)
		return false;
	struct yihu_span was = block_of(honest);
	size_t text = honest->len - was.len;
	return len > text && memcmp(bytes, honest->data, text) == 0 &&
	       lines_like((struct yihu_span){(const char *)bytes + text, len - text},
			  own_line(honest)) == 1;
}

void bench_change(struct bench *b, const char *name, const void *bytes, size_t len, const char *how,
		  size_t at)
{
	const struct yihu_buf *honest = yihu_public_get(b->honest, name);
	const char *const names[3] = {name};
	if (len == honest->len && (len == 0 || memcmp(bytes, honest->data, len) == 0))
		return;
	yihu_public_put(b->work, name, bytes, len);
	bench_audit(b, names, unchecked(b, name, bytes, len), how, at);
	bench_restore(b, name);
}
