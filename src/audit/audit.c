/* SPDX-License-Identifier: Apache-2.0
 *
 * Running the checks, and the report they leave.
 */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

static const struct {
	const char *name, *title;
	void (*run)(struct audit_work *w);
} checks[YIHU_N_CHECKS] = {
	[YIHU_CHECK_FILES] = {"files", N_("Files"), audit_check_files},
	[YIHU_CHECK_DEFINITION] = {"definition", N_("Election file"), audit_check_definition},
	[YIHU_CHECK_CHARTER] = {"charter", N_("Charter"), audit_check_charter},
	[YIHU_CHECK_REGISTER] = {"register", N_("Register"), audit_check_register},
	[YIHU_CHECK_TILES] = {"tiles", N_("Log files"), audit_check_tiles},
	[YIHU_CHECK_CHECKPOINT] = {"checkpoint", N_("Checkpoint"), audit_check_checkpoint},
	[YIHU_CHECK_ENTRIES] = {"entries", N_("Log entries"), audit_check_entries},
	[YIHU_CHECK_BOX] = {"box", N_("Box"), audit_check_box},
	[YIHU_CHECK_MIXES] = {"mixes", N_("Mixes"), audit_check_mixes},
	[YIHU_CHECK_OPENINGS] = {"openings", N_("Openings"), audit_check_openings},
	[YIHU_CHECK_DECODING] = {"decoding", N_("Plain ballots"), audit_check_decoding},
	[YIHU_CHECK_COUNT] = {"count", N_("Count"), audit_check_count},
	[YIHU_CHECK_RESULTS] = {"results", N_("Results"), audit_check_results},
	[YIHU_CHECK_EVIDENCE] = {"evidence", N_("Your evidence"), audit_check_evidence},
};

const char *yihu_check_name(enum yihu_check c)
{
	assert(c < YIHU_N_CHECKS);
	return checks[c].name;
}

const char *yihu_check_title(enum yihu_check c)
{
	assert(c < YIHU_N_CHECKS);
	return yihu_gettext(checks[c].title);
}

const void *audit_data(const struct yihu_buf *file)
{
	return file->data != NULL ? (const void *)file->data : "";
}

char *audit_printable(const char *text)
{
	char *out = yihu_strdup(text);
	yihu_text_make_printable(out);
	return out;
}

bool audit_faulty(const struct audit_work *w, enum yihu_check check)
{
	for (size_t i = 0; i < w->a->n_faults; i++)
		if (w->a->faults[i].check == check)
			return true;
	return false;
}

static bool known_kind(const struct yihu_audit *a, enum yihu_check check, int code)
{
	for (size_t i = 0; i < a->n_faults; i++)
		if (a->faults[i].check == check && a->faults[i].code == code)
			return true;
	return false;
}

/* Printable: a reader's words may quote what a hostile file holds. */
static char *vprint(const char *format, va_list args) __attribute__((format(printf, 1, 0)));
static char *vprint(const char *format, va_list args)
{
	struct yihu_error room;
	if (vsnprintf(room.text, sizeof room.text, format, args) < 0)
		room.text[0] = '\0';
	return audit_printable(room.text);
}

void audit_fault(struct audit_work *w, enum yihu_check check, int code, const char *file,
		 const char *format, ...)
{
	struct yihu_audit *a = w->a;
	assert(code != YIHU_OK);
	if (known_kind(a, check, code))
		return;
	va_list args;
	va_start(args, format);
	char *reason = vprint(format, args);
	va_end(args);
	struct yihu_fault f = {.check = check, .code = code, .file = audit_printable(file)};
	f.text = yihu_printf(_("%s: %s"), f.file, reason);
	free(reason);
	a->faults = yihu_realloc(a->faults, a->n_faults + 1, sizeof *a->faults);
	a->faults[a->n_faults++] = f;
}

void audit_fault_error(struct audit_work *w, enum yihu_check check, const char *file,
		       const struct yihu_error *err)
{
	audit_fault(w, check, err->code, file, "%s", err->text);
}

void audit_step(struct audit_work *w, enum yihu_check check, uint64_t count, const char *format,
		...)
{
	va_list args;
	va_start(args, format);
	struct yihu_step *s = &w->a->steps[check];
	assert(s->text == NULL);
	*s = (struct yihu_step){
		.check = check, .ran = true, .count = count, .text = vprint(format, args)};
	va_end(args);
}

void audit_skip(struct audit_work *w, enum yihu_check check, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct yihu_step *s = &w->a->steps[check];
	assert(s->text == NULL);
	*s = (struct yihu_step){.check = check, .text = vprint(format, args)};
	va_end(args);
}

void audit_skip_absent(struct audit_work *w, enum yihu_check check)
{
	audit_skip(w, check, _("Nothing of it is here."));
}

void audit_skip_barred(struct audit_work *w, enum yihu_check check, enum yihu_check by)
{
	audit_skip(w, check, _("Not checked, because “%s” did not pass."), yihu_check_title(by));
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
		checks[c].run(w);
		assert(w->a->steps[c].text != NULL);
	}
	w->a->stage = audit_stage(w);
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
	if (a == NULL)
		return;
	for (size_t i = 0; i < a->n_faults; i++) {
		free(a->faults[i].file);
		free(a->faults[i].text);
	}
	for (int c = 0; c < YIHU_N_CHECKS; c++)
		free(a->steps[c].text);
	free(a->faults);
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
		return YIHU_OK;
	return yihu_fail(err, a->faults[0].code, "%s", a->faults[0].text);
}
