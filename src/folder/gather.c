/* SPDX-License-Identifier: Apache-2.0
 *
 * Signature lines lie in ceremony/ one a file until they are enough to make a
 * note of (charter, box, results).
 */
#include "folder/folder.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#define LINE_BYTES_MAX 1024

/* Appends the line of ceremony/<name>-<who> when it is there and is key's. */
static int take_line(struct yihu_buf *lines, bool *there, const char *path,
		     const struct yihu_vkey *key, struct yihu_span text, struct yihu_error *err)
{
	struct yihu_buf line = {0};
	int r = yihu_file_read(path, LINE_BYTES_MAX, &line, err);
	*there = r == 0;
	if (r == YIHU_ENOENT)
		return 0;
	if (r == 0) {
		struct yihu_span span = {(const char *)line.data, line.len};
		r = yihu_note_verify_line(text, span, key, err);
		if (r == 0)
			yihu_buf_put(lines, line.data, line.len);
		else
			r = yihu_fail_at(err, r, "%s", path);
	}
	yihu_buf_free(&line);
	return r;
}

static int gather_lines(struct yihu_buf *lines, uint32_t *bits, const struct yihu_folder *f,
			const char *name, bool issuer, const struct yihu_charter *c,
			struct yihu_span text, struct yihu_error *err)
{
	int r = 0;
	for (uint32_t j = issuer ? 0 : 1; j <= c->n && r == 0; j++) {
		bool there;
		char *path = j == 0 ? yihu_folder_path(f, "ceremony/%s-issuer", name)
				    : yihu_folder_path(f, "ceremony/%s-%u", name, j);
		r = take_line(lines, &there, path, j == 0 ? &c->issuer : &c->holders[j - 1].key,
			      text, err);
		if (r == 0 && there)
			*bits |= UINT32_C(1) << (j == 0 ? 31 : j - 1);
		free(path);
	}
	return r;
}

int yihu_ceremony_gather(struct yihu_buf *out, uint32_t *signers, const struct yihu_folder *f,
			 const char *name, bool issuer, const struct yihu_charter *c,
			 struct yihu_span text, struct yihu_error *err)
{
	struct yihu_buf lines = {0};
	uint32_t bits = 0;
	int r = gather_lines(&lines, &bits, f, name, issuer, c, text, err);
	if (r == 0) {
		yihu_buf_put(out, text.p, text.len);
		yihu_buf_str(out, "\n");
		yihu_buf_put(out, lines.data, lines.len);
		*signers = bits;
	}
	yihu_buf_free(&lines);
	return r;
}

int yihu_ceremony_join_charter(struct yihu_buf *out, const struct yihu_folder *f,
			       const struct yihu_ceremony *c, struct yihu_error *err)
{
	struct yihu_buf lines = {0};
	uint32_t bits = 0;
	assert(c->charter && c->accepted == (UINT32_C(1) << c->plan.n) - 1);
	int r = gather_lines(&lines, &bits, f, "charter", false, c->charter,
			     yihu_span(c->charter->text), err);
	if (r == 0) {
		yihu_buf_put(out, c->draft.data, c->draft.len);
		yihu_buf_put(out, lines.data, lines.len);
	}
	yihu_buf_free(&lines);
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
