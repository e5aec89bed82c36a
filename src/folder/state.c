/* SPDX-License-Identifier: Apache-2.0
 *
 * How far the election is, by its files, and what comes next. Quick and for
 * people: whoever acts runs the audit first.
 */
#include "folder/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

/* A state, and its next step: who takes it, and how (%s is the folder). */
struct state_row {
	const char *name;
	const char *next;
};
static const struct state_row states[YIHU_N_STATES] = {
	[YIHU_DRAFTED] = {N_("drafted"),
			  N_("each key holder announces: yihu-trustee announce %s --index I --name "
			     "NAME --key FILE (or all at one table: yihu-trustee ceremony %s)")},
	[YIHU_ANNOUNCED] =
		{N_("announced"),
		 N_("the clerk makes the charter: yihu-issue charter %s; each key holder "
		    "deals: yihu-trustee deal %s --key FILE")},
	[YIHU_DEALT] = {N_("dealt"),
			N_("each key holder accepts: yihu-trustee accept %s --key FILE")},
	[YIHU_CHARTERED] = {N_("chartered"),
			    N_("the clerk makes the letters: yihu-issue letters %s")},
	[YIHU_ISSUED] = {N_("issued"),
			 N_("deliver the letters, put up the poster, start the daemon: yihu-countd "
			    "%s/box --listen 127.0.0.1:8080")},
	[YIHU_OPENED_POLL] = {N_("open"), N_("households vote; the daemon runs: yihu-countd %s/box "
					     "--listen 127.0.0.1:8080")},
	[YIHU_ENDED] = {N_("ended"), N_("the clerk closes the box: yihu-tally close %s")},
	[YIHU_CLOSED] = {N_("closed"),
			 N_("key holders sign the box: yihu-trustee box %s --key FILE "
			    "(or all at one table: yihu-trustee count %s)")},
	[YIHU_BOXED] =
		{N_("boxed"),
		 N_("key holders shuffle, one after the other: yihu-trustee shuffle %s --key "
		    "FILE")},
	[YIHU_MIXED] = {N_("mixed"), N_("key holders open: yihu-trustee open %s --key FILE")},
	[YIHU_OPENED] =
		{N_("opened"),
		 N_("sign the results: yihu-trustee sign %s --key FILE, yihu-issue sign %s; "
		    "then yihu-tally publish %s")},
	[YIHU_PUBLISHED] = {N_("published"),
			    N_("put up the result, %s/paper/results-a3.pdf; key holders erase "
			       "their shares: yihu-trustee retire %s --key FILE")},
	[YIHU_RETIRED] = {N_("retired"), N_("nothing is left to do in %s; keep the public folder")},
};

const char *yihu_state_name(enum yihu_state s)
{
	return yihu_gettext(states[s].name);
}

/* One step on, and closed → published when there are too few ballots to open. */
bool yihu_state_may(enum yihu_state from, enum yihu_state to)
{
	return to == from + 1 || (from == YIHU_CLOSED && to == YIHU_PUBLISHED);
}

static bool there(const struct yihu_folder *f, const char *name)
{
	char *path = yihu_path(f->root, name);
	bool yes = yihu_file_exists(path);
	free(path);
	return yes;
}

static uint32_t count_files(const struct yihu_folder *f, const char *format, uint32_t n)
{
	uint32_t found = 0;
	for (uint32_t i = 1; i <= n; i++) {
		char name[64];
		snprintf(name, sizeof name, format, i);
		found += there(f, name) ? 1 : 0;
	}
	return found;
}

static enum yihu_state count_state(const struct yihu_folder *f, const struct yihu_plan *p)
{
	if (there(f, "box/public/results"))
		return count_files(f, "ceremony/retired-%u", p->n) == p->n ? YIHU_RETIRED
									   : YIHU_PUBLISHED;
	if (!there(f, "box/public/box"))
		return YIHU_CLOSED;
	if (count_files(f, "box/public/open/%u", p->n) >= p->t)
		return YIHU_OPENED;
	return count_files(f, "box/public/mix/%u", p->n) >= p->t ? YIHU_MIXED : YIHU_BOXED;
}

