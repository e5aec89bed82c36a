/* SPDX-License-Identifier: Apache-2.0
 *
 * Nonces that follow from the minute, and work that is looked at.
 */
#include "asked_work.h"

#include <string.h>

#define MINUTE_MS 60000

void asked_work_init(struct asked_work *a)
{
	crypto_auth_hmacsha256_keygen(a->key);
}

void asked_work_finish(struct asked_work *a)
{
	sodium_memzero(a, sizeof *a);
}

static struct work_ask ask_of(const struct asked_work *a, uint64_t minute)
{
	struct work_ask ask = {.bits = ASKED_WORK_BITS};
	uint8_t be[8], mac[crypto_auth_hmacsha256_BYTES];
	yihu_store_be64(be, minute);
	crypto_auth_hmacsha256(mac, be, sizeof be, a->key);
	memcpy(ask.nonce, mac, sizeof ask.nonce);
	return ask;
}

struct work_ask asked_work_now(const struct asked_work *a, uint64_t now_ms)
{
	return ask_of(a, now_ms / MINUTE_MS);
}

static bool was_asked(const struct asked_work *a, uint64_t minute, const struct work_ask *ask)
{
	for (uint64_t ago = 0; ago < ASKED_WORK_MINUTES && ago <= minute; ago++) {
		struct work_ask ours = ask_of(a, minute - ago);
		if (sodium_memcmp(ours.nonce, ask->nonce, sizeof ours.nonce) == 0)
			return true;
	}
	return false;
}

bool asked_work_done(const struct asked_work *a, uint64_t now_ms, const char *header,
		     const void *ballot, size_t len)
{
	struct work_ask ask = {.bits = ASKED_WORK_BITS};
	uint64_t c;
	return header && work_read(&ask, &c, yihu_span(header)) &&
	       was_asked(a, now_ms / MINUTE_MS, &ask) && work_done(&ask, ballot, len, c);
}
