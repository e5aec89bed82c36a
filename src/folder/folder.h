/* SPDX-License-Identifier: Apache-2.0
 *
 * The committee's folder: its rooms, what was planned, how far
 * the election is, and what the next step is and who takes it.
 *
 * Its files are a table, folder/files.h.
 */
#ifndef YIHU_FOLDER_H
#define YIHU_FOLDER_H

#include "folder/files.h"

#include <yihu/audit.h>

/* ceremony/plan: what `init` fixed; the charter is the plan and the holders.
 * A text of `key value` lines in this order, first line yihu-plan-v1. */
struct yihu_plan {
	char *origin;
	char *url; /* NULL: count desk only */
	uint8_t definition_hash[32];
	uint32_t households;
	uint8_t roll_hash[32];
	uint32_t max_additions, max_replacements;
	uint32_t min_box;
	uint64_t opens, closes;
	struct yihu_vkey issuer, log;
	uint32_t t, n, q;
	uint32_t max_withdrawals; /* of projects; 0: the plan has no line of it */
};
/* Appends the text that yihu_plan_parse reads. */
void yihu_plan_text(struct yihu_buf *out, const struct yihu_plan *p);
/* YIHU_EVERSION, YIHU_EFORMAT and YIHU_ETRAILING name the line. The caller
 * finishes *out. */
int yihu_plan_parse(struct yihu_plan *out, const void *bytes, size_t len, struct yihu_error *err);
/* The folder's plan. YIHU_ENOENT: there is no election in it. */
int yihu_plan_read(struct yihu_plan *out, const struct yihu_folder *f, struct yihu_error *err);
/* Leaves p empty. */
void yihu_plan_finish(struct yihu_plan *p);

/* The charter as far as the plan fixes it: key holders without names, no id. Borrows from
 * p; out is all zero before. */
void yihu_plan_charter(struct yihu_charter *out, const struct yihu_plan *p);
/* Shown to people before they sign it for good: what is voted on, and the charter, or what
 * of it is fixed so far. Not 0: they did not say yes, and nothing is signed. */
typedef int yihu_look(void *context, const struct yihu_definition *d, const struct yihu_charter *c,
		      struct yihu_error *err);

/* The plan in words, without a full stop; all callers free. Who must come to
 * the count, and how many may be missing: */
char *yihu_plan_who_comes(const struct yihu_plan *p);
/* From how many votes on the box is opened, and how many there are: */
char *yihu_plan_opened_from(const struct yihu_plan *p);
char *yihu_plan_opened_so_far(const struct yihu_plan *p, uint64_t ballots);

/* The ceremony's files as they lie there. holders[i−1].key.name is empty for
 * an announcement that is not there yet. */
struct yihu_ceremony {
	struct yihu_plan plan;
	struct yihu_holder holders[YIHU_HOLDERS_MAX];
	struct yihu_buf announcements[YIHU_HOLDERS_MAX];
	uint32_t n_announced;         /* how many are there */
	uint8_t s[64];                /* S; valid when n_announced = plan.n */
	uint32_t dealt;               /* bits i−1: deal-i is there and is of this S */
	struct yihu_buf draft;        /* ceremony/charter, empty when not there */
	struct yihu_charter *charter; /* of the draft, checked against plan and announcements */
	uint32_t accepted;            /* bits j−1: charter-j is there and valid */
};
/* Reads and verifies what is there. A file that does not verify is an error
 * that names it. */
int yihu_ceremony_read(struct yihu_ceremony *out, const struct yihu_folder *f,
		       struct yihu_error *err);
/* ceremony/charter as it lies there, or NULL; nobody has vouched for it. The caller frees. */
struct yihu_charter *folder_read_draft(const struct yihu_folder *f);
/* Frees all that was read and leaves c empty. */
void yihu_ceremony_finish(struct yihu_ceremony *c);
/* How far the ceremony is: from drafted to chartered. */
enum yihu_stage yihu_ceremony_stage(const struct yihu_ceremony *c);
/* Is file the announcement of holder i in this plan, with its proofs? */
int yihu_ceremony_check_announcement(struct yihu_holder *out, const struct yihu_plan *p, uint32_t i,
				     const struct yihu_buf *file, struct yihu_error *err);
/* Names of the holders whose bit is not set, joined for a sentence; caller frees. */
char *yihu_missing_holders(const struct yihu_charter *c, uint32_t bits);
/* The text that the charter of this plan and these n announcements has. */
void yihu_ceremony_charter_text(struct yihu_buf *out, const struct yihu_ceremony *c);
/* The draft with every holder's line joined: public/charter. Asserts all accepted. */
int yihu_ceremony_join_charter(struct yihu_buf *out, const struct yihu_folder *f,
			       const struct yihu_ceremony *c, struct yihu_error *err);
/* The election id of ceremony/charter: the clerk's own, whatever is public. */
int yihu_folder_eid(uint8_t eid[static YIHU_EID_BYTES], const struct yihu_folder *f,
		    struct yihu_error *err);
/* Joins the signature lines of the holders that lie there (F_CHARTER_LINE, F_BOX_LINE,
 * F_RESULTS_LINE, these after the issuer's) over text into a note. Lines that do
 * not verify are errors that name their file. signers gets the bits (bit 31:
 * issuer). */
int yihu_ceremony_gather(struct yihu_buf *out, uint32_t *signers, const struct yihu_folder *f,
			 folder_file family, const struct yihu_charter *c, struct yihu_span text,
			 struct yihu_error *err);

/* Was the election called off, by box/public: with the log's last entry, or by the
 * note? Quickly: no proof is checked. *time is 0 where the note says it. */
struct yihu_called_off {
	char reason[YIHU_REASON_BYTES_MAX + 1];
	uint64_t time;
};
/* *out is written when it was. */
bool yihu_folder_called_off(struct yihu_called_off *out, const struct yihu_folder *f,
			    const struct yihu_plan *plan);
/* "on DATE: REASON", or ": REASON", as a sentence for people; caller frees. */
char *yihu_called_off_words(const struct yihu_called_off *c);

/* ceremony/retired-j: holder j's word on the files of its key. */
struct yihu_retired {
	uint32_t erased, made; /* of so many files; 1 and 1 for a key without copies */
};
/* Appends what the holder signs. */
void yihu_retired_text(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES],
		       const struct yihu_retired *r);
/* Reads and verifies it; YIHU_ENOENT when it is not there. */
int yihu_retired_read(struct yihu_retired *out, const struct yihu_folder *f,
		      const uint8_t eid[static YIHU_EID_BYTES], const struct yihu_vkey *key,
		      uint32_t j, struct yihu_error *err);
/* The holders of whose key a file is left, by their notes: "NAME (1 of 2 files
 * erased), …". NULL when there is none; caller frees. */
char *yihu_files_left(const struct yihu_folder *f);

/* Of the log exported in box/public: is its last entry the close? How many
 * ballots has it? false and 0 where it cannot be read. */
bool yihu_log_is_closed(const struct yihu_folder *f, const struct yihu_plan *plan);
uint64_t yihu_log_ballots(const struct yihu_folder *f, const struct yihu_plan *plan);

struct yihu_status {
	enum yihu_stage stage;
	char *next;  /* a sentence: what is next, who does it, with which command */
	char *words; /* the same without commands */
};
/* By the files alone, quickly: no proof is checked here. now: wall clock. */
int yihu_status_read(struct yihu_status *out, const struct yihu_folder *f, uint64_t now,
		     struct yihu_error *err);
/* Frees the sentences. */
void yihu_status_finish(struct yihu_status *s);

#endif
