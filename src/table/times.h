/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers that a sheet shows with 万 behind them.
 */
#ifndef YIHU_TABLE_TIMES_H
#define YIHU_TABLE_TIMES_H

/* "万" and the like in what is shown behind a number: it is part of what it says.
 * NULL: there is none. */
const char *table_times(const char *shown);

#endif
