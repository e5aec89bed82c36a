/* SPDX-License-Identifier: Apache-2.0
 *
 * PDF through cairo. Its pages hold votes, so what waits in memory is wiped.
 */
#include "print/pdf.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <yihu/definition.h>
#include <yihu/text.h>

#define CHUNK_BYTES (256u << 10)
#define DOCUMENT "Document"

static bool flush(struct pdf *p)
{
	size_t done = 0;
	while (p->failure == 0 && done < p->bytes.len) {
		ssize_t n = write(p->fd, p->bytes.data + done, p->bytes.len - done);
		if (n < 0 && errno != EINTR)
			p->failure = errno;
		done += n > 0 ? (size_t)n : 0;
	}
	yihu_buf_reset(&p->bytes);
	return p->failure == 0;
}

static cairo_status_t take(void *context, const unsigned char *data, unsigned len)
{
	struct pdf *p = context;
	yihu_buf_put(&p->bytes, data, len);
	p->written += len;
	bool ok = p->fd < 0 || p->bytes.len < CHUNK_BYTES || flush(p);
	return ok ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static int open_new(int *fd, const char *path, struct yihu_error *err)
{
	*fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (*fd >= 0)
		return 0;
	return yihu_fail(err, errno == EEXIST ? YIHU_EEXIST : YIHU_EIO,
			 _("the file %s cannot be made: %s"), path, strerror(errno));
}

static int check(const struct pdf *p, struct yihu_error *err)
{
	if (p->failure != 0)
		return yihu_fail(err, YIHU_EIO, _("the PDF cannot be written: %s"),
				 strerror(p->failure));
	cairo_status_t status = cairo_status(p->cr);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(p->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		return 0;
	return yihu_fail(err, YIHU_EIO, _("the PDF cannot be made: %s"),
			 cairo_status_to_string(status));
}

int pdf_open(struct pdf *p, const char *path, double width_mm, double height_mm, const char *title,
	     uint64_t when, struct yihu_error *err)
{
	char date[21];
	*p = (struct pdf){.fd = -1, .rehearsal = yihu_title_rehearses(title), .page_fresh = true};
	int r = path ? open_new(&p->fd, path, err) : 0;
	if (r != 0)
		return r;
	p->surface =
		cairo_pdf_surface_create_for_stream(take, p, width_mm * PDF_MM, height_mm * PDF_MM);
	yihu_time_text(date, when);
	/* Later ones hide the catalogue in a compressed stream (cairo 1.18); pdf_catalog.c adds to
	 * it. */
	cairo_pdf_surface_restrict_to_version(p->surface, CAIRO_PDF_VERSION_1_4);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, title);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "yihu-issue");
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_MOD_DATE, date);
	p->cr = cairo_create(p->surface);
	cairo_tag_begin(p->cr, DOCUMENT, NULL);
	return check(p, err);
}

int pdf_open_dry(struct pdf *p, struct yihu_error *err)
{
	*p = (struct pdf){.fd = -1, .page_fresh = true};
	p->surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
	p->cr = cairo_create(p->surface);
	return check(p, err);
}

void pdf_turn(struct pdf *p)
{
	if (p->page_ended) {
		cairo_show_page(p->cr);
		p->page_fresh = true;
	}
	p->page_ended = false;
}

void pdf_figure(struct pdf *p, const char *alt)
{
	yihu_buf_put(&p->alts, alt, strlen(alt) + 1);
}

/* The page is shown when the next one begins or the file ends: its tags must end
 * before, and behind the last page the document's would make one more. */
int pdf_end_page(struct pdf *p, struct yihu_error *err)
{
	pdf_turn(p);
	p->page_ended = true;
	return check(p, err);
}

static bool read_back(void *context, uint64_t at, void *out, size_t len)
{
	const struct pdf *p = context;
	if (p->fd >= 0)
		return pread(p->fd, out, len, (off_t)at) == (ssize_t)len;
	if (at > p->bytes.len || len > p->bytes.len - at)
		return false;
	memcpy(out, p->bytes.data + at, len);
	return true;
}

/* What cairo wrote is in the file, or in bytes, and ends here. */
static int say(struct pdf *p, struct yihu_error *err)
{
	struct yihu_buf more = {0};
	int r = pdf_again(&more, p->written, &p->says, &p->alts, read_back, p, err);
	if (r == 0)
		take(p, more.data, (unsigned)more.len);
	if (r == 0 && p->fd >= 0)
		flush(p);
	yihu_buf_free(&more);
	return r;
}

int pdf_end(struct pdf *p, struct yihu_error *err)
{
	int r = 0;
	cairo_tag_end(p->cr, DOCUMENT);
	pdf_turn(p);
	cairo_surface_finish(p->surface);
	if (p->fd >= 0)
		flush(p);
	bool whole = p->failure == 0 && cairo_surface_status(p->surface) == CAIRO_STATUS_SUCCESS;
	if (whole && p->says.language)
		r = say(p, err);
	return r == 0 && (!whole || p->failure != 0) ? check(p, err) : r;
}

void pdf_finish(struct pdf *p)
{
	if (p->cr)
		cairo_destroy(p->cr);
	if (p->surface) {
		cairo_surface_finish(p->surface);
		cairo_surface_destroy(p->surface);
	}
	if (p->fd >= 0)
		close(p->fd);
	yihu_buf_free(&p->bytes);
	yihu_buf_free(&p->alts);
	*p = (struct pdf){.fd = -1};
}
