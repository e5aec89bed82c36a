/* SPDX-License-Identifier: Apache-2.0
 *
 * Signed notes (C2SP signed-note, Ed25519 type 0x01), in the narrow form of
 * PROTOCOL §1.
 * A note is text (each line ends with LF, none empty), one empty line, and
 * signature lines "— name base64(key id ‖ signature)".
 */
#ifndef YIHU_NOTE_H
#define YIHU_NOTE_H

#include <yihu/api.h>
#include <yihu/error.h>
#include <yihu/sign.h>
#include <yihu/text.h>
#include <yihu/vkey.h>

YIHU_API_BEGIN

/* A note taken apart; everything borrows from the bytes given. */
struct yihu_note {
	struct yihu_span text;       /* with its last LF, without the empty line */
	struct yihu_span signatures; /* the lines, each with its LF */
	size_t n_signatures;
};
/* Form only: clean text, one empty line, at least one well-formed signature line. */
int yihu_note_split(struct yihu_note *out, const void *bytes, size_t len, struct yihu_error *err);

/* Exactly n signature lines, line i by keys[i], each valid. */
int yihu_note_verify(const struct yihu_note *note, const struct yihu_vkey *keys, size_t n,
		     struct yihu_error *err);

/* One signature line (with LF) at line: is it by key over text? */
int yihu_note_verify_line(struct yihu_span text, struct yihu_span line, const struct yihu_vkey *key,
			  struct yihu_error *err);
/* The i-th signature line (with LF), from 0; asserts i < n_signatures. */
struct yihu_span yihu_note_line(const struct yihu_note *note, size_t i);
/* The key name a signature line bears. */
struct yihu_span yihu_note_line_name(struct yihu_span line);
/* Does a signature line (with LF) bear the key's name and key id? Whether it is
 * valid is not asked. */
bool yihu_note_line_is_by(struct yihu_span line, const struct yihu_vkey *key);

/* Appends "— name base64\n" over text (text ends with LF). */
void yihu_note_sign_line(struct yihu_buf *out, struct yihu_span text, const struct yihu_vkey *key,
			 const struct yihu_keypair *kp);
/* Appends text, the empty line and one signature line. */
void yihu_note_sign(struct yihu_buf *out, struct yihu_span text, const struct yihu_vkey *key,
		    const struct yihu_keypair *kp);

YIHU_API_END

#endif
