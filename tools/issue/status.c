/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue status: how far the election is, where its box is, who has retired.
 */
#include <stdlib.h>
#include <string.h>

#include "client/remote.h"
#include "folder/additions.h"
#include "folder/pending.h"
#include "folder/step_command.h"
#include "folder/step_table.h"
#include "folder/withdrawal.h"
#include "issue/status_json.h"
#include "issue/verbs.h"

#include <yihu/box.h>
#include <yihu/clock.h>

/* A daemon that was cut off has not exported all that it acknowledged. */
static bool is_exported(const struct folder_facts *x)
{
	char *last = yihu_box_last_address(x->f->box);
	bool whole = !last || (x->stage >= YIHU_STAGE_CLOSED && x->stage != YIHU_STAGE_CANCELLED);
	free(last);
	return whole;
}

/* So far: as the daemon that has the box says, for what it exports comes later;
 * else as the exported log has it. false: not known here, for the box has moved,
 * or is not back yet. */
static bool votes_so_far(const struct folder_facts *x, uint64_t *votes)
{
	if (x->moved || !folder_shows(x->f, "log/checkpoint"))
		return false;
	if (x->daemon)
		return remote_votes(x->daemon, votes);
	*votes = yihu_log_ballots(x->f, &x->plan);
	return is_exported(x);
}

static char *opened_from(const struct folder_facts *x)
{
	uint64_t votes;
	return votes_so_far(x, &votes) ? yihu_plan_opened_so_far(&x->plan, votes)
				       : yihu_plan_opened_from(&x->plan);
}

static void say_plan(const struct folder_facts *x)
{
	const struct yihu_plan *p = &x->plan;
	char *opens = yihu_time_local(p->opens), *closes = yihu_time_local(p->closes);
	char *who_comes = yihu_plan_who_comes(p), *opened = opened_from(x);
	cli_say(_("households: %u; opens %s, closes %s"), p->households, opens, closes);
	cli_say("%s", who_comes);
	cli_say("%s", opened);
	cli_say(_("way: %s"), p->url ? p->url : _("count desk only"));
	free(opens);
	free(closes);
	free(who_comes);
	free(opened);
}

/* The box: where it is, and who serves it. */
static void say_place(const struct folder_facts *x)
{
	if (x->moved)
		cli_say(_("the box was handed over; its server is %s"), x->moved);
	else if (x->daemon)
		cli_say(_("the counting daemon is running at %s"), x->daemon);
	else if (folder_has(x->f, F_BOX_DB))
		cli_say(_("the counting daemon is not running"));
}

/* On the computer that has the box. */
static void say_clock(const struct yihu_folder *f, const struct yihu_plan *p)
{
	struct yihu_clock_watch w;
	const struct yihu_clock_log nothing = {0};
	uint64_t now;
	yihu_clock_watch(&w);
	if (folder_has(f, F_BOX_DB) && !folder_shows(f, "log/at-close") &&
	    yihu_clock_ask(&w, f->box, &nothing, &now) != YIHU_CLOCK_BELIEVED && now >= p->closes) {
		char *box = yihu_shell_word(f->box);
		cli_say(_("nothing vouches for this computer's clock, so the end of the poll waits "
			  "for a person: yihu-countd %s --end-poll"),
			box);
		free(box);
	}
}

static void say_called_off(const struct yihu_folder *f, const struct yihu_plan *p)
{
	struct yihu_called_off off;
	if (!yihu_folder_called_off(&off, f, p))
		return;
	char *words = yihu_called_off_words(&off);
	cli_say("%s", words);
	free(words);
}

/* One that was asked for and is not in the log yet. */
static void say_withdrawal(const struct yihu_folder *f)
{
	struct yihu_charter *c = folder_read_draft(f);
	struct folder_withdrawal w;
	struct yihu_error err = {0};
	int r = c && folder_has(f, F_WITHDRAWAL) ? folder_withdrawal_read(&w, f, c, &err)
						 : YIHU_ENOENT;
	if (r == 0 && folder_shows(f, "log/at-close")) {
		cli_say(_("the withdrawal of project number %u was never sent, and the poll is "
			  "over: yihu-issue withdraw %s --drop"),
			w.what.project + 1, f->word);
		folder_withdrawal_finish(&w);
	} else if (r == 0) {
		cli_say(_("a withdrawal is under way, of project number %u: %d key holders have "
			  "signed, %u must. Then: yihu-issue withdraw %s --send"),
			w.what.project + 1, __builtin_popcount(w.signers), c->q, f->word);
		folder_withdrawal_finish(&w);
	} else if (r != YIHU_ENOENT) {
		cli_say("%s", err.text);
	}
	yihu_charter_free(c);
}

