/* SPDX-License-Identifier: Apache-2.0
 *
 * The tree, and proofs that an entry is in it, against a plain reading.
 */
#include <sodium.h>
#include <string.h>

#include "plain.h"

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

static void assert_same(struct yihu_node a, struct yihu_node b)
{
	assert_memory_equal(a.bytes, b.bytes, sizeof a.bytes);
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
		cmocka_unit_test(inclusion_at_another_depth_is_refused),
	};
	return cmocka_run_group_tests_name("merkle", tests, plain_set_up, plain_tear_down);
}
