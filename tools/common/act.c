/* SPDX-License-Identifier: Apache-2.0
 *
 * The one order of steps, and those that several verbs take.
 */
#include "common/act.h"

#include <assert.h>
#include <stdlib.h>

#include <yihu/file.h>

struct tool_options tool_given;

/* ---- the frame ---- */

/* Asked first: it says more than that some file is missing. */
static int check_folder(struct tool_call *c)
{
	struct yihu_plan plan = {0};
	int r = yihu_plan_read(&plan, &c->folder, &c->err);
	yihu_plan_finish(&plan);
	return r;
}

static int take(tool_step *step, struct tool_call *c)
{
	int r = step ? step(c) : 0;
	cli_progress_end();
	return r;
}

static int take_steps(const struct tool_act *a, struct tool_call *c)
{
	int r = a->makes_folder ? 0 : check_folder(c);
	if (r == 0)
		r = take(a->check, c);
	if (r == 0)
		r = take(a->look, c);
	if (r == 0)
		r = take(a->may, c);
	if (r == 0)
		r = take(a->open, c);
	if (r == 0)
		r = take(a->act, c);
	if (r == 0 && a->done)
		cli_say(yihu_gettext(a->done), c->folder.root);
	if (r == 0 && a->say)
		a->say(c);
	return r;
}

/* Keys are closed before anything else is said or done. */
static void let_go(struct tool_call *c)
{
	yihu_view_finish(&c->view);
	for (size_t i = 0; i < c->n_keys; i++)
		yihu_keyfile_close(c->keys[i]);
}

int tool_run(const struct cli_verb *verb, const char *const *words)
{
	const struct tool_act *a = verb->act;
	struct tool_call c = {
		.verb = verb, .words = words, .status = CLI_DONE, .says_next = a->says_next};
	yihu_folder_init(&c.folder, words[a->folder]);
	int r = take_steps(a, &c);
	let_go(&c);
	if (r == 0 && !c.says_next)
		tool_say_state(&c.folder);
	yihu_folder_finish(&c.folder);
	return r == 0 ? c.status : cli_error(&c.err);
}

/* ---- looking ---- */

int tool_look(struct tool_call *c, tool_eid *eid, tool_reach *reach)
{
	c->view = (struct yihu_view){.folder = &c->folder, .progress = cli_progress()};
	int r = eid(c->view.eid, &c->folder, &c->err);
	if (r == 0)
		r = reach(&c->view.reach, &c->folder, tool_given.url, &c->err);
	return r == 0 ? yihu_view_look(&c->view, &c->err) : r;
}

int tool_look_box(struct tool_call *c)
{
	return tool_look(c, yihu_folder_eid, yihu_reach_open);
}

int tool_look_public(struct tool_call *c)
{
	return tool_look(c, yihu_folder_eid, yihu_reach_open_public);
}

/* ---- the issuer key ---- */

/* The header tells, without the passphrase, whose key it is. */
static int check_issuer(struct tool_call *c, const char *path)
{
	enum yihu_key_role role;
	struct yihu_plan plan = {0};
	struct yihu_vkey key;
	int r = yihu_plan_read(&plan, &c->folder, &c->err);
	if (r == 0)
		r = yihu_keyfile_public(path, &role, &key, &c->err);
	if (r == 0 && !yihu_vkey_same(&key, &plan.issuer))
		r = yihu_fail(&c->err, YIHU_EKEYS, _("%s is not the issuer key of this election"),
			      path);
	yihu_plan_finish(&plan);
	return r;
}

int tool_open_issuer(struct tool_call *c)
{
	assert(c->n_keys == 0);
	char *path = tool_given.key ? yihu_strdup(tool_given.key)
				    : folder_path(&c->folder, F_ISSUER_KEY);
	int r = check_issuer(c, path);
	if (r == 0)
		r = cli_key_open(&c->keys[0], path, &tool_given.keys, &c->err);
	if (r == 0)
		c->n_keys = 1;
	free(path);
	return r;
}
