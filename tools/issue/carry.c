/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue hand-out, collect: for key holders who never meet.
 */
#include "issue/carry.h"

#include <stdio.h>
#include <stdlib.h>

#include "carry/carry.h"
#include "common/common.h"

#include <yihu/file.h>

static struct {
	const char *url;
	struct cli_u32 holder;
} opt;

#define OPTION_URL                                                                                 \
	{                                                                                          \
		"url", CLI_STRING, &opt.url, "URL",                                                \
			N_("the daemon to reach instead of the folder")                            \
	}

/* Before the letters there is no public folder to look at: *looked false. */
static int look(struct yihu_view *v, bool *looked, const struct yihu_folder *f,
		struct yihu_error *err)
{
	char *reg = yihu_path(f->pub, "register");
	int r = tool_check_folder(f, err);
	*looked = yihu_file_exists(reg);
	if (r == 0 && *looked)
		r = tool_look(v, f, opt.url, yihu_reach_open_public, err);
	free(reg);
	return r;
}

/* ---- hand-out ---- */

static int check_holder(const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_plan plan;
	int r = yihu_plan_read(&plan, f, err);
	if (r == 0 && opt.holder.given && (opt.holder.value < 1 || opt.holder.value > plan.n))
		r = yihu_fail(err, YIHU_EARG, _("there are key holders 1 to %u, none %u"), plan.n,
			      opt.holder.value);
	yihu_plan_finish(&plan);
	return r;
}

/* It is whose turn? */
static int read_round(enum carry_round *round, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_status s;
	int r = yihu_status_read(&s, f, yihu_clock(), err);
	if (r != 0)
		return r;
	*round = carry_round_of(s.state);
	if (*round == CARRY_NONE)
		r = yihu_fail(err, YIHU_ESTATE, _("key holders have nothing to do now; next: %s"),
			      s.next);
	yihu_status_finish(&s);
	return r;
}

/* What the holder types, on a computer where the stick may have another name. */
static void say_command(const char *stick, enum carry_round round)
{
	char *word = yihu_shell_word(stick);
	const char *verb = carry_round_verb(round);
	if (round == CARRY_ANNOUNCE && opt.holder.given)
		cli_say(_("%s is ready. Its holder runs: yihu-trustee announce %s --index %u "
			  "--name "
			  "NAME --key FILE"),
			stick, word, opt.holder.value);
	else if (round == CARRY_ANNOUNCE)
		cli_say(_("%s is ready. Its holder runs: yihu-trustee announce %s --index I --name "
			  "NAME --key FILE"),
			stick, word);
	else
		cli_say(_("%s is ready. Its holder runs: yihu-trustee %s %s --key FILE"), stick,
			verb, word);
	if (round == CARRY_SHUFFLE)
		cli_say(_(
			"One holder after the other: collect this stick before the next is handed "
			"out."));
	free(word);
}

int carry_run_hand_out(int argc, char **argv)
{
	static const struct cli_option options[] = {
		{"for", CLI_U32, &opt.holder, "J", N_("the key holder's number, for the words")},
		OPTION_URL};
	static const struct cli_command c = {
		.usage = "hand-out DIR STICK [--for J]",
		.summary = N_("Copy onto a stick what a key holder needs in this round."),
		.options = options,
		.n_options = sizeof options / sizeof *options,
		.min_words = 2,
		.max_words = 2};
	const char *words[2];
	struct yihu_folder f;
	struct yihu_view v = {0};
	struct yihu_error err = {0};
	enum carry_round round = CARRY_NONE;
	bool looked = false;
	int r = cli_parse(&c, argc, argv, words);
	if (r >= 0)
		return r;
	yihu_folder_init(&f, words[0]);
	r = check_holder(&f, &err);
	if (r == 0)
		r = look(&v, &looked, &f, &err);
	if (r == 0)
		r = read_round(&round, &f, &err);
	if (r == 0)
		r = carry_hand_out(&f, looked ? &v : NULL, words[1], round, &err);
	if (r == 0)
		say_command(words[1], round);
	yihu_view_finish(&v);
	yihu_folder_finish(&f);
	cli_progress_end();
	return r == 0 ? CLI_DONE : cli_error(&err);
}

/* ---- collect ---- */

/* One stick that is refused keeps no other from being collected. */
static int collect_one(const struct yihu_folder *f, struct yihu_view *v, const char *stick)
{
	struct yihu_error err = {0};
	struct yihu_buf report = {0};
	int r = carry_collect(f, v, stick, &report, &err);
	cli_progress_end();
	if (report.len > 0)
		fputs((const char *)report.data, stdout);
	else if (r == 0)
		cli_say(_("%s: nothing new"), stick);
	yihu_buf_free(&report);
	return r == 0 ? CLI_DONE : cli_error(&err);
}

static int collect_all(const struct yihu_folder *f, const char *const *sticks, size_t n,
		       struct yihu_error *err)
{
	int status = CLI_DONE;
	for (size_t i = 0; i < n && sticks[i]; i++) {
		struct yihu_view v = {0};
		bool looked;
		int r = look(&v, &looked, f, err);
		if (r == 0 && collect_one(f, looked ? &v : NULL, sticks[i]) != CLI_DONE)
			status = CLI_FAILED;
		yihu_view_finish(&v);
		if (r != 0)
			return cli_error(err);
	}
	return status;
}

int carry_run_collect(int argc, char **argv)
{
	static const struct cli_option options[] = {OPTION_URL};
	static const struct cli_command c = {
		.usage = "collect DIR STICK …",
		.summary = N_("Take from sticks what their key holders have made, verified."),
		.options = options,
		.n_options = 1,
		.min_words = 2,
		.max_words = 1 + YIHU_HOLDERS_MAX};
	const char *words[1 + YIHU_HOLDERS_MAX];
	struct yihu_folder f;
	struct yihu_error err = {0};
	int r = cli_parse(&c, argc, argv, words);
	if (r >= 0)
		return r;
	yihu_folder_init(&f, words[0]);
	int status = collect_all(&f, words + 1, YIHU_HOLDERS_MAX, &err);
	tool_say_state(&f);
	yihu_folder_finish(&f);
	return status;
}
