/* SPDX-License-Identifier: Apache-2.0
 *
 * A public folder behind a daemon: every protocol file by its URL.
 */
#ifndef YIHU_REMOTE_H
#define YIHU_REMOTE_H

#include "client/http.h"

#include <yihu/public.h>

/* Fetches all that PROTOCOL §11 lists, as far as the daemon has it. The log's
 * tiles are those of the checkpoint that was served first. */
int remote_public(struct http_client *c, struct yihu_public **out, struct yihu_error *err);
/* POST /api/public/NAME and /api/entry. */
int remote_put(struct http_client *c, const char *name, const void *bytes, size_t len,
	       struct yihu_error *err);
int remote_append(struct http_client *c, char type, const void *body, size_t len, uint64_t *index,
		  struct yihu_error *err);

#endif
