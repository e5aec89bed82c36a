/* SPDX-License-Identifier: Apache-2.0
 *
 * What comes next in an election, who does it, and with which command. Every
 * path is printed as a word of a shell (f->word), so that it can be pasted.
 */
#include "folder/next.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/box.h>
#include <yihu/file.h>

#include "folder/lost_box.h"

/* The next step at each stage: who takes it, and how (%s is the folder). */
static const char *const steps[YIHU_N_STAGES] = {
	[YIHU_STAGE_DRAFTED] =
		N_("each key holder announces: yihu-trustee announce %s --index I --name "
		   "NAME --key FILE (or all at one table: yihu-trustee ceremony %s --key "
		   "FILE --name NAME …; by sticks: yihu-issue hand-out %s STICK)"),
	[YIHU_STAGE_ANNOUNCED] =
		N_("the clerk makes the charter: yihu-issue charter %s; each key holder "
		   "deals: yihu-trustee deal %s --key FILE"),
	[YIHU_STAGE_DEALT] = N_("each key holder accepts: yihu-trustee accept %s --key FILE"),
	[YIHU_STAGE_CHARTERED] = N_("the clerk makes the letters: yihu-issue letters %s"),
	[YIHU_STAGE_ISSUED] =
		N_("deliver the letters, put up the poster, start the daemon: yihu-countd "
		   "%s/box --listen %s"),
	[YIHU_STAGE_OPEN] = N_("households vote, and the daemon must run, which it "
			       "does not: yihu-countd %s/box --listen %s"),
	[YIHU_STAGE_ENDED] = N_("the clerk closes the box: yihu-tally close %s"),
	[YIHU_STAGE_CLOSED] = N_("key holders sign the box: yihu-trustee box %s --key FILE "
				 "(or all at one table: yihu-trustee count %s --key FILE …)"),
	[YIHU_STAGE_BOXED] =
		N_("key holders shuffle, one after the other: yihu-trustee shuffle %s --key "
		   "FILE"),
	[YIHU_STAGE_MIXED] = N_("key holders open: yihu-trustee open %s --key FILE"),
	[YIHU_STAGE_OPENED] =
		N_("sign the results: yihu-trustee sign %s --key FILE, yihu-issue sign %s; "
		   "then yihu-tally publish %s"),
	[YIHU_STAGE_PUBLISHED] = N_("put up the result, %s/paper/results-a3.pdf; key holders erase "
				    "their shares: yihu-trustee retire %s --key FILE"),
	[YIHU_STAGE_RETIRED] = N_("nothing is left to do in %s; keep the public folder"),
	[YIHU_STAGE_CANCELLED] =
		N_("put up %s/paper/cancelled-a3.pdf beside the old poster, and keep the public "
		   "folder; begin anew with the same lists: yihu-issue init NEW --again %s"),
};
static const char too_few_next[] =
	N_("too few ballots were cast to open the box; the clerk signs that result: "
	   "yihu-issue sign %s, then yihu-tally publish %s");

/* Files that end in a holder's number, as bits: `wanted` of the holders are
 * needed. */
struct signing {
	uint32_t bits, missing;
	bool issuer;
	char *names; /* of who has not signed yet */
	char *done;  /* of who has */
};

static void signing_read(struct signing *out, const struct yihu_folder *f, uint32_t bits,
			 uint32_t wanted)
{
	struct yihu_charter *c = folder_read_draft(f);
	uint32_t signed_by = (uint32_t)__builtin_popcount(bits);
	out->bits = bits;
	out->missing = signed_by < wanted ? wanted - signed_by : 0;
	out->issuer = folder_has(f, F_RESULTS_ISSUER);
	out->names = c ? yihu_missing_holders(c, bits) : yihu_strdup("?");
	out->done = c ? yihu_missing_holders(c, ~bits) : yihu_strdup("?");
	yihu_charter_free(c);
}

static void signing_finish(struct signing *s)
{
	free(s->names);
	free(s->done);
}

/* NULL: nobody is missing. */
static char *next_at_box(const struct yihu_folder *f, const struct yihu_plan *p)
{
	struct signing s;
	char *next = NULL;
	signing_read(&s, f, folder_bits(f, F_BOX_LINE, p->n), p->q);
	if (s.bits == 0)
		next = yihu_printf(_("%u of the %u key holders must come to sign the box: "
				     "yihu-trustee box %s --key FILE (or all at one table: "
				     "yihu-trustee count %s --key FILE …)"),
				   p->q, p->n, f->word, f->word);
	else if (s.missing > 0)
		next = yihu_printf(yihu_ngettext("%u more key holder signs the box (not yet: %s): "
						 "yihu-trustee box %s --key FILE",
						 "%u more key holders sign the box (not yet: %s): "
						 "yihu-trustee box %s --key FILE",
						 s.missing),
				   s.missing, s.names, f->word);
	signing_finish(&s);
	return next;
}

