/* SPDX-License-Identifier: Apache-2.0
 *
 * Nodes of the Merkle tree, shared by the tree and the proofs' verifier.
 */
#ifndef YIHU_LOG_MERKLE_NODE_H
#define YIHU_LOG_MERKLE_NODE_H

#include <yihu/merkle.h>

/* SHA-256(0x01 ‖ left ‖ right) */
struct yihu_node yihu_node_join(struct yihu_node left, struct yihu_node right);
/* The root of no entries, SHA-256(""). */
struct yihu_node yihu_node_empty(void);

#endif
