/* SPDX-License-Identifier: Apache-2.0
 *
 * OpenSSL's command line agrees with the signatures of a token and of a
 * ballot, over messages M(…) that this file builds from PROTOCOL §1 itself.
 */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char dir[] = "/tmp/yihu-openssl-XXXXXX";

AROUND(make_dir)
{
	return mkdtemp(dir) == NULL;
}

AROUND(remove_dir)
{
	char *command = yihu_printf("rm -rf %s", dir);
	int rc = system(command);

	free(command);
	return rc;
}

static void put(const char *name, const void *data, size_t len)
{
	char *path = yihu_printf("%s/%s", dir, name);
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
	free(path);
}

static bool openssl_says(const uint8_t pk[static 32], const uint8_t signature[static 64],
			 const struct yihu_buf *message)
{
	/* SubjectPublicKeyInfo of an Ed25519 key: RFC 8410 */
	uint8_t der[44] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
	char *command = yihu_printf("openssl pkeyutl -verify -pubin -keyform DER -inkey %s/pk "
				    "-rawin -in %s/message -sigfile %s/signature >%s/log 2>&1",
				    dir, dir, dir, dir);
	int rc;

	memcpy(der + 12, pk, 32);
	put("pk", der, sizeof(der));
	put("message", message->data, message->len);
	put("signature", signature, 64);
	rc = system(command);
	free(command);
	return rc == 0;
}

static void item(struct yihu_buf *m, const void *data, size_t len)
{
	for (int shift = 56; shift >= 0; shift -= 8)
		yihu_buf_u8(m, (uint8_t)((uint64_t)len >> shift));
	yihu_buf_put(m, data, len);
}

static void check(const uint8_t *pk, uint8_t *signature, struct yihu_buf *m)
{
	assert_true(openssl_says(pk, signature, m));
	m->data[m->len - 1] ^= 1;
	assert_false(openssl_says(pk, signature, m));
	m->data[m->len - 1] ^= 1;
	signature[40] ^= 1;
	assert_false(openssl_says(pk, signature, m));
}

static void need_openssl(void)
{
	if (system("openssl version >/dev/null 2>&1") != 0) {
		print_message("# openssl is not there: nothing to compare with\n");
		skip();
	}
}

TEST(openssl_agrees_on_a_token)
{
	struct yihu_charter *c;
	struct yihu_token t;
	struct yihu_keypair kp;
	struct yihu_buf m = {0};
	struct world w;

	need_openssl();
	world_init(&w, 3, 2, 9);
	c = world_charter(&w);
	t = world_token(&w, c, 0x01020304);
	yihu_token_keypair(&kp, c->eid, &t);
	yihu_buf_put(&m, "yihu/v1/token", 14);
	item(&m, c->eid, 32);
	item(&m, "\x01\x02\x03\x04", 4);
	item(&m, kp.pk, 32);
	check(c->issuer.pk, t.signature, &m);
	yihu_buf_free(&m);
	yihu_charter_free(c);
	world_finish(&w);
}

TEST(openssl_agrees_on_the_vectors_ballot)
{
	struct yihu_charter *c;
	uint8_t ballot[294];
	json_t *secrets, *first;
	struct yihu_buf m = {0};

	need_openssl();
	c = vector_charter("approval");
	secrets = data_secrets("approval");
	first = json_array_get(json_object_get(secrets, "ballots"), 0);
	unhex(ballot, sizeof(ballot), json_object_get(first, "ballot"));
	yihu_buf_put(&m, "yihu/v1/ballot", 15);
	item(&m, c->eid, 32);
	item(&m, ballot, sizeof(ballot) - 64);
	check(ballot + 5, ballot + sizeof(ballot) - 64, &m);
	yihu_buf_free(&m);
	json_decref(secrets);
	yihu_charter_free(c);
}

TEST(openssl_agrees_on_a_ballot_of_ours)
{
	struct yihu_definition definition = {.width = 2};
	struct yihu_election e = {.definition = &definition};
	uint32_t words[2] = {0, 65535};
	struct yihu_buf ballot = {0}, m = {0};
	struct yihu_token t;
	struct world w;

	need_openssl();
	world_init(&w, 1, 1, 9);
	e.charter = world_charter(&w);
	t = world_token(&w, e.charter, 9);
	assert_int_equal(yihu_ballot_make(&ballot, &e, &t, words, NULL, NULL, NULL), YIHU_OK);
	yihu_buf_put(&m, "yihu/v1/ballot", 15);
	item(&m, e.charter->eid, 32);
	item(&m, ballot.data, ballot.len - 64);
	check(ballot.data + 5, ballot.data + ballot.len - 64, &m);
	yihu_buf_free(&ballot);
	yihu_buf_free(&m);
	yihu_charter_free(e.charter);
	world_finish(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(openssl_agrees_on_a_token),
		cmocka_unit_test(openssl_agrees_on_the_vectors_ballot),
		cmocka_unit_test(openssl_agrees_on_a_ballot_of_ours),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("openssl", tests, make_dir, remove_dir);
}
