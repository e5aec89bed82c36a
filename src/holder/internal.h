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
/* May `name` be holder `index`, with this key (NULL: one that is not made yet)?
 * YIHU_EARG, YIHU_EEXIST, YIHU_EKEYS say with whom it clashes, and the way out. */
int holder_check_place(const struct yihu_ceremony *c, uint32_t index, const char *name,
		       const struct yihu_vkey *key, struct yihu_error *err);
/* A box line in ceremony/ under this key's index, unknown to its file: YIHU_EMARK. */
int holder_check_box_known(const struct yihu_keyfile *key, const struct yihu_folder *f,
			   struct yihu_error *err);
/* A file of the ceremony by this key's index: "deal" → ceremony/deal-3. */
char *holder_file(const struct yihu_folder *f, const char *act, const struct yihu_keyfile *key);
/* Writes this key's signature line over text as ceremony/<act>-j. */
int holder_write_line(const struct yihu_keyfile *key, const struct yihu_folder *f, const char *act,
		      struct yihu_span text, struct yihu_error *err);
/* The view is of the election that this key accepted, and the key is in it. */
int holder_is_in(const struct yihu_keyfile *key, const struct yihu_view *v, struct yihu_error *err);
/* The box of the view is the one that this key signed, and its line is in
 * public/box (it is added when it is not). */
int holder_under_box(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err);

#endif
