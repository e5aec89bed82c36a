/* SPDX-License-Identifier: Apache-2.0
 *
 * What a household gets back: where its ballot stands in the log, and the proof.
 */
#include "receipt_answer.h"

#include <assert.h>

#include "answer.h"
#include "daemon.h"
#include "json_values.h"

bool receipt_answer(struct request *r, unsigned status, uint64_t index,
		    const struct yihu_buf *entry)
{
	struct yihu_buf receipt = {0};
	struct yihu_entry_head h;
	char code[YIHU_CODE_BYTES];
	bool whole = yihu_entry_head(&h, entry->data, entry->len);
	assert(whole && h.type == YIHU_ENTRY_BALLOT);
	if (!yihu_box_view_receipt(r->d->view, index, entry, &receipt))
		return false;
	yihu_ballot_code(code, r->d->election->charter->eid, h.body, h.body_len);
	answer_json(r, status,
		    json_pack("{s:s, s:I, s:o, s:s, s:s}", "status", "recorded", "index",
			      (json_int_t)index, "time", answer_time(h.time), "code", code,
			      "receipt", (const char *)receipt.data));
	yihu_buf_free(&receipt);
	return true;
}
