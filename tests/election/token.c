/* SPDX-License-Identifier: Apache-2.0
 *
 * The token: the vectors' bytes, digits, typed forms, keys and signatures;
 * whatever is changed in one is refused, or is no credential any more.
 */
#include "world.h"

#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"approval", "consent"};

static void check_vector(const json_t *t, const struct yihu_charter *c, uint32_t serial)
{
	uint8_t bytes[YIHU_TOKEN_BYTES], want[YIHU_TOKEN_BYTES], pk[32];
	char digits[YIHU_TOKEN_DIGITS + 1], typed[YIHU_TYPED_TEXT_BYTES];
	struct yihu_token token = {.serial = serial}, back;
	struct yihu_keypair kp;
	struct yihu_error err = {0};

	unhex(token.seed, sizeof(token.seed), json_object_get(t, "seed"));
	unhex(token.signature, sizeof(token.signature), json_object_get(t, "signature"));
	unhex(want, sizeof(want), json_object_get(t, "token"));
	unhex(pk, sizeof(pk), json_object_get(t, "pk"));
	yihu_token_bytes(bytes, &token);
	assert_memory_equal(bytes, want, sizeof(want));
	yihu_token_digits(digits, &token);
	assert_string_equal(digits, json_string_value(json_object_get(t, "qr")));
	yihu_token_keypair(&kp, c->eid, &token);
	assert_memory_equal(kp.pk, pk, sizeof(pk));
	expect(yihu_credential_verify(c->eid, serial, pk, token.signature, c->issuer.pk, &err),
	       &err, YIHU_OK, "");

	expect(yihu_token_from_digits(&back, yihu_span(digits), &err), &err, YIHU_OK, "");
	assert_memory_equal(&back, &token, sizeof(token));
	yihu_token_typed(typed, c->eid, &token);
	assert_int_equal(strlen(typed), 44);
	expect(yihu_token_from_typed(&back, c->eid, yihu_span(typed), &err), &err, YIHU_OK, "");
	assert_int_equal(back.serial, serial);
	assert_memory_equal(back.seed, token.seed, sizeof(token.seed));
	for (size_t i = 0, at = 0; typed[i] != '\0'; i++)
		if (typed[i] != '-')
			assert_int_equal(typed[i],
					 json_string_value(json_object_get(t, "typed"))[at++]);
}

TEST(vectors_agree_in_every_form)
{
	for (size_t i = 0; i < 2; i++) {
		struct yihu_charter *c = vector_charter(kinds[i]);
		json_t *secrets = data_secrets(kinds[i]),
		       *tokens = json_object_get(secrets, "tokens");

		assert_true(json_object_size(tokens) >= 9);
		for (uint32_t serial = 1; serial <= json_object_size(tokens); serial++) {
			char key[16];

			snprintf(key, sizeof(key), "%u", serial);
			check_vector(json_object_get(tokens, key), c, serial);
		}
		json_decref(secrets);
		yihu_charter_free(c);
	}
}

TEST(random_tokens_come_back)
{
	for (unsigned i = 0; i < 500; i++) {
		uint8_t bytes[YIHU_TOKEN_BYTES], eid[32];
		char digits[YIHU_TOKEN_DIGITS + 1], typed[YIHU_TYPED_TEXT_BYTES];
		struct yihu_token t, back = {0};

		randombytes_buf(bytes, sizeof(bytes));
		randombytes_buf(eid, sizeof(eid));
		if (i == 0)
			memset(bytes, 0xff, sizeof(bytes));
		if (i % 5 == 1) /* a small integer, so that zeros lead */
			memset(bytes, 0, 3);
		bytes[3] |= 1;
		yihu_token_from_bytes(&t, bytes);
		yihu_token_digits(digits, &t);
		assert_int_equal(strspn(digits, "0123456789"), YIHU_TOKEN_DIGITS);
		assert_int_equal(digits[0], '1');
		assert_int_equal(yihu_token_from_digits(&back, yihu_span(digits), NULL), YIHU_OK);
		assert_memory_equal(&back, &t, sizeof(t));
		yihu_token_typed(typed, eid, &t);
		assert_int_equal(yihu_token_from_typed(&back, eid, yihu_span(typed), NULL),
				 YIHU_OK);
		assert_int_equal(back.serial, t.serial);
		assert_memory_equal(back.seed, t.seed, sizeof(t.seed));
		assert_true(sodium_is_zero(back.signature, sizeof(back.signature)));
	}
}

