/* SPDX-License-Identifier: Apache-2.0
 *
 * The line of JSON that is one audit.
 */
#include "record.h"

#include <stdio.h>
#include <stdlib.h>

json_t *record_bytes(const void *data, size_t len)
{
	struct yihu_buf text = {0};
	if (len > 0)
		yihu_base64(&text, data, len);
	json_t *out = json_stringn(text.len > 0 ? (const char *)text.data : "", text.len);
	yihu_buf_free(&text);
	return out;
}

static json_t *bytes_of(const struct yihu_buf *b)
{
	return record_bytes(b->data, b->len);
}

json_t *record_files(const struct yihu_public *p)
{
	json_t *files = json_object();
	for (size_t i = 0; i < p->n; i++)
		json_object_set_new(files, p->files[i].name, bytes_of(&p->files[i].bytes));
	return files;
}

static json_t *evidence(const struct yihu_evidence *e)
{
	return e == NULL ? json_null()
			 : json_pack("{s:s, s:o}", "name", e->name, "bytes", bytes_of(&e->bytes));
}

static json_t *evidences(const struct yihu_evidence *e, size_t n)
{
	json_t *list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, evidence(&e[i]));
	return list;
}

json_t *record_options(const struct yihu_audit_options *o)
{
	json_t *eid = o->eid_bits == 0 ? json_null() : record_bytes(o->eid, sizeof o->eid);
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "eid", eid, "receipts",
			 evidences(o->receipts, o->n_receipts), "checkpoints",
			 evidences(o->checkpoints, o->n_checkpoints), "at_close",
			 evidence(o->at_close), "roll", evidence(o->roll), "salt",
			 record_bytes(o->roll_salt, sizeof o->roll_salt));
}

static json_t *steps(const struct yihu_audit *a)
{
	json_t *list = json_array();
	for (int c = 0; c < YIHU_N_CHECKS; c++)
		json_array_append_new(list,
				      json_pack("[s, b, I]", yihu_check_name((enum yihu_check)c),
						a->steps[c].ran, (json_int_t)a->steps[c].count));
	return list;
}

static json_t *faults(const struct yihu_audit *a)
{
	json_t *list = json_array();
	for (size_t i = 0; i < a->n_faults; i++)
		json_array_append_new(
			list, json_pack("[s, s, s]", yihu_check_name(a->faults[i].check),
					yihu_code_slug(a->faults[i].code), a->faults[i].file));
	return list;
}

static json_t *doubts(const struct yihu_audit *a)
{
	json_t *list = json_array();
	for (size_t i = 0; i < a->n_doubts; i++)
		json_array_append_new(list, json_string(a->doubts[i].file));
	return list;
}

static json_t *figures(const struct yihu_audit *a)
{
	if (a->ledger == NULL)
		return json_null();
	struct yihu_ledger_counts c = yihu_ledger_counts(a->ledger);
	bool opened = a->tally.opened;
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o}", "entitled",
			 (json_int_t)c.entitled, "cast", (json_int_t)c.ballots, "additions",
			 (json_int_t)c.additions, "replacements", (json_int_t)c.replacements,
			 "voids", (json_int_t)c.voids, "mixes", (json_int_t)a->mixes, "openings",
			 (json_int_t)a->openings, "valid",
			 opened ? json_integer((json_int_t)a->tally.n_valid) : json_null(), "void",
			 opened ? json_integer((json_int_t)a->tally.n_void) : json_null());
}

json_t *record_verdict(const struct yihu_audit *a, const struct yihu_audit_options *o)
{
	char hex[2 * YIHU_EID_BYTES + 1];
	int status = a->n_faults > 0 ? 1 : o->eid_bits == 0 ? 3 : 0;
	json_t *eid = a->election == NULL
			      ? json_null()
			      : json_string(yihu_hex_into(hex, a->election->charter->eid,
							  YIHU_EID_BYTES));
	json_t *result = a->results_json.len == 0 ? json_null() : bytes_of(&a->results_json);
	return json_pack("{s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "exit", status, "stage",
			 yihu_stage_name(a->stage), "eid", eid, "steps", steps(a), "faults",
			 faults(a), "doubts", doubts(a), "figures", figures(a), "result", result);
}

void record_print(json_t *line)
{
	char *text = json_dumps(line, JSON_COMPACT);
	if (text == NULL)
		abort();
	printf("#case %s\n", text);
	free(text);
	json_decref(line);
}
