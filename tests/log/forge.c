/* SPDX-License-Identifier: Apache-2.0
 *
 * Ingredients of bad entries, and the runner of their tables.
 */
#include "forge.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static const struct fixture *elections[2];

const uint8_t *eid(const struct world *w)
{
	return w->f->election->charter->eid;
}

void ballot_entry(struct yihu_buf *out, uint64_t time, const struct yihu_buf *ballot)
{
	yihu_entry_put(out, YIHU_ENTRY_BALLOT, time, ballot->data, ballot->len);
}

void ballot_of(const struct world *w, uint32_t serial, uint64_t seed, struct yihu_buf *out)
{
	uint32_t digits[64];
	fixture_digits(w->f, seed, digits);
	fixture_ballot(w->f, serial, digits, out);
}

void ballot_at(const struct world *w, uint32_t serial, uint64_t time, struct yihu_buf *out)
{
	struct yihu_buf b = {0};
	ballot_of(w, serial, 77, &b);
	ballot_entry(out, time, &b);
	yihu_buf_free(&b);
}

void ballot_with(const struct world *w, const struct yihu_token *t, const struct yihu_scalar *r,
		 struct yihu_buf *out)
{
	struct yihu_buf b = {0};
	struct yihu_error err;
	const uint32_t words[] = {3, 1};
	fixture_must(yihu_ballot_make(&b, w->f->election, t, words, r, NULL, &err), &err);
	ballot_entry(out, w->now, &b);
	yihu_buf_free(&b);
}

void resign(const struct world *w, uint32_t serial, struct yihu_buf *ballot)
{
	struct yihu_token t = fixture_token(w->f, serial);
	struct yihu_keypair kp;
	struct yihu_buf m = {0};
	size_t len = ballot->len - YIHU_SIGNATURE_BYTES;
	yihu_token_keypair(&kp, eid(w), &t);
	yihu_message_label(&m, "ballot");
	yihu_message_item(&m, eid(w), YIHU_EID_BYTES);
	yihu_message_item(&m, ballot->data, len);
	yihu_sign(ballot->data + len, &kp, m.data, m.len);
	yihu_buf_free(&m);
}

void patched_ballot(const struct world *w, size_t at, const void *bytes, size_t len,
		    struct yihu_buf *out)
{
	struct yihu_buf b = {0};
	ballot_of(w, FREE, 77, &b);
	memcpy(b.data + at, bytes, len);
	resign(w, FREE, &b);
	ballot_entry(out, w->now, &b);
	yihu_buf_free(&b);
}

void change_entry(const struct world *w, uint64_t time, uint32_t old_serial, uint32_t new_serial,
		  const struct yihu_credential *credential, struct yihu_buf *out)
{
	struct yihu_buf body = {0};
	yihu_change_body(&body, eid(w), old_serial, new_serial, credential, &w->f->issuer);
	yihu_entry_put(out, YIHU_ENTRY_CHANGE, time, body.data, body.len);
	yihu_buf_free(&body);
}

void change(const struct world *w, uint32_t old_serial, uint32_t new_serial, struct yihu_buf *out)
{
	struct yihu_credential c = {0};
	if (new_serial)
		c = fixture_credential(w->f, new_serial);
	change_entry(w, w->now, old_serial, new_serial, new_serial ? &c : NULL, out);
}

void credential_for(const struct world *w, uint32_t serial,
		    const uint8_t pk[static YIHU_PUBKEY_BYTES], struct yihu_credential *c)
{
	uint8_t be[4];
	struct yihu_buf m = {0};
	yihu_store_be32(be, serial);
	yihu_message_label(&m, "token");
	yihu_message_item(&m, eid(w), YIHU_EID_BYTES);
	yihu_message_item(&m, be, sizeof be);
	yihu_message_item(&m, pk, YIHU_PUBKEY_BYTES);
	memcpy(c->pk, pk, sizeof c->pk);
	yihu_sign(c->signature, &w->f->issuer, m.data, m.len);
	yihu_buf_free(&m);
}

