/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared inside the log.
 */
#ifndef YIHU_LOG_INTERNAL_H
#define YIHU_LOG_INTERNAL_H

#include <yihu/checkpoint.h>
#include <yihu/complaints.h>
#include <yihu/merkle.h>

/* Nodes of the tree, for the tree and the proofs' verifier:
 * SHA-256(0x01 ‖ left ‖ right), and the root of no entries, SHA-256(""). */
struct yihu_node yihu_node_join(struct yihu_node left, struct yihu_node right);
struct yihu_node yihu_node_empty(void);

/* The two lines that checkpoint and box note share: size and root. */
void yihu_checkpoint_put_lines(struct yihu_buf *out, const struct yihu_checkpoint *c);
/* They are the last of the text, else false. Writes *out as it reads. */
bool yihu_checkpoint_read_lines(struct yihu_checkpoint *out, struct yihu_lines *lines);

/* The value of the next line, "key value"; empty when it is another one. */
struct yihu_span yihu_lines_value(struct yihu_lines *lines, const char *key);

/* The lines that complaints and the final statement share, the last of both:
 * filed, answer, more. */
void yihu_complaints_put(struct yihu_buf *out, const struct yihu_complaints *c);
/* Of c it writes what they say, as it reads; what was read stays c's on failure. */
int yihu_complaints_take(struct yihu_complaints *c, struct yihu_lines *lines,
			 struct yihu_error *err);

#endif
