/* SPDX-License-Identifier: Apache-2.0
 *
 * A finished election on the bench: a working copy of its public folder in
 * which one thing at a time is changed, audited, and put back.
 */
#ifndef TESTS_BITS_BENCH_H
#define TESTS_BITS_BENCH_H

#include <yihu/audit.h>

struct bench {
	const char *name;
	struct yihu_public *honest, *work;
	struct yihu_audit_options o;
	uint64_t every;  /* flips: each so many bytes one; 0: all eight bits of all bytes */
	uint64_t sparse; /* pieces and strays: each so many one */
	/* Of the kind of variant that is being tried. */
	uint64_t variants, refused, exempt, missed;
};
/* An election of the fixture, published, with cosigned checkpoints; and the
 * two recorded ones, opened. NULL when i is beyond the last. */
struct bench *bench_new(size_t i);
void bench_free(struct bench *b);
void bench_reset(struct bench *b); /* the counts */

/* Audits the folder with other bytes in one file, and puts it back. A fault must
 * name the file. It may pass when only lines of others below a checkpoint are
 * not what they were. Bytes that are
 * the file's own are no variant. */
void bench_change(struct bench *b, const char *name, const void *bytes, size_t len, const char *how,
		  size_t at);
/* The working copy as it is now: a fault must name one of these files (ends with '/': any
 * below; NULL: none). may_pass: an honest earlier state of the same folder. */
void bench_audit(struct bench *b, const char *const names[3], bool may_pass, const char *how,
		 size_t at);
/* Puts the honest file back, or takes away one that is not the folder's. */
void bench_restore(struct bench *b, const char *name);

/* The kinds of variants, each over the whole folder. */
void try_flips(struct bench *b);     /* one bit of a byte */
void try_cuts(struct bench *b);      /* the end missing */
void try_additions(struct bench *b); /* bytes more at either end */
void try_pieces(struct bench *b);    /* lines, entries, elements: gone, twice, exchanged */
void try_absences(struct bench *b);  /* whole files gone or empty */
void try_swaps(struct bench *b);     /* files under each other's names */
void try_strays(struct bench *b);    /* files more in every folder */

#endif