/* NULL: nobody has signed yet. */
static char *next_at_results(const struct yihu_folder *f, const struct yihu_plan *p,
			     uint32_t wanted)
{
	struct signing s;
	char *next = NULL;
	const char *dir = f->word;
	signing_read(&s, f, folder_bits(f, F_RESULTS_LINE, p->n), wanted);
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
	signing_finish(&s);
	return next;
}

/* Names of the holders whose bits are set; caller frees. */
static char *names_of(const struct yihu_ceremony *c, uint32_t bits)
{
	struct yihu_buf names = {0};
	for (uint32_t i = 0; i < c->plan.n; i++)
		if ((bits >> i & 1) != 0)
			yihu_buf_fmt(&names, "%s%s", names.len > 0 ? _(", ") : "",
				     c->holders[i].key.name);
	return names.data ? (char *)names.data : yihu_strdup("");
}

/* NULL: nobody has announced yet. */
static char *next_at_announce(const struct yihu_folder *f, const struct yihu_ceremony *c)
{
	struct yihu_buf numbers = {0};
	uint32_t done = 0;
	if (c->n_announced == 0)
		return NULL;
	for (uint32_t i = 1; i <= c->plan.n; i++)
		if (c->announcements[i - 1].len > 0)
			done |= UINT32_C(1) << (i - 1);
		else
			yihu_buf_fmt(&numbers, "%s%u", numbers.len > 0 ? _(", ") : "", i);
	char *names = names_of(c, done);
	char *next = yihu_printf(_("these key holders still announce: %s (announced: %s): "
				   "yihu-trustee announce %s --index I --name NAME --key FILE"),
				 (const char *)numbers.data, names, f->word);
	free(names);
	yihu_buf_free(&numbers);
	return next;
}

/* Deals and charter may come in either order. NULL: neither is there. */
static char *next_at_deal(const struct yihu_folder *f, const struct yihu_ceremony *c)
{
	uint32_t left = ~c->dealt & ((UINT32_C(1) << c->plan.n) - 1);
	bool made = c->charter != NULL;
	if (left == 0)
		return yihu_printf(_("the clerk makes the charter: yihu-issue charter %s"),
				   f->word);
	if (c->dealt == 0 && !made)
		return NULL;
	char *names = names_of(c, left), *next;
	if (made)
		next = yihu_printf(_("these key holders still deal: %s: yihu-trustee deal %s --key "
				     "FILE"),
				   names, f->word);
	else
		next = yihu_printf(_("these key holders still deal: %s: yihu-trustee deal %s --key "
				     "FILE; the clerk makes the charter: yihu-issue charter %s"),
				   names, f->word, f->word);
	free(names);
	return next;
}

static char *next_before_charter(const struct yihu_folder *f, enum yihu_stage s)
{
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	char *next = NULL;
	if (yihu_ceremony_read(c, f, NULL) == 0) {
		next = s == YIHU_STAGE_DRAFTED ? next_at_announce(f, c) : next_at_deal(f, c);
		yihu_ceremony_finish(c);
	}
	free(c);
	return next;
}

/* NULL: nobody has shuffled yet. */
static char *next_at_shuffle(const struct yihu_folder *f, const struct yihu_plan *p)
{
	uint32_t done = (uint32_t)__builtin_popcount(folder_shows_bits(f, "mix", p->n));
	return done == 0 ? NULL
			 : yihu_printf(_("%u of %u shuffles are done; another key holder shuffles: "
					 "yihu-trustee shuffle %s --key FILE"),
				       done, p->t, f->word);
}

/* NULL: nobody has opened yet. */
static char *next_at_open(const struct yihu_folder *f, const struct yihu_plan *p)
{
	struct signing s;
	char *next = NULL;
	signing_read(&s, f, folder_shows_bits(f, "open", p->n), p->t);
	if (s.bits != 0)
		next = yihu_printf(yihu_ngettext("%u more key holder opens (not yet: %s): "
						 "yihu-trustee open %s --key FILE",
						 "%u more key holders open (not yet: %s): "
						 "yihu-trustee open %s --key FILE",
						 s.missing),
				   s.missing, s.names, f->word);
	signing_finish(&s);
	return next;
}

/* NULL: nobody has accepted yet. */
static char *next_at_charter(const struct yihu_folder *f, const struct yihu_plan *p)
{
	struct signing s;
	char *next = NULL;
	signing_read(&s, f, folder_bits(f, F_CHARTER_LINE, p->n), p->n);
	if (s.bits != 0)
		next = yihu_printf(_("these key holders still accept: %s: yihu-trustee accept %s "
				     "--key FILE"),
				   s.names, f->word);
	signing_finish(&s);
	return next;
}

