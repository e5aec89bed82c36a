/* SPDX-License-Identifier: Apache-2.0
 *
 * Tree and proofs against a plain recursive reading of RFC 6962 §2.1.
 */

#include <sodium.h>
#include <string.h>
#include <yihu/merkle.h>

#include "test.h"

#define MOST 300u

static struct yihu_node leaves[MOST];
static struct yihu_tree *tree;

static struct yihu_node join(struct yihu_node a, struct yihu_node b)
{
	uint8_t bytes[65] = {0x01};
	struct yihu_node out;
	memcpy(bytes + 1, a.bytes, 32);
	memcpy(bytes + 33, b.bytes, 32);
	crypto_hash_sha256(out.bytes, bytes, sizeof bytes);
	return out;
}

static uint64_t largest_power_below(uint64_t n)
{
	uint64_t k = 1;
	while (2 * k < n)
		k = 2 * k;
	return k;
}

/* MTH(D[0:n]) */
static struct yihu_node plain_root(const struct yihu_node *d, uint64_t n)
{
	struct yihu_node out;
	if (n == 0) {
		crypto_hash_sha256(out.bytes, (const uint8_t *)"", 0);
		return out;
	}
	if (n == 1)
		return d[0];
	uint64_t k = largest_power_below(n);
	return join(plain_root(d, k), plain_root(d + k, n - k));
}

/* The root that PATH(m, D[n]) leads to, read from the proof's end. */
static struct yihu_node plain_walk(struct yihu_node leaf, uint64_t m, uint64_t n,
				   const struct yihu_node *proof, size_t len)
{
	if (n == 1) {
		assert_int_equal(len, 0);
		return leaf;
	}
	assert_true(len > 0);
	uint64_t k = largest_power_below(n);
	if (m < k)
		return join(plain_walk(leaf, m, k, proof, len - 1), proof[len - 1]);
	return join(proof[len - 1], plain_walk(leaf, m - k, n - k, proof, len - 1));
}

/* SUBPROOF(m, D[n], b) */
static size_t plain_subproof(const struct yihu_node *d, uint64_t m, uint64_t n, bool b,
			     struct yihu_node *out)
{
	if (m == n) {
		if (b)
			return 0;
		out[0] = plain_root(d, n);
		return 1;
	}
	uint64_t k = largest_power_below(n);
	size_t len;
	if (m <= k) {
		len = plain_subproof(d, m, k, b, out);
		out[len] = plain_root(d + k, n - k);
	} else {
		len = plain_subproof(d + k, m - k, n - k, false, out);
		out[len] = plain_root(d, k);
	}
	return len + 1;
}

static void assert_same(struct yihu_node a, struct yihu_node b)
{
	assert_memory_equal(a.bytes, b.bytes, sizeof a.bytes);
}

AROUND(set_up)
{
	tree = yihu_tree_new();
	for (uint8_t i = 0; i < 100; i++)
		for (uint8_t j = 0; j < 3; j++) {
			uint8_t entry[2] = {i, j};
			leaves[3 * i + j] = yihu_leaf_hash(entry, sizeof entry);
			yihu_tree_append(tree, leaves[3 * i + j]);
		}
	return 0;
}

AROUND(tear_down)
{
	yihu_tree_free(tree);
	return 0;
}

TEST(a_leaf_is_hashed_with_0x00_before_it)
{
	uint8_t want[32];
	crypto_hash_sha256(want, (const uint8_t *)"\0abc", 4);
	assert_memory_equal(yihu_leaf_hash("abc", 3).bytes, want, 32);
	crypto_hash_sha256(want, (const uint8_t *)"\0", 1);
	assert_memory_equal(yihu_leaf_hash(NULL, 0).bytes, want, 32);
}

TEST(roots_of_all_sizes)
{
	struct yihu_tree *growing = yihu_tree_new();
	for (uint64_t n = 0; n <= MOST; n++) {
		struct yihu_node want = plain_root(leaves, n);
		assert_int_equal(yihu_tree_size(growing), n);
		assert_same(yihu_tree_root(growing, n), want);
		assert_same(yihu_tree_root(tree, n), want);
		if (n < MOST)
			yihu_tree_append(growing, leaves[n]);
	}
	yihu_tree_free(growing);
}

