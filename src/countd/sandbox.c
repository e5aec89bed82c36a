/* SPDX-License-Identifier: Apache-2.0
 *
 * Which paths the two sides of a daemon need while it serves.
 */
#include "sandbox.h"

#include <libgen.h>
#include <libintl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "confine.h"
#include "daemon.h"
#include "front.h"

#define PATHS_MAX 24

struct reach {
	struct confine_path paths[PATHS_MAX];
	size_t n;
	char *owned[PATHS_MAX]; /* freed at the end */
	size_t n_owned;
};

static void forget(struct reach *x)
{
	while (x->n_owned > 0)
		free(x->owned[--x->n_owned]);
}

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

/* Where it is, or will be made. Caller frees. */
static char *place_of(const char *dir)
{
	char *copy = strdup(dir), *at = copy, *place = NULL;
	while (copy && (place = realpath(at, NULL)) == NULL && strcmp(at, "/") != 0 &&
	       strcmp(at, ".") != 0)
		at = dirname(at);
	free(copy);
	return place;
}

/* Is dir the folder, or below it? By their numbers: one folder may have two paths. */
static bool holds(const char *folder, const char *dir)
{
	struct stat st, at;
	char *place = place_of(dir), *end;
	bool is = false, more = place && stat(folder, &st) == 0;
	while (more && !is) {
		is = stat(place, &at) == 0 && at.st_dev == st.st_dev && at.st_ino == st.st_ino;
		end = strrchr(place, '/');
		more = end && end[1] != '\0';
		if (more)
			end[end == place] = '\0';
	}
	free(place);
	return is;
}

int sandbox_check_certificate(const struct countd_options *o, struct yihu_error *err)
{
	const char *const boxes[] = {o->box_dir, o->mirror};
	struct reach x = {.n = 0};
	int r = 0;
	add_pem(&x, o->tls_cert);
	add_pem(&x, o->tls_key);
	for (size_t i = 0; r == 0 && i < 2 * x.n; i++)
		if (boxes[i % 2] && holds(x.paths[i / 2].path, boxes[i % 2]))
			r = yihu_fail(
				err, YIHU_EARG,
				_("the certificate or its key is in %s, and so is %s: whoever "
				  "answers strangers could read the log key there. Put both "
				  "into a folder of their own"),
				x.paths[i / 2].path, boxes[i % 2]);
	forget(&x);
	return r;
}

/* What the libraries read: catalogues and time zones, the number of cores, the name of
 * this start of the computer. */
static void add_system(struct reach *x)
{
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
	add(x, bindtextdomain("yihu", NULL), false);
	for (size_t i = 0; i < sizeof system / sizeof *system; i++)
		add(x, system[i], false);
}

/* Takes x over. */
static int enter(struct reach *x, enum confine_may may, struct event_log *log,
		 struct yihu_error *err)
{
	struct confined has;
	add_system(x);
	int r = countd_confine(&has, x->paths, x->n, may, err);
	forget(x);
	if (r == 0 && !has.files && may != CONFINE_ACCEPTS) /* said once */
		countd_warn(log, "this kernel keeps no program to its own files (no Landlock)");
	return r;
}

int sandbox_box(struct countd *d, struct yihu_error *err)
{
	struct reach x = {.n = 0};
	add(&x, d->box_dir, true);
	add(&x, d->options.mirror, true);
	return enter(&x, CONFINE_SIGNALS, &d->log, err);
}

int sandbox_front(struct front *f, struct yihu_error *err)
{
	struct reach x = {.n = 0};
	add(&x, f->public_dir, true);
	add_pem(&x, f->options.tls_cert);
	add_pem(&x, f->options.tls_key);
	return enter(&x, CONFINE_ACCEPTS, &f->log, err);
}
