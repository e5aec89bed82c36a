/* SPDX-License-Identifier: Apache-2.0
 *
 * The stage and the table of steps, as it is answered by this folder.
 */
#include "issue/status_json.h"

#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "folder/next.h"
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

static json_t *json_step(const struct folder_step *s, const struct folder_facts *x)
{
	char *words = folder_step_words(s, x);
	char *command = s->command ? folder_step_command(s->command, x) : NULL;
	char *together = s->together ? folder_step_command(s->together, x) : NULL;
	json_t *step = json_pack(
		"{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:o}", "id", s->id, "actor",
		step_actor_name(s->actor), "kind", step_kind_name(s->kind), "state",
		step_state_name(folder_step_state(s, x)), "from", yihu_stage_name(s->from), "until",
		yihu_stage_name(s->until), "words", words, "command", command, "together", together,
		"holders", json_left(s, x));
	free(words);
	free(command);
	free(together);
	return step;
}

void status_print_json(const struct folder_facts *x)
{
	size_t n;
	const struct folder_step *steps = folder_steps(&n);
	char *next = folder_next(x);
	json_t *list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_step(&steps[i], x));
	json_t *status = json_pack("{s:s, s:s, s:b, s:s, s:o}", "version", "yihu-status-v1",
				   "stage", yihu_stage_name(x->stage), "stick", x->stick, "next",
				   next, "steps", list);
	char *text = json_dumps(status, JSON_COMPACT);
	puts(text);
	free(text);
	free(next);
	json_decref(status);
}
