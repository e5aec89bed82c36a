/* SPDX-License-Identifier: Apache-2.0
 *
 * Running the daemon until somebody ends it.
 */
#ifndef YIHU_TOOLS_COUNTD_SERVE_H
#define YIHU_TOOLS_COUNTD_SERVE_H

#include "countd/countd.h"

/* Starts, says the address, and stops on SIGTERM or SIGINT. The exit status. */
int countd_serve(const struct countd_options *o);

#endif
