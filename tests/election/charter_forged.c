/* SPDX-License-Identifier: Apache-2.0
 *
 * Charters that everybody signed but that break a rule of PROTOCOL §1, §3 or
 * §4: each is refused, with its own code and the line named.
 */
#include "world.h"

#include <stdlib.h>
#include <string.h>

/* What a charter can say that is wrong though everybody signs it. Each forger
 * changes the world before the text is written; proofs are made anew where the
 * forger says so. */

static void same_key_issuer_and_holder(struct world *w)
{
	w->holders[1] = w->issuer;
	yihu_vkey_make(&w->c.holders[1].key, "王-2", w->issuer.pk, NULL);
	world_prove(w);
}

static void same_key_log_and_issuer(struct world *w)
{
	w->issuer = w->log;
	yihu_vkey_make(&w->c.issuer, "issuer", w->log.pk, NULL);
}

static void same_key_two_holders(struct world *w)
{
	w->holders[2] = w->holders[0];
	yihu_vkey_make(&w->c.holders[2].key, "王-3", w->holders[0].pk, NULL);
	world_prove(w);
}

static void same_name_two_holders(struct world *w)
{
	yihu_vkey_make(&w->c.holders[2].key, "王-1", w->holders[2].pk, NULL);
	world_prove(w);
}

static void same_name_issuer_and_holder(struct world *w)
{
	yihu_vkey_make(&w->c.holders[0].key, "issuer", w->holders[0].pk, NULL);
	world_prove(w);
}

static void same_name_issuer_and_log(struct world *w)
{
	yihu_vkey_make(&w->c.issuer, w->c.origin, w->issuer.pk, NULL);
}

static void log_name_is_another(struct world *w)
{
	yihu_vkey_make(&w->c.log, "vote.example.org/jishan-2026", w->log.pk, NULL);
}

static void origin_is_no_url(struct world *w)
{
	free(w->c.origin);
	w->c.origin = yihu_strdup("https://vote.example.org/jishan-2025");
	yihu_vkey_make(&w->c.log, w->c.origin, w->log.pk, NULL);
}

static void first_commitment_is_identity(struct world *w)
{
	w->a[1][0] = yihu_scalar_u64(0);
	world_prove(w);
}

static void last_commitment_is_identity(struct world *w)
{
	w->a[2][1] = yihu_scalar_u64(0);
	world_prove(w);
}

/* a_{3,0} = −a_{1,0} − a_{2,0}: each holder's proof holds, and Y is the identity. */
static void key_is_identity(struct world *w)
{
	w->a[2][0] = yihu_scalar_neg(yihu_scalar_add(w->a[0][0], w->a[1][0]));
	world_prove(w);
}

static void proof_response_is_wrong(struct world *w)
{
	struct yihu_scalar *s = &w->c.holders[1].proof_s;

	*s = yihu_scalar_add(*s, yihu_scalar_u64(1));
}

static void proof_is_another_holders(struct world *w)
{
	w->c.holders[0].proof_k = w->c.holders[1].proof_k;
	w->c.holders[0].proof_s = w->c.holders[1].proof_s;
}

static void proof_is_for_more_holders(struct world *w)
{
	yihu_holder_prove(&w->c.holders[1], 4, w->c.t, w->a[1]);
}

/* Rogue key: C' = C − ΣC of the others, whose secret nobody knows. */
static void commitment_cancels_the_others(struct world *w)
{
	struct yihu_holder *h = w->c.holders;

	h[2].c[0] = yihu_point_sub(yihu_point_sub(h[2].c[0], h[0].c[0]), h[1].c[0]);
}

static void higher_commitment_is_another(struct world *w)
{
	struct yihu_point *c = &w->c.holders[1].c[1];

	*c = yihu_point_add(*c, yihu_point_base(yihu_scalar_u64(1)));
}

static void holders_change_places(struct world *w)
{
	struct yihu_holder h = w->c.holders[0];
	struct yihu_keypair kp = w->holders[0];

	w->c.holders[0] = w->c.holders[1];
	w->c.holders[1] = h;
	w->holders[0] = w->holders[1];
	w->holders[1] = kp;
}

static void quorum_below_threshold(struct world *w)
{
	w->c.q = 1;
}

static void quorum_above_holders(struct world *w)
{
	w->c.q = 4;
}

static void closes_when_it_opens(struct world *w)
{
	w->c.closes = w->c.opens;
}

static void closes_before_it_opens(struct world *w)
{
	w->c.closes = w->c.opens - 1;
}

static void no_households(struct world *w)
{
	w->c.households = 0;
}

static void too_many_households(struct world *w)
{
	w->c.households = 1000001;
}

static void min_box_is_zero(struct world *w)
{
	w->c.min_box = 0;
}

