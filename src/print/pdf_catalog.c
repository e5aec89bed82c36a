/* SPDX-License-Identifier: Apache-2.0
 *
 * Language and viewer preferences, which cairo cannot write.
 */
#include "print/pdf_catalog.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAIL_BYTES 160u
#define CATALOG_BYTES 1024u

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

/* Where the table of objects says that the catalogue begins. */
static bool find_catalog(uint64_t *at, const struct trailer *t, pdf_read *read, void *context)
{
	char head[32], entry[11] = {0};
	int n = snprintf(head, sizeof head, "xref\n0 %u\n", t->size);
	uint64_t row = t->xref + (uint64_t)n + UINT64_C(20) * t->root;
	if (!read(context, row, entry, 10))
		return false;
	*at = strtoull(entry, NULL, 10);
	return *at < t->xref;
}

static bool read_catalog(char out[static CATALOG_BYTES + 1], const struct trailer *t,
			 pdf_read *read, void *context)
{
	uint64_t at;
	if (!find_catalog(&at, t, read, context))
		return false;
	size_t len = t->xref - at < CATALOG_BYTES ? (size_t)(t->xref - at) : CATALOG_BYTES;
	if (!read(context, at, out, len))
		return false;
	out[len] = '\0';
	char *end = strstr(out, ">>\nendobj");
	if (!end || !strstr(out, "/Type /Catalog"))
		return false;
	*end = '\0';
	return true;
}

int pdf_catalog_again(struct yihu_buf *out, uint64_t size, const struct pdf_says *says,
		      pdf_read *read, void *context, struct yihu_error *err)
{
	struct trailer t;
	char catalog[CATALOG_BYTES + 1];
	if (!read_trailer(&t, size, read, context) || !read_catalog(catalog, &t, read, context))
		return yihu_fail(err, YIHU_EIO, _("the PDF cannot be made: %s"), "/Catalog");
	yihu_buf_fmt(out,
		     "%s   /Version /1.7\n   /Lang (%s)\n"
		     "   /ViewerPreferences << /DisplayDocTitle true%s >>\n>>\nendobj\n",
		     catalog, says->language,
		     says->one_sided ? " /Duplex /Simplex /PrintScaling /None" : "");
	uint64_t xref = size + out->len;
	yihu_buf_fmt(out,
		     "xref\n%u 1\n%010" PRIu64 " 00000 n \ntrailer\n<< /Size %u\n   /Root %u 0 R\n"
		     "   /Info %u 0 R\n   /Prev %" PRIu64 "\n>>\nstartxref\n%" PRIu64 "\n%%%%EOF\n",
		     t.root, size, t.size, t.root, t.info, t.xref, xref);
	return 0;
}
