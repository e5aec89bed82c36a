/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue hand-out, collect: for key holders who never meet.
 */
#include <stdio.h>
#include <stdlib.h>

#include "carry/carry.h"
#include "issue/verbs.h"

static struct cli_u32 holder;

/* Before the letters there is no public folder to look at: then the view stays
 * empty. */
static int look(struct tool_call *c)
{
	return folder_shows(&c->folder, "register") ? tool_look_public(c) : 0;
}

static struct yihu_view *seen(struct tool_call *c)
{
	return c->view.audit ? &c->view : NULL;
}

/* ---- hand-out ---- */

static enum carry_round turn;

static int check_holder(struct tool_call *c)
{
	struct yihu_plan plan;
	int r = yihu_plan_read(&plan, &c->folder, &c->err);
	if (r == 0 && holder.given && (holder.value < 1 || holder.value > plan.n))
		r = yihu_fail(&c->err, YIHU_EARG, _("there is no key holder %u (1 to %u)"),
			      holder.value, plan.n);
	yihu_plan_finish(&plan);
	return r;
}

/* It is whose turn? */
static int read_turn(struct tool_call *c)
{
	struct yihu_status s;
	int r = yihu_status_read(&s, &c->folder, yihu_clock(), &c->err);
	if (r != 0)
		return r;
	turn = carry_round_now(&c->folder, s.stage);
	if (turn == CARRY_NONE)
		r = yihu_fail(&c->err, YIHU_ESTATE,
			      _("key holders have nothing to do now; next: %s"), s.next);
	yihu_status_finish(&s);
	return r;
}

static int hand_out(struct tool_call *c)
{
	return carry_hand_out(&c->folder, seen(c), c->words[1], turn, &c->err);
}

/* What the holder types, on a computer where the stick may have another name. */
static void say_command(struct tool_call *c)
{
	const char *stick = c->words[1];
	char *word = yihu_shell_word(stick);
	if (turn == CARRY_ANNOUNCE && holder.given)
		cli_say(_("%s is ready. Its holder runs: yihu-trustee announce %s --index %u "
			  "--name "
			  "NAME --key FILE"),
			stick, word, holder.value);
	else if (turn == CARRY_ANNOUNCE)
		cli_say(_("%s is ready. Its holder runs: yihu-trustee announce %s --index I --name "
			  "NAME --key FILE"),
			stick, word);
	else
		cli_say(_("%s is ready. Its holder runs: yihu-trustee %s %s --key FILE"), stick,
			carry_round_verb(turn), word);
	if (turn == CARRY_SHUFFLE)
		cli_say(_(
			"One holder after the other: collect this stick before the next is handed "
			"out."));
	free(word);
}

static const struct cli_option hand_out_options[] = {
	{"for", CLI_U32, &holder, "J", N_("the key holder's number, for the words")},
	TOOL_URL,
};

const struct cli_verb issue_verb_hand_out = {
	.name = "hand-out",
	.label = N_("copy onto a stick what a key holder needs now"),
	.command = CLI_COMMAND("hand-out DIR STICK [--for J]",
			       N_("Copy onto a stick what a key holder needs in this round."),
			       hand_out_options, 2),
	.reads = CLI_CEREMONY | CLI_PUBLIC | CLI_STICK,
	.changes = CLI_STICK,
	.run = tool_run,
	.act = &(const struct tool_act){.check = check_holder,
					.look = look,
					.may = read_turn,
					.act = hand_out,
					.say = say_command,
					.says_next = true},
};

/* ---- collect ---- */

/* One stick that is refused keeps no other from being collected. */
static void collect_one(struct tool_call *c, const char *stick)
{
	struct yihu_buf report = {0};
	int r = carry_collect(&c->folder, seen(c), stick, &report, &c->err);
	cli_progress_end();
	if (report.len > 0)
		fputs((const char *)report.data, stdout);
	else if (r == 0)
		cli_say(_("%s: nothing new"), stick);
	if (r != 0)
		c->status = cli_error(&c->err);
	yihu_buf_free(&report);
}

/* What one stick brought is seen before the next is taken from. */
static int collect(struct tool_call *c)
{
	int r = 0;
	for (size_t i = 1; i < c->verb->command.max_words && c->words[i] && r == 0; i++) {
		r = look(c);
		if (r == 0)
			collect_one(c, c->words[i]);
		yihu_view_finish(&c->view);
		c->view = (struct yihu_view){0};
	}
	if (r != 0) /* said here: what was collected before it is told all the same */
		c->status = cli_error(&c->err);
	return 0;
}

static const struct cli_option collect_options[] = {TOOL_URL};

const struct cli_verb issue_verb_collect = {
	.name = "collect",
	.label = N_("take from sticks what key holders have made"),
	.command = {.usage = "collect DIR STICK …",
		    .summary = N_("Take from sticks what their key holders have made, verified."),
		    .options = collect_options,
		    .n_options = 1,
		    .min_words = 2,
		    .max_words = 1 + YIHU_HOLDERS_MAX},
	.reads = CLI_CEREMONY | CLI_PUBLIC | CLI_STICK,
	.changes = CLI_CEREMONY | CLI_PUBLIC,
	.for_good = true,
	.run = tool_run,
	.act = &(const struct tool_act){.act = collect},
};
_Static_assert(1 + YIHU_HOLDERS_MAX <= CLI_WORDS_MAX, "a stick for each key holder");