struct forged {
	void (*forge)(struct world *w);
	const char *find, *with; /* in the text; NULL for none */
	int code;
	const char *words;
};

static const struct forged forged[] = {
	{same_key_issuer_and_holder, NULL, NULL, YIHU_EKEYS, "“issuer” and “王-2”"},
	{same_key_log_and_issuer, NULL, NULL, YIHU_EKEYS, "same key"},
	{same_key_two_holders, NULL, NULL, YIHU_EKEYS, "“王-1” and “王-3”"},
	{same_name_two_holders, NULL, NULL, YIHU_EKEYS, "name “王-1”"},
	{same_name_issuer_and_holder, NULL, NULL, YIHU_EKEYS, "name “issuer”"},
	{same_name_issuer_and_log, NULL, NULL, YIHU_EKEYS, "name “vote.example.org"},
	{log_name_is_another, NULL, NULL, YIHU_EORIGIN, "line 11"},
	{origin_is_no_url, NULL, NULL, YIHU_EORIGIN, "line 2"},
	{first_commitment_is_identity, NULL, NULL, YIHU_EIDENTITY, "line 14"},
	{last_commitment_is_identity, NULL, NULL, YIHU_EIDENTITY, "line 15"},
	{key_is_identity, NULL, NULL, YIHU_EIDENTITY, "line 16"},
	{proof_response_is_wrong, NULL, NULL, YIHU_EPROOF, "line 14"},
	{proof_is_another_holders, NULL, NULL, YIHU_EPROOF, "line 13"},
	{proof_is_for_more_holders, NULL, NULL, YIHU_EPROOF, "line 14"},
	{commitment_cancels_the_others, NULL, NULL, YIHU_EPROOF, "line 15"},
	{higher_commitment_is_another, NULL, NULL, YIHU_EPROOF, "line 14"},
	{holders_change_places, NULL, NULL, YIHU_ECHARTER, "line 13"},
	{quorum_below_threshold, NULL, NULL, YIHU_ETHRESHOLD, "between 2 and 3, not 1"},
	{quorum_above_holders, NULL, NULL, YIHU_ETHRESHOLD, "between 2 and 3, not 4"},
	{closes_when_it_opens, NULL, NULL, YIHU_ETIME, "line 9"},
	{closes_before_it_opens, NULL, NULL, YIHU_ETIME, "line 9"},
	{no_households, NULL, NULL, YIHU_EHOUSEHOLD, "line 4"},
	{too_many_households, NULL, NULL, YIHU_EHOUSEHOLD, "1000000"},
	{min_box_is_zero, NULL, NULL, YIHU_EMINBOX, "line 7"},
	{NULL, "yihu-charter-v1", "yihu-charter-v2", YIHU_EVERSION, "line 1"},
	{NULL, "yihu-charter-v1\n", "yihu-charter-v1 \n", YIHU_EVERSION, "line 1"},
	{NULL, "origin ", "Origin ", YIHU_ECHARTER, "line 2"},
	{NULL, "origin ", "origin  ", YIHU_ECHARTER, "line 2"},
	{NULL, "\ndefinition", " x\ndefinition", YIHU_ECHARTER, "line 2"},
	{NULL, "definition d5", "definition D5", YIHU_ECHARTER, "line 3"},
	{NULL, "definition d5", "definition ", YIHU_ECHARTER, "64"},
	{NULL, "households 9", "households 09", YIHU_ECHARTER, "“09”"},
	{NULL, "households 9", "households +9", YIHU_ECHARTER, "“+9”"},
	{NULL, "households 9", "households 9.0", YIHU_ECHARTER, "line 4"},
	{NULL, "households 9", "households 4294967296", YIHU_ECHARTER, "4294967296"},
	{NULL, "households 9", "households 4294967305", YIHU_ECHARTER, "line 4"},
	{NULL, "households 9\n", "", YIHU_ECHARTER, "households <number>"},
	{NULL, "households 9\n", "households 9\nhouseholds 9\n", YIHU_ECHARTER, "line 5"},
	{NULL, "roll 0f", "roll 0g", YIHU_ECHARTER, "line 5"},
	{NULL, "changes 3 2", "changes 3", YIHU_ECHARTER, "line 6"},
	{NULL, "changes 3 2", "changes 3 2 1", YIHU_ECHARTER, "line 6"},
	{NULL, "changes 3 2", "changes 3 02", YIHU_ECHARTER, "“02”"},
	{NULL, "changes 3 2", "changes 3 2 ", YIHU_ECHARTER, "line 6"},
	{NULL, "min-box 5", "min-box -5", YIHU_ECHARTER, "line 7"},
	{NULL, "opens 2025-06-15T15:06:40Z", "opens 2025-06-15 15:06:40Z", YIHU_ECHARTER, "line 8"},
	{NULL, "opens 2025-06-15T15:06:40Z", "opens 2025-06-15T15:06:40+00:00", YIHU_ETIME,
	 "line 8"},
	{NULL, "opens 2025-06-15T15:06:40Z", "opens 2025-06-31T15:06:40Z", YIHU_ETIME, "line 8"},
	{NULL, "opens 2025-06-15T15:06:40Z", "opens 2025-06-15T24:00:00Z", YIHU_ETIME, "line 8"},
	{NULL, "opens 2025-06-15T15:06:40Z", "opens 2025-6-15T15:06:40Z", YIHU_ETIME, "line 8"},
	{NULL, "closes 2025", "closes 2x25", YIHU_ETIME, "must have the form"},
	{NULL, "\nlog ", "\nlog x", YIHU_EFORMAT, "line 11"},
	{NULL, "threshold 2 3 3", "threshold 2 3 +3", YIHU_ECHARTER, "“+3”"},
	{NULL, "issuer issuer+", "issuer issue+", YIHU_EFORMAT, "line 10"},
	{NULL, "threshold 2 3 3", "threshold 1 3 3", YIHU_ETHRESHOLD, "line 12"},
	{NULL, "threshold 2 3 3", "threshold 4 3 3", YIHU_ETHRESHOLD, "line 12"},
	{NULL, "threshold 2 3 3", "threshold 0 3 3", YIHU_ETHRESHOLD, "line 12"},
	{NULL, "threshold 2 3 3", "threshold 2 16 3", YIHU_ETHRESHOLD, "line 12"},
	{NULL, "threshold 2 3 3", "threshold 2 4 3", YIHU_EPROOF, "line 13"},
	{NULL, "threshold 2 3 3", "threshold 2 2 2", YIHU_EPROOF, "line 13"},
	{NULL, "threshold 2 3 3", "threshold 3 3 3", YIHU_EFORMAT, "line 13"},
	{NULL, "threshold 2 3 3", "threshold 2 3", YIHU_ECHARTER, "threshold <t> <n> <q>"},
	{NULL, "\ntrustee 1 ", "\ntrustee 01 ", YIHU_EFORMAT, "line 13"},
	{NULL, "\ntrustee 2 ", "\ntrustee 1 ", YIHU_ECHARTER, "line 14"},
	{NULL, "\ntrustee 3 ", "\ntrustee 4 ", YIHU_ECHARTER, "line 15"},
	{NULL, "\ntrustee 3 ", "\nkey 3 ", YIHU_EFORMAT, "line 15"},
	{NULL, "\nkey ", "\nkey 4q5A", YIHU_EPOINT, "line 16"},
	{NULL, "\nkey ", "\nKey ", YIHU_ECHARTER, "line 16"},
	{NULL, "=\n", "=\nkey x\n", YIHU_EFORMAT, "line 14"},
};