/* ---- letters that were added ---- */

static bool same_reason(const struct given_reason *a, const struct given_reason *b)
{
	return a->why == b->why && a->words.len == b->words.len &&
	       memcmp(a->words.p, b->words.p, a->words.len) == 0;
}

/* One reason, and the letters that were made for it, if this is the first of them. */
static void say_reason(const struct additions *a, size_t at, uint32_t except, enum language l)
{
	const struct given_reason *reason = &a->at[at].reason;
	struct yihu_buf letters = {0};
	for (size_t i = 0; i < a->n; i++) {
		if (!same_reason(&a->at[i].reason, reason) || a->at[i].serial == except)
			continue;
		if (letters.len == 0 && i != at)
			break;
		yihu_buf_fmt(&letters, "%s%04u", letters.len > 0 ? ", " : "", a->at[i].serial);
	}
	char *own = yihu_span_dup(reason->words);
	if (letters.len > 0)
		cli_say(_("letters of households that were not on the list: %s (%s)"),
			(const char *)letters.data,
			reason->why == ADDED_OTHER ? own
						   : reason_word(&added_reasons, l, reason->why));
	free(own);
	yihu_buf_free(&letters);
}

static void say_additions(const struct yihu_folder *f)
{
	struct additions a = {0};
	struct yihu_error err = {0};
	enum language l;
	uint32_t under_way = pending_serial(f);
	int r = words_language(&l, cli_language(), &err);
	if (r == 0)
		r = additions_read(&a, f, &err);
	if (r != 0)
		cli_say("%s", err.text);
	for (size_t i = 0; i < a.n; i++)
		say_reason(&a, i, under_way, l);
	if (under_way != 0)
		cli_say(_("the change that makes letter %04u was cut off: run yihu-issue replace "
			  "or add again, which ends it"),
			under_way);
	additions_finish(&a);
}

/* Nothing before the first holder has. */
static void say_retired(const struct folder_facts *x)
{
	if (x->acted[HOLDER_RETIRES] == 0)
		return;
	char *done = folder_facts_names(x, x->acted[HOLDER_RETIRES]);
	char *left = folder_facts_names(x, folder_facts_left(x, HOLDER_RETIRES));
	cli_say(_("have erased their share: %s; have not: %s"), done,
		*left != '\0' ? left : _("nobody"));
	free(done);
	free(left);
	char *files = yihu_files_left(x->f);
	if (files)
		cli_say(_("files of a key that still hold a share: %s"), files);
	free(files);
}

/* What the clerk should do besides; of the backup more is said than that. */
static void say_beside(const struct folder_facts *x)
{
	size_t n;
	const struct folder_step *steps = folder_steps(&n);
	for (size_t i = 0; i < n; i++) {
		const struct folder_step *s = &steps[i];
		if (s->kind != STEP_BESIDE || s->actor != STEP_CLERK || x->stick ||
		    strcmp(s->id, "backup") == 0 || folder_step_state(s, x) != STEP_DUE)
			continue;
		char *words = folder_step_words(s, x),
		     *command = folder_step_command(s->command, x);
		cli_say(_("also to do: %s: %s"), words, command);
		free(words);
		free(command);
	}
}

static void say_all(const struct folder_facts *x)
{
	uint8_t eid[YIHU_EID_BYTES];
	say_plan(x);
	say_place(x);
	say_clock(x->f, &x->plan);
	say_retired(x);
	say_called_off(x->f, &x->plan);
	say_withdrawal(x->f);
	say_additions(x->f);
	if (yihu_folder_eid(eid, x->f, NULL) == 0)
		tool_say_eid(eid);
	copies_say(x->f, true);
	say_beside(x);
}

static struct {
	bool json;
} given;

static int status(struct tool_call *c)
{
	struct folder_facts x;
	uint64_t votes;
	int r = folder_facts_read(&x, &c->folder, yihu_clock(), &c->err);
	if (r != 0)
		return r;
	c->says_next = given.json;
	if (given.json)
		status_print_json(&x, votes_so_far(&x, &votes) ? &votes : NULL);
	else
		say_all(&x);
	folder_facts_finish(&x);
	return 0;
}

static const struct cli_option options[] = {
	{"json", CLI_FLAG, &given.json, NULL,
	 N_("print one JSON object: the stage and every step")},
};

const struct cli_verb issue_verb_status = {
	.name = "status",
	.label = N_("how far it is, and what is next"),
	.command = CLI_COMMAND("status DIR [--json]",
			       N_("Say how far the election is, and what is next."), options, 1),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.run = tool_run,
	.act = &(const struct tool_act){.act = status},
};
