/* SPDX-License-Identifier: Apache-2.0
 *
 * The work that this daemon asks for while ballots come faster than they can be
 * verified (crypto/proof_of_work.h; API.md, "Work"). Nothing is kept of what was asked:
 * a nonce is the first 16 bytes of HMAC-SHA-256 of the minute, under a key of this run.
 */
#ifndef YIHU_COUNTD_ASKED_WORK_H
#define YIHU_COUNTD_ASKED_WORK_H

#include <sodium.h>

#include "crypto/proof_of_work.h"

#define ASKED_WORK_BITS 15   /* a second of a slow phone's */
#define ASKED_WORK_MINUTES 4 /* as many a nonce is good for, its own counted */

struct asked_work {
	uint8_t key[crypto_auth_hmacsha256_KEYBYTES]; /* SECRET */
};
void asked_work_init(struct asked_work *a);   /* with a key that nobody knows */
void asked_work_finish(struct asked_work *a); /* wipes it */
/* What whoever comes at this time is asked for; now_ms counts from anywhere, evenly. */
struct work_ask asked_work_now(const struct asked_work *a, uint64_t now_ms);
/* Does the header's value (NULL: there is none) say work that was asked for within the
 * time that it is good for, and that is done, for this ballot? */
bool asked_work_done(const struct asked_work *a, uint64_t now_ms, const char *header,
		     const void *ballot, size_t len);

#endif