static enum yihu_state poll_state(const struct yihu_folder *f, const struct yihu_plan *p,
				  uint64_t now)
{
	if (yihu_log_is_closed(f, p))
		return count_state(f, p);
	if (now >= p->closes)
		return YIHU_ENDED;
	return now >= p->opens ? YIHU_OPENED_POLL : YIHU_ISSUED;
}

static int ceremony_state(enum yihu_state *out, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_ceremony c = {0};
	int r = yihu_ceremony_read(&c, f, err);
	if (r != 0)
		return r;
	uint32_t all = (UINT32_C(1) << c.plan.n) - 1;
	if (c.n_announced < c.plan.n)
		*out = YIHU_DRAFTED;
	else if (c.dealt != all || c.charter == NULL)
		*out = YIHU_ANNOUNCED;
	else
		*out = c.accepted == all ? YIHU_CHARTERED : YIHU_DEALT;
	yihu_ceremony_finish(&c);
	return 0;
}

/* The signatures that lie in ceremony/: `wanted` of the holders are needed. */
struct signing {
	uint32_t bits, missing;
	bool issuer;
	char *names; /* of who has not signed yet */
};

static void signing_read(struct signing *out, const struct yihu_folder *f,
			 const struct yihu_plan *p, const char *what, uint32_t wanted)
{
	struct yihu_charter *c = NULL;
	struct yihu_buf draft = {0};
	uint32_t signed_by = 0;
	char *path = yihu_path(f->ceremony, "charter");
	*out = (struct signing){0};
	for (uint32_t j = 1; j <= p->n; j++) {
		char name[64];
		snprintf(name, sizeof name, "ceremony/%s-%u", what, j);
		if (there(f, name)) {
			out->bits |= UINT32_C(1) << (j - 1);
			signed_by++;
		}
	}
	out->missing = signed_by < wanted ? wanted - signed_by : 0;
	out->issuer = there(f, "ceremony/results-issuer");
	if (yihu_file_read(path, YIHU_CHARTER_BYTES_MAX, &draft, NULL) == 0 &&
	    yihu_charter_parse_draft(&c, draft.data, draft.len, NULL) == 0)
		out->names = yihu_missing_holders(c, out->bits);
	else
		out->names = yihu_strdup("?");
	yihu_charter_free(c);
	yihu_buf_free(&draft);
	free(path);
}

/* NULL: nobody has signed yet, or nobody is missing. */
static char *next_at_box(const struct yihu_folder *f, const struct yihu_plan *p)
{
	struct signing s;
	char *next = NULL;
	signing_read(&s, f, p, "box", p->q);
	if (s.bits != 0 && s.missing > 0)
		next = yihu_printf(yihu_ngettext("%u more key holder signs the box (not yet: %s): "
						 "yihu-trustee box %s --key FILE",
						 "%u more key holders sign the box (not yet: %s): "
						 "yihu-trustee box %s --key FILE",
						 s.missing),
				   s.missing, s.names, f->root);
	free(s.names);
	return next;
}

/* NULL: nobody has signed yet. */
static char *next_at_results(const struct yihu_folder *f, const struct yihu_plan *p,
			     uint32_t wanted)
{
	struct signing s;
	char *next = NULL;
	const char *dir = f->root;
	signing_read(&s, f, p, "results", wanted);
	if (s.issuer && s.missing == 0)
		next = yihu_printf(_("the results are signed; publish them: yihu-tally publish %s"),
				   dir);
	else if (s.issuer)
		next = yihu_printf(
			yihu_ngettext("%u more key holder signs the results (not yet: %s): "
				      "yihu-trustee sign %s --key FILE; then yihu-tally publish %s",
				      "%u more key holders sign the results (not yet: %s): "
				      "yihu-trustee sign %s --key FILE; then yihu-tally publish %s",
				      s.missing),
			s.missing, s.names, dir, dir);
	else if (s.bits != 0 && s.missing == 0)
		next = yihu_printf(_("the clerk signs the results: yihu-issue sign %s; then "
				     "yihu-tally publish %s"),
				   dir, dir);
	else if (s.bits != 0)
		next = yihu_printf(
			yihu_ngettext("%u more key holder signs the results (not yet: %s): "
				      "yihu-trustee sign %s --key FILE; the clerk signs them, too: "
				      "yihu-issue sign %s; then yihu-tally publish %s",
				      "%u more key holders sign the results (not yet: %s): "
				      "yihu-trustee sign %s --key FILE; the clerk signs them, too: "
				      "yihu-issue sign %s; then yihu-tally publish %s",
				      s.missing),
			s.missing, s.names, dir, dir, dir);
	free(s.names);
	return next;
}

