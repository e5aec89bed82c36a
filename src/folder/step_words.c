/* SPDX-License-Identifier: Apache-2.0
 *
 * The words of steps that depend on how far they are.
 */
#include "folder/step_words.h"

#include <stdlib.h>

/* ---- the ceremony ---- */

/* text has a %s for the names of those who have not. */
static char *still(const struct folder_facts *x, enum holder_task task, const char *text)
{
	if (x->acted[task] == 0)
		return NULL;
	char *names = folder_facts_names(x, folder_facts_left(x, task));
	char *words = yihu_printf(text, names);
	free(names);
	return words;
}

char *say_announce(const struct folder_facts *x)
{
	if (x->acted[HOLDER_ANNOUNCES] == 0)
		return NULL;
	char *left = folder_facts_names(x, folder_facts_left(x, HOLDER_ANNOUNCES));
	char *done = folder_facts_names(x, x->acted[HOLDER_ANNOUNCES]);
	char *words =
		yihu_printf(_("these key holders still announce: %s (announced: %s)"), left, done);
	free(left);
	free(done);
	return words;
}

char *say_deal(const struct folder_facts *x)
{
	return still(x, HOLDER_DEALS, _("these key holders still deal: %s"));
}

char *say_accept(const struct folder_facts *x)
{
	return still(x, HOLDER_ACCEPTS, _("these key holders still accept: %s"));
}

/* ---- the poll ---- */

char *say_deliver(const struct folder_facts *x)
{
	if (x->moved)
		return yihu_printf(_("deliver the letters and put up the poster; the box is at its "
				     "server, %s"),
				   x->moved);
	if (x->daemon)
		return yihu_printf(_("deliver the letters and put up the poster; the daemon is "
				     "running at %s"),
				   x->daemon);
	return NULL;
}

char *say_broken(const struct folder_facts *x)
{
	return x->box_broken ? yihu_strdup(x->box_broken) : NULL;
}

char *say_gone(const struct folder_facts *x)
{
	return yihu_printf(_("%s/box/box.db is gone: nobody can vote, and nothing can be counted. "
			     "Bring it back from the computer or stick where the box is, or make "
			     "it again from what is left"),
			   x->f->word);
}

char *say_daemon(const struct folder_facts *x)
{
	return x->stage == YIHU_STAGE_OPEN
		       ? yihu_strdup(_("the daemon must run, and does not; start it"))
		       : NULL;
}

char *say_vote(const struct folder_facts *x)
{
	if (x->moved)
		return yihu_printf(_("households vote; the box is at its server, %s"), x->moved);
	if (x->daemon)
		return yihu_printf(_("households vote; the daemon is running at %s"), x->daemon);
	return NULL;
}

/* ---- the count ---- */

char *say_box(const struct folder_facts *x)
{
	uint32_t missing = folder_facts_missing(x, HOLDER_SIGNS_BOX);
	if (x->acted[HOLDER_SIGNS_BOX] == 0)
		return yihu_printf(_("%u of the %u key holders must come to sign the box"),
				   x->plan.q, x->plan.n);
	char *names = folder_facts_names(x, folder_facts_left(x, HOLDER_SIGNS_BOX));
	char *words = yihu_printf(yihu_ngettext("%u more key holder signs the box (not yet: %s)",
						"%u more key holders sign the box (not yet: %s)",
						missing),
				  missing, names);
	free(names);
	return words;
}

char *say_shuffle(const struct folder_facts *x)
{
	uint32_t done = (uint32_t)__builtin_popcount(x->acted[HOLDER_SHUFFLES]);
	return done == 0 ? NULL
			 : yihu_printf(_("%u of %u shuffles are done; another key holder shuffles"),
				       done, x->plan.t);
}

char *say_open(const struct folder_facts *x)
{
	uint32_t missing = folder_facts_missing(x, HOLDER_OPENS);
	if (x->acted[HOLDER_OPENS] == 0)
		return NULL;
	char *names = folder_facts_names(x, folder_facts_left(x, HOLDER_OPENS));
	char *words = yihu_printf(yihu_ngettext("%u more key holder opens (not yet: %s)",
						"%u more key holders open (not yet: %s)", missing),
				  missing, names);
	free(names);
	return words;
}

char *say_sign(const struct folder_facts *x)
{
	uint32_t missing = folder_facts_missing(x, HOLDER_SIGNS);
	if (x->acted[HOLDER_SIGNS] == 0)
		return NULL;
	char *names = folder_facts_names(x, folder_facts_left(x, HOLDER_SIGNS));
	char *words = yihu_printf(
		yihu_ngettext("%u more key holder signs the results (not yet: %s)",
			      "%u more key holders sign the results (not yet: %s)", missing),
		missing, names);
	free(names);
	return words;
}

char *say_sign_clerk(const struct folder_facts *x)
{
	return x->too_few ? yihu_strdup(_("too few ballots were cast to open the box; the clerk "
					  "signs that result"))
			  : NULL;
}

/* ---- the end ---- */

char *say_poster_of_results(const struct folder_facts *x)
{
	return yihu_printf(_("put up the result, %s/paper/results-a3.pdf"), x->f->word);
}

char *say_poster_of_end(const struct folder_facts *x)
{
	return yihu_printf(_("put up %s/paper/cancelled-a3.pdf beside the old poster, and keep the "
			     "public folder"),
			   x->f->word);
}

char *say_retire(const struct folder_facts *x)
{
	if (x->acted[HOLDER_RETIRES] == 0)
		return NULL;
	char *left = folder_facts_names(x, folder_facts_left(x, HOLDER_RETIRES));
	char *done = folder_facts_names(x, x->acted[HOLDER_RETIRES]);
	char *words = yihu_printf(_("these key holders still erase their shares: %s (erased: %s)"),
				  left, done);
	free(left);
	free(done);
	return words;
}

char *say_final(const struct folder_facts *x)
{
	if (x->now >= x->objections_until)
		return NULL;
	char *when = yihu_time_local(x->objections_until);
	char *words = yihu_printf(_("objections are taken until %s; then say that the result is "
				    "final"),
				  when);
	free(when);
	return words;
}

char *say_files_left(const struct folder_facts *x)
{
	char *left = yihu_files_left(x->f);
	char *words = left ? yihu_printf(_("files of these keys still hold a share: %s; erase "
					   "them, or destroy them"),
					 left)
			   : NULL;
	free(left);
	return words;
}
