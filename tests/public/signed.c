/* SPDX-License-Identifier: Apache-2.0
 *
 * Who signed a public file: of each kind those who did, and nobody where it was
 * changed or is another's.
 */
#include <stdlib.h>
#include <string.h>

#include <fixture.h>
#include <yihu/audit.h>
#include <yihu/signed.h>

#include "test.h"

static struct fixture *f;
static struct yihu_public *p;

static const struct {
	enum yihu_public_kind kind;
	const char *name;
	uint32_t who; /* bits */
} rows[] = {
	{YIHU_PUBLIC_DEFINITION, "election.pb", 0},
	{YIHU_PUBLIC_CHARTER, "charter", YIHU_SIGNER_ISSUER | 7},
	{YIHU_PUBLIC_PICTURE, NULL, 0}, /* its name is known with its bytes */
	{YIHU_PUBLIC_REGISTER, "register", YIHU_SIGNER_ISSUER},
	{YIHU_PUBLIC_TILE, "log/tile/entries/000.p/6", 0},
	{YIHU_PUBLIC_CHECKPOINT, "log/checkpoint", YIHU_SIGNER_LOG},
	{YIHU_PUBLIC_AT_CLOSE, "log/at-close", YIHU_SIGNER_LOG},
	{YIHU_PUBLIC_BOX, "box", 7},
	{YIHU_PUBLIC_MIX, "mix/2", 2},
	{YIHU_PUBLIC_OPENING, "open/1", 1},
	{YIHU_PUBLIC_CANCELLED, "cancelled", YIHU_SIGNER_ISSUER},
	{YIHU_PUBLIC_RESULTS_PB, "results.pb", 0},
	{YIHU_PUBLIC_RESULTS_JSON, "results.json", 0},
	{YIHU_PUBLIC_RESULTS, "results", YIHU_SIGNER_ISSUER | 5},
	{YIHU_PUBLIC_PRELIMINARY, "preliminary", YIHU_SIGNER_ISSUER},
	{YIHU_PUBLIC_FINAL, "final", YIHU_SIGNER_ISSUER},
	{YIHU_PUBLIC_SITE, "site/x.html", 0},
};
#define N_ROWS (sizeof rows / sizeof *rows)

static const char *name_of(size_t row)
{
	return rows[row].name ? rows[row].name : f->picture_name.text;
}

static int signed_by(uint32_t *who, size_t row, const struct yihu_charter *c,
		     struct yihu_error *err)
{
	const struct yihu_buf *b = yihu_public_get(p, name_of(row));
	assert_non_null(b);
	return yihu_public_signed_by(who, rows[row].kind, b->data, b->len, c, err);
}

TEST(each_kind_has_its_signers)
{
	assert_int_equal(N_ROWS, YIHU_N_PUBLIC_KINDS);
	for (size_t i = 0; i < N_ROWS; i++) {
		uint32_t who = 0;
		struct yihu_error err;
		assert_int_equal(rows[i].kind, i);
		fixture_must(signed_by(&who, i, f->election->charter, &err), &err);
		assert_int_equal(who, rows[i].who);
		assert_int_equal(signed_by(NULL, i, f->election->charter, &err), 0);
	}
}

/* Changes bits of one byte; done twice, it is as it was. */
static void flip(const char *name, size_t at, uint8_t bits)
{
	const struct yihu_buf *b = yihu_public_get(p, name);
	struct yihu_buf changed = {0};
	yihu_buf_put(&changed, b->data, b->len);
	changed.data[at] ^= bits;
	yihu_public_put(p, name, changed.data, changed.len);
	yihu_buf_free(&changed);
}

/* Close to the end stands a signature, in text or in bytes. */
TEST(nobody_signed_what_was_changed)
{
	for (size_t i = 0; i < N_ROWS; i++) {
		size_t at = yihu_public_get(p, name_of(i))->len - 8;
		uint32_t who = 0;
		if (rows[i].who == 0)
			continue;
		flip(rows[i].name, at, 1);
		assert_int_not_equal(signed_by(&who, i, f->election->charter, NULL), 0);
		assert_int_equal(who, 0);
		flip(rows[i].name, at, 1);
	}
}

TEST(nobody_signed_for_another_election)
{
	struct fixture *other = fixture_new(&(struct fixture_options){.name = "other"});
	for (size_t i = 0; i < N_ROWS; i++)
		if (rows[i].who != 0)
			assert_int_not_equal(signed_by(NULL, i, other->election->charter, NULL), 0);
	fixture_free(other);
}

/* open/1 says of itself that it is holder 0's, or that of a holder 4. */
TEST(a_number_that_no_holder_has_is_nobody_s)
{
	for (uint8_t bits = 1; bits <= 5; bits += 4) {
		struct yihu_error err;
		flip("open/1", 11, bits);
		assert_int_equal(signed_by(NULL, YIHU_PUBLIC_OPENING, f->election->charter, &err),
				 YIHU_ESIGNATURE);
		flip("open/1", 11, bits);
	}
}

/* ---- an election that has everything, even what cannot be together ---- */

static void add_results(void)
{
	struct yihu_audit_options o = {0};
	struct yihu_audit *a = yihu_audit_run(p, &o);
	struct yihu_error err;
	fixture_must(yihu_audit_verdict(a, &err), &err);
	struct yihu_buf pb = {0}, json = {0};
	yihu_buf_put(&pb, a->results_pb.data, a->results_pb.len);
	yihu_buf_put(&json, a->results_json.data, a->results_json.len);
	yihu_audit_free(a);
	fixture_public_results(p, f, &pb, &json, 5);
	yihu_buf_free(&pb);
	yihu_buf_free(&json);
}

static void add_cancelled(void)
{
	struct yihu_buf note = {0};
	const struct yihu_cancelled_note n = {.reason = yihu_span("a price was wrong")};
	yihu_cancelled_note_sign(&note, f->election->charter->eid, &n,
				 &f->election->charter->issuer, &f->issuer);
	yihu_public_put(p, "cancelled", note.data, note.len);
	yihu_buf_free(&note);
}

AROUND(set_up)
{
	f = fixture_new(&(struct fixture_options){.pictured = true});
	struct fixture_log *log = fixture_log_new(f);
	fixture_log_ballots(log, 4);
	fixture_log_close(log);
	p = fixture_public_opened(log);
	add_results();
	add_cancelled();
	yihu_public_put(p, "site/x.html", "x", 1);
	fixture_log_free(log);
	return 0;
}

AROUND(tear_down)
{
	yihu_public_free(p);
	fixture_free(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_has_its_signers),
		cmocka_unit_test(nobody_signed_what_was_changed),
		cmocka_unit_test(nobody_signed_for_another_election),
		cmocka_unit_test(a_number_that_no_holder_has_is_nobody_s),
	};
	return cmocka_run_group_tests_name("signed", tests, set_up, tear_down);
}
