/* SPDX-License-Identifier: Apache-2.0
 *
 * What the committee's programs share: the first look and the last word.
 */
#ifndef YIHU_TOOLS_COMMON_H
#define YIHU_TOOLS_COMMON_H

#include "cli/cli.h"
#include "client/view.h"
#include "keys/keys.h"

/* "DIR: closed. Next: …" */
void tool_say_state(const struct yihu_folder *f);
void tool_say_eid(const uint8_t eid[static YIHU_EID_BYTES]);

/* Says what the medium that holds path cannot promise about secrets that were
 * overwritten there, if anything, and what to do. */
void tool_say_medium(const char *path);

/* Is there an election in f at all? Asked first: it says more than that some
 * file of it is missing. */
int tool_check_folder(const struct yihu_folder *f, struct yihu_error *err);

typedef int tool_reach(struct yihu_reach **, const struct yihu_folder *, const char *url,
		       struct yihu_error *);
/* Reaches the box of f (or url) and audits it under the folder's own eid. */
int tool_look(struct yihu_view *v, const struct yihu_folder *f, const char *url, tool_reach *reach,
	      struct yihu_error *err);
/* Opens the issuer key: at path, or DIR/secret/issuer.key when NULL. */
int tool_open_issuer(struct yihu_keyfile **out, const struct yihu_folder *f, const char *path,
		     const struct cli_key_options *o, struct yihu_error *err);
/* The exit status of r: says the error, or the folder's state. Frees f. */
int tool_end(struct yihu_folder *f, int r, const struct yihu_error *err);

#endif
