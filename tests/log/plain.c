/* SPDX-License-Identifier: Apache-2.0 */
#include "plain.h"

#include <sodium.h>
#include <string.h>

struct yihu_node leaves[MOST];
struct yihu_tree *tree;

struct yihu_node join(struct yihu_node a, struct yihu_node b)
{
	uint8_t bytes[65] = {0x01};
	struct yihu_node out;
	memcpy(bytes + 1, a.bytes, 32);
	memcpy(bytes + 33, b.bytes, 32);
	crypto_hash_sha256(out.bytes, bytes, sizeof bytes);
	return out;
}

uint64_t largest_power_below(uint64_t n)
{
	uint64_t k = 1;
	while (2 * k < n)
		k = 2 * k;
	return k;
}

struct yihu_node plain_root(const struct yihu_node *d, uint64_t n)
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

int plain_set_up(void **state)
{
	(void)state;
	tree = yihu_tree_new();
	for (uint8_t i = 0; i < 100; i++)
		for (uint8_t j = 0; j < 3; j++) {
			uint8_t entry[2] = {i, j};
			leaves[3 * i + j] = yihu_leaf_hash(entry, sizeof entry);
			yihu_tree_append(tree, leaves[3 * i + j]);
		}
	return 0;
}

int plain_tear_down(void **state)
{
	(void)state;
	yihu_tree_free(tree);
	return 0;
}
