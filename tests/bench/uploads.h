/* SPDX-License-Identifier: Apache-2.0
 *
 * How long key holders and issuer wait for what they bring, while others hold the
 * door.
 */
#ifndef YIHU_BENCH_UPLOADS_H
#define YIHU_BENCH_UPLOADS_H

#include <stdbool.h>

/* Prints a table: every public file from the box to the results, under each attack.
 * False: one was not taken. */
bool uploads_print(void);

#endif
