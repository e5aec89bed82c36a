/* SPDX-License-Identifier: Apache-2.0
 *
 * Running the checks.
 */
#include <assert.h>
#include <stdlib.h>

#include "work.h"

static void (*const checks[YIHU_N_CHECKS])(struct audit_work *w) = {
	[YIHU_CHECK_FILES] = audit_check_files,
	[YIHU_CHECK_DEFINITION] = audit_check_definition,
	[YIHU_CHECK_CHARTER] = audit_check_charter,
	[YIHU_CHECK_PICTURES] = audit_check_pictures,
	[YIHU_CHECK_REGISTER] = audit_check_register,
	[YIHU_CHECK_TILES] = audit_check_tiles,
	[YIHU_CHECK_CHECKPOINT] = audit_check_checkpoint,
	[YIHU_CHECK_ENTRIES] = audit_check_entries,
	[YIHU_CHECK_CANCELLED] = audit_check_cancelled,
	[YIHU_CHECK_BOX] = audit_check_box,
	[YIHU_CHECK_MIXES] = audit_check_mixes,
	[YIHU_CHECK_OPENINGS] = audit_check_openings,
	[YIHU_CHECK_DECODING] = audit_check_decoding,
	[YIHU_CHECK_COUNT] = audit_check_count,
	[YIHU_CHECK_RESULTS] = audit_check_results,
	[YIHU_CHECK_OBJECTIONS] = audit_check_objections,
	[YIHU_CHECK_EVIDENCE] = audit_check_evidence,
};

/* By the names, and by what the log's checks have proved. On a folder without
 * fault each stage stands on all before it. */
static enum yihu_stage stage_of(const struct audit_work *w)
{
	struct audit_inventory v = audit_inventory(w->p);
	const struct yihu_stage_seen seen = {
		.issued = v.kinds[YIHU_PUBLIC_REGISTER] > 0,
		.open = v.kinds[YIHU_PUBLIC_CHECKPOINT] > 0,
		.closed = w->a->closed,
		.called_off = w->a->called_off,
		.boxed = v.kinds[YIHU_PUBLIC_BOX] > 0,
		.mixed = v.mixes != 0,
		.opened = w->charter && (uint32_t)__builtin_popcount(v.openings) >= w->charter->t,
		.published = v.kinds[YIHU_PUBLIC_RESULTS] > 0,
	};
	return yihu_stage_of(&seen);
}

struct yihu_audit *yihu_audit_run(const struct yihu_public *p, const struct yihu_audit_options *o)
{
	struct audit_work *w = yihu_calloc(1, sizeof *w);
	assert(o->eid_bits == 0 || o->eid_bits == 8 * YIHU_EID_BYTES);
	w->a = yihu_calloc(1, sizeof *w->a);
	w->a->memory = w;
	w->p = p;
	w->o = o;
	for (int c = 0; c < YIHU_N_CHECKS; c++) {
		checks[c](w);
		assert(w->a->steps[c].text != NULL);
	}
	w->a->stage = stage_of(w);
	w->o = NULL;
	return w->a;
}

static void work_free(struct audit_work *w)
{
	yihu_definition_free(w->definition);
	yihu_charter_free(w->charter);
	yihu_register_free(w->reg);
	yihu_tree_free(w->tree);
	for (uint32_t j = 0; j < YIHU_HOLDERS_MAX; j++)
		yihu_opening_free(w->opened[j]);
	free(w->entries);
	free(w->digits);
	free(w->void_at);
	free(w);
}

void yihu_audit_free(struct yihu_audit *a)
{
	if (!a)
		return;
	for (size_t i = 0; i < a->n_faults; i++) {
		free(a->faults[i].file);
		free(a->faults[i].text);
	}
	for (int c = 0; c < YIHU_N_CHECKS; c++)
		free(a->steps[c].text);
	free(a->faults);
	for (size_t k = 0; k < a->n_doubts; k++) {
		free(a->doubts[k].file);
		free(a->doubts[k].text);
	}
	free(a->doubts);
	yihu_outcome_free(a->outcome);
	yihu_ledger_free(a->ledger);
	yihu_buf_free(&a->results_pb);
	yihu_buf_free(&a->results_json);
	free(a->list);
	work_free(a->memory);
	free(a);
}

int yihu_audit_verdict(const struct yihu_audit *a, struct yihu_error *err)
{
	if (a->n_faults == 0)
		return 0;
	return yihu_fail(err, a->faults[0].code, "%s", a->faults[0].text);
}

/* Of a closed log, too, the next stage may be the last one: with too few ballots. */
bool yihu_audit_has_result(const struct yihu_audit *a)
{
	return yihu_stage_lets(a->stage, YIHU_STAGE_PUBLISHED) &&
	       (a->stage != YIHU_STAGE_CLOSED || a->not_opened);
}
