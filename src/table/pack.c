/* SPDX-License-Identifier: Apache-2.0
 *
 * Parts of a ZIP file, pushed through an XML parser (pack.h).
 */
#include "table/pack.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include <yihu/text.h>

struct pack {
	zip_t *zip;
	uint64_t unfolded; /* of all parts so far */
};

static int fail_damaged(struct yihu_error *err, const char *name)
{
	return yihu_fail(err, YIHU_EFORMAT,
			 _("the spreadsheet is damaged (%s): open it in its program and save it "
			   "once more under another name"),
			 name);
}

int pack_open(struct pack **out, const void *bytes, size_t len, struct yihu_error *err)
{
	zip_error_t why;
	zip_error_init(&why);
	zip_source_t *source = zip_source_buffer_create(bytes, len, 0, &why);
	zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL;
	if (!zip) {
		int r = fail_damaged(err, zip_error_strerror(&why));
		zip_source_free(source);
		zip_error_fini(&why);
		return r;
	}
	zip_error_fini(&why);
	if (zip_get_num_entries(zip, 0) > PACK_PARTS_MAX) {
		zip_discard(zip);
		return yihu_fail(err, YIHU_ETOOBIG, _("the spreadsheet has more than %d parts"),
				 PACK_PARTS_MAX);
	}
	*out = yihu_calloc(1, sizeof **out);
	(*out)->zip = zip;
	return 0;
}

void pack_close(struct pack *p)
{
	if (!p)
		return;
	zip_discard(p->zip);
	free(p);
}

bool pack_has(const struct pack *p, const char *name)
{
	return zip_name_locate(p->zip, name, 0) >= 0;
}

/* ---- attributes ---- */

char *pack_attribute(const struct pack_attributes *a, const char *name)
{
	for (size_t i = 0; i < a->n; i++) {
		const char *const *at = a->at + 5 * i;
		if (strcmp(at[0], name) == 0)
			return yihu_strndup(at[3], (size_t)(at[4] - at[3]));
	}
	return NULL;
}

uint32_t pack_number(const struct pack_attributes *a, const char *name, uint32_t max, uint32_t or)
{
	char *text = pack_attribute(a, name);
	uint64_t v;
	bool ok = text && yihu_decimal(&v, yihu_span(text), max);
	free(text);
	return ok ? (uint32_t)v : or ;
}

/* ---- XML ---- */

struct part_reading {
	const struct pack_events *events;
	xmlParserCtxtPtr parser;
	int code; /* of what ended it */
	struct yihu_error *err;
	size_t depth;
};

static void stop(struct part_reading *r, int code)
{
	if (code == 0 || r->code != 0)
		return;
	r->code = code;
	xmlStopParser(r->parser);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
		     int n_namespaces, const xmlChar **namespaces, int n, int n_default,
		     const xmlChar **attributes)
{
	struct part_reading *r = context;
	(void)prefix, (void)uri, (void)n_namespaces, (void)namespaces, (void)n_default;
	if (r->code != 0)
		return;
	struct pack_attributes a = {(const char *const *)attributes, n > 0 ? (size_t)n : 0};
	if (++r->depth > PACK_DEPTH_MAX)
		stop(r, yihu_fail(r->err, YIHU_ETOOBIG,
				  _("the spreadsheet nests deeper than any program writes it")));
	else
		stop(r, r->events->start(r->events->context, (const char *)name, &a, r->err));
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct part_reading *r = context;
	(void)prefix, (void)uri;
	r->depth--;
	if (r->code == 0)
		stop(r, r->events->end(r->events->context, (const char *)name, r->err));
}

static void on_text(void *context, const xmlChar *text, int len)
{
	struct part_reading *r = context;
	if (r->code == 0)
		stop(r,
		     r->events->text(r->events->context, (const char *)text, (size_t)len, r->err));
}

/* Spreadsheets declare no types; what declares them wants entities to grow. */
static void on_doctype(void *context, const xmlChar *name, const xmlChar *external,
		       const xmlChar *system)
{
	struct part_reading *r = context;
	(void)name, (void)external, (void)system;
	stop(r, yihu_fail(r->err, YIHU_EFORMAT,
			  _("the spreadsheet declares entities, which no program writes; it is not "
			    "read")));
}

static void on_error(void *context, xmlErrorPtr error)
{
	(void)context, (void)error; /* the parser's state says it */
}

static xmlParserCtxtPtr new_parser(struct part_reading *r)
{
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
			     .startElementNs = on_start,
			     .endElementNs = on_end,
			     .characters = on_text,
			     .cdataBlock = on_text,
			     .internalSubset = on_doctype,
			     .serror = on_error};
	xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
	if (!parser)
		abort(); /* memory */
	xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	return parser;
}

/* ---- a part ---- */

static int check_size(struct pack *p, uint64_t unfolded, uint64_t packed, struct yihu_error *err)
{
	bool bomb = unfolded > PACK_FREE && unfolded / PACK_RATIO > packed;
	if (!bomb && unfolded <= PACK_PART_MAX && p->unfolded <= PACK_ALL_MAX)
		return 0;
	return yihu_fail(
		err, YIHU_ETOOBIG,
		_("the spreadsheet unfolds to far more than its size; copy the table alone "
		  "into a new one"));
}

static int push(struct pack *p, zip_file_t *file, uint64_t packed, struct part_reading *r)
{
	char chunk[16384];
	uint64_t unfolded = 0;
	zip_int64_t n = 0;
	while (r->code == 0 && (n = zip_fread(file, chunk, sizeof chunk)) > 0) {
		unfolded += (uint64_t)n;
		p->unfolded += (uint64_t)n;
		stop(r, check_size(p, unfolded, packed, r->err));
		if (r->code == 0 && xmlParseChunk(r->parser, chunk, (int)n, 0) != XML_ERR_OK &&
		    r->code == 0)
			stop(r, fail_damaged(r->err, "XML"));
	}
	if (n < 0)
		stop(r, fail_damaged(r->err, zip_file_strerror(file)));
	if (r->code == 0 && xmlParseChunk(r->parser, chunk, 0, 1) != XML_ERR_OK)
		stop(r, fail_damaged(r->err, "XML"));
	return r->code;
}

int pack_read(struct pack *p, const char *name, const struct pack_events *e, struct yihu_error *err)
{
	struct yihu_error why = {0};
	struct part_reading r = {.events = e, .err = &why};
	zip_stat_t stat;
	zip_int64_t index = zip_name_locate(p->zip, name, 0);
	if (index < 0)
		return yihu_fail(err, YIHU_EMISSING, _("the spreadsheet has no part “%.100s”"),
				 name);
	zip_file_t *file = zip_fopen_index(p->zip, (zip_uint64_t)index, 0);
	if (!file || zip_stat_index(p->zip, (zip_uint64_t)index, 0, &stat) != 0) {
		int rc = fail_damaged(err, zip_strerror(p->zip));
		if (file)
			zip_fclose(file);
		return rc;
	}
	r.parser = new_parser(&r);
	int rc = push(p, file, stat.comp_size, &r);
	xmlFreeParserCtxt(r.parser);
	zip_fclose(file);
	return rc ? yihu_fail(err, rc, "%s", why.text) : 0;
}
