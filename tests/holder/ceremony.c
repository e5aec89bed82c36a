/* SPDX-License-Identifier: Apache-2.0
 *
 * Announce, deal, accept: what a key holder's program refuses.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "committee.h"

#define assert_buf_equal(a, b)                                                                     \
	do {                                                                                       \
		assert_int_equal((a).len, (b).len);                                                \
		assert_memory_equal((a).data, (b).data, (a).len);                                  \
	} while (0)

static struct committee *begin(enum yihu_stage state)
{
	struct committee *c = committee_new(NULL);
	committee_to(c, state);
	return c;
}

/* The same bytes before and after. */
static void assert_same_file(struct committee *c, const char *name, const struct yihu_buf *before)
{
	struct yihu_buf after = committee_read(c, name);
	assert_buf_equal(after, *before);
	yihu_buf_free(&after);
}

TEST(announcing_again_changes_nothing)
{
	struct committee *c = begin(YIHU_STAGE_DRAFTED);
	assert_int_equal(committee_announce(c, 1), 0);
	struct yihu_buf file = committee_read(c, "ceremony/announce-1");
	struct yihu_buf key = committee_read(c, "../keys/1.key");
	assert_int_equal(committee_announce(c, 1), 0);
	assert_same_file(c, "ceremony/announce-1", &file);
	assert_same_file(c, "../keys/1.key", &key);
	yihu_buf_free(&file);
	yihu_buf_free(&key);
	committee_free(c);
}

static int announce_as(struct committee *c, uint32_t holder, uint32_t index)
{
	struct yihu_keyfile *key = committee_holder(c, holder);
	int r = holder_announce(key, &c->folder, index, &c->err);
	yihu_keyfile_close(key);
	return r;
}

TEST(an_index_is_taken_once)
{
	struct committee *c = begin(YIHU_STAGE_DRAFTED);
	assert_int_equal(committee_announce(c, 1), 0);
	assert_int_equal(announce_as(c, 2, 1), YIHU_EEXIST);
	assert_non_null(strstr(c->err.text, "holder-1"));
	assert_int_equal(announce_as(c, 1, 2), YIHU_EEXIST);
	assert_false(committee_has(c, "ceremony/announce-2"));
	assert_int_equal(announce_as(c, 2, 0), YIHU_EARG);
	assert_int_equal(announce_as(c, 2, 4), YIHU_EARG);
	committee_free(c);
}

static int announce_named(struct committee *c, const char *name)
{
	struct yihu_keyfile *key;
	char *path = yihu_printf("%s/keys/named-%s", c->temp, strchr(name, '/') ? "log" : name);
	assert_int_equal(yihu_keyfile_create(&key, path, YIHU_ROLE_TRUSTEE, name, NULL, &c->err),
			 0);
	int r = holder_announce(key, &c->folder, 2, &c->err);
	yihu_keyfile_close(key);
	free(path);
	return r;
}

TEST(names_of_other_keys_are_refused)
{
	struct committee *c = begin(YIHU_STAGE_DRAFTED);
	struct yihu_plan plan;
	assert_int_equal(committee_announce(c, 1), 0);
	assert_int_equal(yihu_plan_read(&plan, &c->folder, &c->err), 0);
	assert_int_equal(announce_named(c, "holder-1"), YIHU_EKEYS);
	assert_int_equal(announce_named(c, "issuer"), YIHU_EKEYS);
	assert_int_equal(announce_named(c, plan.origin), YIHU_EKEYS);
	assert_false(committee_has(c, "ceremony/announce-2"));
	yihu_plan_finish(&plan);
	committee_free(c);
}

/* ---- before there is a key file ---- */

static int claims(struct committee *c, const struct holder_claim *claim, size_t n)
{
	struct holder_claim there[3];
	char *paths[3];
	for (size_t i = 0; i < n; i++) {
		there[i] = claim[i];
		paths[i] = yihu_path(c->temp, claim[i].path);
		there[i].path = paths[i];
	}
	int r = holder_check_claims(there, n, &c->folder, &c->err);
	for (size_t i = 0; i < n; i++)
		free(paths[i]);
	return r;
}

