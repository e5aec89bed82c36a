/* SPDX-License-Identifier: Apache-2.0
 *
 * The stage and the table of steps, as it is answered by this folder.
 */
#include "issue/status_json.h"

#include <stdlib.h>

#include <jansson.h>

#include "carry/carry.h"
#include "cli/progress.h"
#include "cli/say_json.h"
#include "folder/additions.h"
#include "folder/carried.h"
#include "folder/next.h"
#include "folder/pending.h"
#include "folder/rehearsed.h"
#include "folder/step_cards.h"
#include "folder/step_command.h"
#include "folder/step_table.h"

/* Of a step that each key holder takes: who has not. */
static json_t *json_left(const struct folder_step *s, const struct folder_facts *x)
{
	if (s->task == STEP_NO_TASK)
		return json_null();
	json_t *list = json_array();
	uint32_t left = folder_facts_left(x, s->task);
	for (uint32_t i = 0; i < x->plan.n; i++)
		if ((left >> i & 1) != 0)
			json_array_append_new(list,
					      json_pack("{s:I, s:s?}", "number", (json_int_t)i + 1,
							"name", x->names[i]));
	return json_pack("{s:I, s:o}", "more", (json_int_t)folder_facts_missing(x, s->task), "left",
			 list);
}

static json_t *json_card(const struct step_card *c)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "who", yihu_gettext(c->who), "hand",
			 yihu_gettext(c->hand), "time", yihu_gettext(c->time), "final",
			 yihu_gettext(c->final), "act", yihu_gettext(c->act));
}

static json_t *json_step(const struct folder_step *s, const struct folder_facts *x)
{
	char *words = folder_step_words(s, x);
	char *command = s->command ? folder_step_command(s->command, x) : NULL;
	char *together = s->together ? folder_step_command(s->together, x) : NULL;
	json_t *step = json_pack(
		"{s:s, s:s, s:s, s:s, s:b, s:s, s:s, s:s, s:s?, s:s?, s:o, s:o}", "id", s->id,
		"actor", step_actor_name(s->actor), "kind", step_kind_name(s->kind), "state",
		step_state_name(folder_step_state(s, x)), "possible", folder_step_possible(s, x),
		"from", yihu_stage_name(s->from), "until", yihu_stage_name(s->until), "words",
		words, "command", command, "together", together, "holders", json_left(s, x), "card",
		json_card(step_card(s->id)));
	free(words);
	free(command);
	free(together);
	return step;
}

/* Why letters were added; what cannot be read is as if nothing were said. */
static json_t *json_additions(const struct folder_facts *x)
{
	struct additions a = {0};
	uint32_t under_way = pending_serial(x->f);
	json_t *list = json_array();
	additions_read(&a, x->f, NULL);
	for (size_t i = 0; i < a.n; i++) {
		const struct given_reason *r = &a.at[i].reason;
		if (a.at[i].serial == under_way)
			continue;
		json_array_append_new(
			list,
			json_pack("{s:I, s:s, s:o}", "letter", (json_int_t)a.at[i].serial, "reason",
				  reason_name(&added_reasons, r->why), "words",
				  r->why == ADDED_OTHER ? json_stringn(r->words.p, r->words.len)
							: json_null()));
	}
	additions_finish(&a);
	return list;
}

static json_t *json_backup(const struct folder_facts *x)
{
	static const char *const words[] = {
		[CARRIED_NONE] = "none", [CARRIED_OLDER] = "older", [CARRIED_CURRENT] = "current"};
	uint64_t made = 0;
	enum carried_standing standing = carried_standing(x->f, &made);
	return json_pack("{s:s, s:o}", "state", words[standing], "made",
			 standing == CARRIED_NONE ? json_null() : json_integer((json_int_t)made));
}

/* All key holders, by their numbers; a name is known once its holder has announced. */
static json_t *json_holders(const struct folder_facts *x)
{
	json_t *list = json_array();
	for (uint32_t i = 0; i < x->plan.n; i++)
		json_array_append_new(list, json_pack("{s:I, s:s?}", "number", (json_int_t)i + 1,
						      "name", x->names[i]));
	return list;
}

/* What is remembered of a rehearsal. */
static json_t *json_rehearsed(const struct yihu_folder *f)
{
	struct rehearsed r;
	json_t *j = json_null();
	if (rehearsed_read(&r, f, NULL) == 0 && r.how != REHEARSED_NOT)
		j = json_pack("{s:s, s:I, s:I, s:s?}", "how", rehearsed_name(r.how), "when",
			      (json_int_t)r.when, "ballots", (json_int_t)r.ballots, "why", r.why);
	rehearsed_finish(&r);
	return j;
}

/* What it is a rehearsal of. */
static json_t *json_rehearsal(const struct folder_facts *x)
{
	if (!folder_rehearses(x->f))
		return json_null();
	char *of = folder_rehearsal_of(x->f);
	json_t *j = json_pack("{s:s?, s:I, s:I, s:I, s:I}", "of", of, "holders",
			      (json_int_t)x->plan.n, "now", (json_int_t)x->now, "opens",
			      (json_int_t)x->plan.opens, "closes", (json_int_t)x->plan.closes);
	free(of);
	return j;
}

void status_print_json(const struct folder_facts *x, const uint64_t *votes)
{
	size_t n;
	const struct folder_step *steps = folder_steps(&n);
	char *next = folder_next(x, !cli_in_window());
	json_t *list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_step(&steps[i], x));
	char *who_comes = yihu_plan_who_comes(&x->plan);
	enum carry_round round = carry_round_now(x->f, x->stage);
	json_t *status = json_pack(
		"{s:s, s:s, s:b, s:s, s:s?, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "version",
		"yihu-status-v1", "stage", yihu_stage_name(x->stage), "stick", x->stick, "next",
		next, "round", round == CARRY_NONE ? NULL : carry_round_verb(round), "who_comes",
		who_comes, "holders", json_holders(x), "additions", json_additions(x), "backup",
		json_backup(x), "ballots", votes ? json_integer((json_int_t)*votes) : json_null(),
		"rehearsed", json_rehearsed(x->f), "rehearsal", json_rehearsal(x), "steps", list);
	free(who_comes);
	cli_say_json(status, JSON_COMPACT);
	free(next);
}