TEST(nodes_are_complete_subtrees)
{
	for (unsigned level = 0; level <= 8; level++)
		for (uint64_t i = 0; i < MOST >> level; i++)
			assert_same(yihu_tree_node(tree, level, i),
				    plain_root(leaves + (i << level), UINT64_C(1) << level));
}

/* Root of `keep` leaves and others after them. */
static struct yihu_node mixed_root(uint64_t keep, const struct yihu_node *other)
{
	struct yihu_node d[MOST];
	memcpy(d, other, sizeof d);
	memcpy(d, leaves, keep * sizeof *d);
	return plain_root(d, MOST);
}

TEST(truncating_and_growing_again_gives_the_same)
{
	struct yihu_tree *t = yihu_tree_new();
	struct yihu_node other[MOST];
	for (uint64_t i = 0; i < MOST; i++) {
		yihu_tree_append(t, leaves[i]);
		other[i] = leaves[(i + 1) % MOST];
	}
	for (uint64_t keep = 0; keep <= MOST; keep += 7) {
		yihu_tree_truncate(t, keep);
		assert_int_equal(yihu_tree_size(t), keep);
		assert_same(yihu_tree_root(t, keep), plain_root(leaves, keep));
		for (uint64_t i = keep; i < MOST; i++)
			yihu_tree_append(t, other[i]);
		assert_same(yihu_tree_root(t, MOST), mixed_root(keep, other));
		yihu_tree_truncate(t, keep);
		for (uint64_t i = keep; i < MOST; i++)
			yihu_tree_append(t, leaves[i]);
		assert_same(yihu_tree_root(t, MOST), plain_root(leaves, MOST));
	}
	yihu_tree_free(t);
}

TEST(every_entry_is_proven_in_every_size)
{
	struct yihu_node proof[YIHU_PROOF_NODES_MAX];
	for (uint64_t size = 1; size <= MOST; size++) {
		struct yihu_node root = plain_root(leaves, size);
		for (uint64_t i = 0; i < size; i++) {
			size_t n = yihu_tree_inclusion(tree, i, size, proof);
			assert_same(plain_walk(leaves[i], i, size, proof, n), root);
			assert_true(yihu_inclusion_ok(leaves[i], i, size, proof, n, &root));
		}
	}
}

TEST(inclusion_of_another_place_or_size_is_refused)
{
	struct yihu_node proof[YIHU_PROOF_NODES_MAX];
	for (uint64_t size = 1; size <= 40; size++) {
		struct yihu_node root = plain_root(leaves, size);
		for (uint64_t i = 0; i < size; i++) {
			size_t n = yihu_tree_inclusion(tree, i, size, proof);
			for (uint64_t j = 0; j <= size + 1; j++)
				assert_int_equal(
					yihu_inclusion_ok(leaves[i], j, size, proof, n, &root),
					j == i);
			assert_false(yihu_inclusion_ok(leaves[size], i, size, proof, n, &root));
			assert_false(yihu_inclusion_ok(leaves[i], i, i, proof, n, &root));
			assert_false(yihu_inclusion_ok(leaves[i], i, 0, proof, n, &root));
		}
	}
}

/* The proof does not bind the size by itself: the same nodes fit some other
 * sizes too. Those with another number of nodes must fail. */
TEST(inclusion_with_a_node_more_or_less_is_refused)
{
	struct yihu_node proof[YIHU_PROOF_NODES_MAX];
	for (uint64_t size = 1; size <= 70; size++) {
		struct yihu_node root = plain_root(leaves, size);
		for (uint64_t i = 0; i < size; i++) {
			size_t n = yihu_tree_inclusion(tree, i, size, proof);
			proof[n] = leaves[0];
			assert_false(yihu_inclusion_ok(leaves[i], i, size, proof, n + 1, &root));
			for (size_t less = 0; less < n; less++)
				assert_false(
					yihu_inclusion_ok(leaves[i], i, size, proof, less, &root));
		}
	}
}

