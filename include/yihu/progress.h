/* SPDX-License-Identifier: Apache-2.0
 *
 * Progress of long work: the library says how far it is, the caller draws.
 */
#ifndef YIHU_PROGRESS_H
#define YIHU_PROGRESS_H

#include <stddef.h>
#include <stdint.h>
#include <yihu/api.h>

YIHU_API_BEGIN

/* step is called from the working thread, often; done ≤ total. `what` is a
 * translated phrase that stays valid during the call. */
struct yihu_progress {
	void (*step)(void *context, const char *what, uint64_t done, uint64_t total);
	void *context;
};

/* Does nothing when p or p->step is NULL. */
static inline void yihu_progress_step(const struct yihu_progress *p, const char *what,
				      uint64_t done, uint64_t total)
{
	if (p != NULL && p->step != NULL)
		p->step(p->context, what, done, total);
}

YIHU_API_END

/* In the environment of a program of ours: another program shows people what it says on
 * standard error, and wants progress in words there. */
#define YIHU_PROGRESS_WANTED "YIHU_PROGRESS"

#endif
