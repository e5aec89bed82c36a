/* SPDX-License-Identifier: Apache-2.0
 *
 * Signature lines lie in ceremony/ one a file until they are enough to make a
 * note of (charter, box, results).
 */
#include "folder/folder.h"

#include <assert.h>

#include <yihu/signed.h>

struct gathering {
	const struct yihu_folder *folder;
	struct yihu_span text; /* that is signed */
	struct yihu_buf lines;
	uint32_t bits; /* of those who signed */
};

/* The line, when it is there and is key's. */
static int take_line(struct gathering *g, folder_file file, const struct yihu_vkey *key,
		     uint32_t bit, struct yihu_error *err)
{
	struct yihu_buf line = {0};
	int r = folder_read(g->folder, file, &line, err);
	if (r == YIHU_ENOENT)
		return 0;
	if (r == 0) {
		struct yihu_span span = {(const char *)line.data, line.len};
		r = yihu_note_verify_line(g->text, span, key, err);
		r = folder_fail_at(err, r, g->folder, file);
	}
	if (r == 0) {
		yihu_buf_put(&g->lines, line.data, line.len);
		g->bits |= bit;
	}
	yihu_buf_free(&line);
	return r;
}

static int gather(struct gathering *g, folder_file family, const struct yihu_charter *c,
		  struct yihu_error *err)
{
	int r = 0;
	if (family == F_RESULTS_LINE)
		r = take_line(g, F_RESULTS_ISSUER, &c->issuer, YIHU_SIGNER_ISSUER, err);
	for (uint32_t j = 1; j <= c->n && r == 0; j++)
		r = take_line(g, folder_nth(family, j), &c->holders[j - 1].key,
			      UINT32_C(1) << (j - 1), err);
	return r;
}

int yihu_ceremony_gather(struct yihu_buf *out, uint32_t *signers, const struct yihu_folder *f,
			 folder_file family, const struct yihu_charter *c, struct yihu_span text,
			 struct yihu_error *err)
{
	struct gathering g = {.folder = f, .text = text};
	int r = gather(&g, family, c, err);
	if (r == 0) {
		yihu_buf_put(out, text.p, text.len);
		yihu_buf_str(out, "\n");
		yihu_buf_put(out, g.lines.data, g.lines.len);
		*signers = g.bits;
	}
	yihu_buf_free(&g.lines);
	return r;
}

int yihu_ceremony_join_charter(struct yihu_buf *out, const struct yihu_folder *f,
			       const struct yihu_ceremony *c, struct yihu_error *err)
{
	assert(c->charter && c->accepted == (UINT32_C(1) << c->plan.n) - 1);
	struct gathering g = {.folder = f, .text = yihu_span(c->charter->text)};
	int r = gather(&g, F_CHARTER_LINE, c->charter, err);
	if (r == 0) {
		yihu_buf_put(out, c->draft.data, c->draft.len);
		yihu_buf_put(out, g.lines.data, g.lines.len);
	}
	yihu_buf_free(&g.lines);
	return r;
}

char *yihu_missing_holders(const struct yihu_charter *c, uint32_t bits)
{
	struct yihu_buf names = {0};
	for (uint32_t i = 0; i < c->n; i++) {
		if ((bits >> i & 1) == 0)
			yihu_buf_fmt(&names, "%s%s", names.len > 0 ? _(", ") : "",
				     c->holders[i].key.name);
	}
	char *text = yihu_strdup(names.data ? (const char *)names.data : "");
	yihu_buf_free(&names);
	return text;
}
