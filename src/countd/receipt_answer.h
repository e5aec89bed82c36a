/* SPDX-License-Identifier: Apache-2.0
 *
 * The answer that a recorded ballot gets, now or whenever it is asked for again.
 */
#ifndef YIHU_COUNTD_RECEIPT_ANSWER_H
#define YIHU_COUNTD_RECEIPT_ANSWER_H

#include "request.h"

/* {"status","index","time","code","receipt"} of a ballot that is committed as this
 * entry. false, and no answer, where the view does not show it yet. */
bool receipt_answer(struct request *r, unsigned status, uint64_t index,
		    const struct yihu_buf *entry);

#endif
