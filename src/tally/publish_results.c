/* SPDX-License-Identifier: Apache-2.0
 *
 * Publishing (PROTOCOL §10): the results as the audit recomputes them, with
 * the signatures that were gathered in ceremony/.
 */
#include "tally/tally.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/publish.h>
#include <yihu/signed.h>

#include "folder/paper_options.h"

static int check_may_publish(const struct yihu_audit *a, struct yihu_error *err)
{
	if (yihu_audit_has_result(a))
		return 0;
	return yihu_fail(err, YIHU_ESTATE,
			 a->closed ? _("there is nothing to publish yet: the box is closed, and "
				       "not opened")
				   : _("there is nothing to publish yet: the box is not closed"));
}

/* The note of text and the lines that are there. */
static int gather(struct yihu_buf *note, struct tally_missing *missing, const struct yihu_view *v,
		  struct yihu_error *err)
{
	const struct yihu_audit *a = v->audit;
	const struct yihu_charter *c = a->election->charter;
	struct yihu_buf text = {0};
	uint32_t signers = 0, needed = a->not_opened ? 0 : c->t;
	yihu_view_text(&text, v, YIHU_TEXT_RESULTS);
	int r = yihu_ceremony_gather(note, &signers, v->folder, F_RESULTS_LINE, c,
				     (struct yihu_span){(const char *)text.data, text.len}, err);
	if (r == YIHU_ESIGNATURE)
		yihu_fail_at(err, r,
			     _("a signature of ceremony/ is not over these results (the box has "
			       "gained signatures since, or the file is damaged); its holder "
			       "signs again"));
	uint32_t holders = (uint32_t)__builtin_popcount(signers & ~YIHU_SIGNER_ISSUER);
	missing->issuer = (signers & YIHU_SIGNER_ISSUER) == 0;
	missing->holders = holders < needed ? needed - holders : 0;
	yihu_buf_free(&text);
	return r;
}

/* A file that is there already with these very bytes is fine. */
static int put(struct yihu_view *v, const char *name, const struct yihu_buf *bytes,
	       const struct yihu_buf *note, struct yihu_error *err)
{
	const struct yihu_buf *there = yihu_public_get(v->pub, name);
	if (there && there->len == bytes->len && memcmp(there->data, bytes->data, bytes->len) == 0)
		return 0;
	return yihu_view_put_under(v, name, bytes, note, err);
}

/* Page and table in the language of the letters, after the complaints, which the
 * page names. */
static int put_drawn(struct yihu_view *v, const struct tally_shown *shown, struct yihu_error *err)
{
	const struct yihu_results results = {
		.json = v->audit->results_json.data,
		.len = v->audit->results_json.len,
		.complaints = yihu_standing_complaints(&shown->standing, &shown->recorded),
		.standing = &shown->standing,
		.definition = v->audit->election->definition,
	};
	const struct yihu_site_file *f;
	enum language l;
	int r = paper_language(&l, v->folder, NULL, err);
	for (size_t i = 0; r == 0 && (f = yihu_site_file(i)) != NULL; i++) {
		struct yihu_buf bytes = {0};
		r = f->draw(&bytes, &results, words_tag(l), err);
		if (r == 0)
			r = yihu_view_put(v, f->name, bytes.data, bytes.len, true, err);
		yihu_buf_free(&bytes);
	}
	return r;
}

int tally_publish_site(struct yihu_view *v, struct yihu_error *err)
{
	struct tally_shown shown = {0};
	int r = tally_shown_read(&shown, v, err);
	if (r == 0 && shown.note.len > 0 && !shown.standing.final)
		r = yihu_view_put(v, YIHU_COMPLAINTS_FILE, shown.note.data, shown.note.len, true,
				  err);
	if (r == 0)
		r = put_drawn(v, &shown, err);
	tally_shown_finish(&shown);
	return r;
}

static bool is_of(const struct yihu_preliminary *p, const struct yihu_view *v)
{
	uint8_t hash[32];
	yihu_results_note_hash(hash, v->eid, yihu_public_get(v->pub, "box"), &v->audit->results_pb,
			       &v->audit->results_json);
	return memcmp(hash, p->results, sizeof hash) == 0;
}

/* Until when objections are taken, as the clerk signed it with the results; no such
 * note, no objections. One that is public stays; one that is put is
 * looked at, too. */
static int put_preliminary(struct yihu_view *v, struct yihu_error *err)
{
	struct yihu_preliminary p;
	struct yihu_buf note = {0};
	if (yihu_public_get(v->pub, "preliminary"))
		return 0;
	int r = folder_read_if_there(v->folder, F_PRELIMINARY, &note, err);
	if (r == 0 && note.len > 0) {
		r = yihu_preliminary_parse(&p, note.data, note.len, v->audit->election->charter,
					   err);
		if (r == 0 && !is_of(&p, v))
			r = yihu_fail(err, YIHU_ERESULTS,
				      _("it is of other results: the clerk signs again "
					"(yihu-issue sign)"));
		r = r == 0 ? yihu_view_put(v, "preliminary", note.data, note.len, false, err)
			   : folder_fail_at(err, r, v->folder, F_PRELIMINARY);
		r = r == 0 ? yihu_view_look(v, err) : r;
	}
	yihu_buf_free(&note);
	return r;
}

/* What is told with the results, once they are there. */
static int put_beside(struct yihu_view *v, struct yihu_error *err)
{
	int r = put_preliminary(v, err);
	return r == 0 ? tally_publish_site(v, err) : r;
}

/* `results` comes last: with it the folder says that it is published. */
static int put_all(struct yihu_view *v, const struct yihu_buf *note, struct yihu_error *err)
{
	int r = put(v, "results.pb", &v->audit->results_pb, note, err);
	if (r == 0)
		r = put(v, "results.json", &v->audit->results_json, note, err);
	if (r == 0)
		r = put(v, "results", note, NULL, err);
	if (r == 0)
		r = yihu_view_look(v, err);
	return r == 0 ? put_beside(v, err) : r;
}

int tally_publish(struct yihu_view *v, struct tally_missing *missing, struct yihu_error *err)
{
	struct yihu_buf note = {0};
	*missing = (struct tally_missing){0};
	int r = yihu_view_check_on(v, err);
	if (r == 0)
		r = check_may_publish(v->audit, err);
	if (r == 0 && v->audit->stage == YIHU_STAGE_PUBLISHED)
		return put_beside(v, err);
	if (r == 0)
		r = gather(&note, missing, v, err);
	if (r == 0 && !missing->issuer && missing->holders == 0)
		r = put_all(v, &note, err);
	yihu_buf_free(&note);
	return r;
}