/* Deals and charter may come in either order. */
static const char *next_at_deal(const struct yihu_folder *f, const struct yihu_plan *p)
{
	if (count_files(f, "ceremony/deal-%u", p->n) == p->n)
		return N_("the clerk makes the charter: yihu-issue charter %s");
	if (there(f, "ceremony/charter"))
		return N_("each key holder who has not dealt yet deals: yihu-trustee deal %s --key "
			  "FILE");
	return states[YIHU_ANNOUNCED].next;
}

/* NULL: nobody has accepted yet. */
static char *next_at_charter(const struct yihu_folder *f, const struct yihu_plan *p)
{
	struct signing s;
	char *next = NULL;
	signing_read(&s, f, p, "charter", p->n);
	if (s.bits != 0)
		next = yihu_printf(_("these key holders still accept: %s: yihu-trustee accept %s "
				     "--key FILE"),
				   s.names, f->root);
	free(s.names);
	return next;
}

/* Steps that the state alone does not tell. */
static const char *next_by_place(const struct yihu_folder *f, enum yihu_state s, bool too_few)
{
	bool remote = there(f, "box/url");
	if (too_few)
		return N_("too few ballots were cast to open the box; the clerk signs that result: "
			  "yihu-issue sign %s, then yihu-tally publish %s");
	if (s == YIHU_ISSUED && remote)
		return N_("deliver the letters and put up the poster; the box is at its server");
	if (s == YIHU_OPENED_POLL && remote)
		return N_("households vote; the box is at its server");
	return states[s].next;
}

static char *next_of(const struct yihu_folder *f, const struct yihu_plan *p, enum yihu_state s)
{
	bool too_few = s == YIHU_CLOSED && !yihu_log_has_ballots(f, p, p->min_box);
	char *next = NULL;
	if (too_few)
		next = next_at_results(f, p, 0);
	else if (s == YIHU_ANNOUNCED)
		next = yihu_printf(yihu_gettext(next_at_deal(f, p)), f->root, f->root);
	else if (s == YIHU_DEALT)
		next = next_at_charter(f, p);
	else if (s == YIHU_CLOSED)
		next = next_at_box(f, p);
	else if (s == YIHU_OPENED)
		next = next_at_results(f, p, p->t);
	if (next == NULL)
		next = yihu_printf(yihu_gettext(next_by_place(f, s, too_few)), f->root, f->root,
				   f->root);
	return next;
}

int yihu_status_read(struct yihu_status *out, const struct yihu_folder *f, uint64_t now,
		     struct yihu_error *err)
{
	struct yihu_plan plan = {0};
	enum yihu_state state = YIHU_DRAFTED;
	int r = yihu_plan_read(&plan, f, err);
	if (r != 0)
		return r;
	if (there(f, "box/public/register"))
		state = poll_state(f, &plan, now);
	else
		r = ceremony_state(&state, f, err);
	if (r == 0)
		*out = (struct yihu_status){.state = state, .next = next_of(f, &plan, state)};
	yihu_plan_finish(&plan);
	return r;
}

void yihu_status_finish(struct yihu_status *s)
{
	free(s->next);
	s->next = NULL;
}