static void refuse(const struct forged *row)
{
	struct yihu_charter *c = NULL;
	struct yihu_error err = {0};
	struct yihu_buf text, note;
	struct world w;

	world_init(&w, 3, 2, 9);
	if (row->forge != NULL)
		row->forge(&w);
	text = world_text(&w);
	if (row->find != NULL)
		replace(&text, row->find, row->with);
	note = world_sign(&w, &text);
	expect(yihu_charter_parse(&c, note.data, note.len, &err), &err, row->code, row->words);
	assert_null(c);
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	world_finish(&w);
}

TEST(signed_but_wrong_is_refused)
{
	for (size_t i = 0; i < sizeof(forged) / sizeof(forged[0]); i++) {
		print_message("# row %zu: %s\n", i, forged[i].words);
		refuse(&forged[i]);
	}
}

TEST(another_key_is_refused)
{
	struct yihu_charter *c = NULL;
	struct yihu_error err = {0};
	struct yihu_point other = yihu_point_base(yihu_scalar_random());
	struct yihu_buf text, note;
	struct world w;
	char *key;

	world_init(&w, 3, 2, 9);
	text = world_text(&w);
	key = strstr((char *)text.data, "\nkey ");
	text.len = (size_t)(key - (char *)text.data) + strlen("\nkey ");
	yihu_base64(&text, other.bytes, sizeof(other.bytes));
	yihu_buf_str(&text, "\n");
	note = world_sign(&w, &text);
	expect(yihu_charter_parse(&c, note.data, note.len, &err), &err, YIHU_EKEY, "line 16");
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	world_finish(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signed_but_wrong_is_refused),
		cmocka_unit_test(another_key_is_refused),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("charter_forged", tests, NULL, NULL);
}
