/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-trustee box, shuffle, open, sign, count, retire.
 */
#include "trustee.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

/* On a stick with the public folder alone, its charter stands for the clerk's:
 * the key file knows which one it signed. */
static int folder_eid(uint8_t eid[static YIHU_EID_BYTES], const struct yihu_folder *f,
		      struct yihu_error *err)
{
	int r = yihu_folder_eid(eid, f, err);
	if (r != YIHU_ENOENT)
		return r;
	struct yihu_buf file = {0};
	struct yihu_charter *c = NULL;
	char *path = yihu_path(f->pub, "charter");
	r = yihu_file_read(path, YIHU_CHARTER_BYTES_MAX, &file, err);
	if (r == YIHU_ENOENT)
		r = yihu_fail(err, YIHU_ESTATE, _("this election has no charter yet"));
	else if (r == 0 && (r = yihu_charter_parse(&c, file.data, file.len, err)) == 0)
		memcpy(eid, c->eid, YIHU_EID_BYTES);
	yihu_charter_free(c);
	yihu_buf_free(&file);
	free(path);
	return r;
}

/* The public folder, audited under the folder's own election id; that it is the
 * one which the keys accepted is asked of each key. */
static int look(struct trustee *t, struct yihu_view *v)
{
	*v = (struct yihu_view){.folder = &t->folder, .progress = cli_progress()};
	int r = folder_eid(v->eid, &t->folder, &t->err);
	if (r == 0)
		r = yihu_reach_open_public(&v->reach, &t->folder, opt.url, &t->err);
	return r == 0 ? yihu_view_look(v, &t->err) : r;
}

/* None of the keys acts when one of them is a stranger, and no more passphrases
 * are asked for then. */
static int open_keys(struct trustee *t, const struct yihu_view *v)
{
	int r = 0;
	for (size_t i = 0; i < opt.key.n && r == 0; i++) {
		r = trustee_open_key(t, opt.key.at[i]);
		if (r == 0)
			r = holder_check_election(t->keys[i], &t->folder, v->eid, &t->err);
	}
	return r;
}

/* By what the key files show without their passphrases. */
static int check_table(struct trustee *t, const struct yihu_view *v)
{
	struct yihu_vkey keys[YIHU_HOLDERS_MAX];
	enum yihu_key_role role;
	int r = 0;
	for (size_t i = 0; i < opt.key.n && r == 0; i++)
		r = yihu_keyfile_public(opt.key.at[i], &role, &keys[i], &t->err);
	return r == 0 ? holder_check_table(keys, opt.key.n, v, &t->err) : r;
}

/* A verb of the count: its options, how many keys, whose turn it must be. */
struct verb {
	struct cli_command command;
	size_t max_keys;
	enum holder_act turn;
	int (*run)(struct trustee *, struct yihu_view *);
	bool table; /* the keys are several holders' */
};

