/* SPDX-License-Identifier: Apache-2.0
 *
 * Merkle log: RFC 6962 hashing with SHA-256 (leaf 0x00 ‖ entry, node
 * 0x01 ‖ left ‖ right). The tree keeps every leaf hash and every complete
 * subtree's hash in memory: 64 bytes an entry, any proof in O(log n).
 */
#ifndef YIHU_MERKLE_H
#define YIHU_MERKLE_H

#include <yihu/api.h>
#include <yihu/bytes.h>

YIHU_API_BEGIN

#define YIHU_NODE_BYTES 32
#define YIHU_PROOF_NODES_MAX 64

struct yihu_node {
	uint8_t bytes[YIHU_NODE_BYTES];
};
/* SHA-256(0x00 ‖ entry). */
struct yihu_node yihu_leaf_hash(const void *entry, size_t len);

struct yihu_tree;
/* An empty tree, freed by yihu_tree_free. */
struct yihu_tree *yihu_tree_new(void);
/* NULL is fine. */
void yihu_tree_free(struct yihu_tree *t);
/* Adds the next entry, by its leaf hash. */
void yihu_tree_append(struct yihu_tree *t, struct yihu_node leaf);
/* Forgets the entries from size on (a group whose commit failed). */
void yihu_tree_truncate(struct yihu_tree *t, uint64_t size);
/* How many entries it has. */
uint64_t yihu_tree_size(const struct yihu_tree *t);
/* Root of the first `size` entries (≤ the tree's size); size 0 is SHA-256(""). */
struct yihu_node yihu_tree_root(const struct yihu_tree *t, uint64_t size);
/* Hash of the complete subtree of 2^level leaves at `index` (RFC 6962's k-th
 * of its level); asserts that it is complete. */
struct yihu_node yihu_tree_node(const struct yihu_tree *t, unsigned level, uint64_t index);
/* Inclusion proof of entry `index` in the first `size`; returns its length. */
size_t yihu_tree_inclusion(const struct yihu_tree *t, uint64_t index, uint64_t size,
			   struct yihu_node out[YIHU_AT_LEAST(YIHU_PROOF_NODES_MAX)]);

/* Does the proof lead from leaf at index to root of a tree of size (RFC 9162 §2.1.3.2)? */
bool yihu_inclusion_ok(struct yihu_node leaf, uint64_t index, uint64_t size,
		       const struct yihu_node *proof, size_t n, const struct yihu_node *root);

/* ---- for auditors: our programs have all entries, and compare those ---- */

/* Consistency proof of the first old_size entries within the first `size`;
 * returns its length. Asserts old_size ≤ size ≤ the tree's. */
size_t yihu_tree_consistency(const struct yihu_tree *t, uint64_t old_size, uint64_t size,
			     struct yihu_node out[YIHU_AT_LEAST(YIHU_PROOF_NODES_MAX)]);
/* Does the proof lead from the one root to the other, so that the larger tree
 * begins with the smaller (RFC 9162 §2.1.4.2)? Any sizes may come. */
bool yihu_consistency_ok(uint64_t old_size, const struct yihu_node *old_root, uint64_t size,
			 const struct yihu_node *root, const struct yihu_node *proof, size_t n);

YIHU_API_END

#endif
