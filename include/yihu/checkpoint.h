/* SPDX-License-Identifier: Apache-2.0
 *
 * C2SP checkpoints (three text lines: origin, size, base64 root; the log's
 * signature line among any number of others, PROTOCOL §1), C2SP
 * tlog-tiles paths and contents, and receipts (C2SP tlog-proof@v1 whose extra
 * is the entry, PROTOCOL §7).
 */
#ifndef YIHU_CHECKPOINT_H
#define YIHU_CHECKPOINT_H

#include <yihu/api.h>
#include <yihu/charter.h>
#include <yihu/merkle.h>

YIHU_API_BEGIN

#define YIHU_CHECKPOINT_BYTES_MAX (64u << 10)
#define YIHU_RECEIPT_BYTES_MAX (512u << 10)

struct yihu_checkpoint {
	uint64_t size;
	struct yihu_node root;
};
/* Appends the signed note over c. Its origin is the name of `log`, and kp is
 * that key's pair. */
void yihu_checkpoint_sign(struct yihu_buf *out, const struct yihu_vkey *log,
			  const struct yihu_checkpoint *c, const struct yihu_keypair *kp);
/* Origin, and exactly one signature line with the name and key id of `log`,
 * valid, wherever it stands. All other lines must be well formed; whose they
 * are and what they hold is not checked. */
int yihu_checkpoint_parse(struct yihu_checkpoint *out, const void *bytes, size_t len,
			  const struct yihu_vkey *log, struct yihu_error *err);

/* Tiles. A tile is named by level (−1: entries), index and width (1..256). */
#define YIHU_TILE_WIDTH 256
#define YIHU_TILE_PATH_BYTES 64
struct yihu_tile {
	int level;
	uint64_t index;
	unsigned width; /* 256: a full one */
};
/* "tile/0/x001/067.p/5" below log/. */
void yihu_tile_path(char out[YIHU_AT_LEAST(YIHU_TILE_PATH_BYTES)], const struct yihu_tile *t);
/* Exactly one spelling a tile; false for anything else. */
bool yihu_tile_parse_path(struct yihu_tile *out, const char *path);
/* The tiles of a tree of `size`: every full one and the partial ones of the
 * right edge, in order. each() returns nonzero to stop; that is returned. */
int yihu_tiles_each(uint64_t size, int (*each)(void *context, const struct yihu_tile *t),
		    void *context);
/* Is t a tile of some size up to `size` (a partial one of any width)? */
bool yihu_tile_exists(const struct yihu_tile *t, uint64_t size);
/* Is t one of the tiles that a tree of exactly `size` has? */
bool yihu_tile_belongs(const struct yihu_tile *t, uint64_t size);
/* Bytes of a hash tile. */
void yihu_tile_hashes(struct yihu_buf *out, const struct yihu_tree *tree,
		      const struct yihu_tile *t);
/* Entry bundles: be16 length ‖ entry, `width` of them. */
#define YIHU_BUNDLE_ENTRY_BYTES_MAX 0xffff
/* Appends one entry; asserts that its length fits into be16. */
void yihu_bundle_put(struct yihu_buf *out, const void *entry, size_t len);
/* Takes the next entry off r; false (with r->bad) when short. */
bool yihu_bundle_next(struct yihu_reader *r, const uint8_t **entry, size_t *len);

/* Receipts. */
struct yihu_receipt {
	const uint8_t *entry; /* owned by `memory` */
	size_t entry_len;
	uint64_t index;
	struct yihu_node proof[YIHU_PROOF_NODES_MAX];
	size_t n_proof;
	struct yihu_checkpoint checkpoint;
	struct yihu_buf memory;
};
/* checkpoint: the signed note's bytes, over a size > index. */
void yihu_receipt_make(struct yihu_buf *out, const void *entry, size_t len, uint64_t index,
		       const struct yihu_tree *tree, uint64_t size, const void *checkpoint,
		       size_t checkpoint_len);
/* Form, log signature and inclusion: everything that needs no other file. */
int yihu_receipt_parse(struct yihu_receipt *out, const void *bytes, size_t len,
		       const struct yihu_vkey *log, struct yihu_error *err);
/* Frees `memory` and leaves the receipt empty. NULL is fine. */
void yihu_receipt_free(struct yihu_receipt *r);

/* The box note `box` (PROTOCOL §8): yihu-box-v1, hex eid, size, base64 root. */
void yihu_box_note_text(struct yihu_buf *out, const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
			const struct yihu_checkpoint *c);
/* Form, eid, and signatures by at least q holders in index order.
 * signers (may be NULL) gets a bit i−1 for each holder i. */
int yihu_box_note_parse(struct yihu_checkpoint *out, uint32_t *signers, const void *bytes,
			size_t len, const struct yihu_charter *c, struct yihu_error *err);
/* Notes signed by "some of the holders, in index order, at least `least`",
 * after an issuer's line when issuer_first: box and results. */
int yihu_note_verify_holders(const struct yihu_note *note, const struct yihu_charter *c,
			     bool issuer_first, uint32_t least, uint32_t *signers,
			     struct yihu_error *err);

YIHU_API_END

#endif
