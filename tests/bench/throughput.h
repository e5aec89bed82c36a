/* SPDX-License-Identifier: Apache-2.0
 *
 * How many ballots a second the daemon makes durable, and what each costs it.
 */
#ifndef YIHU_BENCH_THROUGHPUT_H
#define YIHU_BENCH_THROUGHPUT_H

#include <stdint.h>

/* Casts so many ballots through 1, 16, 64 and 256 connections; prints a table. */
void throughput_print(uint32_t ballots);

#endif
