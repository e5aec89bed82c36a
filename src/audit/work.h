/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit from inside. A check reads the folder and what earlier checks
 * proved, and leaves three things: faults, one step of the report, and its
 * product for the checks that follow. A product is set only when it was proved: a
 * check whose inputs are not all there says so (audit_skip) and does nothing,
 * so that one fault does not drown the reader in its consequences.
 */
#ifndef YIHU_AUDIT_WORK_H
#define YIHU_AUDIT_WORK_H

#include <yihu/audit.h>
#include <yihu/households.h>
#include <yihu/names.h>

struct audit_entry {
	const uint8_t *bytes; /* in the folder's bundles */
	size_t len;
};

struct audit_work {
	struct yihu_audit *a;
	const struct yihu_public *p;
	const struct yihu_audit_options *o; /* NULL once the run is over */

	/* Products, by the check that proves them. */
	struct yihu_definition *definition; /* definition: the form */
	struct yihu_charter *charter;       /* charter: everything of §3 and §4 */
	struct yihu_register *reg;          /* register */
	struct yihu_election election;      /* of the three; the definition is the charter's */
	struct audit_entry *entries;        /* tiles: in log order */
	uint64_t n_entries;
	struct yihu_tree *tree; /* tiles: over the entries, as the hash tiles say; NULL again
				 * when there is a ledger, which has the same */
	bool log_signed;        /* checkpoint: it is the tree that the log signed */
	bool mixes_proved;      /* mixes: a->list is the last list, of all mixes that are there */
	struct yihu_opening *opened[YIHU_HOLDERS_MAX]; /* openings: [j−1], verified */
	uint32_t *digits;                              /* decoding: a->tally borrows both */
	uint64_t *void_at;
};

/* The checks, one function each, in the order of enum yihu_check. */
void audit_check_files(struct audit_work *w);
void audit_check_definition(struct audit_work *w);
void audit_check_charter(struct audit_work *w);
void audit_check_pictures(struct audit_work *w);
void audit_check_register(struct audit_work *w);
void audit_check_tiles(struct audit_work *w);
void audit_check_checkpoint(struct audit_work *w);
void audit_check_entries(struct audit_work *w);
void audit_check_cancelled(struct audit_work *w);
void audit_check_box(struct audit_work *w);
void audit_check_mixes(struct audit_work *w);
void audit_check_openings(struct audit_work *w);
void audit_check_decoding(struct audit_work *w);
void audit_check_count(struct audit_work *w);
void audit_check_results(struct audit_work *w);
void audit_check_objections(struct audit_work *w);
void audit_check_evidence(struct audit_work *w);

/* report.c. Notes a fault, unless the check has one with this code already. file is a
 * name as it comes; it is made printable here. */
void audit_fault(struct audit_work *w, enum yihu_check check, int code, const char *file,
		 const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The same with the words of err, which some reader filled. */
void audit_fault_error(struct audit_work *w, enum yihu_check check, const char *file,
		       const struct yihu_error *err);
/* Text that deceives, in a file that is sound (PROTOCOL §2.4). */
void audit_doubt(struct audit_work *w, const char *file, const struct yihu_error *err);
/* Has this check found a fault? */
bool audit_faulty(const struct audit_work *w, enum yihu_check check);
/* The check's line: it ran over count things, or did not, and why. */
void audit_step(struct audit_work *w, enum yihu_check check, uint64_t count, const char *format,
		...) __attribute__((format(printf, 4, 5)));
void audit_skip(struct audit_work *w, enum yihu_check check, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* audit_skip for the two usual reasons. */
void audit_skip_absent(struct audit_work *w, enum yihu_check check);
void audit_skip_barred(struct audit_work *w, enum yihu_check check, enum yihu_check by);

/* What is there, by names alone (files.c). */
struct audit_inventory {
	uint64_t kinds[YIHU_PUBLIC_STRAY + 1]; /* how many files of each */
	uint32_t mixes, openings;              /* bit i−1: mix/i, open/i */
};
/* By names alone: no file's bytes are looked at. */
struct audit_inventory audit_inventory(const struct yihu_public *p);
/* The largest i with bit i−1 set; 0 for none. */
uint32_t audit_highest(uint32_t bits);

/* The tree over the entries: the tiles' or the ledger's; NULL when not proved. */
const struct yihu_tree *audit_tree(const struct audit_work *w);

/* check_cancelled.c. Where the election was called off: `name`, which is here,
 * is that check's fault, its step says why nothing more was asked, and true. */
bool audit_called_off(struct audit_work *w, enum yihu_check check, const char *name);

/* How a checkpoint that bears the log's signature stands to the log here (check_log.c). */
enum audit_relation {
	AUDIT_COVERED,      /* its root is the root of that many entries */
	AUDIT_FOLDER_OLDER, /* it is of more entries than are here, and nothing has ended the log */
	AUDIT_TWO_HISTORIES, /* else */
};
/* Asserts that there is a tree (audit_tree). */
enum audit_relation audit_relate(const struct audit_work *w, const struct yihu_checkpoint *c);
/* Does nothing but C lie at or after the checkpoint's size? Asserts size ≤ entries. */
bool audit_only_close_after(const struct audit_work *w, const struct yihu_checkpoint *c);

#endif
