/* SPDX-License-Identifier: Apache-2.0
 *
 * Which path and method is which call. API.md documents each.
 */
#include "routes.h"

#include <stdlib.h>
#include <string.h>
#include <yihu/error.h>

#include "calls.h"
#include "front.h"
#include "nowhere.h"
#include "pages.h"
#include "public_name.h"

static const struct route routes[] = {
	{"POST", "/api/ballot", ballot_admit, box_handle, CALL_BALLOT, NULL},
	{"POST", "/api/entry", entry_admit, box_handle, CALL_ENTRY, NULL},
	{"POST", "/api/public/", public_admit, public_handle, 0, NULL},
	{"GET", "/api/state", NULL, box_handle, CALL_STATE, NULL},
	{"GET", "/api/turnout", NULL, box_handle, CALL_TURNOUT, NULL},
	{"GET", "/api/credential/", NULL, box_handle, CALL_CREDENTIAL, NULL},
	{"GET", "/api/serial/", NULL, box_handle, CALL_SERIAL, NULL},
	{"GET", "/api/ballot/", NULL, box_handle, CALL_CODE, NULL},
	{"GET", "/log/checkpoint", NULL, box_handle, CALL_CHECKPOINT, log_shown},
	{"GET", "/log/at-close", NULL, box_handle, CALL_AT_CLOSE, log_shown},
	{"GET", "/log/tile/", NULL, tile_handle, CALL_TILE, log_shown},
	{"GET", "/files", NULL, box_handle, CALL_CHECKPOINT, file_list_shown},
	{"GET", "/results", NULL, results_handle, 0, NULL},
	{"GET", "/results.csv", NULL, results_table_handle, 0, NULL},
	{"GET", "/healthz", NULL, box_handle, CALL_HEALTH, NULL},
};

/* Public files and pages, whose names are listed elsewhere. */
static const struct route file_route = {"GET", "/", NULL, file_handle, 0, NULL};
static const struct route page_route = {"GET", "/", NULL, page_handle, 0, NULL};

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
static void follow_origin(struct exchange *x)
{
	const char *prefix = strchrnul(x->f->election->charter->origin, '/');
	size_t len = strlen(prefix);
	if (strncmp(x->path, prefix, len) != 0)
		return;
	const char *below = x->path + len;
	if (strcmp(below, "/checkpoint") != 0 && strncmp(below, "/tile/", strlen("/tile/")) != 0)
		return;
	char *path = yihu_printf("/log%s", below);
	free(x->path);
	x->path = path;
}

bool countd_route(struct exchange *x, const char *method)
{
	follow_origin(x);
	const struct route *found = NULL;
	for (size_t i = 0; !found && i < sizeof routes / sizeof *routes; i++)
		if (path_matches(&routes[i], x->path))
			found = &routes[i];
	if (!found && public_path(x->path))
		found = &file_route;
	if (!found && page_find(x->path))
		found = &page_route;
	if (!found) {
		nowhere_answer(x, method);
		return false;
	}
	if (!method_matches(found, method)) {
		answer_error(&x->answer, MHD_HTTP_METHOD_NOT_ALLOWED, YIHU_EARG,
			     _("%s takes only the method %s"), x->path, found->method);
		x->answer.allow = strcmp(found->method, "GET") == 0 ? "GET, HEAD" : found->method;
		return false;
	}
	x->route = found;
	x->tail = x->path + strlen(found->path);
	return true;
}