#define CLAIMS(c, ...)                                                                             \
	claims((c), (const struct holder_claim[]){__VA_ARGS__},                                    \
	       sizeof((const struct holder_claim[]){__VA_ARGS__}) / sizeof(struct holder_claim))

static void assert_says(const struct committee *c, const char *text)
{
	if (strstr(c->err.text, text) == NULL)
		puts(c->err.text);
	assert_non_null(strstr(c->err.text, text));
}

TEST(one_stick_is_not_two_holders)
{
	struct committee *c = begin(YIHU_STAGE_DRAFTED);
	assert_int_equal(CLAIMS(c, {1, "keys/a", "A"}, {2, "keys/b", "B"}, {3, "keys/c", "C"}), 0);
	assert_int_equal(CLAIMS(c, {1, "keys/a", "A"}, {2, "keys/a", "B"}), YIHU_EARG);
	assert_says(c, "two key holders, 1 and 2");
	assert_int_equal(CLAIMS(c, {1, "keys/a", "A"}, {2, "keys/../keys/a", "B"}), YIHU_EARG);
	committee_shell(c, "ln -s keys sticks");
	assert_int_equal(CLAIMS(c, {1, "keys/a", "A"}, {2, "sticks/a", "B"}), YIHU_EARG);
	yihu_keyfile_close(committee_holder(c, 1));
	committee_shell(c, "ln keys/1.key keys/linked; cp keys/1.key keys/copied");
	assert_int_equal(CLAIMS(c, {1, "keys/1.key", NULL}, {2, "keys/linked", NULL}), YIHU_EARG);
	assert_says(c, "two key holders, 1 and 2");
	assert_int_equal(CLAIMS(c, {1, "keys/1.key", NULL}, {2, "keys/copied", NULL}), YIHU_EARG);
	assert_says(c, "copies of one key, “holder-1”");
	assert_int_equal(CLAIMS(c, {1, "keys/a", "A"}, {2, "keys/b", "A"}), YIHU_EKEYS);
	committee_free(c);
}

TEST(a_claim_fits_the_plan_and_its_file)
{
	struct committee *c = begin(YIHU_STAGE_DRAFTED);
	yihu_keyfile_close(committee_holder(c, 1));
	assert_int_equal(CLAIMS(c, {0, "keys/a", "A"}), YIHU_EARG);
	assert_int_equal(CLAIMS(c, {4, "keys/a", "A"}), YIHU_EARG);
	assert_int_equal(CLAIMS(c, {1, "keys/a", NULL}), YIHU_EARG);
	assert_int_equal(CLAIMS(c, {1, "keys/a", "two words"}), YIHU_EFORMAT);
	assert_int_equal(CLAIMS(c, {1, "keys/a", "issuer"}), YIHU_EKEYS);
	assert_int_equal(CLAIMS(c, {1, "keys/1.key", "mistyped"}), YIHU_EARG);
	assert_says(c, "delete the file");
	assert_int_equal(CLAIMS(c, {1, "election/secret/issuer.key", NULL}), YIHU_EKEYS);
	committee_free(c);
}

TEST(a_claim_fits_those_who_have_announced)
{
	struct committee *c = begin(YIHU_STAGE_DRAFTED);
	assert_int_equal(committee_announce(c, 1), 0);
	assert_int_equal(CLAIMS(c, {1, "keys/1.key", NULL}), 0);
	assert_int_equal(CLAIMS(c, {1, "keys/b", "B"}), YIHU_EEXIST);
	assert_says(c, "by “holder-1”");
	assert_says(c, "free (--index): 2, 3");
	assert_int_equal(CLAIMS(c, {2, "keys/1.key", NULL}), YIHU_EEXIST);
	assert_says(c, "delete ceremony/announce-1");
	assert_int_equal(CLAIMS(c, {2, "keys/b", "holder-1"}), YIHU_EKEYS);
	/* And that way out leads out. */
	committee_shell(c, "rm election/ceremony/announce-1");
	assert_int_equal(announce_as(c, 1, 2), 0);
	committee_free(c);
}

