/* SPDX-License-Identifier: Apache-2.0
 *
 * A sorted list: a charter allows few such entries, and they come seldom.
 */
#include "known_entries.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct known_entries {
	pthread_rwlock_t lock;
	struct known_entry *all; /* by hash */
	size_t n, cap;
};

struct known_entries *known_entries_new(void)
{
	struct known_entries *k = yihu_calloc(1, sizeof *k);
	pthread_rwlock_init(&k->lock, NULL);
	return k;
}

void known_entries_free(struct known_entries *k)
{
	if (!k)
		return;
	pthread_rwlock_destroy(&k->lock);
	free(k->all);
	free(k);
}

static void hash_of(uint8_t out[static 32], uint8_t type, const void *body, size_t len)
{
	crypto_hash_sha256_state s;
	crypto_hash_sha256_init(&s);
	crypto_hash_sha256_update(&s, &type, 1);
	crypto_hash_sha256_update(&s, body, len);
	crypto_hash_sha256_final(&s, out);
}

/* The place of the first that is not below. */
static size_t place_of(const struct known_entries *k, const uint8_t hash[static 32])
{
	size_t from = 0, to = k->n;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (memcmp(k->all[mid].hash, hash, 32) < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

static void add(struct known_entries *k, enum yihu_entry_type type, const void *body, size_t len,
		uint64_t index, uint64_t time)
{
	struct known_entry one = {.index = index, .time = time};
	hash_of(one.hash, (uint8_t)type, body, len);
	pthread_rwlock_wrlock(&k->lock);
	if (k->n == k->cap) {
		k->cap = k->cap ? 2 * k->cap : 16;
		k->all = yihu_realloc(k->all, k->cap, sizeof *k->all);
	}
	size_t at = place_of(k, one.hash);
	memmove(k->all + at + 1, k->all + at, (k->n - at) * sizeof *k->all);
	k->all[at] = one;
	k->n++;
	pthread_rwlock_unlock(&k->lock);
}

static int read_one(struct known_entries *k, struct yihu_box *b, uint64_t index,
		    struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	struct yihu_entry_head h;
	int r = yihu_box_entry(b, index, &bytes, err);
	if (r == 0 && yihu_entry_head(&h, bytes.data, bytes.len))
		add(k, (enum yihu_entry_type)h.type, h.body, h.body_len, index, h.time);
	yihu_buf_free(&bytes);
	return r;
}

int known_entries_read(struct known_entries *k, struct yihu_box *b, struct yihu_error *err)
{
	const struct yihu_ledger *l = yihu_box_ledger(b);
	int r = 0;
	for (uint64_t i = 0; r == 0 && i < yihu_ledger_size(l); i++)
		if (yihu_ledger_type(l, i) != YIHU_ENTRY_BALLOT)
			r = read_one(k, b, i, err);
	return r;
}

void known_entries_follow(struct known_entries *k, const struct yihu_submission *subs, size_t n)
{
	for (const struct yihu_submission *s = subs; s < subs + n; s++)
		if (s->code == 0 && s->type != YIHU_ENTRY_BALLOT)
			add(k, s->type, s->body, s->body_len, s->index, s->time);
}

bool known_entries_find(struct known_entries *k, enum yihu_entry_type type, const void *body,
			size_t len, struct known_entry *out)
{
	uint8_t hash[32];
	hash_of(hash, (uint8_t)type, body, len);
	pthread_rwlock_rdlock(&k->lock);
	size_t at = place_of(k, hash);
	bool there = at < k->n && memcmp(k->all[at].hash, hash, sizeof hash) == 0;
	if (there)
		*out = k->all[at];
	pthread_rwlock_unlock(&k->lock);
	return there;
}
