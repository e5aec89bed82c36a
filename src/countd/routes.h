/* SPDX-License-Identifier: Apache-2.0
 *
 * Paths and methods, and the calls behind them.
 */
#ifndef YIHU_COUNTD_ROUTES_H
#define YIHU_COUNTD_ROUTES_H

#include "route.h"

/* Fills x->route, or answers 404 or 405 and returns false. */
bool countd_route(struct exchange *x, const char *method);

#endif
