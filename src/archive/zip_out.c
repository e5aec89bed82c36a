/* SPDX-License-Identifier: Apache-2.0
 *
 * Stored, not packed: what a compressor makes of a file changes with its version.
 */
#include "archive/zip_out.h"

#include <string.h>
#include <sys/stat.h>
#include <zip.h>

/* The first day that a ZIP file can say: 1980-01-01, 00:00. */
#define DOS_DATE 0x21
#define DOS_TIME 0
#define MODE ((zip_uint32_t)(S_IFREG | 0644) << 16)

static int fail(struct yihu_error *err, const char *why)
{
	return yihu_fail(err, YIHU_EIO, _("the archive cannot be put together: %s"), why);
}

/* The entry takes the source when it is added; its bytes stay the file's. */
static bool add_one(zip_t *zip, const struct archive_file *f)
{
	zip_source_t *source = zip_source_buffer(zip, yihu_buf_bytes(&f->bytes), f->bytes.len, 0);
	zip_int64_t at = source ? zip_file_add(zip, f->name, source, ZIP_FL_ENC_UTF_8) : -1;
	if (at < 0) {
		zip_source_free(source);
		return false;
	}
	zip_uint64_t i = (zip_uint64_t)at;
	return zip_set_file_compression(zip, i, ZIP_CM_STORE, 0) == 0 &&
	       zip_file_set_dostime(zip, i, DOS_TIME, DOS_DATE, 0) == 0 &&
	       zip_file_set_external_attributes(zip, i, 0, ZIP_OPSYS_UNIX, MODE) == 0;
}

/* All of what was written. */
static bool take_bytes(struct yihu_buf *out, zip_source_t *source)
{
	uint8_t chunk[65536];
	zip_int64_t n = -1;
	if (zip_source_open(source) != 0)
		return false;
	while ((n = zip_source_read(source, chunk, sizeof chunk)) > 0)
		yihu_buf_put(out, chunk, (size_t)n);
	zip_source_close(source);
	return n == 0;
}

static int write_all(struct yihu_buf *out, zip_source_t *target, const struct archive *a,
		     struct yihu_error *err)
{
	zip_error_t why;
	zip_error_init(&why);
	zip_t *zip = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &why);
	if (!zip) {
		int r = fail(err, zip_error_strerror(&why));
		zip_error_fini(&why);
		return r;
	}
	zip_error_fini(&why);
	zip_source_keep(target);
	bool ok = true;
	for (size_t i = 0; i < a->n && ok; i++)
		ok = add_one(zip, &a->files[i]);
	if (ok && zip_close(zip) == 0)
		return take_bytes(out, target) ? 0 : fail(err, "zip_source_read");
	int r = fail(err, zip_strerror(zip));
	zip_discard(zip);
	return r;
}

int zip_out(struct yihu_buf *out, const struct archive *a, struct yihu_error *err)
{
	zip_error_t why;
	zip_error_init(&why);
	zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &why);
	int r = target ? write_all(out, target, a, err) : fail(err, zip_error_strerror(&why));
	zip_source_free(target);
	zip_error_fini(&why);
	return r;
}
