/* SPDX-License-Identifier: Apache-2.0
 *
 * The register: the vectors are accepted, a flipped bit is not, and neither is
 * a register that the issuer signed but that breaks a rule of PROTOCOL §5.
 */
#include "world.h"

#include <stdlib.h>
#include <string.h>

#define N 5

static const char *const kinds[] = {"approval", "consent"};

static struct yihu_buf vector_register(const char *kind)
{
	char *name = yihu_printf("vectors/%s/public/register", kind);
	struct yihu_buf b = data_file(name);

	free(name);
	return b;
}

TEST(vectors_are_accepted)
{
	for (size_t i = 0; i < 2; i++) {
		struct yihu_charter *c = vector_charter(kinds[i]);
		json_t *secrets = data_secrets(kinds[i]);
		struct yihu_buf b = vector_register(kinds[i]);
		struct yihu_register *reg = NULL;
		struct yihu_error err = {0};
		uint8_t hash[32];

		expect(yihu_register_parse(&reg, c, b.data, b.len, &err), &err, YIHU_OK, "");
		assert_int_equal(reg->n, c->households);
		crypto_hash_sha256(hash, b.data, b.len);
		assert_memory_equal(reg->file_hash, hash, sizeof(hash));
		for (uint32_t serial = 1; serial <= reg->n; serial++) {
			struct yihu_token t = vector_token(secrets, serial);
			struct yihu_keypair kp;

			yihu_token_keypair(&kp, c->eid, &t);
			assert_memory_equal(reg->credentials[serial - 1].pk, kp.pk, 32);
			assert_memory_equal(reg->credentials[serial - 1].signature, t.signature,
					    64);
		}
		yihu_register_free(reg);
		yihu_buf_free(&b);
		json_decref(secrets);
		yihu_charter_free(c);
	}
}

