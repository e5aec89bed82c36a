/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose turn is it? What the folder alone says of an act, whoever's key it is:
 * asked before anybody types a passphrase, and again by the act.
 */
#include "holder/internal.h"

/* ---- the ceremony ---- */

static int fail_announcements(const struct yihu_ceremony *c, struct yihu_error *err)
{
	uint32_t i = 1;
	while (i < c->plan.n && c->announcements[i - 1].len > 0)
		i++;
	return yihu_fail(err, YIHU_ESTATE,
			 _("ceremony/announce-%u is not there yet: holder %u announces first"), i,
			 i);
}

static int fail_deals(const struct yihu_ceremony *c, struct yihu_error *err)
{
	for (uint32_t i = 1; i <= c->plan.n; i++)
		if ((c->dealt >> (i - 1) & 1) == 0)
			return yihu_fail(err, YIHU_ESTATE,
					 _("ceremony/deal-%u is not there yet: %s deals first"), i,
					 c->holders[i - 1].key.name);
	return yihu_fail(err, YIHU_ESTATE,
			 _("ceremony/charter is not there yet: the clerk makes it with "
			   "yihu-issue charter"));
}

int holder_check_dealing(const struct yihu_ceremony *c, struct yihu_error *err)
{
	return yihu_stage_lets(yihu_ceremony_stage(c), YIHU_STAGE_DEALT)
		       ? 0
		       : fail_announcements(c, err);
}

int holder_check_accepting(const struct yihu_ceremony *c, struct yihu_error *err)
{
	int r = holder_check_dealing(c, err);
	if (r != 0 || yihu_stage_lets(yihu_ceremony_stage(c), YIHU_STAGE_CHARTERED))
		return r;
	return fail_deals(c, err);
}

/* ---- the count ---- */

/* The clock says nothing of a log that is closed, and so nothing of these acts. */
static bool lets(const struct yihu_audit *a, enum yihu_stage goal)
{
	return yihu_stage_lets(yihu_view_stage(a, 0), goal);
}

static int check_boxing(const struct yihu_audit *a, struct yihu_error *err)
{
	if (!lets(a, YIHU_STAGE_BOXED))
		return yihu_fail(err, YIHU_ESTATE,
				 _("the box is not closed yet: the clerk runs yihu-tally close"));
	if (a->not_opened)
		return yihu_fail(err, YIHU_EMINBOX,
				 _("only %llu ballots were cast and the charter asks for %u: the "
				   "box stays closed, the result is “not opened”"),
				 (unsigned long long)yihu_ledger_counts(a->ledger).ballots,
				 a->election->charter->min_box);
	return 0;
}

static int check_shuffling(const struct yihu_audit *a, struct yihu_error *err)
{
	int r = check_boxing(a, err);
	if (r == 0 && a->openings > 0)
		r = yihu_fail(
			err, YIHU_ESTATE,
			_("the box is being opened; nobody shuffles after the first opening"));
	if (r == 0 && !lets(a, YIHU_STAGE_MIXED))
		r = yihu_fail(err, YIHU_ESTATE,
			      _("the box is not signed yet: key holders run yihu-trustee box"));
	return r;
}

static int check_opening(const struct yihu_audit *a, struct yihu_error *err)
{
	if (lets(a, YIHU_STAGE_OPENED))
		return 0;
	return yihu_fail(err, YIHU_ESTATE,
			 _("%u of at least %u shuffles are done; open after them"), a->mixes,
			 a->election->charter->t);
}

static int check_signing(const struct yihu_audit *a, struct yihu_error *err)
{
	if (a->not_opened)
		return yihu_fail(
			err, YIHU_ESTATE,
			_("the box was not opened: the clerk alone signs (yihu-issue sign)"));
	if (!yihu_audit_has_result(a))
		return yihu_fail(err, YIHU_ESTATE, _("the box is not open yet: nothing to sign"));
	return 0;
}

static int check_retiring(const struct yihu_audit *a, struct yihu_error *err)
{
	if (lets(a, YIHU_STAGE_RETIRED) || a->called_off)
		return 0;
	return yihu_fail(err, YIHU_ESTATE,
			 _("the results are not complete yet; a share that is erased now could "
			   "leave the box closed for ever"));
}

int holder_check_turn(enum holder_act act, const struct yihu_view *v, struct yihu_error *err)
{
	static int (*const checks[])(const struct yihu_audit *, struct yihu_error *) = {
		[HOLDER_BOX] = check_boxing,      [HOLDER_SHUFFLE] = check_shuffling,
		[HOLDER_OPEN] = check_opening,    [HOLDER_SIGN] = check_signing,
		[HOLDER_RETIRE] = check_retiring,
	};
	int r = act == HOLDER_RETIRE ? 0 : yihu_view_check_on(v, err);
	return r == 0 ? checks[act](v->audit, err) : r;
}
