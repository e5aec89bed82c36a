/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared by the acts of a key holder.
 */
#ifndef YIHU_HOLDER_INTERNAL_H
#define YIHU_HOLDER_INTERNAL_H

#include "holder/holder.h"

/* Is key a trustee's, not retired, and holder `index` of this ceremony with
 * the announcement that it made? */
int holder_is_of(const struct yihu_keyfile *key, const struct yihu_ceremony *c,
		 struct yihu_error *err);
/* Is there an announcement by this key? */
bool holder_announced(const struct yihu_keyfile *key, const struct yihu_ceremony *c);
/* A file that knows it is one of several may learn what the others did. */
bool holder_learns(const struct yihu_keyfile *key);
/* YIHU_EMARK, in words: an act shows that this key file does not know of. */
int holder_old_copy(const char *act, struct yihu_error *err);
/* YIHU_EELECTION, in words: which one the key belongs to. */
int holder_other_election(const struct yihu_keyfile *key, struct yihu_error *err);
/* YIHU_EMARK, in words: it opened another list. */
int holder_opened_another(const struct yihu_keyfile *key, struct yihu_error *err);
/* x_j out of the n deals, each share checked against its dealer, and the sum
 * against the charter's X_j. SECRET. */
int holder_collect_share(struct yihu_scalar *out, const struct yihu_keyfile *key,
			 const struct yihu_folder *f, const struct yihu_ceremony *c,
			 struct yihu_error *err);
/* Into the fields; not saved. */
void holder_keep_charter(struct yihu_keyfile *key, const struct yihu_charter *charter,
			 const struct yihu_scalar *share);
/* What a key file remembers of a mix file, and of the last list. */
void holder_mix_hash(uint8_t out[static YIHU_HASH_BYTES], const struct yihu_buf *file);
void holder_list_hash(uint8_t out[static YIHU_HASH_BYTES], const struct yihu_view *v);
/* Box, mix and opening by this key that the view shows are known to its file, or
 * learnt and saved; else YIHU_EMARK. */
int holder_know(struct yihu_keyfile *key, const struct yihu_view *v, struct yihu_error *err);
/* This key's member of a family of the ceremony: of F_DEAL, ceremony/deal-3. */
static inline folder_file holder_file(folder_file family, const struct yihu_keyfile *key)
{
	return folder_nth(family, key->index);
}
/* Is ceremony/box-j there? */
bool holder_has_line(const struct yihu_folder *f, const struct yihu_keyfile *key);
/* Writes this key's signature line over text: F_CHARTER_LINE, F_BOX_LINE, F_RESULTS_LINE. */
int holder_write_line(const struct yihu_keyfile *key, const struct yihu_folder *f,
		      folder_file family, struct yihu_span text, struct yihu_error *err);
/* The view is of the election that this key accepted, the key is in it, and its
 * file knows what the view shows of it. */
int holder_is_in(struct yihu_keyfile *key, const struct yihu_view *v, struct yihu_error *err);
/* The box of the view is the one that this key signed, and its line is in
 * public/box (it is added when it is not). */
int holder_under_box(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err);

#endif
