/* SPDX-License-Identifier: Apache-2.0
 *
 * Which paths a daemon needs while it serves.
 */
#include "sandbox.h"

#include <libgen.h>
#include <libintl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "confine.h"
#include "daemon.h"
#include "event_log.h"

#define PATHS_MAX 24

struct reach {
	struct confine_path paths[PATHS_MAX];
	size_t n;
	char *owned[PATHS_MAX]; /* freed at the end */
	size_t n_owned;
};

static void add(struct reach *x, const char *path, bool writes)
{
	if (path && x->n < PATHS_MAX)
		x->paths[x->n++] = (struct confine_path){path, writes};
}

/* A certificate is read anew from its folder, and from the one that a link in it leads
 * to. Takes path over. */
static void add_folder_of(struct reach *x, char *path)
{
	if (!path || x->n_owned == PATHS_MAX) {
		free(path);
		return;
	}
	x->owned[x->n_owned++] = path;
	add(x, dirname(path), false);
}

static void add_pem(struct reach *x, const char *path)
{
	if (!path)
		return;
	add_folder_of(x, strdup(path));
	add_folder_of(x, realpath(path, NULL));
}

int sandbox_enter(struct countd *d, struct yihu_error *err)
{
	/* What the libraries read: catalogues and time zones, the number of cores, the
	 * name of this start of the computer. */
	static const char *const system[] = {
		"/usr",
		"/etc/localtime",
		"/etc/machine-id",
		"/etc/gnutls",
		"/proc/self",
		"/proc/sys/kernel/random",
		"/proc/uptime",
		"/sys/devices/system/cpu",
		"/dev/urandom",
	};
	struct reach x = {.n = 0};
	struct confined has;
	add(&x, d->box_dir, true);
	add(&x, d->options.mirror, true);
	add_pem(&x, d->options.tls_cert);
	add_pem(&x, d->options.tls_key);
	add(&x, bindtextdomain("yihu", NULL), false);
	for (size_t i = 0; i < sizeof system / sizeof *system; i++)
		add(&x, system[i], false);
	int r = countd_confine(&has, x.paths, x.n, err);
	while (x.n_owned > 0)
		free(x.owned[--x.n_owned]);
	if (r == 0 && !has.files)
		countd_log(d, "this kernel keeps no program to its own files (no Landlock)");
	return r;
}