/* Adds one to the decimal, in place. */
static void increment(char *digits)
{
	size_t i = strlen(digits) - 1;

	while (digits[i] == '9')
		digits[i--] = '0';
	digits[i]++;
}

TEST(two_to_the_672_is_refused_and_one_less_is_not)
{
	char digits[YIHU_TOKEN_DIGITS + 1];
	struct yihu_token t, back = {0};
	struct yihu_error err = {0};

	memset(&t, 0xff, sizeof(t));
	yihu_token_digits(digits, &t);
	expect(yihu_token_from_digits(&back, yihu_span(digits), &err), &err, YIHU_OK, "");
	increment(digits);
	back.serial = 7;
	expect(yihu_token_from_digits(&back, yihu_span(digits), &err), &err, YIHU_ETOKEN, "large");
	assert_int_equal(back.serial, 7);
	memset(digits + 1, '9', YIHU_TOKEN_DIGITS - 1);
	expect(yihu_token_from_digits(&back, yihu_span(digits), &err), &err, YIHU_ETOKEN, "large");
}

/* The vectors' first token in the given disguise. */
TEST(scans_are_taken_or_refused)
{
	static const struct {
		const char *before, *after;
		size_t cut; /* digits left out at the end */
		int code;
		const char *words;
	} rows[] = {
		{"", "", 0, YIHU_OK, ""},
		{"  \r\n\t", "\r\n ", 0, YIHU_OK, ""},
		{"https://vote.example.org/v#", "", 0, YIHU_OK, ""},
		{"https://vote.example.org:8443/v#", "\n", 0, YIHU_OK, ""},
		{"http://192.168.1.10:8080/v#", "", 0, YIHU_OK, ""},
		{"https://vote.example.org/v?x=y#", "", 0, YIHU_OK, ""},
		{"https://vote.example.org/v?from=groupmessage&isappinstalled=0#", "", 0, YIHU_OK,
		 ""},
		{"", "", 1, YIHU_ETOKEN, "203"},
		{"", "0", 0, YIHU_ETOKEN, "205"},
		{"12", "", 2, YIHU_ETOKEN, "large"},
		{"2", "", 1, YIHU_EVERSION, "version"},
		{"", "x", 1, YIHU_ETOKEN, "sign 204"},
		{"", " 1", 2, YIHU_ETOKEN, "sign 203"},
		{"https://vote.example.org/v", "", 0, YIHU_ETOKEN, "link"},
		{"https://vote.example.org/#", "", 0, YIHU_ETOKEN, "link"},
		{"https:#", "", 0, YIHU_ETOKEN, "link"},
		{"https://vote.example.org#", "", 0, YIHU_ETOKEN, "link"},
		{"\x01", "", 0, YIHU_ETOKEN, "205"},
		{"https://vote.example.org/w#", "", 0, YIHU_ETOKEN, "link"},
		{"https://vote.example.org/v/#", "", 0, YIHU_ETOKEN, "link"},
		{"https://vote.example.org/v?", "", 0, YIHU_ETOKEN, "link"},
		{"https:///v#", "", 0, YIHU_ETOKEN, "link"},
		{"https:vote.example.org/v#", "", 0, YIHU_ETOKEN, "link"},
		{"https://vote.example.org/v##", "", 0, YIHU_ETOKEN, "205"},
		{"ftp://vote.example.org/v#", "", 0, YIHU_ETOKEN, "digits"},
		{"https://vote.example.org/v#", "", 204, YIHU_ETOKEN, "are 0"},
		{"", "", 204, YIHU_ETOKEN, "are 0"},
	};
	json_t *secrets = data_secrets("approval");
	struct yihu_token token = vector_token(secrets, 1);
	char digits[YIHU_TOKEN_DIGITS + 1];

	yihu_token_digits(digits, &token);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct yihu_token back = {0};
		struct yihu_error err = {0};
		char *text =
			yihu_printf("%s%.*s%s", rows[i].before,
				    (int)(YIHU_TOKEN_DIGITS - rows[i].cut), digits, rows[i].after);

		print_message("# row %zu\n", i);
		expect(yihu_token_from_scan(&back, yihu_span(text), &err), &err, rows[i].code,
		       rows[i].words);
		if (rows[i].code == YIHU_OK)
			assert_memory_equal(&back, &token, sizeof(token));
		assert_null(strstr(err.text, "8618005095")); /* its digits are nobody's business */
		free(text);
	}
	json_decref(secrets);
}

