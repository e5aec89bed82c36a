/* SPDX-License-Identifier: Apache-2.0
 *
 * One fetch of a public folder, from inside.
 */
#ifndef YIHU_FETCH_RUN_H
#define YIHU_FETCH_RUN_H

#include "fetch/copy.h"
#include "fetch/fetch.h"

#include <yihu/limits.h>

struct fetch_run {
	struct http_client *client;
	const struct fetch_options *o;
	struct yihu_public *p;
	struct yihu_charter *charter;
	struct yihu_limits limits;
	uint64_t bytes, files, until_ms;
	struct yihu_error *err;
};
/* Fetches one file into p; *there: whether the server has it. */
int run_fetch(struct fetch_run *run, const char *name, bool *there);
/* log/at-close, log/checkpoint and its tiles. */
int run_fetch_log(struct fetch_run *run);

#endif
