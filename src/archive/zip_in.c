/* SPDX-License-Identifier: Apache-2.0
 *
 * Entries are judged by the file's directory, and held to it while they are read.
 */
#include "archive/zip_in.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

#include <yihu/text.h>

#include "archive/archive.h"

#define STAT_WANTED                                                                                \
	(ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD |               \
	 ZIP_STAT_ENCRYPTION_METHOD)

struct zip_in {
	zip_t *zip;
	struct zip_entry *entries;
	size_t n;
};

static int damaged(struct yihu_error *err, const char *name, const char *why)
{
	char *shown = yihu_strdup(name);
	yihu_text_make_printable(shown);
	int r = yihu_fail(err, YIHU_EFORMAT, _("%s in the archive is damaged: %s"), shown, why);
	free(shown);
	return r;
}

/* text has a %s for the entry's name. */
static int refuse_entry(struct yihu_error *err, int code, const char *name, const char *text)
{
	char *shown = yihu_strdup(name);
	yihu_text_make_printable(shown);
	char *words = yihu_printf(text, shown);
	int r = yihu_fail(err, code, "%s", words);
	free(words);
	free(shown);
	return r;
}

/* ---- an entry, as the directory has it ---- */

/* What a computer with files of kinds says of it; 0: nothing. */
static mode_t kind_of(zip_t *zip, zip_uint64_t index)
{
	zip_uint8_t system;
	zip_uint32_t attributes;
	if (zip_file_get_external_attributes(zip, index, 0, &system, &attributes) != 0 ||
	    system != ZIP_OPSYS_UNIX)
		return 0;
	return (mode_t)(attributes >> 16) & S_IFMT;
}

static int check_kind(mode_t kind, bool folder, const char *name, struct yihu_error *err)
{
	if (kind == S_IFLNK)
		return refuse_entry(
			err, YIHU_ESYMLINK, name,
			_("%s in the archive is a symbolic link; an archive holds plain "
			  "files only"));
	if (kind != 0 && kind != (folder ? S_IFDIR : S_IFREG))
		return refuse_entry(err, YIHU_ESTRAY, name,
				    _("%s in the archive is neither a file nor a folder"));
	return 0;
}

static int check_name(const char *name, bool folder, struct yihu_error *err)
{
	char *bare = yihu_strndup(name, strlen(name) - (folder ? 1 : 0));
	bool ok = archive_name_ok(bare);
	free(bare);
	return ok ? 0
		  : refuse_entry(
			    err, YIHU_EFORMAT, name,
			    _("“%s” is no name for a file of an archive; nothing was taken out"));
}

static int check_packing(const zip_stat_t *st, struct yihu_error *err)
{
	if (st->encryption_method != ZIP_EM_NONE)
		return refuse_entry(
			err, YIHU_EFORMAT, st->name,
			_("%s in the archive wants a password; an archive of an election "
			  "has none"));
	if (st->comp_method != ZIP_CM_STORE && st->comp_method != ZIP_CM_DEFLATE)
		return refuse_entry(err, YIHU_EFORMAT, st->name,
				    _("%s in the archive is packed in a way that is not read"));
	if (st->size > ZIP_IN_FREE && st->size / ZIP_IN_RATIO > st->comp_size)
		return refuse_entry(err, YIHU_ETOOBIG, st->name,
				    _("%s in the archive unfolds to far more than its size"));
	return 0;
}

static int take_entry(struct zip_in *z, zip_uint64_t index, struct yihu_error *err)
{
	zip_stat_t st;
	if (zip_stat_index(z->zip, index, ZIP_FL_ENC_RAW, &st) != 0 ||
	    (st.valid & STAT_WANTED) != STAT_WANTED || *st.name == '\0')
		return damaged(err, "?", zip_strerror(z->zip));
	bool folder = st.name[strlen(st.name) - 1] == '/' && st.size == 0;
	int r = check_name(st.name, folder, err);
	if (r == 0)
		r = check_kind(kind_of(z->zip, index), folder, st.name, err);
	if (r == 0)
		r = check_packing(&st, err);
	if (r == 0 && !folder)
		z->entries[z->n++] = (struct zip_entry){yihu_strdup(st.name), index, st.size};
	return r;
}

/* ---- all of them ---- */

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct zip_entry *)a)->name, ((const struct zip_entry *)b)->name);
}

/* Entries that lie in each other's bytes are small one by one. */
static int check_together(const struct zip_in *z, const char *path, struct yihu_error *err)
{
	struct stat st;
	uint64_t all = 0;
	for (size_t i = 0; i < z->n; i++)
		all = z->entries[i].size > UINT64_MAX - all ? UINT64_MAX : all + z->entries[i].size;
	if (stat(path, &st) != 0)
		return yihu_fail(err, YIHU_ENOENT, _("the archive is gone"));
	if (all <= ZIP_IN_FREE || all / ZIP_IN_RATIO <= (uint64_t)st.st_size)
		return 0;
	return yihu_fail(err, YIHU_ETOOBIG, _("the archive unfolds to far more than its size"));
}

