/* SPDX-License-Identifier: Apache-2.0
 *
 * Tallies without keys.
 */
#include <string.h>

#include <yihu/text.h>

#include "tally.h"
#include "test.h"

const char tally_yard[] = "META\nkey;value\ndescription;Yard\ncountry;China\nunit;Jishan\n"
			  "instance;2025\nnum_projects;2\nnum_votes;0\nbudget;150\n"
			  "vote_type;approval\nballot;approval\nrule;greedy\nquorum;>1/2\n"
			  "date_begin;01.06.2025\ndate_end;02.06.2025\n"
			  "PROJECTS\nproject_id;cost;name\nlamp;100;Lamps\ntree;100;Trees\n"
			  "VOTES\nvoter_id;vote\n";

static const uint32_t digits[] = {1, 1, 1, 1};
static const uint64_t void_at[] = {3};

static uint64_t time_of(const char *text)
{
	uint64_t t;
	assert_true(yihu_time_parse(&t, yihu_span(text)));
	return t;
}

void tally_make(struct tally *x, const char *definition)
{
	struct yihu_error err = {0};
	struct yihu_definition *d;
	if (yihu_definition_parse(&d, definition, strlen(definition), &err))
		fail_msg("%s", err.text);
	memset(x, 0, sizeof *x);
	x->charter.min_box = 2;
	x->charter.n = 3;
	x->charter.t = 2;
	x->charter.opens = time_of("2025-06-01T00:00:00Z");
	x->charter.closes = time_of("2025-06-02T00:00:00Z");
	memset(x->charter.eid, 1, sizeof x->charter.eid);
	x->t = (struct yihu_tally){.charter = &x->charter,
				   .definition = d,
				   .definition_bytes = definition,
				   .definition_len = strlen(definition),
				   .log_size = 4,
				   .households = 3,
				   .entitled = 3,
				   .cast = 3,
				   .opened = true,
				   .mixes = 2,
				   .openers = 5,
				   .n_valid = 2,
				   .n_void = 1,
				   .digits = digits,
				   .void_at = void_at};
	memset(x->t.lot_seed, 2, sizeof x->t.lot_seed);
}

void tally_not_opened(struct tally *x)
{
	x->charter.min_box = 4;
	x->t.opened = false;
	x->t.mixes = x->t.openers = 0;
	x->t.n_valid = x->t.n_void = 0;
	x->t.digits = NULL;
	x->t.void_at = NULL;
	memset(x->t.lot_seed, 0, sizeof x->t.lot_seed);
}

void tally_count(struct tally *x)
{
	struct yihu_error err = {0};
	if (yihu_tally_count(&x->o, &x->t, &err))
		fail_msg("%s", err.text);
}

void tally_json(struct tally *x, struct yihu_buf *out)
{
	if (x->t.opened && !x->o)
		tally_count(x);
	yihu_results_json(out, &x->t, x->o);
}

void tally_free(struct tally *x)
{
	yihu_outcome_free(x->o);
	yihu_definition_free((struct yihu_definition *)(uintptr_t)x->t.definition);
}