TEST(inclusion_with_any_node_changed_is_refused)
{
	struct yihu_node proof[YIHU_PROOF_NODES_MAX];
	for (uint64_t size = 2; size <= 70; size += 3) {
		struct yihu_node root = plain_root(leaves, size), other = root;
		other.bytes[31] ^= 1;
		for (uint64_t i = 0; i < size; i++) {
			size_t n = yihu_tree_inclusion(tree, i, size, proof);
			assert_false(yihu_inclusion_ok(leaves[i], i, size, proof, n, &other));
			for (size_t k = 0; k < n; k++) {
				proof[k].bytes[k] ^= 0x80;
				assert_false(
					yihu_inclusion_ok(leaves[i], i, size, proof, n, &root));
				proof[k].bytes[k] ^= 0x80;
			}
		}
	}
}

/* A log may sign any root with any size: one that fits a proof too deep or too
 * shallow for its size is refused all the same. */
TEST(inclusion_at_another_depth_is_refused)
{
	struct yihu_node proof[YIHU_PROOF_NODES_MAX];
	for (uint64_t size = 2; size <= 64; size++) {
		struct yihu_node root = plain_root(leaves, size);
		for (uint64_t i = 0; i < size; i++) {
			size_t n = yihu_tree_inclusion(tree, i, size, proof);
			assert_false(yihu_inclusion_ok(leaves[i], i, 2 * size, proof, n, &root));
			assert_false(
				yihu_inclusion_ok(leaves[i], i / 2, size / 2, proof, n, &root));
		}
	}
	struct yihu_node pair = join(leaves[1], leaves[0]);
	assert_false(yihu_inclusion_ok(leaves[0], 0, 1, &leaves[1], 1, &pair));
}

static void check_consistency(uint64_t old, uint64_t size)
{
	struct yihu_node proof[YIHU_PROOF_NODES_MAX + 1], want[YIHU_PROOF_NODES_MAX];
	struct yihu_node before = plain_root(leaves, old), after = plain_root(leaves, size);
	size_t n = yihu_tree_consistency(tree, old, size, proof);
	if (old > 0) {
		assert_int_equal(n, plain_subproof(leaves, old, size, true, want));
		assert_memory_equal(proof, want, n * sizeof *proof);
	}
	assert_true(yihu_consistency_ok(old, &before, size, &after, proof, n));
	struct yihu_node wrong = before;
	wrong.bytes[0] ^= 1;
	assert_false(yihu_consistency_ok(old, &wrong, size, &after, proof, n));
	if (old > 0) {
		wrong = after;
		wrong.bytes[0] ^= 1;
		assert_false(yihu_consistency_ok(old, &before, size, &wrong, proof, n));
	}
	for (size_t k = 0; k < n; k++) {
		proof[k].bytes[31] ^= 1;
		assert_false(yihu_consistency_ok(old, &before, size, &after, proof, n));
		proof[k].bytes[31] ^= 1;
		assert_false(yihu_consistency_ok(old, &before, size, &after, proof, k));
	}
	proof[n] = leaves[0];
	assert_false(yihu_consistency_ok(old, &before, size, &after, proof, n + 1));
}

TEST(all_pairs_of_small_sizes_are_consistent)
{
	for (uint64_t size = 0; size <= 66; size++)
		for (uint64_t old = 0; old <= size; old++)
			check_consistency(old, size);
}

TEST(pairs_of_larger_sizes_are_consistent)
{
	for (uint64_t size = 67; size <= MOST; size += 11)
		for (uint64_t old = size % 5; old <= size; old += 5)
			check_consistency(old, size);
	for (uint64_t old = 1; old <= 256; old *= 2)
		check_consistency(old, MOST);
}

TEST(trees_that_differ_are_not_consistent)
{
	struct yihu_node proof[YIHU_PROOF_NODES_MAX];
	struct yihu_node other[MOST];
	memcpy(other, leaves, sizeof other);
	other[3] = leaves[4];
	for (uint64_t size = 5; size <= 64; size++)
		for (uint64_t old = 4; old <= size; old++) {
			struct yihu_node before = plain_root(other, old);
			struct yihu_node after = plain_root(leaves, size);
			size_t n = yihu_tree_consistency(tree, old, size, proof);
			assert_false(yihu_consistency_ok(old, &before, size, &after, proof, n));
		}
}