/* A name that looks like another is found when the charter is made. */
TEST(names_that_look_alike_end_at_the_charter)
{
	struct committee *c = begin(YIHU_STAGE_DRAFTED);
	struct yihu_keyfile *issuer = committee_issuer(c);
	assert_int_equal(committee_announce(c, 1), 0);
	assert_int_equal(announce_named(c, "Holder-1"), 0);
	assert_int_equal(committee_announce(c, 3), 0);
	assert_int_equal(issue_charter_draft(issuer, &c->folder, NULL, &c->err), YIHU_ELOOKS);
	assert_non_null(strstr(c->err.text, "Holder-1"));
	assert_false(committee_has(c, "ceremony/charter"));
	yihu_keyfile_close(issuer);
	committee_free(c);
}

TEST(the_issuers_key_announces_nothing)
{
	struct committee *c = begin(YIHU_STAGE_DRAFTED);
	struct yihu_keyfile *key = committee_issuer(c);
	assert_int_equal(holder_announce(key, &c->folder, 1, &c->err), YIHU_EKEYS);
	assert_int_equal(holder_deal(key, &c->folder, NULL, &c->err), YIHU_EKEYS);
	assert_int_equal(holder_accept(key, &c->folder, NULL, &c->err), YIHU_EKEYS);
	yihu_keyfile_close(key);
	committee_free(c);
}

TEST(before_dealing_a_lost_announcement_is_made_anew)
{
	struct committee *c = begin(YIHU_STAGE_DRAFTED);
	assert_int_equal(committee_announce(c, 1), 0);
	struct yihu_buf before = committee_read(c, "ceremony/announce-1");
	committee_shell(c, "rm election/ceremony/announce-1");
	assert_int_equal(committee_announce(c, 1), 0);
	struct yihu_buf after = committee_read(c, "ceremony/announce-1");
	assert_false(after.len == before.len && memcmp(after.data, before.data, after.len) == 0);
	yihu_buf_free(&before);
	yihu_buf_free(&after);
	committee_free(c);
}

TEST(who_has_dealt_announces_no_more)
{
	struct committee *c = begin(YIHU_STAGE_ANNOUNCED), *other = begin(YIHU_STAGE_DRAFTED);
	assert_int_equal(committee_deal(c, 1), 0);
	struct yihu_keyfile *key = committee_holder(c, 1);
	assert_int_equal(holder_announce(key, &c->folder, 1, &c->err), YIHU_EMARK);
	assert_int_equal(holder_announce(key, &other->folder, 1, &c->err), YIHU_EMARK);
	assert_false(committee_has(other, "ceremony/announce-1"));
	yihu_keyfile_close(key);
	committee_free(c);
	committee_free(other);
}

TEST(dealing_waits_for_every_announcement)
{
	struct committee *c = begin(YIHU_STAGE_DRAFTED);
	assert_int_equal(committee_announce(c, 1), 0);
	assert_int_equal(committee_announce(c, 2), 0);
	assert_int_equal(committee_deal(c, 1), YIHU_ESTATE);
	assert_int_equal(committee_deal(c, 3), YIHU_EKEYS); /* has not announced */
	assert_false(committee_has(c, "ceremony/deal-1"));
	committee_free(c);
}

TEST(dealing_wants_the_digest_that_was_heard)
{
	struct committee *c = begin(YIHU_STAGE_ANNOUNCED);
	struct yihu_ceremony *ceremony = yihu_calloc(1, sizeof *ceremony);
	uint8_t heard[HOLDER_HEARD_BYTES];
	assert_int_equal(yihu_ceremony_read(ceremony, &c->folder, &c->err), 0);
	memcpy(heard, ceremony->s, sizeof heard);
	struct yihu_keyfile *key = committee_holder(c, 1);
	heard[14] ^= 1;
	assert_int_equal(holder_deal(key, &c->folder, heard, &c->err), YIHU_ESHARE);
	assert_false(committee_has(c, "ceremony/deal-1"));
	assert_false(key->has_dealt);
	heard[14] ^= 1;
	assert_int_equal(holder_deal(key, &c->folder, heard, &c->err), 0);
	assert_true(key->has_dealt);
	yihu_keyfile_close(key);
	yihu_ceremony_finish(ceremony);
	free(ceremony);
	committee_free(c);
}

