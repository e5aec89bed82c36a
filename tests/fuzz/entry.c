/* SPDX-License-Identifier: Apache-2.0
 *
 * A log entry, and what the ledger says of it at every length of a log.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static void put_again(const struct yihu_entry *e, const uint8_t *data, size_t size)
{
	struct yihu_buf again = {0};
	yihu_entry_put(&again, e->type, e->time, e->body, e->body_len);
	assert(fuzz_holds(&again, data, size));
	yihu_buf_free(&again);
}

static void read_cancel(const uint8_t *data, size_t size)
{
	struct yihu_cancel cancel;
	struct yihu_error err = fuzz_error();
	fuzz_fill(&cancel, sizeof cancel);
	if (!fuzz_ok(yihu_cancel_parse(&cancel, data, size, &err), &err))
		assert(fuzz_untouched(&cancel, sizeof cancel));
	else
		fuzz_ok(yihu_reason_check(cancel.reason, &err), &err);
}

/* What is read reads the same again. */
static void read_withdrawal(const uint8_t *data, size_t size)
{
	struct yihu_withdrawal w;
	struct yihu_note note;
	struct yihu_buf text = {0};
	struct yihu_error err = fuzz_error();
	const struct fuzz_world *world = fuzz_world();
	if (!fuzz_ok(yihu_withdrawal_parse(&w, &note, data, size, world->charter, &err), &err))
		return;
	fuzz_ok(yihu_withdrawal_signed(&note, world->charter, &err), &err);
	yihu_withdrawal_text(&text, world->charter->eid, &w);
	assert(text.len == note.text.len && memcmp(text.data, note.text.p, text.len) == 0);
	yihu_buf_free(&text);
}

/* The world's log up to `size` entries; made once for each. */
static struct yihu_ledger *ledger_of(size_t size)
{
	static struct yihu_ledger *ledgers[32];
	const struct fuzz_world *w = fuzz_world();
	assert(w->log->n < sizeof ledgers / sizeof *ledgers);
	if (ledgers[size])
		return ledgers[size];
	struct yihu_ledger *l = ledgers[size] = yihu_ledger_new(w->election);
	for (size_t i = 0; i < size; i++) {
		const struct yihu_buf *e = &w->log->entries[i];
		int code = yihu_ledger_append(l, e->data, e->len, YIHU_VERIFY_NOW, NULL, NULL);
		assert(code == YIHU_OK);
	}
	return l;
}

/* Check and append say the same; refused or taken back, nothing stays. */
static void offer(size_t log_size, const uint8_t *data, size_t size)
{
	struct yihu_ledger *l = ledger_of(log_size);
	struct yihu_node before = yihu_tree_root(yihu_ledger_tree(l), log_size), after;
	struct yihu_ledger_counts counts = yihu_ledger_counts(l), counts_after;
	struct yihu_error err = fuzz_error();
	uint64_t at = UINT64_MAX;
	int code = yihu_ledger_check(l, data, size, YIHU_VERIFY_NOW, &at, &err);
	fuzz_ok(code, &err);
	assert((at < log_size) == (code == YIHU_EVOTED || code == YIHU_ESAME));
	assert(yihu_ledger_size(l) == log_size);
	assert(yihu_ledger_append(l, data, size, YIHU_VERIFY_NOW, NULL, &err) == code);
	assert(yihu_ledger_size(l) == log_size + (code == YIHU_OK));
	yihu_ledger_truncate(l, log_size);
	after = yihu_tree_root(yihu_ledger_tree(l), log_size);
	counts_after = yihu_ledger_counts(l);
	assert(memcmp(&before, &after, sizeof before) == 0);
	assert(memcmp(&counts, &counts_after, sizeof counts) == 0);
}

/* A withdrawal that says the same, signed by those who must. */
static void withdraw_again(struct yihu_buf *body, const struct yihu_entry *e)
{
	const struct fuzz_world *w = fuzz_world();
	struct yihu_withdrawal read;
	struct yihu_note note;
	if (yihu_withdrawal_parse(&read, &note, e->body, e->body_len, w->charter, NULL) != 0)
		return;
	char *reason = yihu_span_dup(read.reason);
	fixture_withdrawal(w->f, read.project, reason, UINT32_C(7), body);
	free(reason);
}

/* A change, a close, a withdrawal or a cancellation with a signature that holds. */
static void sign_again(struct yihu_buf *entry, const struct yihu_entry *e, size_t log_size)
{
	const struct fuzz_world *w = fuzz_world();
	const uint8_t *eid = w->charter->eid;
	struct yihu_buf body = {0};
	if (e->type == YIHU_ENTRY_CHANGE) {
		const struct yihu_change *c = &e->u.change;
		yihu_change_body(&body, eid, c->old_serial, c->new_serial,
				 c->new_serial ? &c->credential : NULL, &w->f->issuer);
	} else if (e->type == YIHU_ENTRY_WITHDRAW) {
		withdraw_again(&body, e);
	} else {
		struct yihu_node root =
			yihu_tree_root(yihu_ledger_tree(ledger_of(log_size)), log_size);
		if (e->type == YIHU_ENTRY_CLOSE)
			yihu_close_body(&body, eid, e->u.close.size, root.bytes, &w->f->issuer);
		else
			yihu_cancel_body(&body, eid, e->u.cancel.size, root.bytes,
					 e->u.cancel.reason, &w->f->issuer);
	}
	yihu_entry_put(entry, e->type, e->time, body.data, body.len);
	yihu_buf_free(&body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yihu_entry e;
	struct yihu_error err = fuzz_error();
	struct yihu_buf again = {0};
	size_t log_size = fuzz_take(&data, &size) % (fuzz_world()->log->n + 1);
	read_cancel(data, size);
	read_withdrawal(data, size);
	fuzz_fill(&e, sizeof e);
	if (!fuzz_ok(yihu_entry_parse(&e, data, size, &err), &err)) {
		assert(fuzz_untouched(&e, sizeof e));
		return 0;
	}
	put_again(&e, data, size);
	offer(log_size, data, size);
	if (e.type != YIHU_ENTRY_OPEN && e.type != YIHU_ENTRY_BALLOT) {
		sign_again(&again, &e, log_size);
		offer(log_size, again.data, again.len);
	}
	yihu_buf_free(&again);
	return 0;
}
