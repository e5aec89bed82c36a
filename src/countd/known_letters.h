/* SPDX-License-Identifier: Apache-2.0
 *
 * What is known of each letter, copied out of the ledger after each commit: whoever
 * has a question about one neither has the box's lock nor waits for a disk.
 */
#ifndef YIHU_COUNTD_KNOWN_LETTERS_H
#define YIHU_COUNTD_KNOWN_LETTERS_H

#include <yihu/box.h>

struct known_letter {
	struct yihu_credential_state known;
	uint64_t changed_time; /* of the entry changed_index; 0 none */
};

struct letters;
/* Of no letter; freed by letters_free. */
struct letters *letters_new(void);
/* When no thread asks any more. NULL is fine. */
void letters_free(struct letters *l);
/* Under box_lock. All of them, and those that are new. */
void letters_update(struct letters *l, const struct yihu_ledger *from);
/* Under box_lock, after a commit: those that the n submissions were about, and those
 * that are new. */
void letters_follow(struct letters *l, const struct yihu_ledger *from,
		    const struct yihu_submission *subs, size_t n);
/* From any thread. YIHU_ECREDENTIAL: there is no such letter. */
int letters_find(struct letters *l, uint32_t serial, struct known_letter *out,
		 struct yihu_error *err);

#endif