TEST(dealing_again_over_the_same_set_is_harmless)
{
	struct committee *c = begin(YIHU_STAGE_ANNOUNCED);
	assert_int_equal(committee_deal(c, 1), 0);
	struct yihu_buf deal = committee_read(c, "ceremony/deal-1");
	assert_int_equal(committee_deal(c, 1), 0);
	assert_same_file(c, "ceremony/deal-1", &deal);
	committee_shell(c, "rm election/ceremony/deal-1");
	assert_int_equal(committee_deal(c, 1), 0); /* the same S: given again */
	assert_true(committee_has(c, "ceremony/deal-1"));
	yihu_buf_free(&deal);
	committee_free(c);
}

TEST(a_key_deals_over_one_set_ever)
{
	struct committee *c = begin(YIHU_STAGE_ANNOUNCED);
	assert_int_equal(committee_deal(c, 1), 0);
	committee_shell(c, "rm election/ceremony/deal-1 election/ceremony/announce-2 keys/2.key");
	assert_int_equal(committee_announce(c, 2), 0); /* a new key: another S */
	assert_int_equal(committee_deal(c, 1), YIHU_EMARK);
	assert_false(committee_has(c, "ceremony/deal-1"));
	committee_free(c);
}

TEST(an_announcement_that_changed_under_a_deal_stops_all)
{
	struct committee *c = begin(YIHU_STAGE_ANNOUNCED);
	assert_int_equal(committee_deal(c, 1), 0);
	committee_shell(c, "rm election/ceremony/announce-2 keys/2.key");
	assert_int_equal(committee_announce(c, 2), YIHU_OK);
	assert_int_not_equal(committee_deal(c, 3), 0);
	assert_non_null(strstr(c->err.text, "ceremony/deal-1"));
	assert_false(committee_has(c, "ceremony/deal-3"));
	committee_free(c);
}

/* Writes announce-1 anew by the key's own hand, with another polynomial. */
static void forge_own_announcement(struct committee *c)
{
	struct yihu_keyfile *key = committee_holder(c, 1);
	struct yihu_holder h = {.index = 1, .key = key->vkey};
	struct yihu_scalar a[YIHU_TRUSTEES_MAX];
	struct yihu_buf file = {0};
	yihu_polynomial_random(a, 2);
	yihu_holder_prove(&h, 3, 2, a);
	yihu_announcement_make(&file, &h, 3, 2, &key->keypair);
	committee_write(c, "ceremony/announce-1", file.data, file.len);
	yihu_buf_free(&file);
	yihu_keyfile_close(key);
}

TEST(a_changed_announcement_of_ones_own_is_seen)
{
	struct committee *c = begin(YIHU_STAGE_ANNOUNCED);
	forge_own_announcement(c);
	assert_int_equal(committee_deal(c, 1), YIHU_EMARK);
	assert_int_equal(committee_announce(c, 1), YIHU_EMARK);
	assert_false(committee_has(c, "ceremony/deal-1"));
	committee_free(c);
}

TEST(accepting_waits_for_deals_and_charter)
{
	struct committee *c = begin(YIHU_STAGE_ANNOUNCED);
	assert_int_equal(committee_deal(c, 1), 0);
	assert_int_equal(committee_deal(c, 2), 0);
	assert_int_equal(committee_accept(c, 1), YIHU_ESTATE);
	assert_non_null(strstr(c->err.text, "deal-3"));
	assert_int_equal(committee_deal(c, 3), 0);
	assert_int_equal(committee_accept(c, 1), YIHU_ESTATE);
	assert_non_null(strstr(c->err.text, "ceremony/charter"));
	assert_false(committee_has(c, "ceremony/charter-1"));
	committee_free(c);
}

/* Holder 2 deals shares of another polynomial than it announced. */
static void deal_wrongly(struct committee *c)
{
	struct yihu_keyfile *key = committee_holder(c, 2);
	struct yihu_ceremony *ceremony = yihu_calloc(1, sizeof *ceremony);
	struct yihu_scalar a[YIHU_TRUSTEES_MAX];
	struct yihu_buf file = {0};
	assert_int_equal(yihu_ceremony_read(ceremony, &c->folder, &c->err), 0);
	yihu_polynomial_random(a, 2);
	yihu_deal_make(&file, ceremony->s, 2, ceremony->holders, 3, 2, a, &key->keypair);
	committee_write(c, "ceremony/deal-2", file.data, file.len);
	yihu_buf_free(&file);
	yihu_ceremony_finish(ceremony);
	free(ceremony);
	yihu_keyfile_close(key);
}

