/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-trustee box, shuffle, open, sign, retire, count.
 */
#include "trustee.h"

#include <string.h>

/* The public folder, audited under the id that the first key accepted. */
static int look(struct trustee *t, struct yihu_view *v)
{
	*v = (struct yihu_view){.folder = &t->folder, .progress = cli_progress()};
	if (!t->keys[0]->has_charter)
		return yihu_fail(&t->err, YIHU_ESTATE, _("this key has accepted no charter yet"));
	memcpy(v->eid, t->keys[0]->eid, YIHU_EID_BYTES);
	int r = yihu_reach_open_public(&v->reach, &t->folder, opt.url, &t->err);
	return r == 0 ? yihu_view_look(v, &t->err) : r;
}

typedef int act(struct trustee *, struct yihu_view *);

static int run_with_view(int argc, char **argv, const struct cli_command *c,
			 int (*open_keys)(struct trustee *), act *do_it)
{
	struct trustee t;
	struct yihu_view v = {0};
	int r = trustee_begin(&t, c, argc, argv);
	if (r >= 0)
		return r;
	r = open_keys(&t);
	if (r == 0)
		r = look(&t, &v);
	if (r == 0)
		r = do_it(&t, &v);
	yihu_view_finish(&v);
	return trustee_end(&t, r);
}

static const struct cli_option one_key[] = {OPT_KEY, OPT_URL, OPT_PASSPHRASE_FD};
static const struct cli_option all_keys[] = {OPT_KEYS, OPT_URL, OPT_PASSPHRASE_FD};

static int do_box(struct trustee *t, struct yihu_view *v)
{
	bool placed = false;
	int r = holder_box(t->keys[0], v, &t->err);
	if (r == 0)
		r = holder_place_box(v, &placed, &t->err);
	if (r == 0 && !placed)
		cli_say(_("Signed. It counts once holders have signed it: %u at least."),
			v->audit->election->charter->q);
	return r;
}

static int do_shuffle(struct trustee *t, struct yihu_view *v)
{
	return holder_shuffle(t->keys[0], v, &t->err);
}

static int do_open(struct trustee *t, struct yihu_view *v)
{
	return holder_open(t->keys[0], v, &t->err);
}

static int do_sign(struct trustee *t, struct yihu_view *v)
{
	return holder_sign(t->keys[0], v, &t->err);
}

static int do_retire(struct trustee *t, struct yihu_view *v)
{
	return holder_retire(t->keys[0], v, &t->err);
}

static int do_count(struct trustee *t, struct yihu_view *v)
{
	return holder_table_count(t->keys, t->n_keys, v, &t->err);
}

int run_box(int argc, char **argv)
{
	static const struct cli_command c =
		COMMAND("box DIR --key FILE", N_("Audit the closed box and sign it."), one_key);
	return run_with_view(argc, argv, &c, trustee_open_key, do_box);
}

int run_shuffle(int argc, char **argv)
{
	static const struct cli_command c = COMMAND(
		"shuffle DIR --key FILE", N_("Shuffle the ballots, with a proof."), one_key);
	return run_with_view(argc, argv, &c, trustee_open_key, do_shuffle);
}

int run_open(int argc, char **argv)
{
	static const struct cli_command c = COMMAND(
		"open DIR --key FILE", N_("Give your part of the opening, with a proof."), one_key);
	return run_with_view(argc, argv, &c, trustee_open_key, do_open);
}

int run_sign(int argc, char **argv)
{
	static const struct cli_command c =
		COMMAND("sign DIR --key FILE", N_("Recompute the results and sign them."), one_key);
	return run_with_view(argc, argv, &c, trustee_open_key, do_sign);
}

int run_retire(int argc, char **argv)
{
	static const struct cli_command c =
		COMMAND("retire DIR --key FILE",
			N_("After publication: erase your share for good."), one_key);
	return run_with_view(argc, argv, &c, trustee_open_key, do_retire);
}

int run_count(int argc, char **argv)
{
	static const struct cli_command c =
		COMMAND("count DIR --key FILE …",
			N_("The whole count at one table: box, shuffle, open, sign."), all_keys);
	return run_with_view(argc, argv, &c, trustee_open_keys, do_count);
}
