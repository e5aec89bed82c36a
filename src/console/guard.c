/* SPDX-License-Identifier: Apache-2.0
 *
 * By headers that a page cannot make up (Fetch standard, forbidden request-headers).
 */
#include "guard.h"

#include <string.h>

#define MISDIRECTED 421
#define FORBIDDEN 403
#define SCHEME "http://"

static bool is_ours(const char *origin, const char *host)
{
	return strncmp(origin, SCHEME, strlen(SCHEME)) == 0 &&
	       strcmp(origin + strlen(SCHEME), host) == 0;
}

static bool is_json(const char *type)
{
	static const char json[] = "application/json";
	return type && strncmp(type, json, strlen(json)) == 0;
}

unsigned guard_refuses(const struct guard_asked *a, const char *host)
{
	/* The port too: a name that was made to lead here bears its own. */
	if (!a->host || strcmp(a->host, host) != 0)
		return MISDIRECTED;
	/* A page may be gone to from anywhere; nothing happens by it. */
	if (!a->call)
		return 0;
	if (a->origin && !is_ours(a->origin, host))
		return FORBIDDEN;
	if (a->site && strcmp(a->site, "same-origin") != 0)
		return FORBIDDEN;
	/* A browser names the origin of each POST; a form cannot send JSON. */
	if (a->changes && (!a->origin || !is_json(a->type)))
		return FORBIDDEN;
	return 0;
}