TEST(a_wrong_share_names_its_dealer)
{
	struct committee *c = begin(YIHU_STAGE_DEALT);
	deal_wrongly(c);
	assert_int_equal(committee_accept(c, 1), YIHU_ESHARE);
	assert_non_null(strstr(c->err.text, "holder-2"));
	assert_false(committee_has(c, "ceremony/charter-1"));
	struct yihu_keyfile *key = committee_holder(c, 1);
	assert_false(key->has_charter || key->has_share);
	yihu_keyfile_close(key);
	committee_free(c);
}

/* Replaces `from` in the draft's text and signs that with the issuer's key. */
static void forge_draft(struct committee *c, const char *from, const char *to)
{
	struct yihu_keyfile *key = committee_issuer(c);
	struct yihu_buf draft = committee_read(c, "ceremony/charter"), note = {0}, text = {0};
	char *end = strstr((char *)draft.data, "\n\n");
	end[1] = '\0';
	char *at = strstr((char *)draft.data, from);
	assert_non_null(at);
	yihu_buf_put(&text, draft.data, (size_t)(at - (char *)draft.data));
	yihu_buf_fmt(&text, "%s%s", to, at + strlen(from));
	yihu_note_sign(&note, (struct yihu_span){(char *)text.data, text.len}, &key->vkey,
		       &key->keypair);
	committee_write(c, "ceremony/charter", note.data, note.len);
	yihu_buf_free(&draft);
	yihu_buf_free(&note);
	yihu_buf_free(&text);
	yihu_keyfile_close(key);
}

TEST(a_draft_that_is_not_the_plans_is_refused)
{
	static const struct {
		const char *from, *to;
	} rows[] = {
		{"households 6\n", "households 7\n"},
		{"min-box 2\n", "min-box 1\n"},
		{"changes 2 2\n", "changes 9 2\n"},
		{"threshold 2 3 3\n", "threshold 2 3 2\n"},
		{"closes 2026-06-02T00:00:00Z\n", "closes 2026-06-03T00:00:00Z\n"},
		{"opens 2026-06-01T00:00:00Z\n", "opens 2026-06-01T00:00:01Z\n"},
		{"definition ", "definition  "},
		{"trustee 1 holder-1+", "trustee 1 holder-9+"},
		{"yihu-charter-v1\n", "yihu-charter-v2\n"},
	};
	struct committee *base = begin(YIHU_STAGE_DEALT);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct committee *c = committee_copy(base);
		forge_draft(c, rows[i].from, rows[i].to);
		assert_int_not_equal(committee_accept(c, 1), 0);
		assert_non_null(strstr(c->err.text, "ceremony/charter"));
		assert_false(committee_has(c, "ceremony/charter-1"));
		committee_free(c);
	}
	committee_free(base);
}

TEST(a_draft_of_another_issuer_is_refused)
{
	struct committee *c = begin(YIHU_STAGE_DEALT), *other = begin(YIHU_STAGE_DRAFTED);
	struct yihu_buf draft = committee_read(c, "ceremony/charter");
	struct yihu_keyfile *key = committee_issuer(other);
	struct yihu_buf note = {0};
	char *end = strstr((char *)draft.data, "\n\n");
	yihu_note_sign(
		&note,
		(struct yihu_span){(char *)draft.data, (size_t)(end + 1 - (char *)draft.data)},
		&key->vkey, &key->keypair);
	committee_write(c, "ceremony/charter", note.data, note.len);
	assert_int_equal(committee_accept(c, 1), YIHU_ESIGNERS);
	yihu_keyfile_close(key);
	yihu_buf_free(&draft);
	yihu_buf_free(&note);
	committee_free(c);
	committee_free(other);
}

