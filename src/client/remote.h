/* SPDX-License-Identifier: Apache-2.0
 *
 * What is put and appended through a daemon. Reading: fetch/fetch.h.
 */
#ifndef YIHU_REMOTE_H
#define YIHU_REMOTE_H

#include "fetch/http.h"

/* POST /api/public/NAME. The daemon's refusal by its code; YIHU_ENET: it is not
 * known whether it has the file. note: `results`, with its two bodies; else NULL. */
int remote_put(struct http_client *c, const char *name, const void *bytes, size_t len,
	       const struct yihu_buf *note, struct yihu_error *err);
/* POST /api/entry, of type and body. *index: where the log has it now. Codes as
 * of remote_put. */
int remote_append(struct http_client *c, char type, const void *body, size_t len, uint64_t *index,
		  struct yihu_error *err);

/* How many households have voted, says the daemon at url; false: it did not say
 * within three seconds. For people to read: nothing proves it. */
bool remote_votes(const char *url, uint64_t *votes);

#endif
