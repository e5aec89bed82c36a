/* SPDX-License-Identifier: Apache-2.0
 *
 * Receipts: C2SP tlog-proof@v1 with the entry as `extra` (PROTOCOL §7).
 */
#include <assert.h>
#include <string.h>
#include <yihu/checkpoint.h>
#include <yihu/text.h>

#define FIRST_LINE "c2sp.org/tlog-proof@v1"

void yihu_receipt_make(struct yihu_buf *out, const void *entry, size_t len, uint64_t index,
		       const struct yihu_tree *tree, uint64_t size, const void *checkpoint,
		       size_t checkpoint_len)
{
	struct yihu_node proof[YIHU_PROOF_NODES_MAX];
	size_t n = yihu_tree_inclusion(tree, index, size, proof);
	yihu_buf_str(out, FIRST_LINE "\nextra ");
	yihu_base64(out, entry, len);
	yihu_buf_fmt(out, "\nindex %llu\n", (unsigned long long)index);
	for (size_t i = 0; i < n; i++) {
		yihu_base64(out, proof[i].bytes, sizeof proof[i].bytes);
		yihu_buf_u8(out, '\n');
	}
	yihu_buf_u8(out, '\n');
	yihu_buf_put(out, checkpoint, checkpoint_len);
}

/* The next line must be "key value". */
static bool key_value(struct yihu_lines *lines, const char *key, struct yihu_span *value)
{
	struct yihu_span line, name;
	if (!yihu_lines_next(lines, &line) || !yihu_field_next(&line, &name) ||
	    !yihu_span_is(name, key))
		return false;
	*value = line;
	return true;
}

static int head_parse(struct yihu_receipt *r, struct yihu_lines *lines, struct yihu_error *err)
{
	struct yihu_span line, value;
	if (!yihu_lines_next(lines, &line) || !yihu_span_is(line, FIRST_LINE))
		return yihu_fail(err, YIHU_EVERSION,
				 _("line 1 is not “%s”: this program cannot read it as a receipt"),
				 FIRST_LINE);
	if (!key_value(lines, "extra", &value) || !yihu_unbase64(&r->memory, value) ||
	    r->memory.len == 0 || r->memory.len > YIHU_BUNDLE_ENTRY_BYTES_MAX)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("line 2 of the receipt must be “extra” and the log entry in "
				   "base64"));
	if (!key_value(lines, "index", &value) || !yihu_decimal(&r->index, value, UINT32_MAX))
		return yihu_fail(err, YIHU_EFORMAT,
				 _("line 3 of the receipt must be “index” and the entry's number"));
	return 0;
}

/* The proof's lines and the empty one after them. */
static int proof_parse(struct yihu_receipt *r, struct yihu_lines *lines, struct yihu_error *err)
{
	struct yihu_span line;
	bool more = yihu_lines_next(lines, &line);
	while (more && line.len > 0) {
		if (r->n_proof == YIHU_PROOF_NODES_MAX ||
		    !yihu_unbase64_exact(r->proof[r->n_proof].bytes, YIHU_NODE_BYTES, line))
			return yihu_fail(err, YIHU_EFORMAT,
					 _("line %zu of the receipt must be a hash in base64"),
					 lines->number);
		r->n_proof++;
		more = yihu_lines_next(lines, &line);
	}
	if (!more)
		return yihu_fail(err, YIHU_EFORMAT, _("the receipt breaks off after line %zu"),
				 lines->number);
	return 0;
}

static int inclusion_check(const struct yihu_receipt *r, struct yihu_error *err)
{
	struct yihu_node leaf = yihu_leaf_hash(r->entry, r->entry_len);
	if (!yihu_inclusion_ok(leaf, r->index, r->checkpoint.size, r->proof, r->n_proof,
			       &r->checkpoint.root))
		return yihu_fail(err, YIHU_EINCLUSION,
				 _("the receipt does not prove that its entry is in the log of its "
				   "checkpoint"));
	return 0;
}

int yihu_receipt_parse(struct yihu_receipt *out, const void *bytes, size_t len,
		       const struct yihu_vkey *log, struct yihu_error *err)
{
	struct yihu_receipt r = {0};
	struct yihu_lines lines = yihu_lines(bytes, len);
	int rc = 0;
	if (len > YIHU_RECEIPT_BYTES_MAX)
		rc = yihu_fail(err, YIHU_ETOOBIG, _("a receipt has at most %u bytes"),
			       YIHU_RECEIPT_BYTES_MAX);
	if (rc == 0)
		rc = head_parse(&r, &lines, err);
	if (rc == 0)
		rc = proof_parse(&r, &lines, err);
	if (rc == 0)
		rc = yihu_checkpoint_parse(&r.checkpoint, lines.p, lines.left, log, err);
	r.entry = r.memory.data;
	r.entry_len = r.memory.len;
	if (rc == 0)
		rc = inclusion_check(&r, err);
	if (rc == 0) {
		*out = r;
		r.memory = (struct yihu_buf){0};
	}
	yihu_buf_free(&r.memory);
	return rc;
}

void yihu_receipt_free(struct yihu_receipt *r)
{
	if (!r)
		return;
	yihu_buf_free(&r->memory);
	*r = (struct yihu_receipt){0};
}
