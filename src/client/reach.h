/* SPDX-License-Identifier: Apache-2.0
 *
 * Reaching a ballot box: in the folder when nobody else has it, else through
 * the daemon that has it, or the one at a URL. Tools act through this and need
 * not know which.
 *
 * url NULL: box/url (left by handover), else the running daemon's box/address
 * when the box is locked, else the folder itself.
 */
#ifndef YIHU_REACH_H
#define YIHU_REACH_H

#include "client/http.h"
#include "folder/folder.h"
#include <yihu/box.h>

struct yihu_reach;
int yihu_reach_open(struct yihu_reach **out, const struct yihu_folder *f, const char *url, struct yihu_error *err);
/* Reaches the public files without the box: what a holder with a USB copy of
 * the folder has. Appending is refused, putting writes into box/public. */
int yihu_reach_open_public(struct yihu_reach **out, const struct yihu_folder *f, const char *url, struct yihu_error *err);
void yihu_reach_close(struct yihu_reach *r);
bool yihu_reach_is_remote(const struct yihu_reach *r);
const char *yihu_reach_place(const struct yihu_reach *r); /* URL or path, for words */

/* The whole public folder, as it is now. */
int yihu_reach_public(struct yihu_reach *r, struct yihu_public **out, struct yihu_error *err);
/* Appends an issuer's change or close; *index is the entry's. Refused by the
 * box with its code (YIHU_EROOT: try again with the new root). */
int yihu_reach_append(struct yihu_reach *r, enum yihu_entry_type type, const void *body, size_t len,
		      uint64_t *index, struct yihu_error *err);
/* Puts a public file. replace: over an existing one (box gains signatures);
 * else YIHU_EEXIST. Written only after the audit of the whole with it passes
 * (the daemon checks that itself). eid: full. */
int yihu_reach_put(struct yihu_reach *r, const char *name, const void *bytes, size_t len, bool replace,
		   struct yihu_error *err);
/* Ends the poll (at-close) when its time has come. */
int yihu_reach_end_poll(struct yihu_reach *r, struct yihu_error *err);
/* Writes the final log into box/public (local), nothing to do when remote. */
int yihu_reach_export(struct yihu_reach *r, struct yihu_error *err);

#endif