/* As a clerk would make it who leaves init out. */
TEST(a_definition_that_deceives_is_refused)
{
	struct committee *c = begin(YIHU_STAGE_DRAFTED);
	committee_shell(
		c, "cd election && sed -i s/lamps/lam$(printf '\\342\\200\\213')ps/ election.pb "
		   "&& h=$(sha256sum <election.pb | cut -c1-64) "
		   "&& sed -i \"s/^definition .*/definition $h/\" ceremony/plan "
		   "&& if [ -e ceremony/election.pb ]; then cp election.pb ceremony; fi");
	committee_to(c, YIHU_STAGE_DEALT);
	assert_int_equal(committee_accept(c, 1), YIHU_ELOOKS);
	assert_non_null(strstr(c->err.text, "U+200B"));
	assert_false(committee_has(c, "ceremony/charter-1"));
	committee_free(c);
}

TEST(another_definition_is_refused)
{
	struct committee *c = begin(YIHU_STAGE_DEALT);
	committee_shell(c, "sed -i s/lamps/lamqs/ election/ceremony/election.pb");
	assert_int_equal(committee_accept(c, 1), YIHU_EDEFINITION);
	assert_false(committee_has(c, "ceremony/charter-1"));
	/* A folder of before has it beside ceremony/ alone. */
	committee_shell(c, "rm election/ceremony/election.pb");
	assert_int_equal(committee_accept(c, 1), 0);
	committee_shell(c, "sed -i s/lamps/lamqs/ election/election.pb");
	assert_int_equal(committee_accept(c, 2), YIHU_EDEFINITION);
	committee_free(c);
}

TEST(a_charter_line_that_is_not_its_holders_is_refused)
{
	struct committee *c = begin(YIHU_STAGE_DEALT);
	assert_int_equal(committee_accept(c, 1), 0);
	committee_shell(c, "cp election/ceremony/charter-1 election/ceremony/charter-2");
	assert_int_not_equal(committee_accept(c, 3), 0);
	assert_non_null(strstr(c->err.text, "charter-2"));
	committee_free(c);
}

TEST(accepting_again_changes_nothing)
{
	struct committee *c = begin(YIHU_STAGE_CHARTERED);
	struct yihu_buf line = committee_read(c, "ceremony/charter-1");
	struct yihu_buf key = committee_read(c, "../keys/1.key");
	assert_int_equal(committee_accept(c, 1), 0);
	assert_same_file(c, "ceremony/charter-1", &line);
	assert_same_file(c, "../keys/1.key", &key);
	yihu_buf_free(&line);
	yihu_buf_free(&key);
	committee_free(c);
}

TEST(a_key_signs_one_charter_ever)
{
	struct committee *c = begin(YIHU_STAGE_CHARTERED);
	committee_shell(c, "cd election/ceremony && rm charter charter-? && "
			   "sed -i 's/^min-box 2$/min-box 1/' plan");
	assert_int_equal(committee_charter(c), 0);
	assert_int_equal(committee_accept(c, 1), YIHU_EMARK);
	assert_false(committee_has(c, "ceremony/charter-1"));
	committee_free(c);
}

/* Keeps the key file as it is now, goes on to `state`, and brings it back. */
static struct committee *with_old_copy(enum yihu_stage copied_at, enum yihu_stage state)
{
	struct committee *c = begin(copied_at);
	yihu_keyfile_close(committee_holder(c, 1));
	committee_shell(c, "cp keys/1.key keys/old");
	committee_to(c, state);
	committee_shell(c, "cp keys/old keys/1.key");
	return c;
}

TEST(an_old_copy_of_a_key_does_nothing)
{
	static const struct {
		enum yihu_stage copied_at, at;
	} rows[] = {
		{YIHU_STAGE_DRAFTED, YIHU_STAGE_ANNOUNCED},
		{YIHU_STAGE_DRAFTED, YIHU_STAGE_DEALT},
		{YIHU_STAGE_ANNOUNCED, YIHU_STAGE_DEALT},
		{YIHU_STAGE_ANNOUNCED, YIHU_STAGE_CHARTERED},
		{YIHU_STAGE_DEALT, YIHU_STAGE_CHARTERED},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct committee *c = with_old_copy(rows[i].copied_at, rows[i].at);
		assert_int_equal(committee_announce(c, 1), YIHU_EMARK);
		assert_int_equal(committee_deal(c, 1), YIHU_EMARK);
		assert_int_equal(committee_accept(c, 1), YIHU_EMARK);
		assert_non_null(strstr(c->err.text, "old copy"));
		committee_free(c);
	}
}