TEST(serial_zero_is_refused)
{
	char digits[YIHU_TOKEN_DIGITS + 1], typed[YIHU_TYPED_TEXT_BYTES];
	struct yihu_token t = {0}, back = {0};
	struct yihu_error err = {0};
	uint8_t eid[32] = {1};

	memset(t.seed, 3, sizeof(t.seed));
	yihu_token_digits(digits, &t);
	expect(yihu_token_from_digits(&back, yihu_span(digits), &err), &err, YIHU_ETOKEN,
	       "number 0");
	yihu_token_typed(typed, eid, &t);
	expect(yihu_token_from_typed(&back, eid, yihu_span(typed), &err), &err, YIHU_ETYPED, "");
}

static int verify(const struct yihu_token *t, const struct yihu_charter *c)
{
	struct yihu_keypair kp;

	yihu_token_keypair(&kp, c->eid, t);
	return yihu_credential_verify(c->eid, t->serial, kp.pk, t->signature, c->issuer.pk, NULL);
}

TEST(every_flipped_bit_spoils_the_credential)
{
	struct yihu_charter *c = vector_charter("approval");
	json_t *secrets = data_secrets("approval");
	struct yihu_token t = vector_token(secrets, 9);
	uint8_t bytes[YIHU_TOKEN_BYTES];

	assert_int_equal(verify(&t, c), YIHU_OK);
	yihu_token_bytes(bytes, &t);
	for (size_t bit = 0; bit < 8 * sizeof(bytes); bit++) {
		struct yihu_token forged;

		bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
		yihu_token_from_bytes(&forged, bytes);
		assert_int_equal(verify(&forged, c), YIHU_ESIGNATURE);
		bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	json_decref(secrets);
	yihu_charter_free(c);
}

TEST(every_changed_digit_spoils_the_credential)
{
	struct yihu_charter *c = vector_charter("approval");
	json_t *secrets = data_secrets("approval");
	struct yihu_token t = vector_token(secrets, 15), forged;
	char digits[YIHU_TOKEN_DIGITS + 1];

	yihu_token_digits(digits, &t);
	for (size_t i = 0; i < YIHU_TOKEN_DIGITS; i++) {
		char was = digits[i];

		digits[i] = was == '9' ? '0' : (char)(was + 1);
		if (yihu_token_from_digits(&forged, yihu_span(digits), NULL) == YIHU_OK)
			assert_int_equal(verify(&forged, c), YIHU_ESIGNATURE);
		digits[i] = was;
	}
	json_decref(secrets);
	yihu_charter_free(c);
}

TEST(another_elections_token_is_no_credential)
{
	struct yihu_charter *c = vector_charter("approval"), *other = vector_charter("consent");
	json_t *secrets = data_secrets("approval");
	struct yihu_token t = vector_token(secrets, 1);

	assert_int_equal(verify(&t, c), YIHU_OK);
	assert_int_equal(verify(&t, other), YIHU_ESIGNATURE);
	json_decref(secrets);
	yihu_charter_free(c);
	yihu_charter_free(other);
}

TEST(weak_credential_keys_are_refused)
{
	static const uint8_t identity[32] = {1};
	uint8_t eid[32] = {2}, signature[64] = {3}, issuer[32] = {4};
	struct yihu_error err = {0};

	expect(yihu_credential_verify(eid, 77, identity, signature, issuer, &err), &err,
	       YIHU_EPUBKEY, "77");
}

TEST(typed_forms_are_taken_as_people_write_them)
{
	struct yihu_charter *c = vector_charter("approval");
	static const struct {
		const char *text;
		bool valid;
	} rows[] = {
		{"000000F3HWDWRH94ZEWAKEHHP781CYP23140", true},
		{"0000-00F3-HWDW-RH94-ZEWA-KEHH-P781-CYP2-3140", true},
		{"oooO-00f3-hwdw-rh94-zewa-kehh-p78I-cyp2-3l4o\n", true},
		{"0000 00F3 HWDW RH94 ZEWA KEHH P781 CYP2 3140", true},
		{"0000-00F3-HWDW-RH94-ZEWA-KEHH-P781-CYP2-3141", false}, /* pad bit */
		{"0000-00F3-HWDW-RH94-ZEWA-KEHH-P781-CYP2-314", false},
		{"0000-00F3-HWDW-RH94-ZEWA-KEHH-P781-CYP2-31400", false},
		{"0000-00F3-HWDW-RH94-ZEWA-KEHH-P781-CYP2-314U", false},
		{"0000-00F3-HWDW-RH94-ZEWA-KEHH-P781-CYP2-3150", false}, /* check */
		{"0000-01F3-HWDW-RH94-ZEWA-KEHH-P781-CYP2-3140", false}, /* serial */
		{"0000-00F3-HWDW-RH94-ZEWA-KEHH-P718-CYP2-3140", false}, /* swapped */
		{"", false},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct yihu_token t = {.serial = 99};
		struct yihu_error err = {0};
		int code = yihu_token_from_typed(&t, c->eid, yihu_span(rows[i].text), &err);

		print_message("# row %zu\n", i);
		expect(code, &err, rows[i].valid ? YIHU_OK : YIHU_ETYPED, "typed code");
		assert_int_equal(t.serial, rows[i].valid ? 1 : 99);
	}
	yihu_charter_free(c);
}

TEST(another_elections_typed_form_is_refused)
{
	struct yihu_charter *c = vector_charter("consent");
	struct yihu_error err = {0};
	struct yihu_token t;

	expect(yihu_token_from_typed(&t, c->eid, yihu_span("000000F3HWDWRH94ZEWAKEHHP781CYP23140"),
				     &err),
	       &err, YIHU_ETYPED, "another election");
	yihu_charter_free(c);
}

TEST(letters_link_only_where_they_should)
{
	static const struct {
		const char *url, *prefix; /* NULL: refused */
	} rows[] = {
		{"", ""},
		{"https://vote.example.org", "https://vote.example.org/v#"},
		{"https://vote.example.org/", "https://vote.example.org/v#"},
		{"https://vote.example.org:8443", "https://vote.example.org:8443/v#"},
		{"https://203.0.113.9", "https://203.0.113.9/v#"},
		{"https://[2001:db8::1]:444", "https://[2001:db8::1]:444/v#"},
		{"http://localhost:8080", "http://localhost:8080/v#"},
		{"http://127.0.0.1", "http://127.0.0.1/v#"},
		{"http://127.255.3.4:9", "http://127.255.3.4:9/v#"},
		{"http://[::1]:8080/", "http://[::1]:8080/v#"},
		{"http://[fd12::1]", "http://[fd12::1]/v#"},
		{"http://10.1.2.3", "http://10.1.2.3/v#"},
		{"http://172.16.0.1", "http://172.16.0.1/v#"},
		{"http://172.31.255.1", "http://172.31.255.1/v#"},
		{"http://192.168.1.10:8080", "http://192.168.1.10:8080/v#"},
		{"http://169.254.1.1", "http://169.254.1.1/v#"},
		{"http://vote.example.org", NULL},
		{"http://laptop.local", NULL},
		{"http://localhost.example.org", NULL},
		{"http://11.1.2.3", NULL},
		{"http://8.16.0.1", NULL},
		{"http://8.168.0.1", NULL},
		{"http://8.254.0.1", NULL},
		{"localhost", NULL},
		{"http://172.15.0.1", NULL},
		{"http://172.32.0.1", NULL},
		{"http://192.169.1.1", NULL},
		{"http://169.253.1.1", NULL},
		{"http://126.0.0.1", NULL},
		{"http://[::2]", NULL},
		{"http://[2001:db8::1]", NULL},
		{"http://10.1", NULL},
		{"https://10.1", NULL},
		{"https://256.1.1.1", NULL},
		{"http://10.0.0.1.example.org", NULL},
		{"https://", NULL},
		{"http://", NULL},
		{"vote.example.org", NULL},
		{"HTTPS://vote.example.org", NULL},
		{"https://Vote.example.org", NULL},
		{"https://vote.example.org//", NULL},
		{"https://vote.example.org/v", NULL},
		{"https://vote.example.org?x", NULL},
		{"https://vote.example.org#1", NULL},
		{"https://user@vote.example.org", NULL},
		{"https://vote.example.org:0", NULL},
		{"https://vote.example.org:99999", NULL},
		{"https://vote_example.org", NULL},
		{"https://vote example.org", NULL},
		{"https://一户.example", NULL},
		{" https://vote.example.org", NULL},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct yihu_buf out = {0};
		struct yihu_error err = {0};
		int code = yihu_token_url_prefix(&out, rows[i].url, &err);

		print_message("# row %zu\n", i);
		expect(code, &err, rows[i].prefix != NULL ? YIHU_OK : YIHU_EARG, rows[i].url);
		assert_int_equal(out.len, rows[i].prefix != NULL ? strlen(rows[i].prefix) : 0);
		if (out.len > 0)
			assert_string_equal((char *)out.data, rows[i].prefix);
		yihu_buf_free(&out);
	}
}

/* 253 bytes of host, and one more. */
TEST(the_longest_host_fits)
{
	for (int more = 0; more <= 1; more++) {
		struct yihu_buf url = {0}, out = {0};

		yihu_buf_str(&url, "https://");
		for (int label = 0; label < 3; label++)
			yihu_buf_fmt(&url, "%063d.", 0);
		yihu_buf_fmt(&url, "a%0*d", 60 + more, 0);
		yihu_buf_u8(&url, 0);
		assert_int_equal(yihu_token_url_prefix(&out, (char *)url.data, NULL),
				 more ? YIHU_EARG : YIHU_OK);
		yihu_buf_free(&url);
		yihu_buf_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_longest_host_fits),
		cmocka_unit_test(vectors_agree_in_every_form),
		cmocka_unit_test(random_tokens_come_back),
		cmocka_unit_test(two_to_the_672_is_refused_and_one_less_is_not),
		cmocka_unit_test(scans_are_taken_or_refused),
		cmocka_unit_test(serial_zero_is_refused),
		cmocka_unit_test(every_flipped_bit_spoils_the_credential),
		cmocka_unit_test(every_changed_digit_spoils_the_credential),
		cmocka_unit_test(another_elections_token_is_no_credential),
		cmocka_unit_test(weak_credential_keys_are_refused),
		cmocka_unit_test(typed_forms_are_taken_as_people_write_them),
		cmocka_unit_test(another_elections_typed_form_is_refused),
		cmocka_unit_test(letters_link_only_where_they_should),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("token", tests, NULL, NULL);
}
