/* SPDX-License-Identifier: Apache-2.0
 *
 * The ledger: what a log says so far. It replays entries in order and holds
 * every rule of PROTOCOL §6 and §7 about "once", "known", "not voided",
 * "within". The daemon asks it before it appends; the audit replays with it.
 * It writes nothing and reads no clock. Not thread-safe: one owner.
 */
#ifndef YIHU_LEDGER_H
#define YIHU_LEDGER_H

#include <yihu/api.h>
#include <yihu/entry.h>
#include <yihu/merkle.h>

YIHU_API_BEGIN

struct yihu_ledger;
/* Borrows e, which must outlive it and have a register. */
struct yihu_ledger *yihu_ledger_new(const struct yihu_election *e);
/* NULL is fine. The election stays. */
void yihu_ledger_free(struct yihu_ledger *l);

/* Points, proofs and signatures are slow and need no state: a caller that has checked a
 * ballot with yihu_ballot_parse and yihu_ballot_verify says so, once. */
enum yihu_verified { YIHU_VERIFY_NOW, YIHU_VERIFIED_BEFORE };

/* Would this be a valid next entry? 0, or the code of the first rule broken.
 * Any entry: those of yihu_entry_parse, EOPENENTRY (O is missing, or a second
 * one), ECLOSED (C is in), ECANCELLED (X is in), ETIME (older than the last
 * entry).
 * O: EOVER, EELECTION (its eid), EREGISTER (its hash).
 * B: those of yihu_ballot_parse; ESAME (exactly these bytes are already in the
 * log; checked before opening and closing times, so that a retry always gets
 * its receipt); EOVER, ENOTOPEN, ECREDENTIAL, EVOIDED, EVOTED (another ballot
 * of that household is there); those of yihu_ballot_verify; ECOPIED.
 * R: EOVER, ECHANGE (names nothing, not the next serial, a key without one);
 * of the old serial ECREDENTIAL, EVOIDED, EVOTED; ELIMIT; of the new key
 * EKEYS (used before), EPUBKEY, ETOKEN (not signed); ESIGNATURE (the change).
 * C: ENOTOVER, EROOT (signed for another size), ECLOSE (signature or root).
 * X: EOVER, EROOT (signed for another size), EREASON, ECANCEL (signature or root).
 * W: EOVER; of the note EFORMAT, EVERSION, EELECTION, EREASON; EWITHDRAWAL (its
 * form, no such project, or withdrawn before); ELIMIT; ESIGNERS, ESIGNATURE.
 * Changes nothing. at (may be NULL) gets the index of the earlier ballot for
 * EVOTED and ESAME, and is left alone otherwise. */
int yihu_ledger_check(const struct yihu_ledger *l, const void *entry, size_t len,
		      enum yihu_verified verified, uint64_t *at, struct yihu_error *err);
/* Check and, when it passes, append. */
int yihu_ledger_append(struct yihu_ledger *l, const void *entry, size_t len,
		       enum yihu_verified verified, uint64_t *at, struct yihu_error *err);
/* Takes back the entries from size on (a group whose commit failed). */
void yihu_ledger_truncate(struct yihu_ledger *l, uint64_t size);

/* Recovery: no more B and R from here on (at-close was signed).
 * yihu_ledger_sealed: was that said? */
void yihu_ledger_seal(struct yihu_ledger *l);
bool yihu_ledger_sealed(const struct yihu_ledger *l);

/* The tree over all entries; borrowed, and grows with the ledger. */
const struct yihu_tree *yihu_ledger_tree(const struct yihu_ledger *l);
/* How many entries there are. */
uint64_t yihu_ledger_size(const struct yihu_ledger *l);
uint64_t yihu_ledger_last_time(const struct yihu_ledger *l); /* 0 when empty */
/* What the entry at index is, and when it was appended. Asserts index < size. */
enum yihu_entry_type yihu_ledger_type(const struct yihu_ledger *l, uint64_t index);
uint64_t yihu_ledger_time(const struct yihu_ledger *l, uint64_t index);
bool yihu_ledger_closed(const struct yihu_ledger *l);     /* the C entry is in */
bool yihu_ledger_called_off(const struct yihu_ledger *l); /* the X entry is in */

struct yihu_ledger_counts {
	uint64_t ballots;                        /* B entries */
	uint32_t households;                     /* N of the charter */
	uint32_t additions, replacements, voids; /* changes of each kind */
	uint32_t entitled;                       /* N + additions */
};
/* As of now, kept up with each entry: asking costs nothing. */
struct yihu_ledger_counts yihu_ledger_counts(const struct yihu_ledger *l);

/* The projects that are withdrawn, in the log's order; borrowed, until the next
 * entry. *n gets how many. */
const struct yihu_withdrawn *yihu_ledger_withdrawn(const struct yihu_ledger *l, size_t *n);
/* Projects from 0. */
bool yihu_ledger_is_withdrawn(const struct yihu_ledger *l, uint32_t project);
/* YIHU_EWITHDRAWAL: the election has no such project, or it is withdrawn already. */
int yihu_ledger_check_stands(const struct yihu_ledger *l, uint32_t project, struct yihu_error *err);
/* YIHU_ELIMIT: the charter allows no more. */
int yihu_ledger_check_withdrawals_left(const struct yihu_ledger *l, struct yihu_error *err);

/* What is known of a serial (1..N and those added). */
struct yihu_credential_state {
	struct yihu_credential credential;
	bool voided;
	uint32_t replaced_by;   /* new serial, 0 when voided without one or not voided */
	uint32_t replaces;      /* old serial, 0 when none */
	uint64_t changed_index; /* index of the R that voided it, else that made it; 0 none */
	bool voted;
	uint64_t voted_index, voted_time;
	uint8_t voted_hash[32]; /* SHA-256 of the ballot's bytes */
};
/* YIHU_ECREDENTIAL when there is no such serial. */
int yihu_ledger_serial(const struct yihu_ledger *l, uint32_t serial,
		       struct yihu_credential_state *out, struct yihu_error *err);
/* May this ballot be the letter's? YIHU_ECREDENTIAL: it has another key or token
 * signature; YIHU_EVOIDED, YIHU_EVOTED. By a copy of what the ledger knows, from any
 * thread. */
int yihu_credential_lets(const struct yihu_credential_state *s, const struct yihu_ballot *b,
			 struct yihu_error *err);
/* Which ballot has this A, the how-manieth of the log, from 0; false: none. */
bool yihu_ledger_point(const struct yihu_ledger *l, const uint8_t a[YIHU_AT_LEAST(32)],
		       uint64_t *nth);
/* The largest serial: N, and one more for each letter that was made since. */
uint32_t yihu_ledger_last_serial(const struct yihu_ledger *l);

YIHU_API_END

#endif
