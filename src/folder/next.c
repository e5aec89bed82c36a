/* SPDX-License-Identifier: Apache-2.0
 *
 * The sentence is made of the steps' table. Every path is printed as a word of a
 * shell (f->word), so that it can be pasted.
 */
#include "folder/next.h"

#include <stdlib.h>

#include "folder/step_command.h"
#include "folder/step_table.h"

/* ": COMMAND", and while nobody has begun, how else it is done. Households have
 * their letters, not this. */
static char *with_command(char *words, const struct folder_step *s, const struct folder_facts *x)
{
	if (!s->command || s->actor == STEP_HOUSEHOLD)
		return words;
	char *command = folder_step_command(s->command, x), *text;
	if (s->together && x->acted[s->task] == 0) {
		char *together = folder_step_command(s->together, x);
		char *sticks = folder_step_command(step_by_sticks, x);
		text = yihu_printf(_("%s: %s (or all at one table: %s; by sticks: %s)"), words,
				   command, together, sticks);
		free(together);
		free(sticks);
	} else {
		text = yihu_printf(_("%s: %s"), words, command);
	}
	free(words);
	free(command);
	return text;
}

/* Is it this folder's? On a stick, that it goes back is all. */
static bool is_moving(const struct folder_step *s, const struct folder_facts *x)
{
	return s->kind == STEP_MOVES && x->at >= s->from && x->at <= s->until &&
	       s->on_stick == x->stick;
}

/* Adds the words of all steps that are in that state. */
static char *join(char *next, enum step_state state, const struct folder_facts *x,
		  bool with_commands)
{
	size_t n;
	const struct folder_step *steps = folder_steps(&n);
	for (size_t i = 0; i < n; i++) {
		if (!is_moving(&steps[i], x) || folder_step_state(&steps[i], x) != state)
			continue;
		char *words = folder_step_words(&steps[i], x);
		if (with_commands)
			words = with_command(words, &steps[i], x);
		char *text = !next ? yihu_strdup(words)
				   : yihu_printf(state == STEP_DUE ? _("%s; %s") : _("%s; then %s"),
						 next, words);
		free(next);
		free(words);
		next = text;
	}
	return next;
}

char *folder_next(const struct folder_facts *x, bool with_commands)
{
	char *next = join(NULL, STEP_DUE, x, with_commands);
	if (!next)
		return yihu_printf(_("nothing is left to do in %s; keep the public folder"),
				   x->f->word);
	return join(next, STEP_WAITING, x, with_commands);
}

int yihu_status_read(struct yihu_status *out, const struct yihu_folder *f, uint64_t now,
		     struct yihu_error *err)
{
	struct folder_facts x;
	int r = folder_facts_read(&x, f, now, err);
	if (r != 0)
		return r;
	*out = (struct yihu_status){
		.stage = x.stage, .next = folder_next(&x, true), .words = folder_next(&x, false)};
	folder_facts_finish(&x);
	return 0;
}

void yihu_status_finish(struct yihu_status *s)
{
	free(s->next);
	free(s->words);
	s->next = s->words = NULL;
}
