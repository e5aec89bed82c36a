/* SPDX-License-Identifier: Apache-2.0
 *
 * Which path and method is which call. API.md documents each.
 */
#include "routes.h"

#include <stdlib.h>
#include <string.h>
#include <yihu/error.h>

#include "answer.h"
#include "calls.h"
#include "daemon.h"
#include "nowhere.h"
#include "pages.h"

static const struct route routes[] = {
	{"POST", "/api/ballot", ballot_admit, ballot_handle},
	{"POST", "/api/entry", entry_admit, entry_handle},
	{"POST", "/api/public/", public_admit, public_handle},
	{"GET", "/api/state", NULL, state_handle},
	{"GET", "/api/turnout", NULL, turnout_handle},
	{"GET", "/api/credential/", NULL, credential_handle},
	{"GET", "/api/serial/", NULL, serial_handle},
	{"GET", "/api/ballot/", NULL, code_handle},
	{"GET", "/log/checkpoint", NULL, log_checkpoint_handle},
	{"GET", "/log/at-close", NULL, log_at_close_handle},
	{"GET", "/log/tile/", NULL, log_tile_handle},
	{"GET", "/files", NULL, file_list_handle},
	{"GET", "/results", NULL, results_handle},
	{"GET", "/results.csv", NULL, results_table_handle},
	{"GET", "/healthz", NULL, health_handle},
	{"GET", "/metrics", NULL, metrics_handle},
};

/* Public files and pages, whose names are listed elsewhere. */
static const struct route file_route = {"GET", "/", NULL, file_handle};
static const struct route page_route = {"GET", "/", NULL, page_handle};

static bool path_matches(const struct route *route, const char *path)
{
	size_t len = strlen(route->path);
	if (route->path[len - 1] == '/')
		return strncmp(path, route->path, len) == 0 && path[len] != '\0';
	return strcmp(path, route->path) == 0;
}

static bool method_matches(const struct route *route, const char *method)
{
	return strcmp(route->method, method) == 0 ||
	       (strcmp(method, "HEAD") == 0 && strcmp(route->method, "GET") == 0);
}

/* C2SP tlog-tiles: a log's origin is its URL without the scheme. What that asks
 * for below the origin's path is what we have below /log/. */
static void follow_origin(struct request *r)
{
	const char *prefix = strchrnul(r->d->election->charter->origin, '/');
	size_t len = strlen(prefix);
	if (strncmp(r->path, prefix, len) != 0)
		return;
	const char *below = r->path + len;
	if (strcmp(below, "/checkpoint") != 0 && strncmp(below, "/tile/", strlen("/tile/")) != 0)
		return;
	char *path = yihu_printf("/log%s", below);
	free(r->path);
	r->path = path;
}

bool countd_route(struct request *r, const char *method)
{
	follow_origin(r);
	const struct route *found = NULL;
	for (size_t i = 0; !found && i < sizeof routes / sizeof *routes; i++)
		if (path_matches(&routes[i], r->path))
			found = &routes[i];
	if (!found && public_path(r->path))
		found = &file_route;
	if (!found && page_find(r->path))
		found = &page_route;
	if (!found) {
		nowhere_answer(r, method);
		return false;
	}
	if (!method_matches(found, method)) {
		answer_error(r, MHD_HTTP_METHOD_NOT_ALLOWED, YIHU_EARG,
			     _("%s takes only the method %s"), r->path, found->method);
		r->answer.allow = strcmp(found->method, "GET") == 0 ? "GET, HEAD" : found->method;
		return false;
	}
	r->route = found;
	r->tail = r->path + strlen(found->path);
	return true;
}
