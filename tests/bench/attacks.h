/* SPDX-License-Identifier: Apache-2.0
 *
 * What honest voters have to bear while others want to keep them from voting.
 */
#ifndef YIHU_BENCH_ATTACKS_H
#define YIHU_BENCH_ATTACKS_H

#include <stdbool.h>
#include <stdint.h>

/* Ballots of this width, from 1 to 255 words; prints a table of its own: a row
 * without an attack first. only: what an attack has in its name; NULL: all of them.
 * False: a voter was not served, or waited for too long. */
bool attacks_print(uint32_t width, const char *only);

#endif
