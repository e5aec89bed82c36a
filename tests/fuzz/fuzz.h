/* SPDX-License-Identifier: Apache-2.0
 *
 * What fuzz targets share. A target is one LLVMFuzzerTestOneInput: libFuzzer
 * calls it (-Dfuzz=true), else replay.c with the committed corpus.
 *
 * A property that does not hold is an assert: it aborts, and the input is kept.
 */
#ifndef YIHU_TEST_FUZZ_H
#define YIHU_TEST_FUZZ_H

#include <fixture.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* For a call that may fail: its words, and all that it must not touch then,
 * are filled with a pattern first. */
struct yihu_error fuzz_error(void);
void fuzz_fill(void *out, size_t len);
bool fuzz_untouched(const void *out, size_t len);
/* Did the call go well? Where not: the code is one of ours, the words are
 * there, end within err, are UTF-8 and hold nothing that moves a cursor. */
bool fuzz_ok(int code, const struct yihu_error *err);
/* For readers that append, so that b may not be empty before the call. */
bool fuzz_holds(const struct yihu_buf *b, const void *data, size_t len);

/* The input taken apart: a byte that selects, then the rest. 0 when empty. */
uint8_t fuzz_take(const uint8_t **data, size_t *size);
/* A copy with its NUL, for functions that take strings; up to the first NUL
 * that the input has. The caller frees. */
char *fuzz_string(const uint8_t *data, size_t size);

/* A small election with every key, published whole: 3 holders of whom 2 open,
 * 12 households, 3 ballots, one change. All randomness is the same in every
 * run, so that the corpus stays what it is. */
struct fuzz_world {
	struct fixture *f;
	const struct yihu_election *election;
	const struct yihu_charter *charter;
	struct fixture_log *log;
	struct yihu_public *pub;
	struct yihu_checkpoint box;
	uint64_t n; /* ballots */
	uint32_t w;
};
const struct fuzz_world *fuzz_world(void);
const struct yihu_buf *fuzz_file(const char *name); /* of its public folder */
/* Draws from now on are those of a run's beginning. */
void fuzz_random_again(void);

/* A text that can be signed: the input up to its empty line, ended by LF. */
void fuzz_note_text(struct yihu_buf *text, const uint8_t *data, size_t size);
/* The note of that text, signed by issuer (bit 31) and holders (bits i−1). */
#define FUZZ_ISSUER (UINT32_C(1) << 31)
#define FUZZ_ALL UINT32_MAX
void fuzz_note_sign(struct yihu_buf *note, const struct yihu_buf *text, uint32_t signers);

#endif
