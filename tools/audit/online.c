/* SPDX-License-Identifier: Apache-2.0
 *
 * Fetching before the audit, keeping after it.
 */
#include "audit/online.h"

#include "cli/cli.h"

static void say_conflict(const struct copy *copy)
{
	if (copy_conflict(copy))
		cli_warn(_("what the server shows is kept in %s; the copy stays as it was"),
			 copy_conflict(copy));
}

static int fetch(const char *url, const struct fetch_options *o, struct yihu_public **out,
		 struct yihu_error *err)
{
	struct http_client *client;
	int r = http_client_new_folder(&client, url, err);
	if (r != 0)
		return r;
	r = fetch_public(client, o, out, err);
	http_client_free(client);
	return r;
}

int online_fetch(const char *url, const char *keep, const struct fetch_options *options,
		 struct yihu_public **out, struct copy **copy, struct yihu_error *err)
{
	struct fetch_options o = *options;
	struct yihu_public *p = NULL;
	int r = keep ? copy_open(copy, keep, err) : 0;
	o.copy = *copy;
	if (r == 0)
		r = fetch(url, &o, &p, err);
	cli_progress_end();
	if (r == 0 && *copy && (r = copy_compare(*copy, p, url, err)) != 0)
		say_conflict(*copy);
	if (r == 0)
		*out = p;
	else
		yihu_public_free(p);
	return r;
}

int online_keep(struct copy *copy, const struct yihu_public *p, bool passed, struct yihu_error *err)
{
	int r = passed ? copy_write(copy, p, err) : copy_put_conflict(copy, p, err);
	if (r == 0 && !passed)
		say_conflict(copy);
	return r;
}