/* What somebody who is asked has seen, and says. */
struct looks {
	uint8_t eid[YIHU_EID_BYTES];
	int times, says;
};

static int look(void *context, const struct yihu_definition *d, const struct yihu_charter *c,
		struct yihu_error *err)
{
	struct looks *looks = context;
	assert_true(d->n_projects > 0 && c->households > 0);
	memcpy(looks->eid, c->eid, YIHU_EID_BYTES);
	looks->times++;
	return looks->says ? yihu_fail(err, looks->says, "no") : 0;
}

TEST(what_is_accepted_is_what_was_shown)
{
	struct committee *c = begin(YIHU_STAGE_DEALT);
	struct yihu_keyfile *key = committee_holder(c, 1);
	struct looks looks = {.says = YIHU_EARG};
	uint8_t eid[YIHU_EID_BYTES] = {0}, none[YIHU_EID_BYTES] = {0};
	assert_int_equal(holder_look(eid, &c->folder, look, &looks, &c->err), YIHU_EARG);
	assert_memory_equal(eid, none, sizeof eid);
	looks.says = 0;
	assert_int_equal(holder_look(eid, &c->folder, look, &looks, &c->err), 0);
	assert_memory_equal(eid, looks.eid, sizeof eid);
	assert_int_equal(holder_accept(key, &c->folder, none, &c->err), YIHU_ECHARTER);
	assert_non_null(strstr(c->err.text, "nothing was signed"));
	assert_false(key->has_charter);
	assert_false(committee_has(c, "ceremony/charter-1"));
	assert_int_equal(holder_accept(key, &c->folder, eid, &c->err), 0);
	yihu_keyfile_close(key);
	committee_free(c);
}

TEST(what_is_tampered_with_is_not_even_shown)
{
	struct committee *c = begin(YIHU_STAGE_DEALT);
	struct looks looks = {0};
	uint8_t eid[YIHU_EID_BYTES];
	committee_shell(c, "sed -i 's/^budget;.*/budget;1/' election/ceremony/election.pb");
	assert_int_equal(holder_look(eid, &c->folder, look, &looks, &c->err), YIHU_EDEFINITION);
	assert_int_equal(looks.times, 0);
	committee_free(c);
}

TEST(the_table_looks_once_before_anybody_accepts)
{
	struct committee *c = begin(YIHU_STAGE_DEALT);
	struct looks looks = {.says = YIHU_EARG};
	struct yihu_keyfile *keys[3];
	bool made = false;
	for (uint32_t j = 1; j <= 3; j++)
		keys[j - 1] = committee_holder(c, j);
	assert_int_equal(holder_table_ceremony(keys, 3, &c->folder, look, &looks, &made, &c->err),
			 YIHU_EARG);
	assert_false(committee_has(c, "ceremony/charter-1"));
	looks = (struct looks){0};
	assert_int_equal(holder_table_ceremony(keys, 3, &c->folder, look, &looks, &made, &c->err),
			 0);
	assert_int_equal(holder_table_ceremony(keys, 3, &c->folder, look, &looks, &made, &c->err),
			 0);
	assert_int_equal(looks.times, 1);
	for (uint32_t j = 1; j <= 3; j++)
		yihu_keyfile_close(keys[j - 1]);
	committee_free(c);
}

