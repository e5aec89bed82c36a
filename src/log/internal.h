/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared inside the log.
 */
#ifndef YIHU_LOG_INTERNAL_H
#define YIHU_LOG_INTERNAL_H

#include <yihu/checkpoint.h>
#include <yihu/merkle.h>

/* Nodes of the tree, for the tree and the proofs' verifier:
 * SHA-256(0x01 ‖ left ‖ right), and the root of no entries, SHA-256(""). */
struct yihu_node yihu_node_join(struct yihu_node left, struct yihu_node right);
struct yihu_node yihu_node_empty(void);

/* The two lines that checkpoint and box note share: size and root. */
void yihu_checkpoint_put_lines(struct yihu_buf *out, const struct yihu_checkpoint *c);
/* They are the last of the text, else false. Writes *out as it reads. */
bool yihu_checkpoint_read_lines(struct yihu_checkpoint *out, struct yihu_lines *lines);

#endif