static int take_entries(struct zip_in *z, const char *path, struct yihu_error *err)
{
	zip_int64_t n = zip_get_num_entries(z->zip, 0);
	int r = n > ARCHIVE_FILES_MAX
			? yihu_fail(err, YIHU_ETOOBIG, _("the archive has more than %d files"),
				    ARCHIVE_FILES_MAX)
			: 0;
	if (r == 0)
		z->entries = yihu_calloc((size_t)n + 1, sizeof *z->entries);
	for (zip_int64_t i = 0; i < n && r == 0; i++)
		r = take_entry(z, (zip_uint64_t)i, err);
	if (r == 0)
		qsort(z->entries, z->n, sizeof *z->entries, by_name);
	return r == 0 ? check_together(z, path, err) : r;
}

/* CHECKCONS: the two places that tell of an entry agree. No name is there twice, or libzip
 * does not open it. */
static int open_file(struct zip_in *z, const char *path, struct yihu_error *err)
{
	int code = 0;
	z->zip = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
	if (z->zip)
		return 0;
	zip_error_t why;
	zip_error_init_with_code(&why, code);
	int r = yihu_fail(err, YIHU_EFORMAT, _("this is no archive, or a damaged one: %s"),
			  zip_error_strerror(&why));
	zip_error_fini(&why);
	return r;
}

int zip_in_open(struct zip_in **out, const char *path, struct yihu_error *err)
{
	struct zip_in *z = yihu_calloc(1, sizeof *z);
	int r = open_file(z, path, err);
	if (r == 0)
		r = take_entries(z, path, err);
	if (r == 0)
		*out = z;
	else
		zip_in_close(z);
	return r;
}

void zip_in_close(struct zip_in *z)
{
	if (!z)
		return;
	for (size_t i = 0; i < z->n; i++)
		free(z->entries[i].name);
	free(z->entries);
	if (z->zip)
		zip_discard(z->zip);
	free(z);
}

const struct zip_entry *zip_in_entries(const struct zip_in *z, size_t *n)
{
	*n = z->n;
	return z->entries;
}

const struct zip_entry *zip_in_find(const struct zip_in *z, const char *name)
{
	struct zip_entry key = {.name = (char *)(uintptr_t)name};
	return z->n == 0 ? NULL : bsearch(&key, z->entries, z->n, sizeof *z->entries, by_name);
}

/* ---- bytes ---- */

/* What takes the bytes of an entry as they come. */
struct taker {
	struct yihu_buf *out;
	crypto_hash_sha256_state *hash;
};

static void take(const struct taker *t, const uint8_t *bytes, size_t len)
{
	if (t->out)
		yihu_buf_put(t->out, bytes, len);
	if (t->hash)
		crypto_hash_sha256_update(t->hash, bytes, len);
}

static int read_chunks(zip_file_t *file, const struct zip_entry *e, const struct taker *t,
		       struct yihu_error *err)
{
	uint8_t chunk[65536];
	uint64_t had = 0;
	zip_int64_t n;
	while ((n = zip_fread(file, chunk, sizeof chunk)) > 0) {
		had += (uint64_t)n;
		if (had > e->size)
			break;
		take(t, chunk, (size_t)n);
	}
	if (n < 0)
		return damaged(err, e->name, zip_file_strerror(file));
	return had == e->size ? 0 : damaged(err, e->name, _("it has not the size that it says"));
}

static int read_entry(const struct zip_in *z, const struct zip_entry *e, const struct taker *t,
		      struct yihu_error *err)
{
	zip_file_t *file = zip_fopen_index(z->zip, e->index, 0);
	if (!file)
		return damaged(err, e->name, zip_strerror(z->zip));
	int r = read_chunks(file, e, t, err);
	zip_fclose(file);
	return r;
}

int zip_in_read(const struct zip_in *z, const struct zip_entry *e, uint64_t max,
		struct yihu_buf *out, struct yihu_error *err)
{
	if (e->size > max)
		return refuse_entry(err, YIHU_ETOOBIG, e->name,
				    _("%s in the archive is larger than such a file can be"));
	return read_entry(z, e, &(struct taker){.out = out}, err);
}

int zip_in_hash(const struct zip_in *z, const struct zip_entry *e, uint8_t hash[static 32],
		struct yihu_error *err)
{
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	int r = read_entry(z, e, &(struct taker){.hash = &state}, err);
	crypto_hash_sha256_final(&state, hash);
	return r;
}
