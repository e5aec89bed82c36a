/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of charter, token, register and ballot share: the vectors'
 * files, and a small world with every key in hand, so that charters and
 * registers can be rightly signed and yet wrong.
 */
#ifndef YIHU_TEST_WORLD_H
#define YIHU_TEST_WORLD_H

#include <jansson.h>
#include <yihu/ballot.h>

#include "test.h"

/* A file of tests/data, whole; the test fails when it is not there. */
struct yihu_buf data_file(const char *name);
/* vectors/KIND/secrets.json */
json_t *data_secrets(const char *kind);
/* Bytes of a hexadecimal string; the length must be exact. */
void unhex(uint8_t *out, size_t len, const json_t *hex);
/* The vectors' token of a serial. */
struct yihu_token vector_token(const json_t *secrets, uint32_t serial);
struct yihu_charter *vector_charter(const char *kind);

/* The code is the one expected, and the words hold `words`. */
void expect(int got, const struct yihu_error *err, int code, const char *words);

struct world {
	struct yihu_keypair issuer, log, holders[YIHU_HOLDERS_MAX];
	struct yihu_scalar a[YIHU_HOLDERS_MAX][YIHU_HOLDERS_MAX];
	struct yihu_charter c;
	/* who signs the charter: issuer, holders 1..n unless a test says other */
	uint32_t n_signers;
};
void world_init(struct world *w, uint32_t n, uint32_t t, uint32_t households);
/* Commitments and proofs anew from the polynomials and keys. */
void world_prove(struct world *w);
/* The charter's text, and text signed as a whole charter. */
struct yihu_buf world_text(const struct world *w);
struct yihu_buf world_sign(const struct world *w, const struct yihu_buf *text);
/* The world's charter as every reader gets it. */
struct yihu_charter *world_charter(const struct world *w);
struct yihu_token world_token(const struct world *w, const struct yihu_charter *c, uint32_t serial);
void world_finish(struct world *w);

/* Replaces the first `find` in b; fails the test when there is none. */
void replace(struct yihu_buf *b, const char *find, const char *with);

#endif
