/* SPDX-License-Identifier: Apache-2.0
 *
 * The plan's numbers in words: what a committee has to know of them.
 */
#include "folder/folder.h"

#include <yihu/text.h>

char *yihu_plan_who_comes(const struct yihu_plan *p)
{
	if (p->n == 1)
		return yihu_strdup(_("key holders: 1, who must come to sign and open the box, and "
				     "may not be missing at the count"));
	if (p->q == p->n)
		return yihu_printf(_("key holders: %u; all of them must come to sign the box, and "
				     "%u open it; nobody may be missing at the count"),
				   p->n, p->t);
	return yihu_printf(_("key holders: %u; %u must come to sign the box, and %u open it; at "
			     "most %u may be missing at the count"),
			   p->n, p->q, p->t, p->n - p->q);
}

char *yihu_plan_opened_from(const struct yihu_plan *p)
{
	return yihu_printf(_("the box is opened only if at least %u households vote"), p->min_box);
}

char *yihu_plan_opened_so_far(const struct yihu_plan *p, uint64_t ballots)
{
	return yihu_printf(_("the box is opened only if at least %u households vote; so far: %llu"),
			   p->min_box, (unsigned long long)ballots);
}
