/* SPDX-License-Identifier: Apache-2.0
 *
 * A loop over independent items, on all cores.
 */
#ifndef YIHU_PARALLEL_H
#define YIHU_PARALLEL_H

#include <stddef.h>

/* Does the items from … to−1, a piece: from is a multiple of its size. Called
 * from several threads at once: it writes only what belongs to its items, and
 * neither fails nor stops early. */
typedef void yihu_parallel_work(void *context, size_t from, size_t to);
/* Learns how many items are done: from the calling thread alone, growing, and
 * at the end n. */
typedef void yihu_parallel_told(void *context, size_t done);

/* Hands out 0 … n−1 in pieces of `piece` items, and returns when all are done.
 * Which thread does which piece must not matter for the result. The calling
 * thread works too; so with one core, or when no thread can be made, it does
 * all. The others' stacks are wiped: the items may be secret. `told` may be
 * NULL. */
void yihu_parallel(size_t n, size_t piece, yihu_parallel_work *work, yihu_parallel_told *told,
		   void *context);

#endif
