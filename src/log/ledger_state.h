/* SPDX-License-Identifier: Apache-2.0
 *
 * What the ledger remembers, shared by its memory (ledger.c) and its rules
 * (ledger_rules.c, which only reads it).
 */
#ifndef YIHU_LOG_LEDGER_STATE_H
#define YIHU_LOG_LEDGER_STATE_H

#include <yihu/ledger.h>

#include "keyset.h"

#define YIHU_BALLOT_HASH_BYTES 32

struct yihu_serial {
	struct yihu_credential_state known;
};

/* What one entry changed, so that it can be taken back. */
struct yihu_undo {
	uint64_t time;
	enum yihu_entry_type type;
	uint32_t old_serial;     /* the voter of a ballot, the old one of a change; 0 none */
	uint32_t new_serial;     /* of a change; 0 none */
	uint64_t changed_before; /* the old serial's changed_index before */
};

struct yihu_ledger {
	const struct yihu_election *election;
	struct yihu_tree *tree;
	struct yihu_undo *undo; /* an entry each */
	size_t undo_cap;
	struct yihu_serial *serials; /* [serial−1] */
	uint32_t last_serial, serials_cap;
	struct yihu_keyset pks;    /* of all serials, in their order */
	struct yihu_keyset points; /* every ballot's A's, w a ballot, in log order */
	struct yihu_ledger_counts counts;
	struct yihu_withdrawn withdrawn[YIHU_WITHDRAWALS_MAX];
	size_t n_withdrawn;
	bool sealed;
};

/* An entry that asks to be the next one. */
struct yihu_candidate {
	struct yihu_entry entry;
	struct yihu_ballot ballot;                   /* of a ballot */
	uint8_t ballot_hash[YIHU_BALLOT_HASH_BYTES]; /* of a ballot */
	struct yihu_withdrawal withdrawal;           /* of a withdrawal, with its signatures */
	struct yihu_note withdrawal_note;
	enum yihu_verified verified;
	uint64_t at; /* index of the earlier ballot, for YIHU_EVOTED and YIHU_ESAME */
};

/* NULL when the log knows no such serial. */
const struct yihu_serial *yihu_ledger_find(const struct yihu_ledger *l, uint32_t serial);
/* YIHU_ECREDENTIAL: key and token signature are not byte for byte the letter's. */
int yihu_credential_is_of(const struct yihu_credential_state *s, const struct yihu_ballot *b,
			  struct yihu_error *err);
/* YIHU_EVOIDED, and which letter has replaced it. */
int yihu_serial_not_voided(const struct yihu_serial *s, uint32_t serial, struct yihu_error *err);
/* YIHU_EVOTED, and when; *at is the ballot's entry. */
int yihu_serial_not_voted(const struct yihu_serial *s, uint32_t serial, uint64_t *at,
			  struct yihu_error *err);
/* ledger_change.c: what a change must be, beside what every entry must. */
int yihu_ledger_change_rules(const struct yihu_ledger *l, struct yihu_candidate *c,
			     struct yihu_error *err);
/* ledger_withdraw.c: what a withdrawal must be, beside what every entry must. */
int yihu_ledger_withdraw_rules(const struct yihu_ledger *l, struct yihu_candidate *c,
			       struct yihu_error *err);
/* Every rule of PROTOCOL §6 and §7 for c's kind of entry; fills c->at. */
int yihu_ledger_rules(const struct yihu_ledger *l, struct yihu_candidate *c,
		      struct yihu_error *err);

#endif
