/* SPDX-License-Identifier: Apache-2.0
 *
 * Which files are there, and whose.
 */
#include "folder/facts.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/box.h>
#include <yihu/file.h>
#include <yihu/objections.h>

#include "folder/stage_read.h"

static uint32_t all(const struct folder_facts *x)
{
	return (UINT32_C(1) << x->plan.n) - 1;
}

/* ---- key holders ---- */

static void read_names(struct folder_facts *x)
{
	struct yihu_charter *c = folder_read_draft(x->f);
	for (uint32_t i = 0; c && i < c->n && i < x->plan.n; i++)
		x->names[i] = yihu_strdup(c->holders[i].key.name);
	yihu_charter_free(c);
}

/* Of the ceremony as it was verified. */
static void take_ceremony(struct folder_facts *x, const struct yihu_ceremony *c)
{
	for (uint32_t i = 0; i < x->plan.n; i++) {
		if (c->announcements[i].len == 0)
			continue;
		x->acted[HOLDER_ANNOUNCES] |= UINT32_C(1) << i;
		x->names[i] = yihu_strdup(c->holders[i].key.name);
	}
	x->acted[HOLDER_DEALS] = c->dealt;
	x->acted[HOLDER_ACCEPTS] = c->accepted;
	x->charter = c->charter != NULL;
}

/* Of the charter, which has all of it. */
static void take_charter(struct folder_facts *x)
{
	for (int task = HOLDER_ANNOUNCES; task <= HOLDER_ACCEPTS; task++)
		x->acted[task] = all(x);
	x->charter = true;
	read_names(x);
}

static void read_count(struct folder_facts *x)
{
	const struct yihu_folder *f = x->f;
	uint32_t n = x->plan.n;
	x->acted[HOLDER_SIGNS_BOX] = folder_bits(f, F_BOX_LINE, n);
	x->acted[HOLDER_SHUFFLES] = folder_shows_bits(f, "mix", n);
	x->acted[HOLDER_OPENS] = folder_shows_bits(f, "open", n);
	x->acted[HOLDER_SIGNS] = folder_bits(f, F_RESULTS_LINE, n);
	x->acted[HOLDER_RETIRES] = folder_bits(f, F_RETIRED, n);
	x->issuer_signed = folder_has(f, F_RESULTS_ISSUER);
}

static void read_wanted(struct folder_facts *x)
{
	const struct yihu_plan *p = &x->plan;
	const uint32_t wanted[HOLDER_TASKS] = {
		[HOLDER_ANNOUNCES] = p->n,
		[HOLDER_DEALS] = p->n,
		[HOLDER_ACCEPTS] = p->n,
		[HOLDER_SIGNS_BOX] = p->q,
		[HOLDER_SHUFFLES] = p->t,
		[HOLDER_OPENS] = p->t,
		[HOLDER_SIGNS] = x->too_few ? 0 : p->t,
		[HOLDER_RETIRES] = p->n,
	};
	memcpy(x->wanted, wanted, sizeof wanted);
}

uint32_t folder_facts_missing(const struct folder_facts *x, enum holder_task task)
{
	uint32_t have = (uint32_t)__builtin_popcount(x->acted[task]);
	return have < x->wanted[task] ? x->wanted[task] - have : 0;
}

uint32_t folder_facts_left(const struct folder_facts *x, enum holder_task task)
{
	return all(x) & ~x->acted[task];
}

char *folder_facts_names(const struct folder_facts *x, uint32_t bits)
{
	struct yihu_buf names = {0};
	for (uint32_t i = 0; i < x->plan.n; i++) {
		if ((bits >> i & 1) == 0)
			continue;
		yihu_buf_fmt(&names, "%s", names.len > 0 ? _(", ") : "");
		if (x->names[i])
			yihu_buf_fmt(&names, "%s", x->names[i]);
		else
			yihu_buf_fmt(&names, "%u", i + 1);
	}
	return names.data ? (char *)names.data : yihu_strdup("");
}

/* ---- the box ---- */

/* One of this computer that takes no ballot, whoever serves it: it was made again
 * and is not whole, or its database is gone. */
static void read_box(struct folder_facts *x)
{
	const struct yihu_folder *f = x->f;
	struct yihu_error err = {0};
	x->moved = yihu_box_moved_to(f->box);
	x->daemon = yihu_box_daemon(f->box);
	if (x->moved)
		return;
	if (yihu_box_check_rebuilt(f->box, &err) != 0)
		x->box_broken = yihu_strdup(err.text);
	else
		x->box_gone = !x->daemon && !folder_has(f, F_BOX_DB) &&
			      (folder_has(f, F_BOX_MARK) || folder_shows(f, "log/checkpoint"));
}

char *folder_facts_listen(const struct folder_facts *x)
{
	char *last = yihu_box_last_address(x->f->box);
	const char *url = last ? last : x->plan.url ? x->plan.url : "";
	const char *host = strstr(url, "://");
	bool here = host && (last || strncmp(url, "http://", 7) == 0);
	char *at = yihu_shell_word(here ? host + 3 : "127.0.0.1:8080");
	free(last);
	return at;
}

/* ---- the result ---- */

static void read_objections(struct folder_facts *x)
{
	const struct yihu_folder *f = x->f;
	struct yihu_buf note = {0}, text = {0};
	struct yihu_charter *c = NULL;
	struct yihu_preliminary p = {0};
	bool there = folder_read_public(f, "preliminary", YIHU_PRELIMINARY_NOTE_BYTES_MAX, &note,
					NULL) == 0 &&
		     folder_read_public(f, "charter", YIHU_CHARTER_BYTES_MAX, &text, NULL) == 0 &&
		     yihu_charter_parse(&c, text.data, text.len, NULL) == 0 &&
		     yihu_preliminary_parse(&p, note.data, note.len, c, NULL) == 0;
	x->objections_until = there ? p.until : 0;
	yihu_charter_free(c);
	yihu_buf_free(&text);
	yihu_buf_free(&note);
}

/* ---- all of it ---- */

/* ceremony: NULL where the election is beyond it. */
static void read_rest(struct folder_facts *x, const struct yihu_ceremony *ceremony)
{
	if (ceremony)
		take_ceremony(x, ceremony);
	else
		take_charter(x);
	read_count(x);
	read_box(x);
	read_objections(x);
	x->stick = !yihu_file_exists(x->f->secret);
	x->too_few =
		x->stage == YIHU_STAGE_CLOSED && yihu_log_ballots(x->f, &x->plan) < x->plan.min_box;
	x->at = x->too_few ? YIHU_STAGE_OPENED : x->stage;
	read_wanted(x);
}

int folder_facts_read(struct folder_facts *out, const struct yihu_folder *f, uint64_t now,
		      struct yihu_error *err)
{
	struct folder_facts x = {.f = f, .now = now};
	struct yihu_ceremony *ceremony = NULL;
	int r = yihu_plan_read(&x.plan, f, err);
	if (r == 0)
		r = folder_stage_read(&x.stage, &ceremony, f, &x.plan, now, err);
	if (r != 0) {
		yihu_plan_finish(&x.plan);
		return r;
	}
	read_rest(&x, ceremony);
	if (ceremony)
		yihu_ceremony_finish(ceremony);
	free(ceremony);
	*out = x;
	return 0;
}

void folder_facts_finish(struct folder_facts *x)
{
	for (uint32_t i = 0; i < x->plan.n; i++)
		free(x->names[i]);
	free(x->moved);
	free(x->daemon);
	free(x->box_broken);
	yihu_plan_finish(&x->plan);
}
