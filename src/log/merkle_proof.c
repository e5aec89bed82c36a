/* SPDX-License-Identifier: Apache-2.0
 *
 * Verifying inclusion (RFC 9162 §2.1.3.2) and consistency (§2.1.4.2) without
 * the tree. Both walk from a leaf's or subtree's place up to the root: `at` is
 * its number on the present level, `last` that of the level's last node.
 */
#include <string.h>

#include "internal.h"

static bool same(const struct yihu_node *a, const struct yihu_node *b)
{
	return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

struct place {
	uint64_t at, last;
};

static void rise(struct place *p)
{
	p->at >>= 1;
	p->last >>= 1;
}

/* Does the next node of the proof stand at the left? A last node without a
 * sibling rises until it has one. */
static bool sibling_is_left(struct place *p)
{
	if (p->at % 2 == 0 && p->at != p->last)
		return false;
	while (p->at % 2 == 0 && p->at != 0)
		rise(p);
	return true;
}

bool yihu_inclusion_ok(struct yihu_node leaf, uint64_t index, uint64_t size,
		       const struct yihu_node *proof, size_t n, const struct yihu_node *root)
{
	if (index >= size)
		return false;
	struct place p = {index, size - 1};
	struct yihu_node node = leaf;
	for (size_t i = 0; i < n; i++) {
		if (p.last == 0)
			return false;
		node = sibling_is_left(&p) ? yihu_node_join(proof[i], node)
					   : yihu_node_join(node, proof[i]);
		rise(&p);
	}
	return p.last == 0 && same(&node, root);
}

static bool power_of_two(uint64_t v)
{
	return v != 0 && (v & (v - 1)) == 0;
}

/* 0 < old < size. The first node stands for the largest complete subtree at
 * the right edge of the old tree; when that is the old tree, it is not sent. */
static bool extension_ok(uint64_t old_size, const struct yihu_node *old_root, uint64_t size,
			 const struct yihu_node *root, const struct yihu_node *proof, size_t n)
{
	if (n == 0)
		return false;
	struct place p = {old_size - 1, size - 1};
	while (p.at % 2 == 1)
		rise(&p);
	size_t i = power_of_two(old_size) ? 0 : 1;
	struct yihu_node before = i == 0 ? *old_root : proof[0], after = before;
	for (; i < n; i++) {
		if (p.last == 0)
			return false;
		if (sibling_is_left(&p)) {
			before = yihu_node_join(proof[i], before);
			after = yihu_node_join(proof[i], after);
		} else {
			after = yihu_node_join(after, proof[i]);
		}
		rise(&p);
	}
	return p.last == 0 && same(&before, old_root) && same(&after, root);
}

bool yihu_consistency_ok(uint64_t old_size, const struct yihu_node *old_root, uint64_t size,
			 const struct yihu_node *root, const struct yihu_node *proof, size_t n)
{
	struct yihu_node empty = yihu_node_empty();
	if (old_size > size)
		return false;
	if (old_size == size)
		return n == 0 && same(old_root, root) && (size != 0 || same(root, &empty));
	if (old_size == 0)
		return n == 0 && same(old_root, &empty);
	return extension_ok(old_size, old_root, size, root, proof, n);
}
