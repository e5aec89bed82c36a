/* SPDX-License-Identifier: Apache-2.0
 *
 * The count desk's batch sheets, held against the log: what was keyed there is what was
 * recorded. It writes nothing.
 */
#ifndef YIHU_TALLY_DESK_SHEETS_H
#define YIHU_TALLY_DESK_SHEETS_H

#include <yihu/ledger.h>

/* What stands on one, of its slips that have a ballot code. */
struct tally_sheet {
	uint32_t recorded, first, last; /* how many; the first and the last one's letter */
};
/* "12:3:47". YIHU_EARG, naming the text. */
int tally_sheet_read(struct tally_sheet *out, const char *text, struct yihu_error *err);

struct tally_sheets_found {
	uint64_t on_sheets, ballots; /* slips of all sheets, ballots of the log */
	unsigned differences;
	struct yihu_buf lines; /* a line a difference, for people; finished by the caller */
};
/* desk_only: the letters lead nowhere but to the desk, so that a ballot that is on no
 * sheet is a difference, too. */
void tally_sheets_compare(struct tally_sheets_found *out, const struct tally_sheet *sheets,
			  size_t n, const struct yihu_ledger *l, bool desk_only);

#endif
