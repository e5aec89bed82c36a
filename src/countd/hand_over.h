/* SPDX-License-Identifier: Apache-2.0
 *
 * A request that waits for another thread.
 */
#ifndef YIHU_COUNTD_HAND_OVER_H
#define YIHU_COUNTD_HAND_OVER_H

#include "request.h"

/* The answer is complete: it goes to whoever asked, and r is gone. */
void countd_finish(struct request *r);
/* The same with the answer that too much comes: nothing was recorded. */
void countd_send_away(struct request *r);

#endif
