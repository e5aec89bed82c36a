/* SPDX-License-Identifier: Apache-2.0
 *
 * Does a request say, and in one way, where it ends (RFC 9112 §6)? The web server
 * library takes contradictions; behind a proxy that reads them otherwise a household
 * would get another's answer. Chunks are not taken at all: none of our clients sends
 * any, and how a chunk's line may look is where servers and proxies differ most.
 */
#ifndef YIHU_COUNTD_FRAMING_H
#define YIHU_COUNTD_FRAMING_H

#include <microhttpd.h>

enum framing {
	FRAMING_NONE, /* no body */
	FRAMING_BODY,
	FRAMING_CHUNKS, /* 400, and the connection ends */
	FRAMING_WRONG   /* 400, and the connection ends */
};
/* By the headers alone, when they are all there. */
enum framing framing_of(struct MHD_Connection *connection, const char *version);
/* The path of a request target; of the absolute form (§3.2.2) what follows the host.
 * Borrowed of it, or static. */
const char *path_of(const char *target);

#endif
