/* SPDX-License-Identifier: Apache-2.0
 *
 * The messages M(label; x1, …, xn) of PROTOCOL §1 written plainly, value by
 * value, so that a prover or signer can leave a single one out.
 *
 * Whoever checks must hash exactly the same: a check that forgot a value too
 * would accept the one who left it out, and that one may choose it freely once
 * the challenge is known. So each test makes an honest proof but for one twist
 * in one message, for every value of every message, and wants it refused.
 */
#ifndef TESTS_CRYPTO_TRANSCRIPT_H
#define TESTS_CRYPTO_TRANSCRIPT_H

#include "support.h"

enum twist_kind {
	TWIST_NONE,
	TWIST_OMIT,   /* the value's bytes are left out; an item of nothing else, whole */
	TWIST_CHANGE, /* one bit of the value is another */
	TWIST_JOIN,   /* no length stands between the value's item and the next */
	TWIST_LABEL,  /* another label */
};

/* What is twisted, and what came of it. */
struct twist {
	const char *label; /* of the message */
	size_t value;      /* which of its values, from 0 */
	enum twist_kind kind;
	size_t values; /* out: how many the message has */
	char name[32]; /* out: of the value */
	bool done;     /* out: it was applied */
};

#define TRANSCRIPT_VALUES 80

struct transcript {
	const char *label;
	size_t n;
	struct {
		char name[32];
		struct yihu_buf bytes;
		bool ends; /* the item ends here */
		bool left_out;
	} values[TRANSCRIPT_VALUES];
};
void transcript_init(struct transcript *t, const char *label);
/* A value that is a part of its item; the item goes on with the next value. */
void transcript_part(struct transcript *t, const char *name, const void *p, size_t len);
/* A value that is the last of its item, or the only one. */
void transcript_item(struct transcript *t, const char *name, const void *p, size_t len);
void transcript_part_be32(struct transcript *t, const char *name, uint32_t v);
void transcript_be32(struct transcript *t, const char *name, uint32_t v);
void transcript_be64(struct transcript *t, const char *name, uint64_t v);
/* n points as one item, each a value. */
void transcript_points(struct transcript *t, const char *name, const struct yihu_point *p,
		       size_t n);

/* M with the twist, if it is of this label; frees the values. w may be NULL. */
void transcript_message(struct yihu_buf *out, struct transcript *t, struct twist *w);
void transcript_hash(uint8_t out[static 64], struct transcript *t, struct twist *w);
struct yihu_scalar transcript_scalar(struct transcript *t, struct twist *w);
struct yihu_point transcript_point(struct transcript *t, struct twist *w);

/* Appends the signature of a file: over M(label; eid, SHA-512 of it). */
void plain_sign(struct yihu_buf *file, const char *label, const uint8_t *eid,
		const struct yihu_keypair *kp, struct twist *w);

/* Does the check accept what was made with the twist? */
typedef bool twisted_holds(void *world, struct twist *w);
/* Without a twist yes; with any twist of any value in a message of that label
 * no. Fails the test otherwise, naming the value. */
void every_value_counts(const char *label, twisted_holds *holds, void *world);

#endif
