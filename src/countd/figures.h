/* SPDX-License-Identifier: Apache-2.0
 *
 * How far the log is, in a few numbers.
 */
#ifndef YIHU_COUNTD_FIGURES_H
#define YIHU_COUNTD_FIGURES_H

#include <yihu/cancel.h>
#include <yihu/ledger.h>

struct figures {
	struct yihu_ledger_counts counts;
	uint64_t size;
	bool ended;  /* at-close is signed */
	bool closed; /* the C entry is in */
	bool called_off;
	uint64_t called_off_at; /* 0: by a note, which has no time */
	char reason[YIHU_REASON_BYTES_MAX + 1];
};

#endif