TEST(every_flipped_bit_is_refused)
{
	struct yihu_charter *c = vector_charter("consent");
	struct yihu_buf b = vector_register("consent");

	for (size_t bit = 0; bit < 8 * b.len; bit++) {
		struct yihu_register *reg = NULL;

		b.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
		if (yihu_register_parse(&reg, c, b.data, b.len, NULL) == YIHU_OK)
			fail_msg("bit %zu of byte %zu does not matter", bit % 8, bit / 8);
		assert_null(reg);
		b.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	yihu_buf_free(&b);
	yihu_charter_free(c);
}

TEST(another_elections_register_is_refused)
{
	struct yihu_charter *c = vector_charter("consent");
	struct yihu_buf b = vector_register("approval");
	struct yihu_register *reg = NULL;
	struct yihu_error err = {0};

	expect(yihu_register_parse(&reg, c, b.data, b.len, &err), &err, YIHU_ESIGNERS, "issuer");
	yihu_buf_free(&b);
	yihu_charter_free(c);
}

/* A world with its register; forgers change either before it is signed. */
struct issued {
	struct world w;
	struct yihu_charter *c;
	struct yihu_token tokens[N];
	struct yihu_credential credentials[N];
};

static void issue(struct issued *s)
{
	world_init(&s->w, 3, 2, N);
	s->c = world_charter(&s->w);
	for (uint32_t i = 0; i < N; i++) {
		struct yihu_keypair kp;

		s->tokens[i] = world_token(&s->w, s->c, i + 1);
		yihu_token_keypair(&kp, s->c->eid, &s->tokens[i]);
		memcpy(s->credentials[i].pk, kp.pk, sizeof(kp.pk));
		memcpy(s->credentials[i].signature, s->tokens[i].signature, YIHU_SIGNATURE_BYTES);
	}
}

static void finish(struct issued *s)
{
	yihu_charter_free(s->c);
	world_finish(&s->w);
}

/* The issuer signs whatever text is in b (which is a note already). */
static void sign_again(struct yihu_buf *b, const struct issued *s)
{
	struct yihu_note note;
	struct yihu_buf out = {0};

	assert_int_equal(yihu_note_split(&note, b->data, b->len, NULL), YIHU_OK);
	yihu_note_sign(&out, note.text, &s->w.c.issuer, &s->w.issuer);
	yihu_buf_free(b);
	*b = out;
}

/* The issuer's own signature over that serial and key. */
static void sign_credential(struct issued *s, uint32_t serial)
{
	struct yihu_credential *cr = &s->credentials[serial - 1];
	struct yihu_buf m = {0};
	uint8_t number[4];

	yihu_store_be32(number, serial);
	yihu_message_label(&m, "token");
	yihu_message_item(&m, s->c->eid, YIHU_EID_BYTES);
	yihu_message_item(&m, number, sizeof(number));
	yihu_message_item(&m, cr->pk, sizeof(cr->pk));
	yihu_sign(cr->signature, &s->w.issuer, m.data, m.len);
	yihu_buf_free(&m);
}

static void nothing(struct issued *s)
{
	(void)s;
}

static void key_twice(struct issued *s)
{
	memcpy(s->credentials[4].pk, s->credentials[1].pk, 32);
	sign_credential(s, 5);
}

static void key_of_small_order(struct issued *s)
{
	memset(s->credentials[2].pk, 0, 32);
	s->credentials[2].pk[0] = 1;
	sign_credential(s, 3);
}

static void key_without_signature(struct issued *s)
{
	randombytes_buf(s->credentials[3].signature, 64);
}

static void signature_of_another_serial(struct issued *s)
{
	struct yihu_credential keep = s->credentials[0];

	s->credentials[0] = s->credentials[1];
	s->credentials[1] = keep;
}

static void signature_by_the_log(struct issued *s)
{
	struct yihu_keypair issuer = s->w.issuer;

	s->w.issuer = s->w.log;
	sign_credential(s, 5);
	s->w.issuer = issuer;
}

static void signature_for_another_election(struct issued *s)
{
	s->c->eid[0] ^= 1;
	sign_credential(s, 1);
	s->c->eid[0] ^= 1;
}

struct forged {
	void (*forge)(struct issued *s);
	const char *find, *with;
	int code;
	const char *words;
};

static const struct forged forged[] = {
	{key_twice, NULL, NULL, YIHU_EKEYS, "letters 0002 and 0005"},
	{key_of_small_order, NULL, NULL, YIHU_EPUBKEY, "line 6"},
	{key_without_signature, NULL, NULL, YIHU_EREGISTER, "line 7"},
	{signature_of_another_serial, NULL, NULL, YIHU_EREGISTER, "line 4"},
	{signature_by_the_log, NULL, NULL, YIHU_EREGISTER, "line 8"},
	/* of two faults, that of the earlier line */
	{key_without_signature, "\n5 ", "\n05 ", YIHU_EREGISTER, "line 7"},
	{signature_by_the_log, "\n4 ", "\n04 ", YIHU_EREGISTER, "line 7"},
	{signature_for_another_election, NULL, NULL, YIHU_EREGISTER, "letter 0001"},
	{nothing, "yihu-register-v1", "yihu-register-v2", YIHU_EVERSION, "line 1"},
	{nothing, "-v1\n", "-v1\n0", YIHU_EREGISTER, "line 2"},
	{nothing, "-v1\n", "-v1\nA", YIHU_EREGISTER, "line 2"},
	{nothing, "\n5\n", "\n05\n", YIHU_EREGISTER, "line 3"},
	{nothing, "\n5\n", "\n4\n", YIHU_EREGISTER, "has 4 households, the charter has 5"},
	{nothing, "\n5\n", "\n6\n", YIHU_EREGISTER, "has 6 households"},
	{nothing, "\n5\n", "\n", YIHU_EREGISTER, "line 3"},
	{nothing, "\n1 ", "\n01 ", YIHU_EREGISTER, "line 4"},
	{nothing, "\n1 ", "\n0 ", YIHU_EREGISTER, "letter 0001"},
	{nothing, "\n1 ", "\n 1 ", YIHU_EREGISTER, "line 4"},
	{nothing, "\n1 ", "\n1  ", YIHU_EREGISTER, "line 4"},
	{nothing, "\n2 ", " \n2 ", YIHU_EREGISTER, "line 4"},
	{nothing, "\n3 ", "\n4 ", YIHU_EREGISTER, "line 6"},
	{nothing, "\n3 ", " x\n3 ", YIHU_EREGISTER, "line 5"},
	{nothing, "\n5 ", "\n5 AAAA", YIHU_EREGISTER, "line 8"},
};

TEST(signed_but_wrong_is_refused)
{
	for (size_t i = 0; i < sizeof(forged) / sizeof(forged[0]); i++) {
		struct yihu_register *reg = NULL;
		struct yihu_error err = {0};
		struct yihu_buf b = {0};
		struct issued s;

		print_message("# row %zu: %s\n", i, forged[i].words);
		issue(&s);
		forged[i].forge(&s);
		yihu_register_make(&b, s.c, s.credentials, &s.w.issuer);
		if (forged[i].find != NULL) {
			replace(&b, forged[i].find, forged[i].with);
			sign_again(&b, &s);
		}
		expect(yihu_register_parse(&reg, s.c, b.data, b.len, &err), &err, forged[i].code,
		       forged[i].words);
		assert_null(reg);
		yihu_buf_free(&b);
		finish(&s);
	}
}

TEST(what_is_made_is_accepted)
{
	struct yihu_register *reg = NULL;
	struct yihu_error err = {0};
	struct yihu_buf b = {0};
	struct issued s;

	issue(&s);
	yihu_register_make(&b, s.c, s.credentials, &s.w.issuer);
	expect(yihu_register_parse(&reg, s.c, b.data, b.len, &err), &err, YIHU_OK, "");
	assert_memory_equal(reg->credentials, s.credentials, sizeof(s.credentials));
	yihu_register_free(reg);
	yihu_buf_free(&b);
	finish(&s);
}

TEST(eid_of_another_election_is_named)
{
	struct yihu_register *reg = NULL;
	struct yihu_error err = {0};
	struct yihu_buf b = {0};
	struct issued s;

	issue(&s);
	s.c->eid[31] ^= 0x80;
	yihu_register_make(&b, s.c, s.credentials, &s.w.issuer);
	s.c->eid[31] ^= 0x80;
	expect(yihu_register_parse(&reg, s.c, b.data, b.len, &err), &err, YIHU_EELECTION, "line 2");
	yihu_buf_free(&b);
	finish(&s);
}

TEST(lines_too_many_or_few_are_refused)
{
	struct yihu_register *reg = NULL;
	struct yihu_error err = {0};
	struct yihu_buf b = {0};
	struct issued s;
	char *line;

	issue(&s);
	yihu_register_make(&b, s.c, s.credentials, &s.w.issuer);
	replace(&b, "\n\n", "\n6 x y\n\n");
	sign_again(&b, &s);
	expect(yihu_register_parse(&reg, s.c, b.data, b.len, &err), &err, YIHU_ETRAILING, "9");
	line = strstr((char *)b.data, "\n5 ");
	replace(&b, line, "\n\n");
	yihu_buf_str(&b, "— issuer AAAAAAAA\n");
	sign_again(&b, &s);
	expect(yihu_register_parse(&reg, s.c, b.data, b.len, &err), &err, YIHU_EREGISTER, "line 8");
	yihu_buf_free(&b);
	finish(&s);
}

TEST(one_signature_by_the_issuer_is_wanted)
{
	struct yihu_register *reg = NULL;
	struct yihu_error err = {0};
	struct yihu_buf b = {0}, other = {0};
	struct yihu_note note;
	struct issued s;

	issue(&s);
	yihu_register_make(&b, s.c, s.credentials, &s.w.issuer);
	assert_int_equal(yihu_note_split(&note, b.data, b.len, NULL), YIHU_OK);
	yihu_note_sign(&other, note.text, &s.w.c.log, &s.w.log);
	expect(yihu_register_parse(&reg, s.c, other.data, other.len, &err), &err, YIHU_ESIGNERS,
	       "issuer");
	yihu_buf_reset(&other);
	yihu_buf_put(&other, b.data, b.len);
	yihu_note_sign_line(&other, note.text, &s.w.c.log, &s.w.log);
	expect(yihu_register_parse(&reg, s.c, other.data, other.len, &err), &err, YIHU_ESIGNERS,
	       "2");
	yihu_buf_free(&b);
	yihu_buf_free(&other);
	finish(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors_are_accepted),
		cmocka_unit_test(every_flipped_bit_is_refused),
		cmocka_unit_test(another_elections_register_is_refused),
		cmocka_unit_test(what_is_made_is_accepted),
		cmocka_unit_test(signed_but_wrong_is_refused),
		cmocka_unit_test(eid_of_another_election_is_named),
		cmocka_unit_test(lines_too_many_or_few_are_refused),
		cmocka_unit_test(one_signature_by_the_issuer_is_wanted),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("register", tests, NULL, NULL);
}
