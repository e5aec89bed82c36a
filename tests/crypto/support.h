/* SPDX-License-Identifier: Apache-2.0
 *
 * What the crypto tests share: key holders without files, lists of encrypted
 * words, and signing a changed file anew.
 */
#ifndef TESTS_CRYPTO_SUPPORT_H
#define TESTS_CRYPTO_SUPPORT_H

#include <yihu/opening.h>
#include <yihu/shuffle.h>
#include <yihu/threshold.h>

#include "test.h"

struct keys {
	uint32_t t, n;
	struct yihu_holder holders[YIHU_HOLDERS_MAX];
	struct yihu_keypair pairs[YIHU_HOLDERS_MAX];
	struct yihu_scalar a[YIHU_HOLDERS_MAX][YIHU_HOLDERS_MAX]; /* polynomials */
	struct yihu_scalar x[YIHU_HOLDERS_MAX];                   /* x_j at [j−1] */
	struct yihu_point y;
};
/* Named holder-1 … holder-n, with proofs. */
void keys_make(struct keys *k, uint32_t t, uint32_t n);

/* n·w words and their encryption under y. Words are all below 1000, but the
 * first three are 0, 1 and 65535. Both freed by the caller. */
struct yihu_ciphertext *list_make(uint32_t **words, struct yihu_point y, size_t n, uint32_t w);

/* Signs the file (a mix: label "mix"; an opening: "open-file") anew in place. */
void resign(struct yihu_buf *file, const char *label, const uint8_t *eid,
	    const struct yihu_keypair *kp);

/* P + G, s + 1: another valid value. */
void bump_point(uint8_t *bytes);
void bump_scalar(uint8_t *bytes);

#define assert_code(r, err, want)                                                                  \
	do {                                                                                       \
		int got_ = (r);                                                                    \
		if (got_ != (want))                                                                \
			print_message("# got %s: %s\n", yihu_code_slug(got_),                      \
				      got_ != 0 ? (err).text : "");                                \
		assert_string_equal(yihu_code_slug(got_), yihu_code_slug(want));                   \
	} while (0)
#define assert_ok(r, err) assert_code(r, err, YIHU_OK)
#define assert_says(err, words)                                                                    \
	do {                                                                                       \
		if (strstr((err).text, words) == NULL)                                             \
			fail_msg("“%s” does not say “%s”", (err).text, words);                     \
	} while (0)

#endif
