/* SPDX-License-Identifier: Apache-2.0
 *
 * What cannot be printed is found before anything is signed.
 */
#include "issue/layout.h"

#include <stdlib.h>
#include <string.h>

#include "test.h"

#define RARE "\xf4\x8f\xbf\xb0" /* U+10FFF0: no font has it */
#define WIDE "锦绣花园二期综合楼锦绣花园二期综合楼锦绣花园二期综合楼锦绣花园二期综合楼"

static struct yihu_definition *define(const char *title, const char *name, const char *english)
{
	struct yihu_buf text = {0};
	struct yihu_definition *d = NULL;
	struct yihu_error err = {0};
	yihu_buf_fmt(&text,
		     "META\nkey;value\ndescription;%s\ncountry;c\nunit;u\ninstance;i\n"
		     "num_projects;1\nnum_votes;0\nbudget;5\ndate_begin;2026\ndate_end;2026\n"
		     "vote_type;approval\nballot;approval\nrule;greedy\n"
		     "PROJECTS\nproject_id;cost;name;name_en\n1;1;%s;%s\nVOTES\nvoter_id;vote\n",
		     title, name, english);
	if (yihu_definition_parse(&d, text.data, text.len, &err) != 0)
		fail_msg("%s", err.text);
	yihu_buf_free(&text);
	return d;
}

static const struct {
	const char *title, *name, *english, *holder; /* NULL: an ordinary one */
	const char *label, *building, *lives;        /* of the last of nine households */
	int code;
	const char *says;
} rows[] = {
	{.code = 0},
	{.lives = "王" RARE, .code = YIHU_EFORMAT, .says = "household “last”"},
	{.label = "1-" RARE, .code = YIHU_EFORMAT, .says = "U+10FFF0"},
	{.building = RARE, .code = YIHU_EFORMAT, .says = "household “last”"},
	{.label = WIDE WIDE WIDE WIDE "1", .code = YIHU_ETOOBIG, .says = "household “锦绣"},
	{.lives = WIDE WIDE WIDE WIDE WIDE WIDE WIDE WIDE,
	 .code = YIHU_ETOOBIG,
	 .says = "household “last”: the address does"},
	{.title = "Park" RARE, .code = YIHU_EFORMAT, .says = "Park"},
	{.name = "Lamps" RARE, .code = YIHU_EFORMAT, .says = "project “1”: “Lamps"},
	{.english = "Lights" RARE, .code = YIHU_EFORMAT, .says = "project “1”: “Lights"},
	{.holder = "王" RARE, .code = YIHU_EFORMAT, .says = "“王"},
};

static const char *either(const char *given, const char *else_)
{
	return given ? given : else_;
}

static void check_row(size_t i)
{
	static char origin[] = "desk.invalid/park-2026-00000000", a[] = "A", none[] = "";
	struct yihu_household h[9];
	struct yihu_definition *d =
		define(either(rows[i].title, "Park"), either(rows[i].name, "Lamps"),
		       either(rows[i].english, "Lamps"));
	struct yihu_charter *c = yihu_calloc(1, sizeof *c);
	struct yihu_error err = {0};
	for (size_t k = 0; k < 9; k++)
		h[k] = (struct yihu_household){.label = a, .building = none, .name = none};
	h[8] = (struct yihu_household){.label = yihu_strdup(either(rows[i].label, "last")),
				       .building = yihu_strdup(either(rows[i].building, "B")),
				       .name = yihu_strdup(either(rows[i].lives, "王芳"))};
	c->origin = origin;
	c->n = c->t = c->q = 1;
	c->households = 9;
	strcpy(c->holders[0].key.name, either(rows[i].holder, "李强"));
	int r = layout_check(d, c, NULL, &(struct yihu_households){h, 9}, &err);
	if (r != rows[i].code || (r != 0 && strstr(err.text, rows[i].says) == NULL))
		fail_msg("row %zu: code %d, “%s”", i, r, r != 0 ? err.text : "");
	free(h[8].label);
	free(h[8].building);
	free(h[8].name);
	yihu_definition_free(d);
	free(c);
}

TEST(what_cannot_be_printed_is_named)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_row(i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_cannot_be_printed_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
