/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared by the clerk's acts.
 */
#ifndef YIHU_ISSUE_INTERNAL_H
#define YIHU_ISSUE_INTERNAL_H

#include "issue/issue.h"

/* The key is the issuer's of this plan or charter. */
int issue_is_issuer(const struct yihu_keyfile *key, const struct yihu_vkey *issuer,
		    struct yihu_error *err);

/* election.pb as its hash is, appended: YIHU_EDEFINITION when it was changed since init. */
int issue_definition_read(struct yihu_buf *out, const struct yihu_folder *f,
			  const uint8_t hash[static 32], struct yihu_error *err);
/* The charter that is to be signed, of what lies there now; all have announced. */
int issue_charter_of(struct yihu_charter **out, const struct yihu_ceremony *c,
		     struct yihu_error *err);

/* 0; YIHU_ECANCELLED, when and why, of an election that was called off. By the files. */
int issue_check_on(const struct yihu_folder *f, struct yihu_error *err);

/* Lines for the committee: who must come, and what these numbers risk. What was
 * not given by hand is explained, not warned of. */
void issue_advise(struct yihu_buf *notices, const struct yihu_plan *p, bool min_box_given);

#endif
