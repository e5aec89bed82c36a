/* SPDX-License-Identifier: Apache-2.0
 *
 * An archive of an election, one file: a ZIP that any computer opens. Its entries are
 * sorted by name and stored as they are, with one time, mode and owner for all, so that
 * the same files give the same bytes; SHA256SUMS among them has each one's hash. The
 * public part has the public folder as public/, and an audit reads it from there.
 */
#ifndef YIHU_ARCHIVE_H
#define YIHU_ARCHIVE_H

#include <yihu/public.h>

#define ARCHIVE_PUBLIC "public/"
#define ARCHIVE_SUMS "SHA256SUMS"
#define ARCHIVE_NAME_BYTES_MAX 240
#define ARCHIVE_FILES_MAX 32768

/* ---- making one ---- */

struct archive_file {
	char *name; /* "paper/poster-a4.pdf" */
	struct yihu_buf bytes;
};
struct archive {
	struct archive_file *files;
	size_t n;
};
/* The bytes of a new file, empty yet; borrowed until the next is added. */
struct yihu_buf *archive_add(struct archive *a, const char *name);
/* By name. */
void archive_sort(struct archive *a);
/* Frees, and leaves it empty. */
void archive_finish(struct archive *a);
/* Sorts the files, adds SHA256SUMS, and appends the whole archive to out. YIHU_EARG: a
 * name that is none for an archive, or stands there twice. */
int archive_pack(struct yihu_buf *out, struct archive *a, struct yihu_error *err);

/* A name that means the same on every computer, and leads nowhere else: of parts that
 * are neither empty nor "." nor "..", in clean UTF-8, without \ and :. */
bool archive_name_ok(const char *name);

/* ---- reading one, which may be anybody's ---- */

/* Does a file begin as an archive does? false too where none can be read. */
bool archive_is(const char *path);
/* The public folder in it, as yihu_public_read gives one. The whole archive is looked at
 * first: every entry is a plain file (YIHU_ESYMLINK, YIHU_ESTRAY), named as above and once
 * (YIHU_EFORMAT), unfolds to about what it takes (YIHU_ETOOBIG), and has the hash that
 * SHA256SUMS says, which names them all (YIHU_EFORMAT). YIHU_EARG: there is no public folder
 * in it. */
int archive_read_public(struct yihu_public **out, const char *path, struct yihu_error *err);

#endif