static int run_verb(int argc, char **argv, const struct verb *verb)
{
	struct trustee t;
	struct yihu_view v = {0};
	int r = trustee_begin(&t, &verb->command, argc, argv);
	if (r >= 0)
		return r;
	r = trustee_check_keys(&t, verb->max_keys);
	if (r == 0)
		r = look(&t, &v);
	if (r == 0)
		r = holder_check_turn(verb->turn, &v, &t.err);
	cli_progress_end();
	if (r == 0 && verb->table)
		r = check_table(&t, &v);
	if (r == 0 && verb->table)
		trustee_say_one_computer();
	if (r == 0)
		r = open_keys(&t, &v);
	if (r == 0)
		r = verb->run(&t, &v);
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

int run_box(int argc, char **argv)
{
	static const struct verb verb = {
		COMMAND("box DIR --key FILE", N_("Audit the closed box and sign it."), one_key), 1,
		HOLDER_BOX, do_box, false};
	return run_verb(argc, argv, &verb);
}

static int do_shuffle(struct trustee *t, struct yihu_view *v)
{
	return opt.again ? holder_shuffle_again(t->keys[0], v, &t->err)
			 : holder_shuffle(t->keys[0], v, &t->err);
}

int run_shuffle(int argc, char **argv)
{
	static const struct cli_option options[] = {
		OPT_KEY,
		{"again", CLI_FLAG, &opt.again, NULL,
		 N_("make another shuffle: the one this key made is lost for good")},
		OPT_URL,
		OPT_PASSPHRASE_FD};
	static const struct verb verb = {COMMAND("shuffle DIR --key FILE [--again]",
						 N_("Shuffle the ballots, with a proof."), options),
					 1, HOLDER_SHUFFLE, do_shuffle, false};
	return run_verb(argc, argv, &verb);
}

static int do_open(struct trustee *t, struct yihu_view *v)
{
	return holder_open(t->keys[0], v, &t->err);
}

int run_open(int argc, char **argv)
{
	static const struct verb verb = {COMMAND("open DIR --key FILE",
						 N_("Give your part of the opening, with a proof."),
						 one_key),
					 1, HOLDER_OPEN, do_open, false};
	return run_verb(argc, argv, &verb);
}

static int do_sign(struct trustee *t, struct yihu_view *v)
{
	return holder_sign(t->keys[0], v, &t->err);
}

int run_sign(int argc, char **argv)
{
	static const struct verb verb = {
		COMMAND("sign DIR --key FILE", N_("Recompute the results and sign them."), one_key),
		1, HOLDER_SIGN, do_sign, false};
	return run_verb(argc, argv, &verb);
}

static int do_count(struct trustee *t, struct yihu_view *v)
{
	return holder_table_count(t->keys, t->n_keys, v, &t->err);
}

int run_count(int argc, char **argv)
{
	static const struct verb verb = {
		COMMAND("count DIR --key FILE …",
			N_("The whole count at one table: box, shuffle, open, sign."), all_keys),
		YIHU_HOLDERS_MAX, HOLDER_BOX, do_count, true};
	return run_verb(argc, argv, &verb);
}

/* ---- retire ---- */

/* The path of one more file of the key, or NULL: there is none any more. */
static const char *ask_for_file(const struct trustee *t)
{
	char *question = yihu_printf(_("This key has %zu files; given so far: %zu. Path of another "
				       "one (Enter when there is none any more):"),
				     t->keys[0]->n_files, t->n_keys);
	char *path = cli_ask(question);
	free(question);
	if (!path || *path == '\0') {
		free(path);
		return NULL;
	}
	return path;
}

/* On a terminal the other files of the key are asked for, and count as given. */
static int ask_for_copies(struct trustee *t)
{
	int r = 0;
	while (r == 0 && cli_interactive() && t->n_keys < t->keys[0]->n_files) {
		const char *path = ask_for_file(t);
		if (!path)
			break;
		opt.key.at[opt.key.n++] = path;
		r = trustee_open_key(t, path);
	}
	return r;
}

/* What the program cannot do is the holder's to do. */
static void say_destroy(void)
{
	cli_say(_("The share is erased from the key file. Now destroy the stick itself, and every "
		  "other copy of the file: a stick keeps old states of it, formatting leaves them, "
		  "and the passphrase still opens them."));
	for (size_t i = 0; i < opt.key.n; i++)
		tool_say_medium(opt.key.at[i]);
}

static int do_retire(struct trustee *t, struct yihu_view *v)
{
	struct yihu_retired retired;
	int r = ask_for_copies(t);
	if (r == 0)
		r = holder_retire(t->keys, t->n_keys, v, &retired, &t->err);
	if (r != 0)
		return r;
	if (retired.erased < retired.made)
		cli_warn(_("%s: %u of the %u files of this key are erased. The others still hold "
			   "the share: give them to yihu-trustee retire with --key, or destroy "
			   "them."),
			 t->keys[0]->vkey.name, retired.erased, retired.made);
	say_destroy();
	return 0;
}

int run_retire(int argc, char **argv)
{
	static const struct cli_option options[] = {
		{"key", CLI_LIST, &opt.key, "FILE",
		 N_("your key file, and each copy of it (repeat)")},
		OPT_URL,
		OPT_PASSPHRASE_FD};
	static const struct verb verb = {
		COMMAND("retire DIR --key FILE …",
			N_("After publication: erase your share for good."), options),
		YIHU_KEY_FILES_MAX, HOLDER_RETIRE, do_retire, false};
	return run_verb(argc, argv, &verb);
}
