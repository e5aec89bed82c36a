/* SPDX-License-Identifier: Apache-2.0
 *
 * C2SP signed notes: splitting, verifying, signing.
 */
#include <assert.h>
#include <sodium.h>
#include <string.h>
#include <yihu/note.h>

#define DASH "\xe2\x80\x94 " /* em dash U+2014, one space */
#define DASH_BYTES (sizeof DASH - 1)
#define ID_BYTES 4
#define BLOB_BYTES (ID_BYTES + YIHU_SIGNATURE_BYTES)

/* A signature line taken apart; the blob is still base64. */
struct sig_line {
	struct yihu_span name, blob;
};

/* line without its LF. */
static bool line_parse(struct sig_line *out, struct yihu_span line)
{
	if (line.len < DASH_BYTES || memcmp(line.p, DASH, DASH_BYTES) != 0)
		return false;
	struct yihu_span rest = {line.p + DASH_BYTES, line.len - DASH_BYTES};
	struct yihu_buf blob = {0};
	bool ok = yihu_field_next(&rest, &out->name) && yihu_name_valid(out->name) &&
		  yihu_field_next(&rest, &out->blob) && rest.len == 0 &&
		  yihu_unbase64(&blob, out->blob) && blob.len > ID_BYTES;
	yihu_buf_free(&blob);
	return ok;
}

static struct yihu_span without_lf(struct yihu_span line)
{
	assert(line.len > 0 && line.p[line.len - 1] == '\n');
	return (struct yihu_span){line.p, line.len - 1};
}

int yihu_note_split(struct yihu_note *out, const void *bytes, size_t len, struct yihu_error *err)
{
	if (!yihu_text_clean(bytes, len))
		return yihu_fail(err, YIHU_EFORMAT,
				 _("this is not a signed text: it must be UTF-8 with plain line "
				   "ends and no control characters"));
	const char *start = bytes;
	const char *gap = len ? memmem(start, len, "\n\n", 2) : NULL;
	if (!gap || start[0] == '\n')
		return yihu_fail(err, YIHU_EFORMAT,
				 _("this is not a signed text: an empty line must stand between "
				   "text and signatures"));
	size_t text_len = (size_t)(gap - start) + 1;
	struct yihu_note note = {
		.text = {start, text_len},
		.signatures = {gap + 2, len - text_len - 1},
	};
	struct yihu_lines lines = yihu_lines(note.signatures.p, note.signatures.len);
	struct yihu_span line;
	struct sig_line parts;
	while (yihu_lines_next(&lines, &line)) {
		if (!line_parse(&parts, line))
			return yihu_fail(err, YIHU_EFORMAT,
					 _("signature line %zu is not well formed"), lines.number);
		note.n_signatures++;
	}
	if (lines.bad || note.n_signatures == 0)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("the signatures are missing, or the last one lacks its "
				   "line end"));
	*out = note;
	return 0;
}

struct yihu_span yihu_note_line(const struct yihu_note *note, size_t i)
{
	assert(i < note->n_signatures);
	struct yihu_lines lines = yihu_lines(note->signatures.p, note->signatures.len);
	struct yihu_span line = {0};
	for (size_t k = 0; k <= i; k++)
		yihu_lines_next(&lines, &line);
	line.len++;
	return line;
}

struct yihu_span yihu_note_line_name(struct yihu_span line)
{
	struct sig_line parts;
	if (!line_parse(&parts, without_lf(line)))
		return (struct yihu_span){"", 0};
	return parts.name;
}

bool yihu_note_line_is_by(struct yihu_span line, const struct yihu_vkey *key)
{
	struct sig_line parts;
	struct yihu_buf blob = {0};
	bool is = line_parse(&parts, without_lf(line)) && yihu_span_is(parts.name, key->name) &&
		  yihu_unbase64(&blob, parts.blob) && memcmp(blob.data, key->id, ID_BYTES) == 0;
	yihu_buf_free(&blob);
	return is;
}

int yihu_note_verify_line(struct yihu_span text, struct yihu_span line, const struct yihu_vkey *key,
			  struct yihu_error *err)
{
	struct sig_line parts;
	uint8_t blob[BLOB_BYTES];
	if (line.len == 0 || line.p[line.len - 1] != '\n' || !line_parse(&parts, without_lf(line)))
		return yihu_fail(err, YIHU_EFORMAT,
				 _("the signature line of %s is not well formed"), key->name);
	if (!yihu_span_is(parts.name, key->name))
		return yihu_fail(err, YIHU_ESIGNERS,
				 _("a signature by %s belongs here, but it is by %.*s"), key->name,
				 (int)parts.name.len, parts.name.p);
	if (!yihu_unbase64_exact(blob, sizeof blob, parts.blob) ||
	    memcmp(blob, key->id, ID_BYTES) != 0)
		return yihu_fail(err, YIHU_ESIGNERS,
				 _("the signature of %s was made with another key"), key->name);
	if (!yihu_verify(blob + ID_BYTES, key->pk, text.p, text.len))
		return yihu_fail(err, YIHU_ESIGNATURE,
				 _("the signature of %s does not verify: the text is not what "
				   "was signed"),
				 key->name);
	return 0;
}

int yihu_note_verify(const struct yihu_note *note, const struct yihu_vkey *keys, size_t n,
		     struct yihu_error *err)
{
	if (note->n_signatures != n)
		return yihu_fail(err, YIHU_ESIGNERS,
				 _("the text has %zu signatures where %zu belong"),
				 note->n_signatures, n);
	int r = 0;
	for (size_t i = 0; i < n && r == 0; i++)
		r = yihu_note_verify_line(note->text, yihu_note_line(note, i), &keys[i], err);
	return r;
}

void yihu_note_sign_line(struct yihu_buf *out, struct yihu_span text, const struct yihu_vkey *key,
			 const struct yihu_keypair *kp)
{
	assert(text.len > 0 && text.p[text.len - 1] == '\n');
	assert(memcmp(key->pk, kp->pk, sizeof key->pk) == 0);
	uint8_t blob[BLOB_BYTES];
	memcpy(blob, key->id, ID_BYTES);
	yihu_sign(blob + ID_BYTES, kp, text.p, text.len);
	yihu_buf_fmt(out, DASH "%s ", key->name);
	yihu_base64(out, blob, sizeof blob);
	yihu_buf_u8(out, '\n');
}

void yihu_note_sign(struct yihu_buf *out, struct yihu_span text, const struct yihu_vkey *key,
		    const struct yihu_keypair *kp)
{
	yihu_buf_put(out, text.p, text.len);
	yihu_buf_u8(out, '\n');
	yihu_note_sign_line(out, text, key, kp);
}
