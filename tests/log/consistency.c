/* SPDX-License-Identifier: Apache-2.0
 *
 * Proofs that one tree goes on from another, against a plain reading.
 */
#include <string.h>

#include "plain.h"

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
		cmocka_unit_test(all_pairs_of_small_sizes_are_consistent),
		cmocka_unit_test(pairs_of_larger_sizes_are_consistent),
		cmocka_unit_test(trees_that_differ_are_not_consistent),
		cmocka_unit_test(consistency_at_another_depth_is_refused),
		cmocka_unit_test(consistency_of_roots_that_go_on_above_is_refused),
		cmocka_unit_test(an_empty_proof_of_growth_is_refused),
		cmocka_unit_test(a_log_that_shrank_is_not_consistent),
		cmocka_unit_test(a_smaller_tree_that_holds_the_old_root_is_not_consistent),
		cmocka_unit_test(size_zero_has_one_root),
	};
	return cmocka_run_group_tests_name("consistency", tests, plain_set_up, plain_tear_down);
}
