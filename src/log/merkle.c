/* SPDX-License-Identifier: Apache-2.0
 *
 * The tree: for each level k the hashes of all complete subtrees of 2^k
 * leaves, in order. What RFC 6962 calls MTH of a range is folded from them.
 */
#include "internal.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>

#define LEVELS 64

struct level {
	struct yihu_node *nodes;
	uint64_t n, cap;
};

struct yihu_tree {
	struct level levels[LEVELS];
};

struct yihu_node yihu_leaf_hash(const void *entry, size_t len)
{
	struct yihu_node out;
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, (const uint8_t[]){0x00}, 1);
	if (len)
		crypto_hash_sha256_update(&state, entry, len);
	crypto_hash_sha256_final(&state, out.bytes);
	return out;
}

struct yihu_node yihu_node_join(struct yihu_node left, struct yihu_node right)
{
	struct yihu_node out;
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, (const uint8_t[]){0x01}, 1);
	crypto_hash_sha256_update(&state, left.bytes, sizeof left.bytes);
	crypto_hash_sha256_update(&state, right.bytes, sizeof right.bytes);
	crypto_hash_sha256_final(&state, out.bytes);
	return out;
}

struct yihu_node yihu_node_empty(void)
{
	struct yihu_node out;
	crypto_hash_sha256(out.bytes, (const uint8_t *)"", 0);
	return out;
}

struct yihu_tree *yihu_tree_new(void)
{
	return yihu_calloc(1, sizeof(struct yihu_tree));
}

void yihu_tree_free(struct yihu_tree *t)
{
	if (!t)
		return;
	for (size_t k = 0; k < LEVELS; k++)
		free(t->levels[k].nodes);
	free(t);
}

static void push(struct level *l, struct yihu_node node)
{
	if (l->n == l->cap) {
		l->cap = l->cap ? 2 * l->cap : 16;
		l->nodes = yihu_realloc(l->nodes, l->cap, sizeof *l->nodes);
	}
	l->nodes[l->n++] = node;
}

void yihu_tree_append(struct yihu_tree *t, struct yihu_node leaf)
{
	push(&t->levels[0], leaf);
	for (size_t k = 0; t->levels[k].n % 2 == 0; k++) {
		const struct level *l = &t->levels[k];
		push(&t->levels[k + 1], yihu_node_join(l->nodes[l->n - 2], l->nodes[l->n - 1]));
	}
}

void yihu_tree_truncate(struct yihu_tree *t, uint64_t size)
{
	assert(size <= yihu_tree_size(t));
	for (size_t k = 0; k < LEVELS; k++)
		t->levels[k].n = size >> k;
}

uint64_t yihu_tree_size(const struct yihu_tree *t)
{
	return t->levels[0].n;
}

struct yihu_node yihu_tree_node(const struct yihu_tree *t, unsigned level, uint64_t index)
{
	assert(level < LEVELS && index < t->levels[level].n);
	return t->levels[level].nodes[index];
}

/* MTH(D[begin:end]), where begin is a multiple of the largest power of two in
 * end − begin: then each bit of the length is one complete subtree, the
 * smallest at the right. */
static struct yihu_node range_root(const struct yihu_tree *t, uint64_t begin, uint64_t end)
{
	assert(begin < end && end <= yihu_tree_size(t));
	struct yihu_node root;
	bool first = true;
	for (unsigned k = 0; begin < end; k++) {
		uint64_t bit = (end - begin) & UINT64_C(1) << k;
		if (!bit)
			continue;
		end -= bit;
		struct yihu_node left = yihu_tree_node(t, k, end >> k);
		root = first ? left : yihu_node_join(left, root);
		first = false;
	}
	return root;
}

struct yihu_node yihu_tree_root(const struct yihu_tree *t, uint64_t size)
{
	return size == 0 ? yihu_node_empty() : range_root(t, 0, size);
}

/* RFC 6962's k: the largest power of two below n > 1. */
static uint64_t split(uint64_t n)
{
	uint64_t k = 1;
	while (k < n - k)
		k *= 2;
	return k;
}

/* PATH(index, D[begin:end]) of RFC 6962 §2.1.1. */
static size_t path(const struct yihu_tree *t, uint64_t index, uint64_t begin, uint64_t end,
		   struct yihu_node *out)
{
	if (end - begin == 1)
		return 0;
	uint64_t middle = begin + split(end - begin);
	bool left = index < middle;
	size_t n = left ? path(t, index, begin, middle, out) : path(t, index, middle, end, out);
	assert(n < YIHU_PROOF_NODES_MAX);
	out[n] = left ? range_root(t, middle, end) : range_root(t, begin, middle);
	return n + 1;
}

size_t yihu_tree_inclusion(const struct yihu_tree *t, uint64_t index, uint64_t size,
			   struct yihu_node out[static YIHU_PROOF_NODES_MAX])
{
	assert(index < size && size <= yihu_tree_size(t));
	return path(t, index, 0, size, out);
}

/* SUBPROOF(old, D[begin:end], whole) of RFC 6962 §2.1.2; `whole` says that the
 * verifier has the root of D[begin:old] already. */
static size_t subproof(const struct yihu_tree *t, uint64_t old, uint64_t begin, uint64_t end,
		       bool whole, struct yihu_node *out)
{
	if (old == end) {
		if (whole)
			return 0;
		out[0] = range_root(t, begin, end);
		return 1;
	}
	uint64_t middle = begin + split(end - begin);
	bool left = old <= middle;
	size_t n = left ? subproof(t, old, begin, middle, whole, out)
			: subproof(t, old, middle, end, false, out);
	assert(n < YIHU_PROOF_NODES_MAX);
	out[n] = left ? range_root(t, middle, end) : range_root(t, begin, middle);
	return n + 1;
}

size_t yihu_tree_consistency(const struct yihu_tree *t, uint64_t old_size, uint64_t size,
			     struct yihu_node out[static YIHU_PROOF_NODES_MAX])
{
	assert(old_size <= size && size <= yihu_tree_size(t));
	return old_size == 0 ? 0 : subproof(t, old_size, 0, size, true, out);
}
