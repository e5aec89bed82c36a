/* SPDX-License-Identifier: Apache-2.0
 *
 * A plain recursive reading of RFC 6962 §2.1, and the leaves and the tree that
 * the tests of tree and proofs hold against it.
 */
#ifndef YIHU_TEST_PLAIN_H
#define YIHU_TEST_PLAIN_H

#include <yihu/merkle.h>

#include "test.h"

#define MOST 300u

/* A group's fixture makes them. */
extern struct yihu_node leaves[MOST];
extern struct yihu_tree *tree; /* of all of them */
int plain_set_up(void **state);
int plain_tear_down(void **state);

/* The node above two. */
struct yihu_node join(struct yihu_node a, struct yihu_node b);
/* The largest power of two that is smaller than n, which is 2 or more. */
uint64_t largest_power_below(uint64_t n);
/* MTH(D[0:n]) */
struct yihu_node plain_root(const struct yihu_node *d, uint64_t n);

#endif
