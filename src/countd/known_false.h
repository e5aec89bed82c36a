/* SPDX-License-Identifier: Apache-2.0
 *
 * Ballots whose vote signature, words or proof were found false, the last KNOWN_FALSE_MAX
 * of them: what is sent again is refused again, and costs no verifier anything. So work
 * that was done for such a ballot is good once.
 */
#ifndef YIHU_COUNTD_KNOWN_FALSE_H
#define YIHU_COUNTD_KNOWN_FALSE_H

#include <stdbool.h>
#include <stdint.h>
#include <yihu/error.h>

#define KNOWN_FALSE_MAX 32768
#define KNOWN_FALSE_TAG_BYTES 16

struct known_false;
/* None is known; known_false_free. */
struct known_false *known_false_new(void);
void known_false_free(struct known_false *k);

/* Stands for these bytes, and nobody outside can tell for which others. */
void known_false_tag(const struct known_false *k, uint8_t tag[static KNOWN_FALSE_TAG_BYTES],
		     const void *ballot, size_t len);
/* True: they are false, and err says why, as it did then. */
bool known_false_find(struct known_false *k, const uint8_t tag[static KNOWN_FALSE_TAG_BYTES],
		      struct yihu_error *err);
/* From now on; the oldest goes. */
void known_false_add(struct known_false *k, const uint8_t tag[static KNOWN_FALSE_TAG_BYTES],
		     const struct yihu_error *err);

#endif
