/* SPDX-License-Identifier: Apache-2.0
 *
 * The notes `preliminary` and `final` (PROTOCOL §10.1).
 */
#include <yihu/objections.h>

#include <string.h>

#include "internal.h"

#define PRELIMINARY "yihu-preliminary-v1"
#define FINAL "yihu-final-v1"

/* ---- writing ---- */

static void put_head(struct yihu_buf *out, const char *head, const struct yihu_charter *c)
{
	yihu_buf_fmt(out, "%s\neid ", head);
	yihu_hex(out, c->eid, sizeof c->eid);
}

static void put_hash(struct yihu_buf *out, const char *key, const uint8_t hash[static 32])
{
	yihu_buf_fmt(out, "\n%s ", key);
	yihu_hex(out, hash, 32);
}

static void put_time(struct yihu_buf *out, const char *key, uint64_t seconds)
{
	char text[21];
	yihu_buf_fmt(out, "\n%s %s", key, yihu_time_text(text, seconds));
}

static void sign(struct yihu_buf *out, struct yihu_buf *text, const struct yihu_charter *c,
		 const struct yihu_keypair *kp)
{
	yihu_note_sign(out, (struct yihu_span){(const char *)text->data, text->len}, &c->issuer,
		       kp);
	yihu_buf_free(text);
}

void yihu_preliminary_sign(struct yihu_buf *out, const struct yihu_charter *c,
			   const struct yihu_preliminary *p, const struct yihu_keypair *kp)
{
	struct yihu_buf text = {0};
	put_head(&text, PRELIMINARY, c);
	put_hash(&text, "results", p->results);
	put_time(&text, "made", p->made);
	put_time(&text, "until", p->until);
	yihu_buf_str(&text, "\n");
	sign(out, &text, c, kp);
}

void yihu_final_sign(struct yihu_buf *out, const struct yihu_charter *c, const struct yihu_final *f,
		     const struct yihu_keypair *kp)
{
	struct yihu_buf text = {0};
	put_head(&text, FINAL, c);
	put_hash(&text, "preliminary", f->preliminary);
	put_hash(&text, "results.json", f->results_json);
	put_time(&text, "made", f->complaints.made);
	yihu_buf_fmt(&text, "\nupheld %u\n", f->upheld);
	yihu_complaints_put(&text, &f->complaints);
	sign(out, &text, c, kp);
}

/* ---- reading ---- */

static int wrong_line(const struct yihu_lines *lines, const char *what, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EFORMAT, _("line %zu of the statement must be “%s”"),
			 lines->number > 0 ? lines->number : 1, what);
}

static int read_head(struct yihu_lines *lines, const char *head, const struct yihu_charter *c,
		     struct yihu_error *err)
{
	struct yihu_span line;
	uint8_t of[YIHU_EID_BYTES];
	if (!yihu_lines_next(lines, &line) || !yihu_span_is(line, head))
		return yihu_fail(err, YIHU_EVERSION,
				 _("line 1 of the statement is not “%s”: this program cannot read "
				   "it"),
				 head);
	if (!yihu_unhex(of, sizeof of, yihu_lines_value(lines, "eid")))
		return wrong_line(lines, "eid …", err);
	return memcmp(of, c->eid, sizeof of) == 0
		       ? 0
		       : yihu_fail(err, YIHU_EELECTION, _("the statement is of another election"));
}

static int read_hash(uint8_t out[static 32], struct yihu_lines *lines, const char *key,
		     struct yihu_error *err)
{
	return yihu_unhex(out, 32, yihu_lines_value(lines, key)) ? 0 : wrong_line(lines, key, err);
}

static int read_time(uint64_t *out, struct yihu_lines *lines, const char *key,
		     struct yihu_error *err)
{
	return yihu_time_parse(out, yihu_lines_value(lines, key)) ? 0 : wrong_line(lines, key, err);
}

static int check_times(const struct yihu_preliminary *p, const struct yihu_charter *c,
		       struct yihu_error *err)
{
	if (p->made < c->closes)
		return yihu_fail(err, YIHU_ETIME, _("the statement is from before the poll's end"));
	return p->until > p->made ? 0
				  : yihu_fail(err, YIHU_ETIME,
					      _("the statement leaves no time for objections"));
}

