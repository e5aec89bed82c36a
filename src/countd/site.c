/* SPDX-License-Identifier: Apache-2.0
 *
 * What of site/ is taken from anybody: the issuer's note of complaints, and
 * what is drawn from it and results.json. The bytes say themselves whether
 * they are right.
 */
#include "site.h"

#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>
#include <yihu/limits.h>
#include <yihu/publish.h>

#include "front.h"
#include "public_files.h"
#include "words/words.h"

bool site_is_note(const char *name)
{
	return strcmp(name, YIHU_COMPLAINTS_FILE) == 0;
}

bool site_is_checked(const char *name)
{
	return site_is_note(name) || yihu_site_file_find(name);
}

static int parse(struct yihu_complaints *out, const struct front *f, const struct yihu_buf *note,
		 struct yihu_error *err)
{
	const struct yihu_charter *c = f->election->charter;
	return yihu_complaints_parse(out, note->data, note->len, c->eid, &c->issuer, err);
}

/* The note in the folder; all zero when there is none. */
static int read_there(struct yihu_complaints *out, const struct front *f, struct yihu_error *err)
{
	struct yihu_buf note = {0};
	int r = public_read(&note, f->public_dir, YIHU_COMPLAINTS_FILE, YIHU_COMPLAINTS_BYTES_MAX,
			    err);
	*out = (struct yihu_complaints){0};
	if (r == 0)
		r = parse(out, f, &note, err);
	yihu_buf_free(&note);
	return r == YIHU_ENOENT ? 0 : r;
}

/* Anybody may have kept an older note, and send it again. */
static int check_complaints(const struct front *f, const struct yihu_buf *body,
			    struct yihu_error *err)
{
	struct yihu_complaints sent = {0}, there = {0};
	if (body->len > YIHU_COMPLAINTS_BYTES_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("the complaints have more than %u bytes"),
				 YIHU_COMPLAINTS_BYTES_MAX);
	int r = parse(&sent, f, body, err);
	if (r == 0)
		r = read_there(&there, f, err);
	if (r == 0 && sent.made <= there.made)
		r = yihu_fail(err, YIHU_EEXIST, _("a later note of complaints is there already"));
	yihu_complaints_free(&sent);
	yihu_complaints_free(&there);
	return r;
}

static bool are_same(const struct yihu_buf *a, const struct yihu_buf *b)
{
	return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

/* In whichever language: the letters' is not known here. */
static int check_drawn_from(const struct yihu_results *results, const struct yihu_site_file *s,
			    const struct yihu_buf *body, struct yihu_error *err)
{
	bool found = false;
	int r = 0;
	for (size_t i = 0; r == 0 && !found && i < words_languages(); i++) {
		struct yihu_buf drawn = {0};
		r = s->draw(&drawn, results, words_tag((enum language)i), err);
		found = r == 0 && are_same(&drawn, body);
		yihu_buf_free(&drawn);
	}
	return r != 0 || found ? r
			       : yihu_fail(err, YIHU_ERESULTS,
					   _("%s is not what is drawn from results.json"), s->name);
}

/* Empty where there is none. */
static int read_if_there(struct yihu_buf *out, const struct front *f, const char *name,
			 struct yihu_error *err)
{
	int r = public_read(out, f->public_dir, name, YIHU_FINAL_NOTE_BYTES_MAX, err);
	return r == YIHU_ENOENT ? 0 : r;
}

static int read_standing(struct yihu_standing *out, const struct front *f, struct yihu_error *err)
{
	struct yihu_buf preliminary = {0}, final = {0};
	int r = read_if_there(&preliminary, f, "preliminary", err);
	if (r == 0)
		r = read_if_there(&final, f, "final", err);
	if (r == 0)
		r = yihu_standing_read(out, preliminary.len > 0 ? &preliminary : NULL,
				       final.len > 0 ? &final : NULL, f->election->charter, err);
	yihu_buf_free(&preliminary);
	yihu_buf_free(&final);
	return r;
}

static int check_drawn(const struct front *f, const struct yihu_site_file *s,
		       const struct yihu_buf *body, struct yihu_error *err)
{
	struct yihu_buf json = {0};
	struct yihu_complaints complaints = {0};
	struct yihu_standing standing = {0};
	int r = public_read(&json, f->public_dir, "results.json", YIHU_DEFINITION_BYTES_MAX, err);
	if (r == 0)
		r = read_there(&complaints, f, err);
	if (r == 0)
		r = read_standing(&standing, f, err);
	if (r == 0)
		r = check_drawn_from(&(struct yihu_results){.json = json.data,
							    .len = json.len,
							    .complaints = yihu_standing_complaints(
								    &standing, &complaints),
							    .standing = &standing,
							    .definition = f->election->definition},
				     s, body, err);
	yihu_standing_finish(&standing);
	yihu_complaints_free(&complaints);
	yihu_buf_free(&json);
	return r;
}

int site_check(const struct front *f, const char *name, const struct yihu_buf *body,
	       struct yihu_error *err)
{
	const struct yihu_site_file *s = yihu_site_file_find(name);
	if (site_is_note(name))
		return check_complaints(f, body, err);
	return s ? check_drawn(f, s, body, err) : 0;
}
