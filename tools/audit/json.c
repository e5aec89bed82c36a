/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit's report as JSON; the manual page has the schema.
 */
#include "audit/report.h"

#include <stdlib.h>

#include <jansson.h>

#include "cli/say_json.h"

static json_t *json_steps(const struct yihu_audit *a)
{
	json_t *list = json_array();
	for (int c = 0; c < YIHU_N_CHECKS; c++)
		json_array_append_new(list, json_pack("{s:s, s:b, s:I, s:s}", "check",
						      yihu_check_name((enum yihu_check)c), "ran",
						      a->steps[c].ran, "count",
						      (json_int_t)a->steps[c].count, "text",
						      a->steps[c].text));
	return list;
}

static json_t *json_faults(const struct yihu_audit *a)
{
	json_t *list = json_array();
	for (size_t i = 0; i < a->n_faults; i++) {
		const struct yihu_fault *f = &a->faults[i];
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "check",
						      yihu_check_name(f->check), "code",
						      yihu_code_slug(f->code), "file", f->file,
						      "text", f->text));
	}
	return list;
}

static json_t *json_doubts(const struct yihu_audit *a)
{
	json_t *list = json_array();
	for (size_t i = 0; i < a->n_doubts; i++)
		json_array_append_new(list, json_pack("{s:s, s:s}", "file", a->doubts[i].file,
						      "text", a->doubts[i].text));
	return list;
}

static json_t *json_notices(const struct yihu_public *p)
{
	json_t *list = json_array();
	for (size_t i = 0; i < p->n_notices; i++)
		json_array_append_new(list, json_string(p->notices[i]));
	return list;
}

static json_t *json_count(bool known, uint64_t n)
{
	return known ? json_integer((json_int_t)n) : json_null();
}

static json_t *json_figures(const struct yihu_audit *a)
{
	struct yihu_ledger_counts c = {0};
	if (!a->ledger)
		return json_null();
	c = yihu_ledger_counts(a->ledger);
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o}", "entitled",
			 (json_int_t)c.entitled, "cast", (json_int_t)c.ballots, "additions",
			 (json_int_t)c.additions, "replacements", (json_int_t)c.replacements,
			 "voids", (json_int_t)c.voids, "mixes", (json_int_t)a->mixes, "openings",
			 (json_int_t)a->openings, "valid",
			 json_count(a->tally.opened, a->tally.n_valid), "void",
			 json_count(a->tally.opened, a->tally.n_void));
}

static json_t *json_result(const struct yihu_audit *a)
{
	json_t *result = NULL;
	if (a->results_json.len > 0)
		result = json_loadb((const char *)a->results_json.data, a->results_json.len,
				    JSON_REJECT_DUPLICATES, NULL);
	return result ? result : json_null();
}

/* time is null where the note says it, which has none. */
static json_t *json_cancelled(const struct yihu_audit *a)
{
	if (!a->called_off)
		return json_null();
	return json_pack("{s:s, s:o}", "reason", a->reason, "time",
			 json_count(a->called_off_at != 0, a->called_off_at));
}

/* Projects, as issuer and holders signed it. */
static json_t *json_withdrawn(const struct yihu_audit *a)
{
	json_t *list = json_array();
	size_t n = 0;
	const struct yihu_withdrawn *all = a->ledger ? yihu_ledger_withdrawn(a->ledger, &n) : NULL;
	for (size_t i = 0; i < n; i++)
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:I, s:I}", "project",
					a->election->definition->projects[all[i].project].id,
					"reason", all[i].reason, "time", (json_int_t)all[i].time,
					"entry", (json_int_t)all[i].entry));
	return list;
}

/* null: final as it was published. */
static json_t *json_objections(const struct yihu_audit *a)
{
	if (a->objections_until == 0)
		return json_null();
	json_t *final = a->final_at == 0
				? json_null()
				: json_pack("{s:I, s:I, s:I}", "time", (json_int_t)a->final_at,
					    "filed", (json_int_t)a->objections_filed, "upheld",
					    (json_int_t)a->objections_upheld);
	return json_pack("{s:I, s:o}", "until", (json_int_t)a->objections_until, "final", final);
}

static json_t *json_eid(const struct yihu_audit *a)
{
	char hex[2 * YIHU_EID_BYTES + 1];
	if (!a->election)
		return json_null();
	return json_string(yihu_hex_into(hex, a->election->charter->eid, YIHU_EID_BYTES));
}

void report_json(const struct yihu_audit *a, const struct yihu_public *p, bool eid_given,
		 int status)
{
	cli_say_json(json_pack("{s:s, s:b, s:i, s:o, s:b, s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:o, "
			       "s:o, s:o, s:o}",
			       "version", "yihu-audit-v1", "verified", status == EXIT_VERIFIED,
			       "exit", status, "eid", json_eid(a), "eid_given", eid_given, "stage",
			       yihu_stage_name(a->stage), "rehearsal",
			       a->election && yihu_definition_rehearses(a->election->definition),
			       "cancelled", json_cancelled(a), "withdrawn", json_withdrawn(a),
			       "steps", json_steps(a), "faults", json_faults(a), "notices",
			       json_notices(p), "doubts", json_doubts(a), "figures",
			       json_figures(a), "result", json_result(a), "objections",
			       json_objections(a)),
		     JSON_COMPACT);
}

void report_json_unread(const struct yihu_error *err)
{
	cli_say_json(json_pack("{s:s, s:b, s:i, s:[{s:s, s:s, s:s}]}", "version", "yihu-audit-v1",
			       "verified", false, "exit", EXIT_FAULT, "faults", "check",
			       yihu_check_name(YIHU_CHECK_FILES), "code", yihu_code_slug(err->code),
			       "text", err->text),
		     JSON_COMPACT);
}
