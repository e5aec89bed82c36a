/* SPDX-License-Identifier: Apache-2.0
 *
 * The order of projects by their votes.
 */
#ifndef YIHU_COUNT_ORDER_H
#define YIHU_COUNT_ORDER_H

#include <yihu/count.h>

/* The projects that are still YIHU_FUNDED and have no place yet, by
 * votes, cost, lot, behind those that have; fills order, n_order, place and
 * ordered_by. */
void yihu_order_by_votes(struct yihu_outcome *o, const struct yihu_profile *p);

#endif
