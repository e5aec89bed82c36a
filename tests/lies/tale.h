/* SPDX-License-Identifier: Apache-2.0
 *
 * A log as a liar writes it: no ledger is asked, but the tree, its tiles, the
 * checkpoints and the close are made over whatever it holds.
 */
#ifndef TESTS_LIES_TALE_H
#define TESTS_LIES_TALE_H

#include "lies.h"

#define ENTRIES_MAX 24
struct tale {
	struct yihu_buf entries[ENTRIES_MAX];
	size_t n;
	uint64_t time; /* of the next entry; goes on by a second */
};
/* Of the honest election; begins before the poll, with its O. */
struct tale tale_begin(void);
struct tale tale_empty(void);
/* Moves the clock to the hour that the poll opens or closes. */
void tale_opens(struct tale *t);
void tale_closes(struct tale *t);
/* An entry at the tale's time; frees the body. */
void tale_put(struct tale *t, enum yihu_entry_type type, struct yihu_buf *body);
void tale_ballot(struct tale *t, uint32_t serial);
void tale_ballots(struct tale *t, uint32_t last); /* of serials 1 to last */
/* A change signed by the issuer, with the credential of `new` when it is not 0. */
void tale_change(struct tale *t, uint32_t old, uint32_t new);
void tale_change_with(struct tale *t, uint32_t old, uint32_t new,
		      const struct yihu_credential *credential, const struct yihu_keypair *issuer);
void tale_close(struct tale *t); /* signed over the tale as it is */
void tale_close_with(struct tale *t, uint64_t size, struct yihu_node root,
		     const struct yihu_keypair *issuer);
/* Called off, signed over the tale as it is. */
void tale_cancel(struct tale *t, const char *reason);
void tale_cancel_with(struct tale *t, uint64_t size, struct yihu_node root, const char *reason,
		      const struct yihu_keypair *issuer);
void tale_free(struct tale *t);
struct yihu_node tale_root(const struct tale *t, size_t size);
/* election.pb, charter, register and this log; frees the tale. */
void tale_tell(struct tale *t, struct scene *s);
/* The same with log/at-close of that size. */
void tale_tell_closed_at(struct tale *t, struct scene *s, size_t size);

/* A ballot before it is signed: every part may be changed. */
struct draft {
	struct yihu_keypair kp;
	uint8_t eid[YIHU_EID_BYTES];
	struct yihu_ballot b;
	struct yihu_scalar r[2];
	uint8_t version;
};
void draft_make(struct draft *d, const struct fixture *f, uint32_t serial);
/* Encrypts word 5 and 1 anew under r, and proves it. */
void draft_encrypt(struct draft *d, const struct fixture *f);
void draft_prove(struct draft *d);
/* Appends its bytes, signed by kp under eid. */
void draft_sign(const struct draft *d, struct yihu_buf *out);

#endif
