/* SPDX-License-Identifier: Apache-2.0
 *
 * Tells every lie and sees it refused, one test each; and holds TABLE.md
 * against the lies and against the protocol's page.
 */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "lies.h"
#include "table.h"

static const struct lie *const topics[] = {
	definition_lies, ceremony_lies, charter_lies,   register_lies, entry_lies, ballot_lies,
	change_lies,     close_lies,    cancel_lies,    withdraw_lies, box_lies,   mix_lies,
	opening_lies,    result_lies,   objection_lies, file_lies,
};
#define N_TOPICS (sizeof topics / sizeof *topics)

static void scene_end(struct scene *s)
{
	yihu_public_free(s->p);
	yihu_buf_free(&s->evidence.bytes);
}

static bool at(const char *file, const char *wanted)
{
	size_t len = strlen(wanted);
	return wanted[len - 1] == '/' ? strncmp(file, wanted, len) == 0 : strcmp(file, wanted) == 0;
}

/* Words to be found in this order; a '*' stands for any between. */
static bool says(const char *text, const char *words)
{
	char *pattern = yihu_printf("*%s*", words);
	bool found = fnmatch(pattern, text, 0) == 0;
	free(pattern);
	return found;
}

static void assert_fault(const struct yihu_fault *f, const struct lie *lie)
{
	if (f->check != lie->check || f->code != lie->code || !at(f->file, lie->file) ||
	    !says(f->text, lie->says))
		fail_msg("told as %s %s: %s", yihu_check_name(f->check), yihu_code_slug(f->code),
			 f->text);
}

static void told(const struct lie *lie)
{
	struct scene s = {.o = audit_options(world()->f)};
	lie->tell(&s);
	struct yihu_audit *a = yihu_audit_run(s.p, &s.o);
	if (lie->code == YIHU_OK) {
		assert_passes(a);
	} else {
		assert_int_not_equal(a->n_faults, 0);
		assert_fault(&a->faults[0], lie);
		if (a->n_faults != 1 + lie->also)
			fail_msg("also told: %s", a->faults[a->n_faults - 1].text);
	}
	yihu_audit_free(a);
	scene_end(&s);
}

static void judged(const struct lie *lie)
{
	struct yihu_error err = {0};
	assert_string_equal(yihu_code_slug(lie->judge(&err)), yihu_code_slug(lie->code));
	if (!says(err.text, lie->says))
		fail_msg("told as: %s", err.text);
}

static void is_refused(void **state)
{
	const struct lie *lie = *state;
	if (lie->judge != NULL)
		judged(lie);
	else
		told(lie);
}

TEST(honest_folders_pass)
{
	const struct world *w = world();
	assert_passes_at(w->issued, w->f, YIHU_STAGE_ISSUED);
	assert_passes_at(w->closed, w->f, YIHU_STAGE_CLOSED);
	assert_passes_at(w->boxed, w->f, YIHU_STAGE_BOXED);
	assert_passes_at(w->mixed, w->f, YIHU_STAGE_MIXED);
	assert_passes_at(w->opened, w->f, YIHU_STAGE_OPENED);
	assert_passes_at(w->published, w->f, YIHU_STAGE_PUBLISHED);
}

/* The same charter, signed by the same people with the lies' own tools. */
TEST(an_honest_charter_passes)
{
	struct scene s = {.o = audit_options(world()->f)};
	struct liars l = liars();
	put_charter(&s, &l, "i1234");
	struct yihu_audit *a = yihu_audit_run(s.p, &s.o);
	assert_passes(a);
	assert_memory_equal(s.o.eid, world()->c->eid, sizeof s.o.eid);
	yihu_audit_free(a);
	scene_end(&s);
}

AROUND(set_up)
{
	return world() == NULL;
}

AROUND(tear_down)
{
	world_end();
	return 0;
}

static struct table *read_table(void)
{
	return table_read(getenv("YIHU_LIES_TABLE"), getenv("YIHU_PROTOCOL"));
}

TEST(every_lie_is_in_the_table)
{
	struct table *t = read_table();
	for (size_t i = 0; i < N_TOPICS; i++)
		for (const struct lie *lie = topics[i]; lie->name != NULL; lie++)
			if (lie->code != YIHU_OK && !table_has(t, lie->name))
				fail_msg("TABLE.md has no row of %s", lie->name);
	table_free(t);
}

static bool is_told(const char *name)
{
	for (size_t i = 0; i < N_TOPICS; i++)
		for (const struct lie *lie = topics[i]; lie->name != NULL; lie++)
			if (lie->code != YIHU_OK && strcmp(lie->name, name) == 0)
				return true;
	return false;
}

TEST(every_row_of_the_table_is_told)
{
	struct table *t = read_table();
	for (size_t i = 0; i < t->n; i++)
		for (size_t k = 0; k < t->rows[i].n_lies; k++)
			if (!is_told(t->rows[i].lies[k]))
				fail_msg("no lie is called %s", t->rows[i].lies[k]);
	table_free(t);
}

TEST(every_quote_stands_in_the_protocol)
{
	struct table *t = read_table();
	for (size_t i = 0; i < t->n; i++)
		if (!table_quotes(t, &t->rows[i]))
			fail_msg("§%s of PROTOCOL.md does not say “%s”", t->rows[i].section,
				 t->rows[i].quote);
	table_free(t);
}

TEST(every_strict_sentence_is_in_the_table)
{
	struct table *t = read_table();
	char *open = table_unquoted(t);
	if (open != NULL)
		fail_msg("no row of TABLE.md quotes this sentence: %s", open);
	table_free(t);
}

static size_t count_lies(void)
{
	size_t n = 0;
	for (size_t i = 0; i < N_TOPICS; i++)
		for (const struct lie *lie = topics[i]; lie->name != NULL; lie++)
			n++;
	return n;
}

int main(void)
{
	static const struct CMUnitTest fixed[] = {
		cmocka_unit_test(honest_folders_pass),
		cmocka_unit_test(an_honest_charter_passes),
		cmocka_unit_test(every_lie_is_in_the_table),
		cmocka_unit_test(every_row_of_the_table_is_told),
		cmocka_unit_test(every_quote_stands_in_the_protocol),
		cmocka_unit_test(every_strict_sentence_is_in_the_table),
	};
	const size_t n_fixed = sizeof fixed / sizeof *fixed;
	size_t n = 0;
	struct CMUnitTest *tests = yihu_calloc(n_fixed + count_lies(), sizeof *tests);
	for (; n < n_fixed; n++)
		tests[n] = fixed[n];
	for (size_t i = 0; i < N_TOPICS; i++)
		for (const struct lie *lie = topics[i]; lie->name != NULL; lie++)
			tests[n++] = (struct CMUnitTest){
				.name = lie->name,
				.test_func = is_refused,
				.initial_state = (void *)(uintptr_t)lie,
			};
	int failed = _cmocka_run_group_tests("lies", tests, n, set_up, tear_down);
	free(tests);
	return failed;
}