void addition_of_key(const struct world *w, const uint8_t pk[static YIHU_PUBKEY_BYTES],
		     struct yihu_buf *out)
{
	struct yihu_credential c;
	uint32_t next = yihu_ledger_last_serial(w->log->ledger) + 1;
	credential_for(w, next, pk, &c);
	change_entry(w, w->now, 0, next, &c, out);
}

void signed_change(const struct world *w, const uint8_t part[static 104],
		   const uint8_t of[static YIHU_EID_BYTES], const struct yihu_keypair *by,
		   struct yihu_buf *out)
{
	uint8_t signature[YIHU_SIGNATURE_BYTES];
	struct yihu_buf m = {0};
	yihu_message_label(&m, "replace");
	yihu_message_item(&m, of, YIHU_EID_BYTES);
	yihu_message_item(&m, part, 104);
	yihu_sign(signature, by, m.data, m.len);
	yihu_entry_put(out, YIHU_ENTRY_CHANGE, w->now, part, 104);
	yihu_buf_put(out, signature, sizeof signature);
	yihu_buf_free(&m);
}

void void_of(uint8_t part[static 104], uint32_t serial)
{
	memset(part, 0, 104);
	yihu_store_be32(part, serial);
}

void close_entry(uint64_t time, const uint8_t of[static 32], uint64_t size, struct yihu_node root,
		 const struct yihu_keypair *by, struct yihu_buf *out)
{
	struct yihu_buf body = {0};
	yihu_close_body(&body, of, size, root.bytes, by);
	yihu_entry_put(out, YIHU_ENTRY_CLOSE, time, body.data, body.len);
	yihu_buf_free(&body);
}

struct yihu_node root_of(const struct world *w)
{
	const struct yihu_tree *t = yihu_ledger_tree(w->log->ledger);
	return yihu_tree_root(t, yihu_tree_size(t));
}

void honest_close(const struct world *w, uint64_t time, struct yihu_buf *out)
{
	close_entry(time, eid(w), yihu_ledger_size(w->log->ledger), root_of(w), &w->f->issuer, out);
}

struct yihu_scalar known_r(uint8_t n)
{
	return yihu_scalar_u64(1000 + n);
}

void nothing(const struct world *w, struct yihu_buf *out)
{
	(void)w, (void)out;
}

void free_ballot(const struct world *w, struct yihu_buf *out)
{
	ballot_at(w, FREE, w->now, out);
}

void free_ballot_at_opens(const struct world *w, struct yihu_buf *out)
{
	ballot_at(w, FREE, w->f->options.opens, out);
}

void void_of_free(const struct world *w, struct yihu_buf *out)
{
	change(w, FREE, 0, out);
}

void close_now(const struct world *w, struct yihu_buf *out)
{
	honest_close(w, w->f->options.closes, out);
}

void open_now(const struct world *w, struct yihu_buf *out)
{
	yihu_entry_open(out, w->now, w->f->election);
}

void same_ballot_at(const struct world *w, struct yihu_buf *out)
{
	const struct yihu_buf *e = &w->log->entries[VOTED_AT];
	yihu_entry_put(out, YIHU_ENTRY_BALLOT, w->now, e->data + 9, e->len - 9);
}

/* The voter of VOTED uses known randomness: ballot_repeating_an_a does too. */
static void first_ballot(struct world *w)
{
	struct yihu_token t = fixture_token(w->f, VOTED);
	struct yihu_scalar r[2] = {known_r(1), known_r(2)};
	struct yihu_buf e = {0};
	struct yihu_error err;
	w->now = w->f->options.opens + 10;
	ballot_with(w, &t, r, &e);
	fixture_must(fixture_log_put(w->log, e.data, e.len, &err), &err);
	yihu_buf_free(&e);
}

struct world world_at(enum stage stage)
{
	struct world w = {.f = elections[0], .other = elections[1]};
	w.now = w.f->options.opens - 60;
	w.log = fixture_log_new(w.f);
	if (stage == EMPTY)
		yihu_ledger_truncate(w.log->ledger, 0);
	if (stage <= OPENED)
		return w;
	fixture_log_change(w.log, REPLACED, true);
	fixture_log_change(w.log, VOIDED, false);
	fixture_log_change(w.log, 0, true);
	first_ballot(&w);
	assert_int_equal(w.log->n, VOTED_AT + 1);
	w.log->time = w.now + 5;
	w.now += 20;
	if (stage == CLOSED)
		fixture_log_close(w.log);
	if (stage == CALLED_OFF)
		fixture_log_cancel(w.log, 0, "a price is wrong");
	if (stage == SEALED)
		yihu_ledger_seal(w.log->ledger);
	return w;
}

