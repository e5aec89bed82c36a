/* SPDX-License-Identifier: Apache-2.0
 *
 * The C side of what the pages' code is held against: a line in, a line out.
 * usage: crosscheck make|verify PUBLIC_DIR, crosscheck ed25519
 *   make     QR-DIGITS D,D,D… R…R K…K  →  a ballot in hex, with that randomness
 *   verify   a ballot in hex  →  "ok" or the slug of what is wrong
 *   ed25519  PK SIG MESSAGE   →  three signs: the library's verify, libsodium's,
 *                                and whether a charter may bear the key
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/ballot.h>
#include <yihu/error.h>
#include <yihu/text.h>

#define PROJECTS_MAX 512

static void print_hex(const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		printf("%02x", bytes[i]);
	putchar('\n');
}

/* Into new memory; -1 for what is no hex. */
static uint8_t *from_hex(const char *text, size_t *len)
{
	uint8_t *bytes = yihu_alloc(strlen(text) / 2 + 1);
	if (sodium_hex2bin(bytes, strlen(text) / 2 + 1, text, strlen(text), NULL, len, NULL) != 0)
		*len = 0;
	return bytes;
}

/* w scalars from one text of hex. */
static void read_scalars(struct yihu_scalar *out, uint32_t w, const char *text)
{
	size_t len;
	uint8_t *bytes = from_hex(text != NULL ? text : "", &len);
	memset(out, 0, w * sizeof *out);
	if (len == w * sizeof *out)
		memcpy(out, bytes, len);
	free(bytes);
}

static void read_digits(uint32_t *digits, size_t n, const char *text)
{
	char *at = yihu_strdup(text != NULL ? text : ""), *rest = at;
	for (size_t i = 0; i < n; i++) {
		const char *digit = strsep(&rest, ",");
		digits[i] = digit != NULL ? (uint32_t)atoi(digit) : 0;
	}
	free(at);
}

static int make(const struct yihu_election *e, char *line, struct yihu_error *err)
{
	const struct yihu_definition *d = e->definition;
	struct yihu_scalar r[YIHU_WIDTH_MAX], k[YIHU_WIDTH_MAX];
	uint32_t digits[PROJECTS_MAX], words[YIHU_WIDTH_MAX];
	struct yihu_token token;
	struct yihu_buf ballot = {0};
	int code = yihu_token_from_digits(&token, yihu_span(strtok(line, " ")), err);
	read_digits(digits, d->n_projects, strtok(NULL, " "));
	read_scalars(r, d->width, strtok(NULL, " "));
	read_scalars(k, d->width, strtok(NULL, " "));
	if (code == 0)
		code = yihu_digits_check(d, digits, err);
	yihu_words_from_digits(d, digits, words);
	if (code == 0)
		code = yihu_ballot_make(&ballot, e, &token, words, r, k, err);
	if (code == 0)
		print_hex(ballot.data, ballot.len);
	yihu_buf_free(&ballot);
	return code;
}

static int verify(const struct yihu_election *e, const char *line, struct yihu_error *err)
{
	static struct yihu_ballot b;
	size_t len;
	uint8_t *bytes = from_hex(line, &len);
	int r = yihu_ballot_parse(&b, bytes, len, e->definition->width, err);
	if (r == 0)
		r = yihu_ballot_verify(&b, bytes, len, e->charter->eid, err);
	if (r == 0)
		r = yihu_credential_verify(e->charter->eid, b.serial, b.pk, b.token_signature,
					   e->charter->issuer.pk, err);
	puts(r == 0 ? "ok" : yihu_code_slug(r));
	free(bytes);
	return 0;
}

static int ed25519(char *line)
{
	size_t pk_len, sig_len, len;
	uint8_t *pk = from_hex(strtok(line, " "), &pk_len);
	uint8_t *sig = from_hex(strtok(NULL, " "), &sig_len);
	char *text = strtok(NULL, " ");
	uint8_t *message = from_hex(text != NULL ? text : "", &len);
	if (pk_len != YIHU_PUBKEY_BYTES || sig_len != YIHU_SIGNATURE_BYTES)
		return 1;
	printf("%d%d%d\n", yihu_verify(sig, pk, message, len),
	       crypto_sign_verify_detached(sig, message, len, pk) == 0,
	       crypto_core_ed25519_is_valid_point(pk));
	free(pk);
	free(sig);
	free(message);
	return 0;
}

int main(int argc, char **argv)
{
	struct yihu_error err = {0};
	struct yihu_election *e = NULL;
	char *line = NULL;
	size_t size = 0;
	ssize_t len;
	if (sodium_init() < 0 || argc < 2)
		return 2;
	int r = argc > 2 ? yihu_election_load(&e, argv[2], &err) : 0;
	while (r == 0 && (len = getline(&line, &size, stdin)) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (strcmp(argv[1], "ed25519") == 0)
			r = ed25519(line);
		else
			r = strcmp(argv[1], "make") == 0 ? make(e, line, &err)
							 : verify(e, line, &err);
	}
	if (r != 0)
		fprintf(stderr, "%s\n", err.text);
	free(line);
	yihu_election_free(e);
	return r == 0 ? 0 : 1;
}
