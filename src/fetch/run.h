/* SPDX-License-Identifier: Apache-2.0
 *
 * One fetch of a public folder: file after file, within its bounds.
 */
#ifndef YIHU_FETCH_RUN_H
#define YIHU_FETCH_RUN_H

#include "fetch/http.h"

#include <yihu/charter.h>
#include <yihu/names.h>
#include <yihu/progress.h>
#include <yihu/public.h>

#define FETCH_BYTES_MAX ((uint64_t)4 << 30)
#define FETCH_FILES_MAX (1u << 20)
#define FETCH_SECONDS_MAX 7200u

struct copy;
struct fetch_options {
	const uint8_t *eid; /* of YIHU_EID_BYTES, or NULL: any charter that is sound */
	struct copy *copy;  /* an earlier copy, whose full tiles need no fetching; or NULL */
	const struct yihu_progress *progress;
};

struct fetch_run {
	struct http_client *client;
	const struct fetch_options *o;
	struct yihu_public *p;
	struct yihu_charter *charter;
	struct yihu_definition *definition;
	struct yihu_limits limits;
	uint32_t there; /* bits of the kinds that were asked for, and are there */
	uint64_t bytes, files, until_ms;
	struct yihu_error *err;
};
/* Fetches one file into p; *there: whether the server has it. YIHU_ENET: no
 * answer, or no time left. YIHU_ETOOBIG. The server's refusals by their codes. */
int run_fetch(struct fetch_run *run, const char *name, bool *there);
/* The answer to a path, whatever it is; passing troubles are tried again. */
int run_get(struct fetch_run *run, const char *path, size_t max, struct http_answer *a);
/* An error about one of its files. Returns code. */
int run_refuse(const struct fetch_run *run, int code, const char *name, const char *why);

#endif
