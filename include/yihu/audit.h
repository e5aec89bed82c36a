/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit (PROTOCOL §11): from a public folder and the election id it
 * recomputes everything, one function a check, as far as the folder goes.
 * yihu-audit prints it, holders and tally act only when it passes.
 */
#ifndef YIHU_AUDIT_H
#define YIHU_AUDIT_H

#include <yihu/api.h>
#include <yihu/checkpoint.h>
#include <yihu/ledger.h>
#include <yihu/opening.h>
#include <yihu/progress.h>
#include <yihu/public.h>
#include <yihu/results.h>
#include <yihu/shuffle.h>
#include <yihu/stage.h>

YIHU_API_BEGIN

/* The checks in the order they run. */
enum yihu_check {
	YIHU_CHECK_FILES, /* exactly the protocol's files */
	YIHU_CHECK_DEFINITION,
	YIHU_CHECK_CHARTER,  /* signatures, proofs, Y, the eid given */
	YIHU_CHECK_PICTURES, /* those that the definition names, and no others */
	YIHU_CHECK_REGISTER,
	YIHU_CHECK_TILES,      /* bundles and hash tiles recomputed */
	YIHU_CHECK_CHECKPOINT, /* and at-close */
	YIHU_CHECK_ENTRIES,    /* every entry by §6 and §7 */
	YIHU_CHECK_CANCELLED,  /* whether it was called off, and rightly */
	YIHU_CHECK_BOX,
	YIHU_CHECK_MIXES,
	YIHU_CHECK_OPENINGS,
	YIHU_CHECK_DECODING, /* plaintexts, void ballots, the lot's seed */
	YIHU_CHECK_COUNT,
	YIHU_CHECK_RESULTS,    /* byte for byte, and the note */
	YIHU_CHECK_OBJECTIONS, /* whether the result is preliminary or final */
	YIHU_CHECK_EVIDENCE,   /* receipts, old checkpoints, roll given by the caller */
	YIHU_N_CHECKS
};
/* A check's slug, for JSON, and its title in the user's language; static. */
const char *yihu_check_name(enum yihu_check c);
const char *yihu_check_title(enum yihu_check c);

struct yihu_fault {
	enum yihu_check check;
	int code;   /* of error.h */
	char *file; /* name in the public folder, or of the evidence */
	char *text; /* file, index and reason, translated */
};
/* What is no fault, and yet deserves a reader's eye: text that deceives
 * (PROTOCOL §2.4). The first of each file. */
struct yihu_doubt {
	char *file;
	char *text; /* file and what, translated */
};
/* One line of the report. */
struct yihu_step {
	enum yihu_check check;
	bool ran;       /* false: the folder does not go so far, or an earlier fault bars it */
	uint64_t count; /* how many things were checked */
	char *text;     /* what, translated: "2 mixes of 231 ballots" */
};

/* What the caller knows and brings. Unset: all zero. */
struct yihu_evidence {
	char *name; /* file name, for words */
	struct yihu_buf bytes;
};
struct yihu_audit_options {
	unsigned eid_bits; /* 0: none given; 256 */
	uint8_t eid[YIHU_EID_BYTES];
	const struct yihu_evidence *receipts;
	const struct yihu_evidence *checkpoints; /* also saved at-close (at_close set) */
	size_t n_receipts, n_checkpoints;
	const struct yihu_evidence *at_close; /* or NULL: --at-close */
	const struct yihu_evidence *roll;     /* or NULL */
	uint8_t roll_salt[16];
	/* The m·G table, shared between runs (tests); NULL: built inside. */
	const struct yihu_words_table *table;
	const struct yihu_progress *progress;
};

/* The outcome: everything recomputed, for publish and for holders' acts. Members beyond the
 * stage reached are NULL or zero. Borrowed pointers live as long as the audit. */
struct yihu_audit {
	enum yihu_stage stage;
	struct yihu_step steps[YIHU_N_CHECKS];
	struct yihu_fault *faults; /* the first of each kind (check and code) */
	size_t n_faults;
	struct yihu_doubt *doubts;
	size_t n_doubts;
	struct yihu_election *election;
	struct yihu_ledger *ledger;
	struct yihu_checkpoint checkpoint; /* log/checkpoint */
	struct yihu_checkpoint box;        /* size and root that the C entry signs */
	bool closed;
	bool called_off;        /* and then nothing below is ever there */
	uint64_t called_off_at; /* of the entry X; 0: by the note, which has no time */
	char reason[YIHU_REASON_BYTES_MAX + 1];       /* why, as the issuer signed it */
	uint32_t box_signers;                         /* bit i−1: holder i */
	struct yihu_ciphertext *list;                 /* the last list L: n·w, from L_0 on */
	uint64_t n;                                   /* ballots in it */
	uint32_t mixes, mixers;                       /* how many; bits of holders that mixed */
	uint32_t openings, openers;                   /* how many; bits of holders that opened */
	bool not_opened;                              /* closed with fewer than min-box ballots */
	struct yihu_tally tally;                      /* complete when opened or not_opened */
	struct yihu_outcome *outcome;                 /* of the count, when opened */
	struct yihu_buf results_pb, results_json;     /* as they must be */
	uint32_t result_signers;                      /* bits; bit 31: the issuer */
	uint64_t objections_until;                    /* 0: no such time was set */
	uint64_t final_at;                            /* of the final statement; 0: there is none */
	uint32_t objections_filed, objections_upheld; /* as it says */
	void *memory;                                 /* what the members above borrow */
};
/* Runs every check. Returns the audit (never NULL); verdict: n_faults. The
 * folder p must outlive it. */
struct yihu_audit *yihu_audit_run(const struct yihu_public *p, const struct yihu_audit_options *o);
/* Frees the audit and all that its members borrow. NULL is fine. */
void yihu_audit_free(struct yihu_audit *a);

/* The first fault as an error, or 0: for a program that acts only on a pass. */
int yihu_audit_verdict(const struct yihu_audit *a, struct yihu_error *err);

/* Is there a result to sign and publish: is the box opened, or had it to stay shut? */
bool yihu_audit_has_result(const struct yihu_audit *a);

YIHU_API_END

#endif
