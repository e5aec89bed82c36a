/* SPDX-License-Identifier: Apache-2.0
 *
 * Framing and hashes of PROTOCOL §1.
 *
 * M(label; x1, …, xn) = "yihu/v1/" ‖ label ‖ 0x00 ‖ be64(len x1) ‖ x1 ‖ …
 * H = SHA-512(M); H32 its first 32 bytes; Hs = H little-endian mod q;
 * Hp = ristretto255 element derived from H (RFC 9496 §4.3.4).
 */
#ifndef YIHU_HASH_H
#define YIHU_HASH_H

#include <sodium.h>
#include <yihu/api.h>
#include <yihu/bytes.h>
#include <yihu/group.h>

YIHU_API_BEGIN

#define YIHU_HASH_BYTES 64
#define YIHU_EID_BYTES 32

/* One frame being hashed. Items go in whole (yihu_frame_item), or as a length
 * first and then the bytes in pieces (yihu_frame_open, yihu_frame_more): the
 * pieces must add up to the length, asserted when the item ends. */
struct yihu_frame {
	crypto_hash_sha512_state state;
	uint64_t owed; /* bytes of the open item still to come */
};
/* Begins a frame by its label. */
void yihu_frame_init(struct yihu_frame *f, const char *label);
/* A whole item. */
void yihu_frame_item(struct yihu_frame *f, const void *data, size_t len);
void yihu_frame_be32(struct yihu_frame *f, uint32_t v); /* an item of 4 bytes */
void yihu_frame_be64(struct yihu_frame *f, uint64_t v); /* an item of 8 bytes */
/* An item in pieces: its length, and then its bytes as they come. */
void yihu_frame_open(struct yihu_frame *f, uint64_t len);
void yihu_frame_more(struct yihu_frame *f, const void *data, size_t len);
/* The frame's end: H, H32, Hs or Hp of all that went in. The frame is wiped;
 * yihu_frame_init begins another one. */
void yihu_frame_hash(struct yihu_frame *f, uint8_t out[YIHU_AT_LEAST(YIHU_HASH_BYTES)]);
void yihu_frame_hash32(struct yihu_frame *f, uint8_t out[YIHU_AT_LEAST(32)]);
struct yihu_scalar yihu_frame_scalar(struct yihu_frame *f);
struct yihu_point yihu_frame_point(struct yihu_frame *f);

/* M itself, for signing: appends the label's head, then items as they come. */
void yihu_message_label(struct yihu_buf *m, const char *label);
void yihu_message_item(struct yihu_buf *m, const void *data, size_t len);

/* Generators of §8: h_i = Hp("generator"; be64 i), H0 for i = 0. */
struct yihu_point yihu_generator(uint64_t i);

YIHU_API_END

#endif
