/* SPDX-License-Identifier: Apache-2.0
 *
 * Lies: public folders that are well formed and rightly signed, by people who
 * hold every key, and yet not what PROTOCOL allows. Nothing but the lie is
 * wrong in them: signatures, proofs, tree, tiles and checkpoints are made anew
 * around it. The audit must refuse each for its own reason.
 *
 * TABLE.md says which sentence of the protocol each one breaks.
 */
#ifndef TESTS_LIES_H
#define TESTS_LIES_H

#include "../audit/support.h"

/* What is brought before the audit. */
struct scene {
	struct yihu_public *p;
	struct yihu_audit_options o; /* under the honest election's eid */
	struct yihu_evidence evidence;
};
struct lie {
	const char *name;
	void (*tell)(struct scene *s);
	/* For what only a key holder sees, in the ceremony: what its program answers. */
	int (*judge)(struct yihu_error *err);
	enum yihu_check check;
	int code;
	const char *file; /* one that ends in '/': any file below */
	const char *says; /* words of the fault; '*': any between */
	size_t also;      /* further faults that follow from it */
};
/* Each ends with a row without a name. */
extern const struct lie definition_lies[], ceremony_lies[], charter_lies[], register_lies[],
	entry_lies[], ballot_lies[], change_lies[], close_lies[], cancel_lies[], withdraw_lies[],
	box_lies[], mix_lies[], opening_lies[], result_lies[], objection_lies[], file_lies[];
#define LIE(called, check_, code_, file_, says_)                                                   \
	{                                                                                          \
		.name = #called, .tell = called, .check = YIHU_CHECK_##check_,                     \
		.code = YIHU_E##code_, .file = file_, .says = says_                                \
	}
/* With `more` faults that follow. */
#define LIE_AND(more, called, check_, code_, file_, says_)                                         \
	{                                                                                          \
		.name = #called, .tell = called, .check = YIHU_CHECK_##check_,                     \
		.code = YIHU_E##code_, .file = file_, .says = says_, .also = more                  \
	}
#define ASIDE(called, code_, says_)                                                                \
	{                                                                                          \
		.name = #called, .judge = called, .code = YIHU_E##code_, .says = says_             \
	}
#define NO_MORE_LIES                                                                               \
	{                                                                                          \
		.name = NULL                                                                       \
	}

/* The honest election that lies are told about: 4 holders of whom 2 open and
 * 3 sign the box, 6 households, 4 projects (one word below 16), min-box 3. */
#define HOUSEHOLDS 6u
#define HOLDERS 4u
struct world {
	struct fixture *f;
	const struct yihu_charter *c;
	struct fixture_log *log; /* O, B 1 to 4, replacement of 5 by 7, B 7, C */
	/* Folders, each with what the one before has. */
	struct yihu_public *issued, *closed, *boxed, *mixed, *opened, *published;
	struct yihu_audit *audit; /* of `opened` */
};
const struct world *world(void); /* made at the first call */
void world_end(void);

/* The insiders, and what they would sign: copies, to be changed. */
struct liars {
	struct yihu_charter charter;
	struct yihu_keypair issuer, log, holders[YIHU_HOLDERS_MAX];
	struct yihu_scalar polynomials[YIHU_HOLDERS_MAX][YIHU_HOLDERS_MAX];
};
struct liars liars(void);
/* The note over text signed by each of `who` in turn: i(ssuer), l(og), 1 to 4. */
void sign_note(struct yihu_buf *note, const struct yihu_buf *text, const struct liars *l,
	       const char *who);
/* Puts that note, and frees the text. */
void put_note(struct yihu_public *p, const char *name, struct yihu_buf *text, const char *who);

/* election.pb and a charter of these fields, or of this text (freed), signed by
 * `who`; the audit is asked under its eid. */
void put_charter(struct scene *s, const struct liars *l, const char *who);
void put_charter_text(struct scene *s, const struct liars *l, struct yihu_buf *text,
		      const char *who);

/* The first `old` becomes `with`; it must be there. */
void replace(struct yihu_buf *b, const char *old, const char *with);
void put(struct yihu_public *p, const char *name, struct yihu_buf *bytes); /* frees them */
struct yihu_buf copy_of(const struct yihu_public *p, const char *name);

/* Another valid signature over the same bytes: the nonce is random. */
void sign_again(uint8_t sig[static YIHU_SIGNATURE_BYTES], const struct yihu_keypair *kp,
		const void *message, size_t len);
/* pk plus a point of order 8: canonical, and outside the prime-order subgroup. */
void add_torsion(uint8_t pk[static YIHU_PUBKEY_BYTES]);

/* Another spelling of the same scalar: plus the order, which Ed25519 and ristretto255 share. */
void add_order(uint8_t scalar[static YIHU_SCALAR_BYTES]);

/* A token as the issuer would give it out: any seed, any eid, any key signs. */
struct yihu_credential credential_by(const uint8_t eid[static YIHU_EID_BYTES], uint32_t serial,
				     const uint8_t pk[static YIHU_PUBKEY_BYTES],
				     const struct yihu_keypair *issuer);

#endif
