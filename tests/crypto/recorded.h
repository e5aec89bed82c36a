/* SPDX-License-Identifier: Apache-2.0
 *
 * The small elections of tests/data/vectors, which another program made, read
 * as far as the crypto module needs them.
 */
#ifndef TESTS_CRYPTO_RECORDED_H
#define TESTS_CRYPTO_RECORDED_H

#include <jansson.h>

#include "support.h"

struct recorded {
	const char *name;
	uint32_t t, holders_n;
	struct yihu_holder holders[YIHU_HOLDERS_MAX];
	uint8_t eid[YIHU_EID_BYTES];
	struct yihu_point y; /* of the charter's key line */
	uint64_t box_size;
	uint8_t box_root[32];
	uint64_t n;
	uint32_t w;
	struct yihu_ciphertext *list; /* L_0 */
	struct yihu_buf *ballots;     /* n of them, in log order */
	json_t *secrets;
};
void recorded_load(struct recorded *r, const char *name);
void recorded_free(struct recorded *r);
/* Appends the public file; false when there is none. */
bool recorded_file(const struct recorded *r, struct yihu_buf *out, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
