/* SPDX-License-Identifier: Apache-2.0
 *
 * C2SP checkpoints in the narrow form of PROTOCOL §1.
 */
#include "internal.h"

#include <string.h>

static void checkpoint_text(struct yihu_buf *out, const char *origin,
			    const struct yihu_checkpoint *c)
{
	yihu_buf_fmt(out, "%s\n", origin);
	yihu_checkpoint_put_lines(out, c);
}

void yihu_checkpoint_put_lines(struct yihu_buf *out, const struct yihu_checkpoint *c)
{
	yihu_buf_fmt(out, "%llu\n", (unsigned long long)c->size);
	yihu_base64(out, c->root.bytes, sizeof c->root.bytes);
	yihu_buf_u8(out, '\n');
}

bool yihu_checkpoint_read_lines(struct yihu_checkpoint *out, struct yihu_lines *lines)
{
	struct yihu_span line;
	return yihu_lines_next(lines, &line) && yihu_decimal(&out->size, line, UINT32_MAX) &&
	       yihu_lines_next(lines, &line) &&
	       yihu_unbase64_exact(out->root.bytes, sizeof out->root.bytes, line) &&
	       lines->left == 0;
}

void yihu_checkpoint_sign(struct yihu_buf *out, const struct yihu_vkey *log,
			  const struct yihu_checkpoint *c, const struct yihu_keypair *kp)
{
	struct yihu_buf text = {0};
	checkpoint_text(&text, log->name, c);
	yihu_note_sign(out, (struct yihu_span){(const char *)text.data, text.len}, log, kp);
	yihu_buf_free(&text);
}

static int text_parse(struct yihu_checkpoint *out, struct yihu_span text,
		      const struct yihu_vkey *log, struct yihu_error *err)
{
	struct yihu_lines lines = yihu_lines(text.p, text.len);
	struct yihu_span line;
	if (!yihu_lines_next(&lines, &line) || !yihu_span_is(line, log->name))
		return yihu_fail(err, YIHU_ECHECKPOINT,
				 _("line 1 of the checkpoint must read %s, the log's name in the "
				   "charter"),
				 log->name);
	if (!yihu_checkpoint_read_lines(out, &lines))
		return yihu_fail(err, YIHU_ECHECKPOINT,
				 _("the checkpoint must have three lines: the log's name, how many "
				   "entries, and the root"));
	return 0;
}

/* The one line of the log's own key, among any number of others: who signed
 * those, and what, is for those who know their keys. A second one would be
 * either a repetition or something that nobody checks. */
static int own_line(struct yihu_span *out, const struct yihu_note *note,
		    const struct yihu_vkey *log, struct yihu_error *err)
{
	size_t own = 0;
	struct yihu_lines lines = yihu_lines(note->signatures.p, note->signatures.len);
	struct yihu_span line;
	while (yihu_lines_next(&lines, &line)) {
		line.len++;
		if (!yihu_note_line_is_by(line, log))
			continue;
		*out = line;
		own++;
	}
	if (own == 0)
		return yihu_fail(err, YIHU_ESIGNERS,
				 _("the checkpoint has no signature by the log key of %s"),
				 log->name);
	if (own > 1)
		return yihu_fail(err, YIHU_ESIGNERS,
				 _("the checkpoint has a second signature line of %s"), log->name);
	return 0;
}

int yihu_checkpoint_parse(struct yihu_checkpoint *out, const void *bytes, size_t len,
			  const struct yihu_vkey *log, struct yihu_error *err)
{
	struct yihu_note note;
	struct yihu_span own;
	struct yihu_checkpoint c;
	if (len > YIHU_CHECKPOINT_BYTES_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a checkpoint has at most %u bytes"),
				 YIHU_CHECKPOINT_BYTES_MAX);
	int r = yihu_note_split(&note, bytes, len, err);
	if (r == 0)
		r = text_parse(&c, note.text, log, err);
	if (r == 0)
		r = own_line(&own, &note, log, err);
	if (r == 0)
		r = yihu_note_verify_line(note.text, own, log, err);
	if (r == 0)
		*out = c;
	return r;
}
