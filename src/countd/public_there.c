/* SPDX-License-Identifier: Apache-2.0
 *
 * What the folder says to a file that is brought: all of it cheap.
 */
#include "public_there.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "ask_box.h"
#include "front.h"
#include "poll_stage.h"
#include "public_files.h"
#include "site.h"

bool public_is_staged(const struct exchange *x)
{
	return x->name.is.kind == YIHU_PUBLIC_RESULTS_PB ||
	       x->name.is.kind == YIHU_PUBLIC_RESULTS_JSON;
}

/* Does the box on the disk hold these signatures and more of them? */
static bool box_grows(const struct front *f, const struct yihu_buf *old, const struct yihu_buf *new)
{
	const struct yihu_charter *c = f->election->charter;
	struct yihu_checkpoint box;
	uint32_t before, after;
	return !yihu_box_note_parse(&box, &before, old->data, old->len, c, NULL) &&
	       !yihu_box_note_parse(&box, &after, new->data, new->len, c, NULL) &&
	       (before & after) == before && before != after;
}

static enum meeting meet(const struct exchange *x, const struct yihu_buf *old, bool published)
{
	bool same = old->len == x->body.len && memcmp(old->data, x->body.data, old->len) == 0;
	if (public_is_staged(x) && !published)
		return MEETS_NOTHING;
	if (same)
		return MEETS_SAME;
	/* Page and complaints change; site_check decides. */
	if (site_is_checked(x->tail))
		return MEETS_NOTHING;
	bool box = x->name.is.kind == YIHU_PUBLIC_BOX && !published;
	return box && box_grows(x->f, old, &x->body) ? MEETS_LESSER_BOX : MEETS_OTHER;
}

int public_meet(struct exchange *x, enum meeting *out, struct yihu_error *err)
{
	struct front *f = x->f;
	struct yihu_buf old = {0};
	bool published = false;
	char *path = yihu_path(f->public_dir, x->tail);
	int rc = public_has(&published, f->public_dir, "results", err);
	int read = rc == 0 ? yihu_file_read(path, x->limit, &old, err) : rc;
	*out = MEETS_OTHER;
	if (read == 0)
		*out = meet(x, &old, published);
	else if (read == YIHU_ENOENT || (public_is_staged(x) && !published))
		*out = MEETS_NOTHING;
	free(path);
	yihu_buf_free(&old);
	return read == YIHU_ENOENT || read == YIHU_ETOOBIG ? 0 : read;
}

/* Where it is not there it does not. */
static int ends_with(bool *does, const struct front *f, const char *name,
		     const uint8_t signature[YIHU_SIGNATURE_BYTES], struct yihu_error *err)
{
	uint8_t last[YIHU_SIGNATURE_BYTES];
	struct stat st;
	int fd;
	int r = public_open(&fd, &st, f->public_dir, name, err);
	*does = false;
	if (r != 0)
		return r == YIHU_ENOENT ? 0 : r;
	*does = st.st_size >= (off_t)sizeof last &&
		pread(fd, last, sizeof last, st.st_size - (off_t)sizeof last) == sizeof last &&
		memcmp(last, signature, sizeof last) == 0;
	close(fd);
	return 0;
}

int public_elsewhere(const struct exchange *x, const uint8_t signature[YIHU_SIGNATURE_BYTES],
		     struct yihu_error *err)
{
	enum yihu_public_kind kind = x->name.is.kind;
	int r = 0;
	for (uint32_t i = 1; i <= yihu_public_row(kind)->most && r == 0; i++) {
		struct yihu_public_text there = yihu_public_numbered(kind, i);
		bool same = false;
		if (i != x->name.is.number)
			r = ends_with(&same, x->f, there.text, signature, err);
		if (same)
			r = yihu_fail(err, YIHU_EEXIST, _("these bytes are %s, not %s"), there.text,
				      x->tail);
	}
	return r;
}

/* With fewer ballots than the charter asks for, the box stays shut. */
static bool has_results(const struct front *f, enum yihu_stage stage, const struct figures *now)
{
	return yihu_stage_reached(stage, YIHU_STAGE_OPENED) ||
	       (stage == YIHU_STAGE_CLOSED && now->counts.ballots < f->election->charter->min_box);
}

int public_check_stage(struct exchange *x, struct yihu_error *err)
{
	struct figures now = box_figures(x->f);
	enum yihu_public_kind kind = x->name.is.kind;
	bool results = public_is_staged(x) || kind == YIHU_PUBLIC_RESULTS;
	enum yihu_stage stage;
	int r = countd_stage(&stage, x->f->public_dir, x->f->election->charter, &now, 0, err);
	if (r != 0)
		return r;
	if (results && !has_results(x->f, stage, &now))
		return yihu_fail(err, YIHU_ESTATE,
				 _("the box is not opened yet: results come after it"));
	if (yihu_public_may_come(kind, stage))
		return 0;
	if (yihu_stage_reached(stage, yihu_public_row(kind)->stage))
		return yihu_fail(err, YIHU_ESTATE,
				 _("%s comes too late: the election is at the stage “%s”"), x->tail,
				 yihu_stage_word(stage));
	return yihu_fail(err, YIHU_EMISSING,
			 _("%s comes too early: the election is at the stage “%s”"), x->tail,
			 yihu_stage_word(stage));
}

void public_answer_met(struct exchange *x, enum meeting met)
{
	if (met == MEETS_SAME)
		answer_json(&x->answer, MHD_HTTP_OK,
			    json_pack("{s:s, s:s}", "status", "accepted", "name", x->tail));
	else
		answer_error(&x->answer, MHD_HTTP_CONFLICT, YIHU_EEXIST,
			     _("%s is already there and stays as it is"), x->tail);
}
