/* SPDX-License-Identifier: Apache-2.0
 *
 * A whole public folder with one file that wants to be accepted: the audit
 * passes for the file that belongs there, and for no other.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/audit.h>

#include "fuzz.h"

static struct yihu_audit *audit(const struct yihu_public *p)
{
	static struct yihu_words_table *table;
	struct yihu_audit_options o = {.eid_bits = 8 * YIHU_EID_BYTES};
	if (!table)
		table = yihu_words_table_new(256);
	o.table = table;
	memcpy(o.eid, fuzz_world()->charter->eid, sizeof o.eid);
	return yihu_audit_run(p, &o);
}

static bool is_printable(const char *text)
{
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return false;
	return yihu_utf8_valid(text, strlen(text));
}

/* Everything that the audit says can stand on a terminal. */
static bool passes(const struct yihu_public *p)
{
	struct yihu_audit *a = audit(p);
	struct yihu_error err = fuzz_error();
	bool ok = fuzz_ok(yihu_audit_verdict(a, &err), &err);
	assert(ok == (a->n_faults == 0));
	for (size_t i = 0; i < a->n_faults; i++)
		assert(is_printable(a->faults[i].file) && is_printable(a->faults[i].text));
	for (size_t i = 0; i < YIHU_N_CHECKS; i++)
		assert(!a->steps[i].text || is_printable(a->steps[i].text));
	yihu_audit_free(a);
	return ok;
}

/* Lines of other keys are exempt. */
static bool has_lines_of_others(const char *name)
{
	return strcmp(name, "log/checkpoint") == 0 || strcmp(name, "log/at-close") == 0;
}

static struct yihu_public *copy_of(const struct yihu_public *p)
{
	struct yihu_public *copy = yihu_public_new();
	for (size_t i = 0; i < p->n; i++)
		yihu_public_put(copy, p->files[i].name, p->files[i].bytes.data,
				p->files[i].bytes.len);
	return copy;
}

/* The files as they were, up to a stage that the byte chooses: what comes
 * later no longer hides what an earlier file may do. */
static struct yihu_public *up_to(uint8_t choice)
{
	static const char *const later[] = {"results", "results.json", "results.pb", "open/2",
					    "open/1",  "mix/2",        "mix/1",      "box"};
	struct yihu_public *p = copy_of(fuzz_world()->pub);
	for (size_t i = 0; i < choice % (sizeof later / sizeof *later + 1); i++)
		yihu_public_remove(p, later[i]);
	return p;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t choice = fuzz_take(&data, &size), stage = fuzz_take(&data, &size);
	struct yihu_public *p = up_to(stage);
	const struct yihu_public *whole = fuzz_world()->pub;
	const char *name = whole->files[choice % whole->n].name;
	const struct yihu_buf *there = yihu_public_get(p, name);
	bool same = there && fuzz_holds(there, data, size);
	yihu_public_put(p, name, size ? (const void *)data : "", size);
	bool ok = passes(p);
	assert(!same || ok);
	assert(same || !there || !ok || has_lines_of_others(name));
	yihu_public_free(p);
	return 0;
}