/* Every refusal leaves the ledger as it was and says why; `at` is told for
 * those two codes that have one and left alone for the others. */
static void refused(void **state)
{
	const struct bad_row *row = *state;
	struct world w = world_at(row->stage);
	struct yihu_buf entry = {0};
	struct yihu_error err = {0};
	uint64_t at = 999;
	bool tells = row->code == YIHU_EVOTED || row->code == YIHU_ESAME;
	row->make(&w, &entry);
	uint64_t size = yihu_ledger_size(w.log->ledger);
	struct yihu_node root = root_of(&w);
	const void *bytes = entry.data ? entry.data : (const uint8_t *)"";
	int code = yihu_ledger_check(w.log->ledger, bytes, entry.len, YIHU_VERIFY_NOW, &at, &err);
	assert_string_equal(yihu_code_slug(code), yihu_code_slug(row->code));
	assert_int_equal(err.code, code);
	assert_true(strlen(err.text) > 10);
	assert_int_equal(at, tells ? VOTED_AT : 999);
	code = yihu_ledger_append(w.log->ledger, bytes, entry.len, YIHU_VERIFY_NOW, NULL, NULL);
	assert_int_equal(code, row->code);
	assert_int_equal(yihu_ledger_size(w.log->ledger), size);
	assert_memory_equal(root_of(&w).bytes, root.bytes, sizeof root.bytes);
	yihu_buf_free(&entry);
	fixture_log_free(w.log);
}

/* Only points, proof and signature are passed over when they were checked before. */
static void spared_only_its_proof(void **state)
{
	const struct bad_row *row = *state;
	struct world w = world_at(row->stage);
	struct yihu_buf entry = {0};
	row->make(&w, &entry);
	const void *bytes = entry.data ? entry.data : (const uint8_t *)"";
	int code = yihu_ledger_check(w.log->ledger, bytes, entry.len, YIHU_VERIFIED_BEFORE, NULL,
				     NULL);
	assert_string_equal(yihu_code_slug(code), yihu_code_slug(row->spared));
	yihu_buf_free(&entry);
	fixture_log_free(w.log);
}

int forge_set_up(void **state)
{
	(void)state;
	elections[0] = fixture_new(&(struct fixture_options){
		.name = "bad", .projects = 20, .max_additions = 2, .max_replacements = 3});
	elections[1] = fixture_new(&(struct fixture_options){.name = "other", .projects = 40});
	assert_int_equal(elections[0]->election->definition->width, 2);
	assert_int_equal(elections[1]->election->definition->width, 3);
	return 0;
}

int forge_tear_down(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct fixture *f;
		memcpy(&f, &elections[i], sizeof f);
		fixture_free(f);
	}
	return 0;
}

int bad_rows(const char *title, const struct bad_row *rows, size_t n)
{
	struct CMUnitTest *tests = yihu_calloc(2 * n, sizeof *tests);
	struct bad_row *own = yihu_calloc(n, sizeof *own);
	char **names = yihu_calloc(n, sizeof *names);
	memcpy(own, rows, n * sizeof *own);
	for (size_t i = 0; i < n; i++) {
		names[i] = yihu_printf("%s (verified before)", own[i].name);
		tests[2 * i] = (struct CMUnitTest){own[i].name, refused, NULL, NULL, &own[i]};
		tests[2 * i + 1] =
			(struct CMUnitTest){names[i], spared_only_its_proof, NULL, NULL, &own[i]};
	}
	int rc = _cmocka_run_group_tests(title, tests, 2 * n, forge_set_up, forge_tear_down);
	for (size_t i = 0; i < n; i++)
		free(names[i]);
	free(names);
	free(own);
	free(tests);
	return rc;
}
