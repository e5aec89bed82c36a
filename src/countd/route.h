/* SPDX-License-Identifier: Apache-2.0
 *
 * A path, and the call behind it.
 */
#ifndef YIHU_COUNTD_ROUTE_H
#define YIHU_COUNTD_ROUTE_H

#include "call.h"
#include "exchange.h"

/* A path with its method. admit is asked when the headers are there, before
 * any body is read: it sets limit, or answers and returns false. handle is
 * called with the whole body; it answers, or hands the request on. */
struct route {
	const char *method;
	const char *path; /* ends with '/': a prefix of a longer path */
	bool (*admit)(struct exchange *x);
	void (*handle)(struct exchange *x);
	enum call call; /* of the box side, where it has the answer */
	/* Sees that answer before it goes out; NULL: it goes as it is. */
	void (*shown)(struct exchange *x);
};

#endif
