/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-trustee announce, deal, accept, ceremony, check.
 */
#include "trustee.h"

#include <stdlib.h>
#include <string.h>

/* Before a key file is made or opened: holder `first` on, one a key. */
static int check_claims(struct trustee *t, uint32_t first)
{
	struct holder_claim claims[YIHU_HOLDERS_MAX];
	if (opt.name.n > opt.key.n)
		return yihu_fail(
			&t->err, YIHU_EARG,
			_("%zu names (--name) and %zu key files (--key): each name belongs "
			  "to the key file of its place"),
			opt.name.n, opt.key.n);
	for (size_t i = 0; i < opt.key.n; i++)
		claims[i] = (struct holder_claim){.index = first + (uint32_t)i,
						  .path = opt.key.at[i],
						  .name = i < opt.name.n ? opt.name.at[i] : NULL};
	return holder_check_claims(claims, opt.key.n, &t->folder, &t->err);
}

int run_announce(int argc, char **argv)
{
	static const struct cli_option options[] = {
		{"index", CLI_U32, &opt.index, "I", N_("which holder you are, from 1")},
		{"name", CLI_LIST, &opt.name, "NAME",
		 N_("your name, as charter and poster show it")},
		OPT_KEY,
		OPT_PASSPHRASE_FD,
		OPT_UNENCRYPTED};
	static const struct cli_command c = COMMAND(
		"announce DIR --index I --name NAME --key FILE",
		N_("Make your key file and announce your part of the election's key."), options);
	struct trustee t;
	int r = trustee_begin(&t, &c, argc, argv);
	if (r >= 0)
		return r;
	if (!opt.index.given || opt.key.n != 1) {
		yihu_folder_finish(&t.folder);
		return cli_usage_error(
			_("announce wants --index, --key and, for a new key, --name"));
	}
	r = check_claims(&t, opt.index.value);
	if (r == 0)
		r = trustee_open_or_create(&t, opt.key.at[0],
					   opt.name.n > 0 ? opt.name.at[0] : NULL);
	if (r == 0)
		r = holder_announce(t.keys[0], &t.folder, opt.index.value, &t.err);
	return trustee_end(&t, r);
}

/* Says the digest of the announcements that lie there. */
static int read_digest(const struct yihu_folder *f, struct yihu_error *err)
{
	char digest[HOLDER_DIGEST_BYTES];
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	int r = yihu_ceremony_read(c, f, err);
	if (r == 0 && c->n_announced < c->plan.n)
		r = yihu_fail(err, YIHU_ESTATE,
			      _("%u of %u holders have announced; deal after the last"),
			      c->n_announced, c->plan.n);
	if (r == 0) {
		holder_digest(digest, c);
		cli_say(_("Digest of the announcements, to read to the other holders: %s"), digest);
	}
	yihu_ceremony_finish(c);
	free(c);
	return r;
}

/* Holders read the digest to each other: it is what makes all of them deal
 * over the same announcements. */
static int hear_digest(const struct yihu_folder *f, uint8_t heard[static HOLDER_HEARD_BYTES],
		       struct yihu_error *err)
{
	char *answer = NULL;
	int r = read_digest(f, err);
	if (r != 0)
		return r;
	if (opt.heard)
		answer = yihu_strdup(opt.heard);
	else if (cli_interactive())
		answer = cli_ask(_("What do the others read?"));
	if (!answer)
		r = yihu_fail(err, YIHU_EARG,
			      _("compare the digest with the other holders, then give what they "
				"read with --heard SYMBOLS"));
	else if (!yihu_uncrockford(heard, HOLDER_HEARD_BITS, yihu_span(answer)))
		r = yihu_fail(err, YIHU_EARG, _("“%s” is no digest of 24 symbols"), answer);
	free(answer);
	return r;
}

int run_deal(int argc, char **argv)
{
	static const struct cli_option options[] = {
		OPT_KEY,
		{"heard", CLI_STRING, &opt.heard, "SYMBOLS",
		 N_("the digest as the other holders read it to you")},
		OPT_PASSPHRASE_FD};
	static const struct cli_command c =
		COMMAND("deal DIR --key FILE [--heard SYMBOLS]",
			N_("Deal every holder its share of your part."), options);
	struct trustee t;
	uint8_t heard[HOLDER_HEARD_BYTES];
	int r = trustee_begin(&t, &c, argc, argv);
	if (r >= 0)
		return r;
	r = trustee_check_keys(&t, 1);
	if (r == 0)
		r = hear_digest(&t.folder, heard, &t.err);
	if (r == 0)
		r = trustee_open_keys(&t);
	if (r == 0)
		r = holder_deal(t.keys[0], &t.folder, heard, &t.err);
	return trustee_end(&t, r);
}

static void say_accepted(const struct trustee *t)
{
	tool_say_eid(t->keys[0]->eid);
	cli_say(_("Compare this id with the poster before the poll opens."));
}

/* Is everything there that accepting wants of the others? */
static int check_accepting(struct trustee *t)
{
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	int r = yihu_ceremony_read(c, &t->folder, &t->err);
	if (r == 0) {
		r = holder_check_accepting(c, &t->err);
		yihu_ceremony_finish(c);
	}
	free(c);
	return r;
}

