/* SPDX-License-Identifier: Apache-2.0
 *
 * A public folder in memory: names and bytes, read from a disk or made by a
 * test or laid over another (a file that wants to be accepted).
 */
#ifndef YIHU_PUBLIC_H
#define YIHU_PUBLIC_H

#include <yihu/api.h>
#include <yihu/bytes.h>
#include <yihu/error.h>

YIHU_API_BEGIN

struct yihu_public_file {
	char *name; /* "log/tile/0/000", relative, '/' */
	struct yihu_buf bytes;
};
struct yihu_public {
	struct yihu_public_file *files; /* sorted by name, bytewise */
	size_t n;
	char **notices; /* names passed over: they begin with a dot */
	size_t n_notices;
};
/* Reads the protocol's files below dir. A symbolic link (YIHU_ESYMLINK), what is
 * neither file nor folder (YIHU_ESTRAY), and a file larger than one of its kind
 * can be in this election (YIHU_ETOOBIG, limits.h) are faults that name the
 * path; site/ and names beginning with a dot are passed over, the latter noted.
 * What has no name of the protocol, and tiles that the log of the signed size
 * does not have, are listed and not read: their bytes are empty. */
int yihu_public_read(struct yihu_public **out, const char *dir, struct yihu_error *err);
/* An empty folder, freed by yihu_public_free. */
struct yihu_public *yihu_public_new(void);
/* NULL is fine. */
void yihu_public_free(struct yihu_public *p);
/* The bytes of a file, or NULL. Borrowed until a file is put or removed. */
const struct yihu_buf *yihu_public_get(const struct yihu_public *p, const char *name);
/* Adds or replaces (copies the bytes). */
void yihu_public_put(struct yihu_public *p, const char *name, const void *bytes, size_t len);
/* A file that is not there is fine. */
void yihu_public_remove(struct yihu_public *p, const char *name);
/* Removes what is half written: results.pb and results.json without results, which
 * comes last. Publishing is under way then, or was cut off, and whoever publishes
 * again makes the same files. */
void yihu_public_forget_unfinished(struct yihu_public *p);

YIHU_API_END

#endif
