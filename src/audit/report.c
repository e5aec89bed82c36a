/* SPDX-License-Identifier: Apache-2.0
 *
 * The report that the checks leave: faults, and a step of each.
 */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

static const struct {
	const char *name, *title;
} checks[YIHU_N_CHECKS] = {
	[YIHU_CHECK_FILES] = {"files", N_("Files")},
	[YIHU_CHECK_DEFINITION] = {"definition", N_("Election file")},
	[YIHU_CHECK_CHARTER] = {"charter", N_("Charter")},
	[YIHU_CHECK_PICTURES] = {"pictures", N_("Pictures")},
	[YIHU_CHECK_REGISTER] = {"register", N_("Register")},
	[YIHU_CHECK_TILES] = {"tiles", N_("Log files")},
	[YIHU_CHECK_CHECKPOINT] = {"checkpoint", N_("Checkpoint")},
	[YIHU_CHECK_ENTRIES] = {"entries", N_("Log entries")},
	[YIHU_CHECK_CANCELLED] = {"cancelled", N_("Called off")},
	[YIHU_CHECK_BOX] = {"box", N_("Box")},
	[YIHU_CHECK_MIXES] = {"mixes", N_("Mixes")},
	[YIHU_CHECK_OPENINGS] = {"openings", N_("Openings")},
	[YIHU_CHECK_DECODING] = {"decoding", N_("Plain ballots")},
	[YIHU_CHECK_COUNT] = {"count", N_("Count")},
	[YIHU_CHECK_RESULTS] = {"results", N_("Results")},
	[YIHU_CHECK_OBJECTIONS] = {"objections", N_("Objections")},
	[YIHU_CHECK_EVIDENCE] = {"evidence", N_("Your evidence")},
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

/* A copy fit for a terminal and for JSON. */
static char *printable(const char *text)
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
	return printable(room.text);
}

void audit_fault(struct audit_work *w, enum yihu_check check, int code, const char *file,
		 const char *format, ...)
{
	struct yihu_audit *a = w->a;
	assert(code != 0);
	if (known_kind(a, check, code))
		return;
	va_list args;
	va_start(args, format);
	char *reason = vprint(format, args);
	va_end(args);
	struct yihu_fault f = {.check = check, .code = code, .file = printable(file)};
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

void audit_doubt(struct audit_work *w, const char *file, const struct yihu_error *err)
{
	struct yihu_audit *a = w->a;
	char *text = printable(err->text);
	a->doubts = yihu_realloc(a->doubts, a->n_doubts + 1, sizeof *a->doubts);
	a->doubts[a->n_doubts++] = (struct yihu_doubt){
		.file = yihu_strdup(file), .text = yihu_printf(_("%s: %s"), file, text)};
	free(text);
}

void audit_step(struct audit_work *w, enum yihu_check check, uint64_t count, const char *format,
		...)
{
	va_list args;
	va_start(args, format);
	struct yihu_step *s = &w->a->steps[check];
	assert(!s->text);
	*s = (struct yihu_step){
		.check = check, .ran = true, .count = count, .text = vprint(format, args)};
	va_end(args);
}

void audit_skip(struct audit_work *w, enum yihu_check check, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct yihu_step *s = &w->a->steps[check];
	assert(!s->text);
	*s = (struct yihu_step){.check = check, .text = vprint(format, args)};
	va_end(args);
}

void audit_skip_absent(struct audit_work *w, enum yihu_check check)
{
	audit_skip(w, check, _("nothing of it is here"));
}

void audit_skip_barred(struct audit_work *w, enum yihu_check check, enum yihu_check by)
{
	audit_skip(w, check, _("not checked, because “%s” did not pass"), yihu_check_title(by));
}
