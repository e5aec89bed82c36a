/* SPDX-License-Identifier: Apache-2.0
 *
 * The note `cancelled` (PROTOCOL §7.4): an election is called off where no log
 * can say so.
 */
#include <string.h>

#include <yihu/cancel.h>

#define FIRST_LINE "yihu-cancelled-v1"

static void put_text(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES],
		     const struct yihu_cancelled_note *n)
{
	yihu_buf_str(out, FIRST_LINE "\neid ");
	yihu_hex(out, eid, YIHU_EID_BYTES);
	if (n->has_log) {
		yihu_buf_fmt(out, "\nlog %llu ", (unsigned long long)n->log.size);
		yihu_base64(out, n->log.root.bytes, sizeof n->log.root.bytes);
	} else {
		yihu_buf_str(out, "\nlog none");
	}
	yihu_buf_str(out, "\nreason ");
	yihu_buf_put(out, n->reason.p, n->reason.len);
	yihu_buf_str(out, "\n");
}

void yihu_cancelled_note_sign(struct yihu_buf *out, const uint8_t eid[static YIHU_EID_BYTES],
			      const struct yihu_cancelled_note *n, const struct yihu_vkey *issuer,
			      const struct yihu_keypair *kp)
{
	struct yihu_buf text = {0};
	put_text(&text, eid, n);
	yihu_note_sign(out, (struct yihu_span){(const char *)text.data, text.len}, issuer, kp);
	yihu_buf_free(&text);
}

/* The value behind `key ` in the next line. */
static bool next_value(struct yihu_lines *lines, const char *key, struct yihu_span *value)
{
	size_t len = strlen(key);
	if (!yihu_lines_next(lines, value) || value->len <= len || value->p[len] != ' ' ||
	    memcmp(value->p, key, len) != 0)
		return false;
	value->p += len + 1;
	value->len -= len + 1;
	return true;
}

static bool read_log(struct yihu_cancelled_note *n, struct yihu_span value)
{
	struct yihu_span size, root;
	n->has_log = !yihu_span_is(value, "none");
	if (!n->has_log)
		return true;
	return yihu_field_next(&value, &size) && yihu_field_next(&value, &root) && value.len == 0 &&
	       yihu_decimal(&n->log.size, size, UINT32_MAX) &&
	       yihu_unbase64_exact(n->log.root.bytes, sizeof n->log.root.bytes, root);
}

static int text_parse(struct yihu_cancelled_note *n, struct yihu_span text,
		      const uint8_t eid[static YIHU_EID_BYTES], struct yihu_error *err)
{
	struct yihu_lines lines = yihu_lines(text.p, text.len);
	struct yihu_span line;
	uint8_t of[YIHU_EID_BYTES];
	if (!yihu_lines_next(&lines, &line) || !yihu_span_is(line, FIRST_LINE))
		return yihu_fail(err, YIHU_EVERSION,
				 _("line 1 of the cancellation is not “%s”: this program cannot "
				   "read it"),
				 FIRST_LINE);
	if (!next_value(&lines, "eid", &line) || !yihu_unhex(of, sizeof of, line))
		return yihu_fail(err, YIHU_ECANCEL,
				 _("line 2 of the cancellation must be “eid” and the election id, "
				   "64 lower-case hexadecimal digits"));
	if (memcmp(of, eid, sizeof of) != 0)
		return yihu_fail(err, YIHU_EELECTION, _("the cancellation is of another election"));
	if (!next_value(&lines, "log", &line) || !read_log(n, line))
		return yihu_fail(err, YIHU_ECANCEL,
				 _("line 3 of the cancellation must be “log none”, or “log”, how "
				   "many entries the log has, and its root"));
	if (!next_value(&lines, "reason", &n->reason) || lines.left != 0)
		return yihu_fail(err, YIHU_ECANCEL,
				 _("line 4 of the cancellation, its last, must be “reason” and "
				   "the reason"));
	return yihu_reason_check(n->reason, err);
}

int yihu_cancelled_note_parse(struct yihu_cancelled_note *out, const void *bytes, size_t len,
			      const struct yihu_charter *c, struct yihu_error *err)
{
	struct yihu_note note;
	struct yihu_cancelled_note n = {0};
	if (len > YIHU_CANCELLED_NOTE_BYTES_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("no cancellation is so large"));
	int r = yihu_note_split(&note, bytes, len, err);
	if (r == 0)
		r = text_parse(&n, note.text, c->eid, err);
	if (r == 0)
		r = yihu_note_verify(&note, &c->issuer, 1, err);
	if (r == 0)
		*out = n;
	return r;
}
