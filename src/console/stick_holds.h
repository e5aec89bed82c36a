/* SPDX-License-Identifier: Apache-2.0
 *
 * What of ours lies on a stick: on it, and one folder down.
 */
#ifndef YIHU_CONSOLE_STICK_HOLDS_H
#define YIHU_CONSOLE_STICK_HOLDS_H

#include <yihu/keyfile.h>

#include "shelf.h"
#include "sticks.h"

/* A key holder's key file, by what it shows without its passphrase. */
struct stick_key {
	char *path;
	struct yihu_vkey key;
};
struct stick_holds {
	struct stick_key *keys; /* by path */
	size_t n_keys;
	char **backups; /* paths, of the clerk's side */
	size_t n_backups;
	struct shelf elections; /* what a round needs, handed out to a key holder */
};
/* Of a stick with very many files, the first of each folder. The caller finishes *out. */
void stick_holds_read(struct stick_holds *out, const struct stick *s);
void stick_holds_finish(struct stick_holds *h);

#endif