static int read_preliminary(struct yihu_preliminary *p, struct yihu_span text,
			    const struct yihu_charter *c, struct yihu_error *err)
{
	struct yihu_lines lines = yihu_lines(text.p, text.len);
	int r = read_head(&lines, PRELIMINARY, c, err);
	if (r == 0)
		r = read_hash(p->results, &lines, "results", err);
	if (r == 0)
		r = read_time(&p->made, &lines, "made", err);
	if (r == 0)
		r = read_time(&p->until, &lines, "until", err);
	if (r == 0 && lines.left != 0)
		r = yihu_fail(err, YIHU_EFORMAT, _("the statement has more than five lines"));
	return r == 0 ? check_times(p, c, err) : r;
}

static int read_upheld(struct yihu_final *f, struct yihu_lines *lines, struct yihu_error *err)
{
	uint64_t n;
	if (!yihu_decimal(&n, yihu_lines_value(lines, "upheld"), UINT32_MAX))
		return wrong_line(lines, "upheld", err);
	f->upheld = (uint32_t)n;
	return 0;
}

static int read_final(struct yihu_final *f, struct yihu_span text, const struct yihu_charter *c,
		      struct yihu_error *err)
{
	struct yihu_lines lines = yihu_lines(text.p, text.len);
	int r = read_head(&lines, FINAL, c, err);
	if (r == 0)
		r = read_hash(f->preliminary, &lines, "preliminary", err);
	if (r == 0)
		r = read_hash(f->results_json, &lines, "results.json", err);
	if (r == 0)
		r = read_time(&f->complaints.made, &lines, "made", err);
	if (r == 0)
		r = read_upheld(f, &lines, err);
	if (r == 0)
		r = yihu_complaints_take(&f->complaints, &lines, err);
	if (r == 0 && f->upheld > f->complaints.filed)
		r = yihu_fail(err, YIHU_EFORMAT, _("more objections are upheld than were filed"));
	return r;
}

/* ---- the notes ---- */

static int open_note(struct yihu_note *note, const void *bytes, size_t len, size_t most,
		     const struct yihu_charter *c, struct yihu_error *err)
{
	if (len > most)
		return yihu_fail(err, YIHU_ETOOBIG, _("no such statement is so large"));
	int r = yihu_note_split(note, bytes, len, err);
	return r == 0 ? yihu_note_verify(note, &c->issuer, 1, err) : r;
}

int yihu_preliminary_parse(struct yihu_preliminary *out, const void *bytes, size_t len,
			   const struct yihu_charter *c, struct yihu_error *err)
{
	struct yihu_note note;
	struct yihu_preliminary p;
	int r = open_note(&note, bytes, len, YIHU_PRELIMINARY_NOTE_BYTES_MAX, c, err);
	if (r == 0)
		r = read_preliminary(&p, note.text, c, err);
	if (r == 0)
		*out = p;
	return r;
}

int yihu_final_parse(struct yihu_final *out, const void *bytes, size_t len,
		     const struct yihu_charter *c, struct yihu_error *err)
{
	struct yihu_note note;
	struct yihu_final f = {0};
	int r = open_note(&note, bytes, len, YIHU_FINAL_NOTE_BYTES_MAX, c, err);
	if (r == 0)
		r = read_final(&f, note.text, c, err);
	if (r == 0)
		*out = f;
	else
		yihu_final_finish(&f);
	return r;
}

void yihu_final_finish(struct yihu_final *f)
{
	yihu_complaints_free(&f->complaints);
	*f = (struct yihu_final){0};
}

/* ---- how the result stands ---- */

int yihu_standing_read(struct yihu_standing *out, const struct yihu_buf *preliminary,
		       const struct yihu_buf *final, const struct yihu_charter *c,
		       struct yihu_error *err)
{
	struct yihu_standing s = {0};
	struct yihu_preliminary p = {0};
	int r = preliminary
			? yihu_preliminary_parse(&p, preliminary->data, preliminary->len, c, err)
			: 0;
	s.until = p.until;
	s.final = preliminary && final;
	if (r == 0 && s.final)
		r = yihu_final_parse(&s.statement, final->data, final->len, c, err);
	if (r == 0)
		*out = s;
	return r;
}

const struct yihu_complaints *yihu_standing_complaints(const struct yihu_standing *s,
						       const struct yihu_complaints *recorded)
{
	return s->final ? &s->statement.complaints : recorded;
}

void yihu_standing_finish(struct yihu_standing *s)
{
	yihu_final_finish(&s->statement);
	*s = (struct yihu_standing){0};
}
