/* SPDX-License-Identifier: Apache-2.0
 *
 * DIR/rebuilt: what says that a box was made again and is not whole.
 */
#ifndef YIHU_BOX_REBUILT_H
#define YIHU_BOX_REBUILT_H

#include <stdint.h>
#include <yihu/error.h>

/* The command that makes the box of dir again, to be pasted. Caller frees. */
char *yihu_box_rebuild_command(const char *dir);
/* DIR/rebuilt is written (signed_size 0: not known), or goes. */
int yihu_rebuilt_put(const char *dir, uint64_t has, uint64_t signed_size, struct yihu_error *err);
int yihu_rebuilt_clear(const char *dir, struct yihu_error *err);

#endif
