/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a call of the HTTP side begins.
 */
#ifndef YIHU_COUNTD_TAKE_H
#define YIHU_COUNTD_TAKE_H

#include "request.h"

/* r is no longer the caller's: its `answered` is called once, soon or later, by this
 * thread or another. */
void countd_take(struct request *r);

#endif
