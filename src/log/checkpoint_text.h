/* SPDX-License-Identifier: Apache-2.0
 *
 * The two lines that checkpoint and box note share: size and root.
 */
#ifndef YIHU_LOG_CHECKPOINT_TEXT_H
#define YIHU_LOG_CHECKPOINT_TEXT_H

#include <yihu/checkpoint.h>

void yihu_checkpoint_put_lines(struct yihu_buf *out, const struct yihu_checkpoint *c);
/* They are the last of the text, else false. Writes *out as it reads. */
bool yihu_checkpoint_read_lines(struct yihu_checkpoint *out, struct yihu_lines *lines);

#endif
