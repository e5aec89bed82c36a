/* SPDX-License-Identifier: Apache-2.0
 *
 * Reaching a ballot box: in the folder when nobody else has it, else through
 * the daemon that has it, or the one at a URL. Tools act through this and need
 * not know which.
 *
 * url NULL: box/url (left by handover), else box/address when a daemon has the
 * box, else the folder itself.
 */
#ifndef YIHU_REACH_H
#define YIHU_REACH_H

#include "fetch/http.h"
#include "folder/folder.h"

#include <yihu/box.h>

struct yihu_reach;

/* For the issuer: the box itself, to append to. */
int yihu_reach_open(struct yihu_reach **out, const struct yihu_folder *f, const char *url,
		    struct yihu_error *err);
/* For holders and whoever reads: the public files alone, which is all that a
 * USB copy of the folder has. yihu_reach_append is refused (YIHU_ESTATE). */
int yihu_reach_open_public(struct yihu_reach **out, const struct yihu_folder *f, const char *url,
			   struct yihu_error *err);
/* The public files of the folder itself, whoever may have the box (url is not asked):
 * for an election whose box is lost. */
int yihu_reach_open_files(struct yihu_reach **out, const struct yihu_folder *f, const char *url,
			  struct yihu_error *err);
/* Gives up the box, if it was opened. NULL is fine. */
void yihu_reach_close(struct yihu_reach *r);
/* URL or path of what is reached, for words. Borrowed. */
const char *yihu_reach_place(const struct yihu_reach *r);

/* The whole public folder, as it is now; results.pb and results.json only when
 * `results` is there too. */
int yihu_reach_public(struct yihu_reach *r, struct yihu_public **out, struct yihu_error *err);

/* Was the box handed over, so that box/public mirrors what a server shows? */
bool yihu_reach_mirrors(const struct yihu_reach *r);
/* If the box was handed over: the last checkpoint that was seen from its server,
 * as evidence against a rollback. Otherwise empty. Caller frees it. */
int yihu_reach_known(const struct yihu_reach *r, struct yihu_buf *checkpoint,
		     struct yihu_error *err);
/* And: brings box/public up to p, which has passed the audit, so that status and
 * plain audits see it. YIHU_EHISTORY when p's log is older than what was seen. */
int yihu_reach_keep(const struct yihu_reach *r, const struct yihu_public *p,
		    struct yihu_error *err);

/* Appends an issuer's change or close; *index is the entry's. Refused with the
 * box's code (YIHU_EROOT: the log has grown, sign the new root). YIHU_ENET:
 * not known whether it is in; read the public folder again. */
int yihu_reach_append(struct yihu_reach *r, enum yihu_entry_type type, const void *body, size_t len,
		      uint64_t *index, struct yihu_error *err);

/* Puts a public file: never over another one (YIHU_EEXIST) unless replace
 * (the box note gains signatures). The caller has audited the whole with it;
 * a daemon does so again. */
int yihu_reach_put(struct yihu_reach *r, const char *name, const void *bytes, size_t len,
		   bool replace, struct yihu_error *err);
/* The same of results.pb or results.json, never over another one: a daemon takes
 * them by the note that is put after them. */
int yihu_reach_put_under(struct yihu_reach *r, const char *name, const struct yihu_buf *bytes,
			 const struct yihu_buf *note, struct yihu_error *err);

/* Ends the poll when its time has come; the daemon does it by itself. */
int yihu_reach_end_poll(struct yihu_reach *r, struct yihu_error *err);
/* Writes the committed log into box/public; a daemon exports by itself. */
int yihu_reach_export(struct yihu_reach *r, struct yihu_error *err);

#endif