bool yihu_retired_holders(const struct yihu_folder *f, const struct yihu_plan *p, char **done,
			  char **left)
{
	struct signing s;
	signing_read(&s, f, folder_bits(f, F_RETIRED, p->n), p->n);
	if (s.bits == 0) {
		signing_finish(&s);
		return false;
	}
	*done = s.done;
	*left = s.names;
	return true;
}

/* NULL: nobody has retired yet. */
static char *next_at_retire(const struct yihu_folder *f, const struct yihu_plan *p)
{
	char *done, *left;
	if (!yihu_retired_holders(f, p, &done, &left))
		return NULL;
	char *next = yihu_printf(_("put up the result, %s/paper/results-a3.pdf; these key holders "
				   "still erase their shares: %s (erased: %s): yihu-trustee retire "
				   "%s --key FILE"),
				 f->word, left, done, f->word);
	free(done);
	free(left);
	return next;
}

/* NULL: every file of every key is erased, as their holders say. */
static char *next_at_files_left(const struct yihu_folder *f)
{
	char *next = NULL, *left = yihu_files_left(f);
	if (left)
		next = yihu_printf(_("files of these keys still hold a share: %s; erase them, or "
				     "destroy them: yihu-trustee retire %s --key FILE"),
				   left, f->word);
	free(left);
	return next;
}

/* Where a daemon listens that is started here: where the last one did, where
 * the letters send households when that is this machine's network, or the
 * address that yihu-countd takes by itself. Caller frees. */
static char *listen_at(const struct yihu_folder *f, const struct yihu_plan *p)
{
	char *last = yihu_box_last_address(f->box);
	const char *url = last ? last : p->url ? p->url : "";
	const char *host = strstr(url, "://");
	bool here = host && (last || strncmp(url, "http://", 7) == 0);
	char *at = yihu_shell_word(here ? host + 3 : "127.0.0.1:8080");
	free(last);
	return at;
}

/* The daemon: elsewhere, running, or to be started. */
static char *next_at_poll(const struct yihu_folder *f, const struct yihu_plan *p, enum yihu_stage s)
{
	char *moved = yihu_box_moved_to(f->box), *daemon = yihu_box_daemon(f->box), *next;
	char *at = listen_at(f, p);
	bool issued = s == YIHU_STAGE_ISSUED;
	if (moved)
		next = yihu_printf(issued ? _("deliver the letters and put up the poster; the box "
					      "is at its server, %s")
					  : _("households vote; the box is at its server, %s"),
				   moved);
	else if (daemon)
		next = yihu_printf(issued ? _("deliver the letters and put up the poster; the "
					      "daemon is running at %s")
					  : _("households vote; the daemon is running at %s"),
				   daemon);
	else
		next = yihu_printf(yihu_gettext(steps[s]), f->word, at);
	free(at);
	free(daemon);
	free(moved);
	return next;
}

char *folder_next(const struct yihu_folder *f, const struct yihu_plan *p, enum yihu_stage s)
{
	bool too_few = s == YIHU_STAGE_CLOSED && yihu_log_ballots(f, p) < p->min_box;
	char *next = NULL;
	if (!yihu_file_exists(f->secret)) /* the clerk's; this is a key holder's stick */
		return yihu_printf(_("this stick goes back to the clerk, who takes what is new on "
				     "it: yihu-issue collect DIR %s"),
				   f->word);
	if (too_few)
		next = next_at_results(f, p, 0);
	else if (s == YIHU_STAGE_DRAFTED || s == YIHU_STAGE_ANNOUNCED)
		next = next_before_charter(f, s);
	else if (s == YIHU_STAGE_DEALT)
		next = next_at_charter(f, p);
	else if (s == YIHU_STAGE_CLOSED)
		next = next_at_box(f, p);
	else if (s == YIHU_STAGE_BOXED)
		next = next_at_shuffle(f, p);
	else if (s == YIHU_STAGE_MIXED)
		next = next_at_open(f, p);
	else if (s == YIHU_STAGE_OPENED)
		next = next_at_results(f, p, p->t);
	else if (s == YIHU_STAGE_ISSUED || s == YIHU_STAGE_OPEN || s == YIHU_STAGE_ENDED)
		next = folder_next_at_lost_box(f);
	else if (s == YIHU_STAGE_PUBLISHED)
		next = next_at_retire(f, p);
	else if (s == YIHU_STAGE_RETIRED)
		next = next_at_files_left(f);
	if (!next && (s == YIHU_STAGE_ISSUED || s == YIHU_STAGE_OPEN))
		next = next_at_poll(f, p, s);
	if (!next)
		next = yihu_printf(yihu_gettext(too_few ? too_few_next : steps[s]), f->word,
				   f->word, f->word);
	return next;
}
