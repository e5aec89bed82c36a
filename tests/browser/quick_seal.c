/* SPDX-License-Identifier: Apache-2.0
 *
 * The programs with passphrases that cost little to guess: browser tests make many keys, and
 * cannot wait a second for each.
 */
#include <yihu/seal.h>

extern const struct yihu_kdf __wrap_yihu_kdf_moderate;
const struct yihu_kdf __wrap_yihu_kdf_moderate = {
	.ops = crypto_pwhash_OPSLIMIT_MIN,
	.memory_bytes = crypto_pwhash_MEMLIMIT_MIN,
};
