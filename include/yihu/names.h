/* SPDX-License-Identifier: Apache-2.0
 *
 * The names of a public folder (PROTOCOL §11), one table for all who tell them
 * apart: who reads, fetches, serves or audits a folder asks here what a name is.
 */
#ifndef YIHU_NAMES_H
#define YIHU_NAMES_H

#include <yihu/checkpoint.h>
#include <yihu/limits.h>
#include <yihu/stage.h>

/* The kinds of files, in the order of writing: each stands on those before it,
 * and what is written last is fetched first. */
enum yihu_public_kind {
	YIHU_PUBLIC_DEFINITION,
	YIHU_PUBLIC_CHARTER,
	YIHU_PUBLIC_PICTURE,
	YIHU_PUBLIC_REGISTER,
	YIHU_PUBLIC_TILE,
	YIHU_PUBLIC_CHECKPOINT,
	YIHU_PUBLIC_AT_CLOSE,
	YIHU_PUBLIC_BOX,
	YIHU_PUBLIC_MIX,
	YIHU_PUBLIC_OPENING,
	YIHU_PUBLIC_CANCELLED,
	YIHU_PUBLIC_RESULTS_PB,
	YIHU_PUBLIC_RESULTS_JSON,
	YIHU_PUBLIC_RESULTS,
	YIHU_PUBLIC_PRELIMINARY,
	YIHU_PUBLIC_FINAL,
	YIHU_PUBLIC_SITE, /* proves nothing; an audit passes it over */
	YIHU_N_PUBLIC_KINDS,
	YIHU_PUBLIC_HIDDEN = YIHU_N_PUBLIC_KINDS, /* begins with a dot, at any depth */
	YIHU_PUBLIC_STRAY                         /* no name of a public folder */
};
#define YIHU_PUBLIC_BIT(kind) (UINT32_C(1) << (kind))

enum yihu_public_writer { YIHU_BY_ISSUER, YIHU_BY_LOG, YIHU_BY_HOLDER };

struct yihu_public_name {
	enum yihu_public_kind kind;
	uint32_t number;       /* of mix/k and open/j, 1 to the row's most; else 0 */
	struct yihu_tile tile; /* of a tile */
	const char *hash;      /* of img/…, borrowed of the name; else NULL */
};

struct yihu_public_row {
	/* The name; with a number for '#'; with anything that is a tile's, a
	 * picture's, or in the folder, for '*'. */
	const char *pattern;
	uint32_t most;       /* the largest number; 0: it has none */
	bool gaps;           /* its numbers may leave some out */
	uint32_t needs;      /* bits of the kinds that must be there where it is */
	uint32_t whole_with; /* bits: without them it is half written, and no file */
	enum yihu_public_writer writer;
	/* The stage that it brings; may others of its kind still come, up to which? */
	enum yihu_stage stage, until;
	bool later;     /* it comes once the stage is there, and does not bring it */
	uint64_t limit; /* the most bytes of such a file; 0: bytes says it of an election */
	uint64_t (*bytes)(const struct yihu_limits *l, const struct yihu_public_name *name);
};
/* Asserts that it is a kind, neither hidden nor stray. */
const struct yihu_public_row *yihu_public_row(enum yihu_public_kind kind);

/* What does this name stand for? Exactly one spelling for each. */
struct yihu_public_name yihu_public_name(const char *name);
/* The most bytes that a file of this kind has in the election; those of a mix and
 * an opening are exact where l->households are its ballots. */
uint64_t yihu_public_bytes(const struct yihu_public_name *name, const struct yihu_limits *l);
/* Is it the row's name, or does it begin as its names do ("mix/")? */
bool yihu_public_begins(const struct yihu_public_row *row, const char *name);

/* Is it a file of the log? They grow and are written anew; all others stay. */
bool yihu_public_of_log(const char *name);

/* The other way. */
struct yihu_public_text {
	char text[8 + YIHU_TILE_PATH_BYTES];
};
/* "mix/3". Asserts that the kind has numbers. */
struct yihu_public_text yihu_public_numbered(enum yihu_public_kind kind, uint32_t number);
/* "img/…" */
struct yihu_public_text yihu_public_picture(const char *hash);
/* "log/tile/0/x001/067.p/5" */
struct yihu_public_text yihu_public_tile(const struct yihu_tile *t);
/* The bundle that entry `index` of a log of `size` is in. */
struct yihu_public_text yihu_public_bundle(uint64_t index, uint64_t size);

/* Of kinds that are there (bits): the bits of all that must be, of itself too. */
uint32_t yihu_public_needed(uint32_t there);
/* May such a file come into the folder of an election at this stage? */
bool yihu_public_may_come(enum yihu_public_kind kind, enum yihu_stage stage);

#endif