TEST(consistency_at_another_depth_is_refused)
{
	struct yihu_node proof[YIHU_PROOF_NODES_MAX];
	for (uint64_t size = 2; size <= 64; size++)
		for (uint64_t old = 1; old < size; old++) {
			struct yihu_node before = plain_root(leaves, old);
			struct yihu_node after = plain_root(leaves, size);
			size_t n = yihu_tree_consistency(tree, old, size, proof);
			assert_false(yihu_consistency_ok(old, &before, 2 * size, &after, proof, n));
			if (old < size / 2)
				assert_false(yihu_consistency_ok(old, &before, size / 2, &after,
								 proof, n));
		}
}

/* Nodes beyond the root would be joined to both trees alike. */
TEST(consistency_of_roots_that_go_on_above_is_refused)
{
	struct yihu_node proof[YIHU_PROOF_NODES_MAX];
	for (uint64_t size = 2; size <= 20; size++)
		for (uint64_t old = 1; old < size; old++) {
			size_t n = yihu_tree_consistency(tree, old, size, proof);
			struct yihu_node before = join(leaves[9], plain_root(leaves, old));
			struct yihu_node after = join(leaves[9], plain_root(leaves, size));
			proof[n] = leaves[9];
			assert_false(yihu_consistency_ok(old, &before, size, &after, proof, n + 1));
		}
}

TEST(an_empty_proof_of_growth_is_refused)
{
	for (uint64_t size = 2; size <= 20; size++)
		for (uint64_t old = 1; old < size; old++) {
			struct yihu_node root = plain_root(leaves, old);
			assert_false(yihu_consistency_ok(old, &root, size, &root, NULL, 0));
		}
}

TEST(a_log_that_shrank_is_not_consistent)
{
	struct yihu_node proof[YIHU_PROOF_NODES_MAX];
	struct yihu_node small = plain_root(leaves, 5), large = plain_root(leaves, 9);
	size_t n = yihu_tree_consistency(tree, 5, 9, proof);
	assert_false(yihu_consistency_ok(9, &large, 5, &small, proof, n));
	assert_false(yihu_consistency_ok(9, &small, 5, &large, proof, n));
}

/* The old root as a node of the smaller tree. */
TEST(a_smaller_tree_that_holds_the_old_root_is_not_consistent)
{
	struct yihu_node before = yihu_tree_root(tree, 5), right = leaves[0];
	struct yihu_node after = join(before, right);
	const struct yihu_node proof[] = {before, right};
	assert_false(yihu_consistency_ok(5, &before, 2, &after, proof, 2));
}

TEST(size_zero_has_one_root)
{
	struct yihu_node empty = plain_root(leaves, 0), some = plain_root(leaves, 3);
	assert_true(yihu_consistency_ok(0, &empty, 0, &empty, NULL, 0));
	assert_false(yihu_consistency_ok(0, &some, 0, &some, NULL, 0));
	assert_false(yihu_consistency_ok(0, &some, 3, &some, NULL, 0));
	assert_true(yihu_consistency_ok(0, &empty, 3, &some, NULL, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_leaf_is_hashed_with_0x00_before_it),
		cmocka_unit_test(roots_of_all_sizes),
		cmocka_unit_test(nodes_are_complete_subtrees),
		cmocka_unit_test(truncating_and_growing_again_gives_the_same),
		cmocka_unit_test(every_entry_is_proven_in_every_size),
		cmocka_unit_test(inclusion_of_another_place_or_size_is_refused),
		cmocka_unit_test(inclusion_with_a_node_more_or_less_is_refused),
		cmocka_unit_test(inclusion_with_any_node_changed_is_refused),
		cmocka_unit_test(all_pairs_of_small_sizes_are_consistent),
		cmocka_unit_test(pairs_of_larger_sizes_are_consistent),
		cmocka_unit_test(trees_that_differ_are_not_consistent),
		cmocka_unit_test(inclusion_at_another_depth_is_refused),
		cmocka_unit_test(consistency_at_another_depth_is_refused),
		cmocka_unit_test(consistency_of_roots_that_go_on_above_is_refused),
		cmocka_unit_test(an_empty_proof_of_growth_is_refused),
		cmocka_unit_test(a_log_that_shrank_is_not_consistent),
		cmocka_unit_test(a_smaller_tree_that_holds_the_old_root_is_not_consistent),
		cmocka_unit_test(size_zero_has_one_root),
	};
	return cmocka_run_group_tests_name("merkle", tests, set_up, tear_down);
}
