/* SPDX-License-Identifier: Apache-2.0
 *
 * Language, viewer preferences, and texts for figures, which cairo cannot write.
 */
#include "print/pdf_catalog.h"

#include <glib.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAIL_BYTES 160u
#define OBJECT_BYTES 4096u /* of catalogue and figures */
#define HEAD_BYTES 80u

struct trailer {
	unsigned size, root, info;
	uint64_t xref;
};

static bool read_trailer(struct trailer *t, uint64_t size, pdf_read *read, void *context)
{
	char tail[TAIL_BYTES + 1] = {0};
	if (size < TAIL_BYTES || !read(context, size - TAIL_BYTES, tail, TAIL_BYTES))
		return false;
	for (char *c = tail; c < tail + TAIL_BYTES; c++)
		*c = *c == '\0' ? ' ' : *c;
	const char *found = strstr(tail, "trailer\n");
	return found && sscanf(found,
			       "trailer << /Size %u /Root %u 0 R /Info %u 0 R >> startxref "
			       "%" SCNu64,
			       &t->size, &t->root, &t->info, &t->xref) == 4;
}

/* The finished file, and what is written behind it. */
struct finished {
	struct trailer t;
	uint64_t size;
	pdf_read *read;
	void *context;
	struct yihu_buf *out, rows; /* rows: of the table of objects, struct renewed */
};
struct renewed {
	unsigned number;
	uint64_t at;
};

/* Where the table of objects says that one begins; 0: nowhere. */
static uint64_t place_of(const struct finished *a, unsigned number)
{
	char head[32], entry[19] = {0};
	int n = snprintf(head, sizeof head, "xref\n0 %u\n", a->t.size);
	uint64_t row = a->t.xref + (uint64_t)n + UINT64_C(20) * number;
	if (!a->read(a->context, row, entry, 18) || entry[17] != 'n')
		return 0;
	uint64_t at = strtoull(entry, NULL, 10);
	return at < a->t.xref ? at : 0;
}

/* As much of it as there is, up to len; out has room for a NUL behind. */
static bool read_from(const struct finished *a, uint64_t at, char *out, size_t len)
{
	len = a->size - at < len ? (size_t)(a->size - at) : len;
	out[len] = '\0';
	return a->read(a->context, at, out, len);
}

/* An object up to where more can be said in it. */
static bool read_object(const struct finished *a, uint64_t at, char out[static OBJECT_BYTES + 1])
{
	if (at == 0 || !read_from(a, at, out, OBJECT_BYTES))
		return false;
	char *end = strstr(out, ">>\nendobj");
	if (end)
		*end = '\0';
	return end != NULL;
}

/* What follows in out is this object. */
static void begin_object(struct finished *a, unsigned number)
{
	const struct renewed row = {number, a->size + a->out->len};
	yihu_buf_put(&a->rows, &row, sizeof row);
}

static bool put_catalog(struct finished *a, const struct pdf_says *says)
{
	char catalog[OBJECT_BYTES + 1];
	if (!read_object(a, place_of(a, a->t.root), catalog) || !strstr(catalog, "/Type /Catalog"))
		return false;
	begin_object(a, a->t.root);
	yihu_buf_fmt(a->out,
		     "%s   /Version /1.7\n   /Lang (%s)\n"
		     "   /ViewerPreferences << /DisplayDocTitle true%s >>\n>>\nendobj\n",
		     catalog, says->language,
		     says->one_sided   ? " /Duplex /Simplex /PrintScaling /None"
		     : says->two_sided ? " /Duplex /DuplexFlipLongEdge /PrintScaling /None"
				       : "");
	return true;
}

static bool is_figure(const struct finished *a, uint64_t at)
{
	char head[HEAD_BYTES + 1];
	return at != 0 && read_from(a, at, head, HEAD_BYTES) &&
	       strstr(head, " obj\n<< /Type /StructElem\n   /S /Figure\n");
}

/* In UTF-16, as a PDF has it; alt is UTF-8 that was printed. */
static void put_text(struct yihu_buf *out, const char *alt)
{
	glong n = 0;
	gunichar2 *text = g_utf8_to_utf16(alt, -1, NULL, &n, NULL);
	yihu_buf_str(out, "   /Alt <FEFF");
	for (glong i = 0; i < n; i++)
		yihu_buf_fmt(out, "%04X", text[i]);
	yihu_buf_str(out, ">\n>>\nendobj\n");
	g_free(text);
}

/* Cairo numbers elements in the order in which they begin. */
static bool put_figures(struct finished *a, const struct yihu_buf *alts)
{
	char figure[OBJECT_BYTES + 1];
	size_t alt = 0;
	for (unsigned i = 1; alts->len > 0 && i < a->t.size; i++) {
		uint64_t at = place_of(a, i);
		if (!is_figure(a, at))
			continue;
		if (alt == alts->len || !read_object(a, at, figure))
			return false;
		begin_object(a, i);
		yihu_buf_str(a->out, figure);
		put_text(a->out, (const char *)alts->data + alt);
		alt += strlen((const char *)alts->data + alt) + 1;
	}
	return alt == alts->len;
}

static void put_table(struct finished *a)
{
	uint64_t xref = a->size + a->out->len;
	yihu_buf_str(a->out, "xref\n");
	for (size_t i = 0; i < a->rows.len; i += sizeof(struct renewed)) {
		struct renewed row;
		memcpy(&row, a->rows.data + i, sizeof row);
		yihu_buf_fmt(a->out, "%u 1\n%010" PRIu64 " 00000 n \n", row.number, row.at);
	}
	yihu_buf_fmt(a->out,
		     "trailer\n<< /Size %u\n   /Root %u 0 R\n   /Info %u 0 R\n   /Prev %" PRIu64
		     "\n>>\nstartxref\n%" PRIu64 "\n%%%%EOF\n",
		     a->t.size, a->t.root, a->t.info, a->t.xref, xref);
}

int pdf_again(struct yihu_buf *out, uint64_t size, const struct pdf_says *says,
	      const struct yihu_buf *alts, pdf_read *read, void *context, struct yihu_error *err)
{
	struct finished a = {.size = size, .read = read, .context = context, .out = out};
	bool ok = read_trailer(&a.t, size, read, context) && put_catalog(&a, says) &&
		  put_figures(&a, alts);
	if (ok)
		put_table(&a);
	yihu_buf_free(&a.rows);
	return ok ? 0 : yihu_fail(err, YIHU_EIO, _("the PDF cannot be made: %s"), "/Catalog");
}
