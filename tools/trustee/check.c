/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-trustee check.
 */
#include "trustee.h"

#include <string.h>

static const char *given_eid;

static void say_marks(const struct yihu_keyfile *key)
{
	cli_say(_("Key of “%s”, holder %u of %u, threshold %u"), key->vkey.name, key->index, key->n,
		key->t);
	cli_say(key->has_dealt ? _("This key has dealt.") : _("This key has not dealt yet."));
	cli_say(key->has_box ? _("This key has signed the box.")
			     : _("This key has signed no box yet."));
	if (key->has_mix)
		cli_say(_("This key has shuffled the ballots."));
	if (key->has_opened)
		cli_say(_("This key has opened the ballots."));
	if (key->n_files > 0)
		cli_say(_("This key has %zu files, this one included."), key->n_files);
	if (key->retired)
		cli_say(_("This key is retired: its share is erased."));
}

static int compare_eid(const struct yihu_keyfile *key, struct yihu_error *err)
{
	uint8_t eid[YIHU_EID_BYTES];
	unsigned bits;
	if (!yihu_eid_read(eid, &bits, given_eid))
		return yihu_fail(err, YIHU_EARG,
				 _("--eid: “%s” is neither a short print nor 64 hex digits"),
				 given_eid);
	if (!key->has_charter || memcmp(eid, key->eid, bits / 8) != 0)
		return yihu_fail(
			err, YIHU_EELECTION,
			_("that is not the election this key accepted: tell the other holders "
			  "before the poll opens"));
	cli_say(_("The id given is that of this key."));
	return 0;
}

/* In a folder that has its charter. */
static int check_folder_is_its(struct yihu_keyfile *key, const struct yihu_folder *f,
			       struct yihu_error *err)
{
	uint8_t eid[YIHU_EID_BYTES];
	int r = yihu_folder_eid(eid, f, err);
	if (r == YIHU_ENOENT || (r == 0 && !key->has_charter))
		return 0;
	return r == 0 ? holder_check_election(key, f, eid, err) : r;
}

static int check(struct tool_call *c)
{
	struct yihu_keyfile *key = c->keys[0];
	say_marks(key);
	if (key->has_charter)
		tool_say_eid(key->eid);
	int r = given_eid ? compare_eid(key, &c->err) : 0;
	return r == 0 ? check_folder_is_its(key, &c->folder, &c->err) : r;
}

static const struct cli_option check_options[] = {
	TRUSTEE_KEY,
	{"eid", CLI_STRING, &given_eid, "ID",
	 N_("the id on the poster: short print or 64 hex digits")},
	TRUSTEE_PASSPHRASE_FD,
};

const struct cli_verb trustee_verb_check = {
	.name = "check",
	.label = N_("show which election your key belongs to"),
	.command = TRUSTEE_COMMAND(
		"check DIR --key FILE [--eid ID]",
		N_("Show which election your key belongs to, and compare it with the poster."),
		check_options),
	.reads = CLI_CEREMONY | CLI_KEY,
	.changes = CLI_KEY,
	.asks = CLI_OLD_PASSPHRASE,
	.check = trustee_check_one_key,
	.run = tool_run,
	.act = &(const struct tool_act){.check = trustee_check_keys,
					.open = trustee_open_keys,
					.act = check},
};
