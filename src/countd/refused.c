/* SPDX-License-Identifier: Apache-2.0
 *
 * Verdicts that are remembered.
 */
#include "refused.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static void hash_of(uint8_t out[static 32], const char *name, const struct yihu_buf *bytes)
{
	crypto_hash_sha256_state s;
	crypto_hash_sha256_init(&s);
	crypto_hash_sha256_update(&s, (const uint8_t *)name, strlen(name) + 1);
	crypto_hash_sha256_update(&s, yihu_buf_bytes(bytes), bytes->len);
	crypto_hash_sha256_final(&s, out);
}

int refused_before(const struct refused *x, const char *name, const struct yihu_buf *bytes,
		   struct yihu_error *err)
{
	uint8_t hash[32];
	size_t n = x->n < REFUSED_MAX ? x->n : REFUSED_MAX;
	hash_of(hash, name, bytes);
	for (size_t i = 0; i < n; i++)
		if (memcmp(x->files[i].hash, hash, sizeof hash) == 0)
			return yihu_fail(err, x->files[i].err.code, "%s", x->files[i].err.text);
	return 0;
}

void refused_keep(struct refused *x, const char *name, const struct yihu_buf *bytes,
		  const struct yihu_error *err)
{
	if (!x->files)
		x->files = yihu_calloc(REFUSED_MAX, sizeof *x->files);
	struct refused_file *f = &x->files[x->n++ % REFUSED_MAX];
	hash_of(f->hash, name, bytes);
	f->err = *err;
}

void refused_forget(struct refused *x)
{
	free(x->files);
	*x = (struct refused){0};
}
