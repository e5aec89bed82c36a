/* SPDX-License-Identifier: Apache-2.0
 *
 * The ceremony's files as they lie there, verified (PROTOCOL §3, §4).
 */
#include "folder/folder.h"

#include <stdlib.h>
#include <string.h>

int yihu_ceremony_check_announcement(struct yihu_holder *out, const struct yihu_plan *p, uint32_t i,
				     const struct yihu_buf *file, struct yihu_error *err)
{
	uint32_t n, t;
	int r = yihu_announcement_parse(out, &n, &t, file->data, file->len, err);
	if (r == 0 && (out->index != i || n != p->n || t != p->t))
		r = yihu_fail(err, YIHU_ECHARTER,
			      _("it announces holder %u of %u, threshold %u; the plan has holder "
				"%u of %u, threshold %u"),
			      out->index, n, t, i, p->n, p->t);
	return r;
}

static int check_announcement(struct yihu_ceremony *c, uint32_t i, struct yihu_error *err)
{
	struct yihu_holder h;
	int r = yihu_ceremony_check_announcement(&h, &c->plan, i, &c->announcements[i - 1], err);
	if (r != 0)
		return r;
	c->holders[i - 1] = h;
	c->n_announced++;
	return 0;
}

static int read_announcement(struct yihu_ceremony *c, const struct yihu_folder *f, uint32_t i,
			     struct yihu_error *err)
{
	struct yihu_buf *bytes = &c->announcements[i - 1];
	int r = folder_read_if_there(f, folder_nth(F_ANNOUNCE, i), bytes, err);
	if (r == 0 && bytes->len > 0)
		r = folder_fail_at(err, check_announcement(c, i, err), f,
				   folder_nth(F_ANNOUNCE, i));
	return r;
}

static int read_announcements(struct yihu_ceremony *c, const struct yihu_folder *f,
			      struct yihu_error *err)
{
	for (uint32_t i = 1; i <= c->plan.n; i++) {
		int r = read_announcement(c, f, i, err);
		if (r != 0)
			return r;
	}
	if (c->n_announced == c->plan.n)
		yihu_announcements_digest(c->s, c->announcements, c->plan.n);
	return 0;
}

static int read_deal(struct yihu_ceremony *c, const struct yihu_folder *f, uint32_t i,
		     struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	int r = folder_read_if_there(f, folder_nth(F_DEAL, i), &bytes, err);
	if (r == 0 && bytes.len > 0) {
		r = yihu_deal_check(bytes.data, bytes.len, c->s, &c->holders[i - 1], c->plan.n,
				    err);
		r = folder_fail_at(err, r, f, folder_nth(F_DEAL, i));
		c->dealt |= r == 0 ? UINT32_C(1) << (i - 1) : 0;
	}
	yihu_buf_free(&bytes);
	return r;
}

static int check_draft(struct yihu_ceremony *c, struct yihu_error *err)
{
	struct yihu_buf want = {0};
	int r = yihu_charter_parse_draft(&c->charter, c->draft.data, c->draft.len, err);
	if (r != 0)
		return r;
	yihu_ceremony_charter_text(&want, c);
	if (strcmp(c->charter->text, (const char *)want.data) != 0)
		r = yihu_fail(err, YIHU_ECHARTER,
			      _("it is not the charter of this plan and these announcements"));
	yihu_buf_free(&want);
	return r;
}

static int read_draft(struct yihu_ceremony *c, const struct yihu_folder *f, struct yihu_error *err)
{
	int r = folder_read_if_there(f, F_CHARTER, &c->draft, err);
	if (r == 0 && c->draft.len > 0)
		r = folder_fail_at(err, check_draft(c, err), f, F_CHARTER);
	return r;
}

static int read_acceptances(struct yihu_ceremony *c, const struct yihu_folder *f,
			    struct yihu_error *err)
{
	struct yihu_buf joined = {0};
	uint32_t bits = 0;
	int r = yihu_ceremony_gather(&joined, &bits, f, F_CHARTER_LINE, c->charter,
				     yihu_span(c->charter->text), err);
	yihu_buf_free(&joined);
	c->accepted = bits;
	return r;
}

static int read_all(struct yihu_ceremony *c, const struct yihu_folder *f, struct yihu_error *err)
{
	int r = yihu_plan_read(&c->plan, f, err);
	if (r != 0 || (r = read_announcements(c, f, err)) != 0 || c->n_announced < c->plan.n)
		return r;
	for (uint32_t i = 1; i <= c->plan.n; i++)
		if ((r = read_deal(c, f, i, err)) != 0)
			return r;
	r = read_draft(c, f, err);
	return r == 0 && c->charter ? read_acceptances(c, f, err) : r;
}

int yihu_ceremony_read(struct yihu_ceremony *out, const struct yihu_folder *f,
		       struct yihu_error *err)
{
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	int r = read_all(c, f, err);
	if (r == 0)
		*out = *c;
	else
		yihu_ceremony_finish(c);
	free(c);
	return r;
}

void yihu_ceremony_finish(struct yihu_ceremony *c)
{
	for (uint32_t i = 0; i < YIHU_HOLDERS_MAX; i++)
		yihu_buf_free(&c->announcements[i]);
	yihu_buf_free(&c->draft);
	yihu_charter_free(c->charter);
	yihu_plan_finish(&c->plan);
	memset(c, 0, sizeof *c);
}

void yihu_ceremony_charter_text(struct yihu_buf *out, const struct yihu_ceremony *c)
{
	struct yihu_charter *charter = yihu_calloc(1, sizeof *charter);
	yihu_plan_charter(charter, &c->plan);
	memcpy(charter->holders, c->holders, sizeof c->holders);
	yihu_charter_text(out, charter);
	free(charter);
}

/* ceremony/charter as it lies there, beside no other file. */
static int read_draft_alone(struct yihu_charter **out, const struct yihu_folder *f,
			    struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	int r = folder_read(f, F_CHARTER, &bytes, err);
	if (r == 0)
		r = folder_fail_at(err, yihu_charter_parse_draft(out, bytes.data, bytes.len, err),
				   f, F_CHARTER);
	yihu_buf_free(&bytes);
	return r;
}

int yihu_folder_eid(uint8_t eid[static YIHU_EID_BYTES], const struct yihu_folder *f,
		    struct yihu_error *err)
{
	struct yihu_charter *c = NULL;
	int r = read_draft_alone(&c, f, err);
	if (r == 0)
		memcpy(eid, c->eid, YIHU_EID_BYTES);
	yihu_charter_free(c);
	return r;
}

struct yihu_charter *folder_read_draft(const struct yihu_folder *f)
{
	struct yihu_charter *c = NULL;
	return read_draft_alone(&c, f, NULL) == 0 ? c : NULL;
}
