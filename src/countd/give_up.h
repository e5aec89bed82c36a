/* SPDX-License-Identifier: Apache-2.0
 *
 * The box is beyond use in this process.
 */
#ifndef YIHU_COUNTD_GIVE_UP_H
#define YIHU_COUNTD_GIVE_UP_H

#include <yihu/error.h>

struct countd;
/* Nothing more is taken. Said once. */
void countd_give_up(struct countd *d, const struct yihu_error *err);

#endif
