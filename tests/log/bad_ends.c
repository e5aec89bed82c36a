/* SPDX-License-Identifier: Apache-2.0
 *
 * Openings, closes and malformed entries that the ledger must refuse, and
 * honest ones at the wrong time.
 */

#include <string.h>

#include "forge.h"
#include "test.h"

BAD(half_a_head)
{
	ballot_at(w, FREE, w->now, out);
	out->len = 8;
}

BAD(unknown_type)
{
	ballot_at(w, FREE, w->now, out);
	out->data[0] = 'Y';
}

BAD(lower_case_type)
{
	ballot_at(w, FREE, w->now, out);
	out->data[0] = 'b';
}

BAD(time_of_2_to_38)
{
	ballot_at(w, FREE, UINT64_C(1) << 38, out);
}

BAD(open_at_closes)
{
	yihu_entry_open(out, w->f->options.closes, w->f->election);
}

BAD(open_of_another_election)
{
	yihu_entry_open(out, w->now, w->f->election);
	out->data[9] ^= 1;
}

BAD(open_with_another_register)
{
	yihu_entry_open(out, w->now, w->f->election);
	out->data[9 + 32 + 31] ^= 1;
}

BAD(open_cut_short)
{
	yihu_entry_open(out, w->now, w->f->election);
	out->len--;
}

BAD(open_too_long)
{
	yihu_entry_open(out, w->now, w->f->election);
	yihu_buf_u8(out, 0);
}

BAD(close_before_closes)
{
	honest_close(w, w->f->options.closes - 1, out);
}

BAD(close_of_a_smaller_log)
{
	uint64_t size = yihu_ledger_size(w->log->ledger) - 1;
	struct yihu_node root = yihu_tree_root(yihu_ledger_tree(w->log->ledger), size);
	close_entry(w->f->options.closes, eid(w), size, root, &w->f->issuer, out);
}

BAD(close_of_a_larger_log)
{
	uint64_t size = yihu_ledger_size(w->log->ledger) + 1;
	close_entry(w->f->options.closes, eid(w), size, root_of(w), &w->f->issuer, out);
}

BAD(close_of_another_root)
{
	struct yihu_node root = root_of(w);
	root.bytes[31] ^= 1;
	close_entry(w->f->options.closes, eid(w), yihu_ledger_size(w->log->ledger), root,
		    &w->f->issuer, out);
}

BAD(close_signed_by_the_log)
{
	close_entry(w->f->options.closes, eid(w), yihu_ledger_size(w->log->ledger), root_of(w),
		    &w->f->log, out);
}

BAD(close_signed_for_another_election)
{
	close_entry(w->f->options.closes, w->other->election->charter->eid,
		    yihu_ledger_size(w->log->ledger), root_of(w), &w->f->issuer, out);
}

BAD(close_cut_short)
{
	honest_close(w, w->f->options.closes, out);
	out->len--;
}

BAD(close_too_long)
{
	honest_close(w, w->f->options.closes, out);
	yihu_buf_u8(out, 0);
}

BAD(cancel_now)
{
	struct yihu_buf body = {0};
	yihu_cancel_body(&body, eid(w), yihu_ledger_size(w->log->ledger), root_of(w).bytes,
			 yihu_span("a price is wrong"), &w->f->issuer);
	yihu_entry_put(out, YIHU_ENTRY_CANCEL, w->now, body.data, body.len);
	yihu_buf_free(&body);
}

/* The clock went back after the end was signed. */
BAD(cancel_before_closes)
{
	cancel_now(w, out);
	yihu_store_be64(out->data + 1, w->f->options.closes - 1);
}

static const struct bad_row rows[] = {
	ROW(EMPTY, nothing, YIHU_EENTRY),
	ROW(EMPTY, free_ballot_at_opens, YIHU_EOPENENTRY),
	ROW(EMPTY, void_of_free, YIHU_EOPENENTRY),
	ROW(EMPTY, close_now, YIHU_EOPENENTRY),
	ROW(EMPTY, open_at_closes, YIHU_EOVER),
	ROW(EMPTY, open_of_another_election, YIHU_EELECTION),
	ROW(EMPTY, open_with_another_register, YIHU_EREGISTER),
	ROW(EMPTY, open_cut_short, YIHU_EENTRY),
	ROW(EMPTY, open_too_long, YIHU_EENTRY),
	ROW(OPENED, open_now, YIHU_EOPENENTRY),
	ROW(POLL, nothing, YIHU_EENTRY),
	ROW(POLL, half_a_head, YIHU_EENTRY),
	ROW(POLL, unknown_type, YIHU_EENTRY),
	ROW(POLL, lower_case_type, YIHU_EENTRY),
	ROW(POLL, time_of_2_to_38, YIHU_ETIME),
	ROW(POLL, open_now, YIHU_EOPENENTRY),
	ROW(POLL, same_ballot_at, YIHU_ESAME),
	ROW(POLL, close_before_closes, YIHU_ENOTOVER),
	ROW(POLL, close_of_a_smaller_log, YIHU_EROOT),
	ROW(POLL, close_of_a_larger_log, YIHU_EROOT),
	ROW(POLL, close_of_another_root, YIHU_ECLOSE),
	ROW(POLL, close_signed_by_the_log, YIHU_ECLOSE),
	ROW(POLL, close_signed_for_another_election, YIHU_ECLOSE),
	ROW(POLL, close_cut_short, YIHU_EENTRY),
	ROW(POLL, close_too_long, YIHU_EENTRY),
	ROW(CLOSED, free_ballot, YIHU_ECLOSED),
	ROW(CLOSED, same_ballot_at, YIHU_ESAME),
	ROW(CLOSED, void_of_free, YIHU_ECLOSED),
	ROW(CLOSED, close_now, YIHU_ECLOSED),
	ROW(CLOSED, open_now, YIHU_EOPENENTRY),
	ROW(EMPTY, cancel_now, YIHU_EOPENENTRY),
	ROW(CLOSED, cancel_now, YIHU_ECLOSED),
	ROW(SEALED, cancel_before_closes, YIHU_EOVER),
	ROW(CALLED_OFF, free_ballot, YIHU_ECANCELLED),
	ROW(CALLED_OFF, same_ballot_at, YIHU_ESAME),
	ROW(CALLED_OFF, void_of_free, YIHU_ECANCELLED),
	ROW(CALLED_OFF, close_now, YIHU_ECANCELLED),
	ROW(CALLED_OFF, cancel_now, YIHU_ECANCELLED),
	ROW(CALLED_OFF, open_now, YIHU_EOPENENTRY),
	ROW(SEALED, free_ballot, YIHU_EOVER),
	ROW(SEALED, same_ballot_at, YIHU_ESAME),
	ROW(SEALED, void_of_free, YIHU_EOVER),
};

int main(void)
{
	return bad_rows("bad openings and closes", rows, sizeof rows / sizeof *rows);
}
