/* SPDX-License-Identifier: Apache-2.0
 *
 * What the committee should know of the numbers that it chose.
 */
#include "issue/internal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "words/words.h"

/* Browsers give a camera to https and to this machine itself, not to the LAN. */
static bool is_lan(const char *url)
{
	return strncmp(url, "http://", 7) == 0 && strncmp(url, "http://127.", 11) != 0 &&
	       strncmp(url, "http://localhost", 16) != 0 && strncmp(url, "http://[::1]", 12) != 0;
}

/* Below this a box tells much of each household: the price of a low --min-box. */
#define FEW_VOTES 10

static void advise_min_box(struct yihu_buf *notices, const struct yihu_plan *p, bool given)
{
	char *opened_from = yihu_plan_opened_from(p);
	yihu_buf_fmt(notices, "%s\n", opened_from);
	free(opened_from);
	if (p->min_box < FEW_VOTES)
		yihu_buf_fmt(notices,
			     _("few votes hide little: if only %u vote and all alike, everybody "
			       "knows what each of them chose (--min-box)\n"),
			     p->min_box);
	if (p->min_box > p->households)
		yihu_buf_str(notices,
			     _("warning: --min-box is more than there are households; the box "
			       "could never be opened\n"));
	else if (p->min_box > p->households / 2 && !given)
		yihu_buf_fmt(notices,
			     _("that is %u of the %u households, as with fewer votes it would be "
			       "too easy to guess who chose what; another number is given with "
			       "--min-box\n"),
			     p->min_box, p->households);
	else if (p->min_box > p->households / 2)
		yihu_buf_fmt(notices,
			     _("warning: that is more than half of the %u households; if too few "
			       "vote, the box stays shut, and the number cannot be changed later "
			       "(--min-box)\n"),
			     p->households);
}

/* Times are typed by this computer's clock, and printed by the election's. */
static void advise_zone(struct yihu_buf *notices, const struct yihu_plan *p)
{
	struct tm here;
	time_t opens = (time_t)p->opens;
	localtime_r(&opens, &here);
	if (here.tm_gmtoff == words_zone(LANGUAGE_DEFAULT))
		return;
	char *text = words_time(LANGUAGE_DEFAULT, p->opens);
	yihu_buf_fmt(notices,
		     _("paper and pages tell the time by the election's zone, UTC%s, not by "
		       "this computer's: there the poll opens %s\n"),
		     word(LANGUAGE_DEFAULT, W_FORM_ZONE), text);
	free(text);
}

/* What the committee should know of what it chose. */
void issue_advise(struct yihu_buf *notices, const struct yihu_plan *p, bool min_box_given)
{
	char *opens = yihu_time_local(p->opens), *closes = yihu_time_local(p->closes);
	char *who_comes = yihu_plan_who_comes(p);
	yihu_buf_fmt(notices, _("%u households; the poll opens %s and closes %s\n"), p->households,
		     opens, closes);
	advise_zone(notices, p);
	yihu_buf_fmt(notices, "%s\n", who_comes);
	if (p->q < yihu_box_quorum(p->t, p->n))
		yihu_buf_fmt(
			notices,
			yihu_ngettext(
				"warning: with %u signatures %u dishonest holder, together with "
				"clerk and daemon, could have two boxes opened; %u signatures "
				"prevent it\n",
				"warning: with %u signatures %u dishonest holders, together with "
				"clerk and daemon, could have two boxes opened; %u signatures "
				"prevent it\n",
				p->t - 1),
			p->q, p->t - 1, yihu_box_quorum(p->t, p->n));
	if (!p->url)
		yihu_buf_str(notices, _("count desk only: no network; letters hold no address\n"));
	else if (is_lan(p->url))
		yihu_buf_str(notices,
			     _("http on a private address: voting works, the camera of the "
			       "count desk does not (browsers forbid it)\n"));
	advise_min_box(notices, p, min_box_given);
	free(opens);
	free(closes);
	free(who_comes);
}
