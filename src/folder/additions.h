/* SPDX-License-Identifier: Apache-2.0
 *
 * paper/additions: why each household was added that was not on the list. What is
 * said of a letter stands there before its entry is sent, and holds once the log
 * has it; where the log has not got it, it goes with secret/pending.
 */
#ifndef YIHU_FOLDER_ADDITIONS_H
#define YIHU_FOLDER_ADDITIONS_H

#include <yihu/ledger.h>

#include "folder/folder.h"
#include "folder/reasons.h"

enum added_why {
	ADDED_FORGOTTEN,
	ADDED_MOVED_IN,
	ADDED_DIVIDED,
	ADDED_VACANT,
	ADDED_OTHER, /* in somebody's own words */
	N_ADDED_WHY
};
extern const struct reasons added_reasons; /* by the above */

struct addition {
	uint32_t serial;
	struct given_reason reason;
};
struct additions {
	struct yihu_buf text;
	size_t n;
	struct addition *at; /* its words are in text */
};
/* All lines; none when there is no such file. YIHU_EFORMAT names the line. */
int additions_read(struct additions *out, const struct yihu_folder *f, struct yihu_error *err);
/* Frees, and leaves a empty. */
void additions_finish(struct additions *a);

/* Says why the letter is made, instead of what was said of it before. */
int additions_put(const struct yihu_folder *f, uint32_t serial, const struct given_reason *reason,
		  struct yihu_error *err);
/* Says nothing of it any more. */
int additions_drop(const struct yihu_folder *f, uint32_t serial, struct yihu_error *err);

/* Why the log's additions were made, how many for each reason: “left out of the list: 2,
 * another reason: 1”. NULL where nothing says so: no such file, or nothing added. Caller
 * frees. */
int additions_sentence(char **out, const struct yihu_folder *f, const struct yihu_ledger *ledger,
		       uint32_t households, enum language l, struct yihu_error *err);

#endif
