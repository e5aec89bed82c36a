/* SPDX-License-Identifier: Apache-2.0
 *
 * The stages of an election, from the draft to the result.
 */
#include <assert.h>
#include <stddef.h>

#include <yihu/error.h>
#include <yihu/stage.h>

#define BIT(stage) (UINT32_C(1) << YIHU_STAGE_##stage)

static const struct {
	const char *name;
	const char *word; /* NULL: the name */
	const char *sentence;
	uint32_t next; /* bits of the stages that may follow */
} stages[YIHU_N_STAGES] = {
	[YIHU_STAGE_DRAFTED] = {N_("drafted"), NULL, NULL, BIT(ANNOUNCED)},
	[YIHU_STAGE_ANNOUNCED] = {N_("announced"), NULL, NULL, BIT(DEALT)},
	[YIHU_STAGE_DEALT] = {N_("dealt"), NULL, NULL, BIT(CHARTERED)},
	[YIHU_STAGE_CHARTERED] = {N_("chartered"), NULL,
				  N_("chartered: the rules and keys are fixed"),
				  BIT(ISSUED) | BIT(CANCELLED)},
	[YIHU_STAGE_ISSUED] = {N_("issued"), NULL, N_("issued: every household has its credential"),
			       BIT(OPEN) | BIT(CANCELLED)},
	[YIHU_STAGE_OPEN] = {N_("open"), NULL, N_("open: ballots are taken"),
			     BIT(ENDED) | BIT(CANCELLED)},
	[YIHU_STAGE_ENDED] = {N_("ended"), NULL, NULL, BIT(CLOSED) | BIT(CANCELLED)},
	/* With too few ballots the box stays shut, and that is the result. */
	[YIHU_STAGE_CLOSED] = {N_("closed"), NULL, N_("closed: no more ballots are taken"),
			       BIT(BOXED) | BIT(PUBLISHED)},
	[YIHU_STAGE_BOXED] = {N_("boxed"), NULL, N_("boxed: the key holders have signed the box"),
			      BIT(MIXED)},
	[YIHU_STAGE_MIXED] = {N_("mixed"), NULL, N_("mixed: the ballots are shuffled"),
			      BIT(OPENED)},
	[YIHU_STAGE_OPENED] = {N_("opened"), NULL, N_("opened: the ballots are plain and counted"),
			       BIT(PUBLISHED)},
	[YIHU_STAGE_PUBLISHED] = {N_("published"), NULL, N_("published: the results are signed"),
				  BIT(RETIRED)},
	[YIHU_STAGE_RETIRED] = {N_("retired"), NULL, NULL, 0},
	[YIHU_STAGE_CANCELLED] =
		{"cancelled", N_("called off"),
		 N_("cancelled: the election was called off, and nothing is counted"), 0},
};

const char *yihu_stage_name(enum yihu_stage s)
{
	assert(s < YIHU_N_STAGES);
	return stages[s].name;
}

const char *yihu_stage_word(enum yihu_stage s)
{
	assert(s < YIHU_N_STAGES);
	return yihu_gettext(stages[s].word ? stages[s].word : stages[s].name);
}

const char *yihu_stage_sentence(enum yihu_stage s)
{
	assert(s < YIHU_N_STAGES && stages[s].sentence);
	return yihu_gettext(stages[s].sentence);
}

bool yihu_stage_may(enum yihu_stage from, enum yihu_stage to)
{
	assert(from < YIHU_N_STAGES && to < YIHU_N_STAGES);
	return (stages[from].next >> to & 1) != 0;
}

bool yihu_stage_reached(enum yihu_stage is, enum yihu_stage goal)
{
	return is != YIHU_STAGE_CANCELLED && is >= goal;
}

bool yihu_stage_lets(enum yihu_stage is, enum yihu_stage goal)
{
	return yihu_stage_may(is, goal) || yihu_stage_reached(is, goal);
}

enum yihu_stage yihu_stage_of(const struct yihu_stage_seen *seen)
{
	if (seen->called_off)
		return YIHU_STAGE_CANCELLED;
	if (seen->published)
		return YIHU_STAGE_PUBLISHED;
	if (seen->opened)
		return YIHU_STAGE_OPENED;
	if (seen->mixed)
		return YIHU_STAGE_MIXED;
	if (seen->boxed)
		return YIHU_STAGE_BOXED;
	if (seen->closed)
		return YIHU_STAGE_CLOSED;
	if (seen->open)
		return YIHU_STAGE_OPEN;
	return seen->issued ? YIHU_STAGE_ISSUED : YIHU_STAGE_CHARTERED;
}

enum yihu_stage yihu_stage_at(enum yihu_stage s, uint64_t opens, uint64_t closes, uint64_t now)
{
	if (s != YIHU_STAGE_OPEN || (now >= opens && now < closes))
		return s;
	return now < opens ? YIHU_STAGE_ISSUED : YIHU_STAGE_ENDED;
}
