/* SPDX-License-Identifier: Apache-2.0
 *
 * A public folder over HTTP, from a daemon or from a plain web host: every
 * protocol file by its name, as PROTOCOL §11 derives them. Nothing is fetched
 * beyond what the charter and the log's own signature cover: the charter comes
 * first, then the checkpoint under the charter's log key, then the tiles of
 * that size. How large a file may be follows from the charter and the
 * definition (limits.h). At most FETCH_BYTES_MAX bytes, FETCH_FILES_MAX files
 * and FETCH_SECONDS_MAX seconds in all.
 *
 * What is fetched proves nothing: the audit looks at it.
 */
#ifndef YIHU_FETCH_H
#define YIHU_FETCH_H

#include "fetch/run.h"

/* What is missing on the server is left out, for the audit to tell.
 * YIHU_EMISSING: no charter, so no public folder. YIHU_EELECTION: another election
 * than eid. YIHU_ENET: no answer. YIHU_ESTATE: one that cannot be used. YIHU_ETOOBIG. The
 * codes of charter, definition and checkpoint where these are not sound. */
int fetch_public(struct http_client *c, const struct fetch_options *o, struct yihu_public **out,
		 struct yihu_error *err);

#endif