TEST(what_the_clerk_signs_is_what_was_shown)
{
	struct committee *c = begin(YIHU_STAGE_ANNOUNCED);
	struct yihu_keyfile *issuer = committee_issuer(c);
	struct looks looks = {.says = YIHU_EARG};
	uint8_t eid[YIHU_EID_BYTES] = {0}, none[YIHU_EID_BYTES] = {0};
	assert_int_equal(issue_charter_look(eid, &c->folder, look, &looks, &c->err), YIHU_EARG);
	looks.says = 0;
	assert_int_equal(issue_charter_look(eid, &c->folder, look, &looks, &c->err), 0);
	assert_int_equal(issue_charter_draft(issuer, &c->folder, none, &c->err), YIHU_ECHARTER);
	assert_false(committee_has(c, "ceremony/charter"));
	assert_int_equal(issue_charter_draft(issuer, &c->folder, eid, &c->err), 0);
	/* Once it is signed nobody is asked again. */
	assert_int_equal(issue_charter_look(eid, &c->folder, look, &looks, &c->err), 0);
	assert_int_equal(looks.times, 2);
	assert_memory_equal(eid, looks.eid, sizeof eid);
	yihu_keyfile_close(issuer);
	committee_free(c);
}

TEST(the_table_goes_on_from_anywhere)
{
	struct committee *c = begin(YIHU_STAGE_DRAFTED);
	struct yihu_keyfile *keys[3];
	bool made;
	assert_int_equal(committee_announce(c, 1), 0);
	for (uint32_t j = 1; j <= 3; j++)
		keys[j - 1] = committee_holder(c, j);
	assert_int_equal(holder_table_ceremony(keys, 3, &c->folder, NULL, NULL, &made, &c->err), 0);
	assert_false(made);
	assert_int_equal(committee_charter(c), 0);
	assert_int_equal(holder_table_ceremony(keys, 3, &c->folder, NULL, NULL, &made, &c->err), 0);
	assert_true(made);
	assert_int_equal(holder_table_ceremony(keys, 3, &c->folder, NULL, NULL, &made, &c->err), 0);
	assert_int_equal(committee_state(c), YIHU_STAGE_CHARTERED);
	for (uint32_t j = 1; j <= 3; j++)
		yihu_keyfile_close(keys[j - 1]);
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(announcing_again_changes_nothing),
		cmocka_unit_test(an_index_is_taken_once),
		cmocka_unit_test(names_of_other_keys_are_refused),
		cmocka_unit_test(one_stick_is_not_two_holders),
		cmocka_unit_test(a_claim_fits_the_plan_and_its_file),
		cmocka_unit_test(a_claim_fits_those_who_have_announced),
		cmocka_unit_test(names_that_look_alike_end_at_the_charter),
		cmocka_unit_test(the_issuers_key_announces_nothing),
		cmocka_unit_test(before_dealing_a_lost_announcement_is_made_anew),
		cmocka_unit_test(who_has_dealt_announces_no_more),
		cmocka_unit_test(dealing_waits_for_every_announcement),
		cmocka_unit_test(dealing_wants_the_digest_that_was_heard),
		cmocka_unit_test(dealing_again_over_the_same_set_is_harmless),
		cmocka_unit_test(a_key_deals_over_one_set_ever),
		cmocka_unit_test(an_announcement_that_changed_under_a_deal_stops_all),
		cmocka_unit_test(a_changed_announcement_of_ones_own_is_seen),
		cmocka_unit_test(accepting_waits_for_deals_and_charter),
		cmocka_unit_test(a_wrong_share_names_its_dealer),
		cmocka_unit_test(a_draft_that_is_not_the_plans_is_refused),
		cmocka_unit_test(a_draft_of_another_issuer_is_refused),
		cmocka_unit_test(another_definition_is_refused),
		cmocka_unit_test(a_definition_that_deceives_is_refused),
		cmocka_unit_test(a_charter_line_that_is_not_its_holders_is_refused),
		cmocka_unit_test(accepting_again_changes_nothing),
		cmocka_unit_test(a_key_signs_one_charter_ever),
		cmocka_unit_test(an_old_copy_of_a_key_does_nothing),
		cmocka_unit_test(what_is_accepted_is_what_was_shown),
		cmocka_unit_test(what_is_tampered_with_is_not_even_shown),
		cmocka_unit_test(the_table_looks_once_before_anybody_accepts),
		cmocka_unit_test(what_the_clerk_signs_is_what_was_shown),
		cmocka_unit_test(the_table_goes_on_from_anywhere),
	};
	return cmocka_run_group_tests_name("holder ceremony", tests, NULL, NULL);
}
