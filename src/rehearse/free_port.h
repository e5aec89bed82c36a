/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a rehearsal is served.
 */
#ifndef YIHU_REHEARSE_FREE_PORT_H
#define YIHU_REHEARSE_FREE_PORT_H

#include <yihu/error.h>

/* "http://127.0.0.1:34567", a port that nobody has at this moment; the caller frees. */
int free_port_url(char **url, struct yihu_error *err);

#endif
