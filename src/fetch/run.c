/* SPDX-License-Identifier: Apache-2.0
 *
 * One file after the other, within the bounds of a fetch.
 */
#include "fetch/run.h"

#include <stdlib.h>
#include <unistd.h>

#define TRIES 3
#define WAIT_S_MAX 10u

int run_refuse(const struct fetch_run *run, int code, const char *name, const char *why)
{
	return yihu_fail(run->err, code, "%s/%s: %s", http_client_url(run->client), name, why);
}

/* Passing troubles: no answer, or a server that says so. */
static bool try_again(int r, const struct http_answer *a)
{
	return r == YIHU_ENET || (r == 0 && (a->status == 429 || a->status / 100 == 5));
}

int run_get(struct fetch_run *run, const char *path, size_t max, struct http_answer *a)
{
	int r = http_get(run->client, path, max, a, run->err);
	for (int i = 1; i < TRIES && try_again(r, a); i++) {
		unsigned wait = r == 0 && a->retry_after_s > 0 ? a->retry_after_s : 1;
		if (r == 0)
			http_answer_finish(a);
		sleep(wait < WAIT_S_MAX ? wait : WAIT_S_MAX);
		r = http_get(run->client, path, max, a, run->err);
	}
	return r;
}

static int take(struct fetch_run *run, const char *name, const struct http_answer *a)
{
	run->bytes += a->body.len;
	run->files++;
	if (run->files > FETCH_FILES_MAX || run->bytes > FETCH_BYTES_MAX)
		return run_refuse(run, YIHU_ETOOBIG, name,
				  _("this file is more than any public folder has"));
	yihu_public_put(run->p, name, a->body.data, a->body.len);
	return 0;
}

int run_fetch(struct fetch_run *run, const char *name, bool *there)
{
	struct http_answer a = {0};
	size_t max = yihu_limits_bytes(&run->limits, name);
	if (yihu_clock_monotonic_ms() > run->until_ms)
		return run_refuse(run, YIHU_ENET, name, _("this takes too long; try again later"));
	char *path = yihu_printf("/%s", name);
	int r = run_get(run, path, max, &a);
	free(path);
	if (r != 0)
		return r;
	*there = a.status == 200;
	if (*there)
		r = take(run, name, &a);
	else if (a.status != 404 && a.status != 410)
		r = yihu_fail_at(run->err, http_refusal(&a, run->err), "%s/%s",
				 http_client_url(run->client), name);
	http_answer_finish(&a);
	return r;
}
