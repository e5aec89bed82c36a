/* SPDX-License-Identifier: Apache-2.0
 *
 * What a household gets back: where its ballot stands in the log, and the proof.
 */
#include "receipt_answer.h"

#include <assert.h>
#include <yihu/text.h>

#include "count/json_writer.h"
#include "daemon.h"

static void put_member(struct yihu_json *j, const char *key, const char *text)
{
	yihu_json_key(j, key);
	yihu_json_string(j, text);
}

/* Straight into the answer: a tree of the same costs as much as its signature. */
static void put(struct yihu_buf *out, uint64_t index, uint64_t time, const char *code,
		const struct yihu_buf *receipt)
{
	struct yihu_json j = {.out = out};
	char at[21];
	yihu_json_open(&j, '{');
	put_member(&j, "status", "recorded");
	yihu_json_key(&j, "index");
	yihu_json_integer(&j, index);
	put_member(&j, "time", yihu_time_text(at, time));
	put_member(&j, "code", code);
	put_member(&j, "receipt", (const char *)receipt->data);
	yihu_json_close(&j, '}');
	yihu_buf_str(out, "\n");
}

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
	answer_text(&r->answer, status, "application/json", "");
	put(&r->answer.body, index, h.time, code, &receipt);
	yihu_buf_free(&receipt);
	return true;
}
