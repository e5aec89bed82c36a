/* SPDX-License-Identifier: Apache-2.0
 *
 * What the folder says to a file that is brought: all of it cheap.
 */
#include "public_there.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "answer.h"
#include "daemon.h"
#include "file_calls.h"
#include "poll_stage.h"
#include "site.h"

bool public_is_staged(const struct request *r)
{
	return r->name.is.kind == YIHU_PUBLIC_RESULTS_PB ||
	       r->name.is.kind == YIHU_PUBLIC_RESULTS_JSON;
}

/* Does the box on the disk hold these signatures and more of them? */
static bool box_grows(const struct countd *d, const struct yihu_buf *old,
		      const struct yihu_buf *new)
{
	const struct yihu_charter *c = d->election->charter;
	struct yihu_checkpoint box;
	uint32_t before, after;
	return !yihu_box_note_parse(&box, &before, old->data, old->len, c, NULL) &&
	       !yihu_box_note_parse(&box, &after, new->data, new->len, c, NULL) &&
	       (before & after) == before && before != after;
}

int public_meet(struct request *r, enum meeting *out, struct yihu_error *err)
{
	struct countd *d = r->d;
	struct yihu_buf old = {0};
	char *path = yihu_path(d->public_dir, r->tail);
	int rc = yihu_file_read(path, r->limit, &old, err);
	bool same =
		rc == 0 && old.len == r->body.len && memcmp(old.data, r->body.data, old.len) == 0;
	/* Page and complaints change; site_check decides. */
	bool changes = rc == 0 && !same && site_is_checked(r->tail);
	*out = MEETS_OTHER;
	if (rc == YIHU_ENOENT || changes ||
	    (public_is_staged(r) && !countd_has_public(d, "results")))
		*out = MEETS_NOTHING;
	else if (same)
		*out = MEETS_SAME;
	else if (rc == 0 && r->name.is.kind == YIHU_PUBLIC_BOX &&
		 !countd_has_public(d, "results") && box_grows(d, &old, &r->body))
		*out = MEETS_LESSER_BOX;
	if (rc == YIHU_ENOENT || rc == YIHU_ETOOBIG)
		rc = 0;
	free(path);
	yihu_buf_free(&old);
	return rc;
}

static bool ends_with(const struct countd *d, const char *name,
		      const uint8_t signature[YIHU_SIGNATURE_BYTES])
{
	uint8_t last[YIHU_SIGNATURE_BYTES];
	char *path = yihu_path(d->public_dir, name);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	off_t end = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
	bool does = end >= (off_t)sizeof last &&
		    pread(fd, last, sizeof last, end - (off_t)sizeof last) == sizeof last &&
		    memcmp(last, signature, sizeof last) == 0;
	if (fd >= 0)
		close(fd);
	free(path);
	return does;
}

int public_elsewhere(const struct request *r, const uint8_t signature[YIHU_SIGNATURE_BYTES],
		     struct yihu_error *err)
{
	enum yihu_public_kind kind = r->name.is.kind;
	for (uint32_t i = 1; i <= yihu_public_row(kind)->most; i++) {
		struct yihu_public_text there = yihu_public_numbered(kind, i);
		if (i != r->name.is.number && ends_with(r->d, there.text, signature))
			return yihu_fail(err, YIHU_EEXIST, _("these bytes are %s, not %s"),
					 there.text, r->tail);
	}
	return 0;
}

/* With fewer ballots than the charter asks for, the box stays shut. */
static bool has_results(const struct countd *d, enum yihu_stage stage, const struct figures *f)
{
	return yihu_stage_reached(stage, YIHU_STAGE_OPENED) ||
	       (stage == YIHU_STAGE_CLOSED && f->counts.ballots < d->election->charter->min_box);
}

int public_check_stage(struct request *r, struct yihu_error *err)
{
	struct figures f = committed_figures(r->d->committed);
	enum yihu_stage stage = countd_stage(r->d, &f, 0);
	enum yihu_public_kind kind = r->name.is.kind;
	bool results = public_is_staged(r) || kind == YIHU_PUBLIC_RESULTS;
	if (results && !has_results(r->d, stage, &f))
		return yihu_fail(err, YIHU_ESTATE,
				 _("the box is not opened yet: results come after it"));
	if (yihu_public_may_come(kind, stage))
		return 0;
	if (yihu_stage_reached(stage, yihu_public_row(kind)->stage))
		return yihu_fail(err, YIHU_ESTATE,
				 _("%s comes too late: the election is at the stage “%s”"), r->tail,
				 yihu_stage_word(stage));
	return yihu_fail(err, YIHU_EMISSING,
			 _("%s comes too early: the election is at the stage “%s”"), r->tail,
			 yihu_stage_word(stage));
}

void public_answer_met(struct request *r, enum meeting met)
{
	if (met == MEETS_SAME)
		answer_json(r, MHD_HTTP_OK,
			    json_pack("{s:s, s:s}", "status", "accepted", "name", r->tail));
	else
		answer_error(r, MHD_HTTP_CONFLICT, YIHU_EEXIST,
			     _("%s is already there and stays as it is"), r->tail);
}