int run_accept(int argc, char **argv)
{
	static const struct cli_option options[] = {OPT_KEY, OPT_BACKUP, OPT_PASSPHRASE_FD};
	static const struct cli_command c =
		COMMAND("accept DIR --key FILE [--backup FILE]",
			N_("Check every deal and the charter, and sign the charter."), options);
	struct trustee t;
	int r = trustee_begin(&t, &c, argc, argv);
	if (r >= 0)
		return r;
	r = trustee_check_keys(&t, 1);
	if (r == 0)
		r = trustee_check_backups(&t);
	if (r == 0)
		r = check_accepting(&t);
	if (r == 0)
		r = trustee_open_keys(&t);
	if (r == 0)
		r = holder_accept(t.keys[0], &t.folder, &t.err);
	if (r == 0)
		r = trustee_back_up(&t);
	if (r == 0)
		say_accepted(&t);
	return trustee_end(&t, r);
}

/* A key that cannot be used is told before the next passphrase is asked for. */
static int open_or_create_all(struct trustee *t)
{
	int r = 0;
	for (size_t i = 0; i < opt.key.n && r == 0; i++) {
		r = trustee_open_or_create(t, opt.key.at[i],
					   i < opt.name.n ? opt.name.at[i] : NULL);
		if (r == 0 && (r = holder_check_announcing(t->keys[i], &t->folder, (uint32_t)i + 1,
							   &t->err)) != 0)
			r = yihu_fail_at(&t->err, r, "%s", opt.key.at[i]);
	}
	return r;
}

static int open_all(struct trustee *t)
{
	struct yihu_plan plan = {0};
	int r = yihu_plan_read(&plan, &t->folder, &t->err);
	if (r == 0 && opt.key.n != plan.n)
		r = yihu_fail(
			&t->err, YIHU_EARG,
			_("give the key file of every holder with --key, in order: %u in all"),
			plan.n);
	if (r == 0)
		r = check_claims(t, 1);
	if (r == 0)
		r = trustee_check_backups(t);
	if (r == 0)
		trustee_say_one_computer();
	if (r == 0)
		r = open_or_create_all(t);
	yihu_plan_finish(&plan);
	return r;
}

/* On a terminal the table waits for the clerk; a script calls again. */
static int hold_ceremony(struct trustee *t)
{
	bool made = false;
	for (;;) {
		int r = holder_table_ceremony(t->keys, t->n_keys, &t->folder, &made, &t->err);
		if (r != 0 || made)
			return r;
		cli_say(_("Now the clerk makes the charter: yihu-issue charter %s"),
			t->folder.word);
		if (!cli_interactive())
			return 0;
		free(cli_ask(_("Press Enter when it is made.")));
	}
}

int run_ceremony(int argc, char **argv)
{
	static const struct cli_option options[] = {
		OPT_KEYS,
		{"name", CLI_LIST, &opt.name, "NAME",
		 N_("each new holder's name, in order (repeat)")},
		OPT_BACKUP,
		OPT_PASSPHRASE_FD,
		OPT_UNENCRYPTED};
	static const struct cli_command c =
		COMMAND("ceremony DIR --key FILE … --name NAME … [--backup FILE …]",
			N_("The whole ceremony at one table: announce, deal, accept."), options);
	struct trustee t;
	int r = trustee_begin(&t, &c, argc, argv);
	if (r >= 0)
		return r;
	r = open_all(&t);
	if (r == 0)
		r = hold_ceremony(&t);
	if (r == 0 && t.keys[0]->has_charter)
		r = trustee_back_up(&t);
	if (r == 0 && t.keys[0]->has_charter)
		say_accepted(&t);
	return trustee_end(&t, r);
}

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
	uint8_t given[YIHU_EID_BYTES];
	unsigned bits;
	if (!yihu_eid_read(given, &bits, opt.eid))
		return yihu_fail(err, YIHU_EARG,
				 _("--eid: “%s” is neither a short print nor 64 hex digits"),
				 opt.eid);
	if (!key->has_charter || memcmp(given, key->eid, bits / 8) != 0)
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

int run_check(int argc, char **argv)
{
	static const struct cli_option options[] = {
		OPT_KEY,
		{"eid", CLI_STRING, &opt.eid, "ID",
		 N_("the id on the poster: short print or 64 hex digits")},
		OPT_PASSPHRASE_FD};
	static const struct cli_command c = COMMAND(
		"check DIR --key FILE [--eid ID]",
		N_("Show which election your key belongs to, and compare it with the poster."),
		options);
	struct trustee t;
	int r = trustee_begin(&t, &c, argc, argv);
	if (r >= 0)
		return r;
	r = trustee_check_keys(&t, 1);
	if (r == 0)
		r = trustee_open_keys(&t);
	if (r == 0) {
		say_marks(t.keys[0]);
		if (t.keys[0]->has_charter)
			tool_say_eid(t.keys[0]->eid);
	}
	if (r == 0 && opt.eid)
		r = compare_eid(t.keys[0], &t.err);
	if (r == 0)
		r = check_folder_is_its(t.keys[0], &t.folder, &t.err);
	return trustee_end(&t, r);
}
