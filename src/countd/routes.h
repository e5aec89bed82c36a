/* SPDX-License-Identifier: Apache-2.0
 *
 * Paths and methods, and the calls behind them.
 */
#ifndef YIHU_COUNTD_ROUTES_H
#define YIHU_COUNTD_ROUTES_H

#include "request.h"

/* A path with its method. admit is asked when the headers are there, before
 * any body is read: it sets limit, or answers and returns false. handle is
 * called with the whole body; it answers, or hands the request on. */
struct route {
	const char *method;
	const char *path; /* ends with '/': a prefix of a longer path */
	bool (*admit)(struct request *r);
	void (*handle)(struct request *r);
};

/* Fills r->route, or answers 404 or 405 and returns false. */
bool countd_route(struct request *r, const char *method);

#endif
