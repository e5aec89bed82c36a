/* SPDX-License-Identifier: Apache-2.0
 *
 * Prints the table of a public folder's names as JSON, with what it says of many
 * names, right ones and near misses: how others that have a table of their own
 * are held to it.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/names.h>

/* The parts of the second auditor (src/web/audit/names.ts). */
static const char *const kinds[] = {
	[YIHU_PUBLIC_DEFINITION] = "definition",
	[YIHU_PUBLIC_CHARTER] = "charter",
	[YIHU_PUBLIC_PICTURE] = "picture",
	[YIHU_PUBLIC_REGISTER] = "register",
	[YIHU_PUBLIC_TILE] = "tile",
	[YIHU_PUBLIC_CHECKPOINT] = "checkpoint",
	[YIHU_PUBLIC_AT_CLOSE] = "at-close",
	[YIHU_PUBLIC_BOX] = "box",
	[YIHU_PUBLIC_MIX] = "mix",
	[YIHU_PUBLIC_OPENING] = "opening",
	[YIHU_PUBLIC_CANCELLED] = "cancelled",
	[YIHU_PUBLIC_RESULTS_PB] = "results.pb",
	[YIHU_PUBLIC_RESULTS_JSON] = "results.json",
	[YIHU_PUBLIC_RESULTS] = "results",
	[YIHU_PUBLIC_PRELIMINARY] = "preliminary",
	[YIHU_PUBLIC_FINAL] = "final",
	[YIHU_PUBLIC_SITE] = "passed-over",
	[YIHU_PUBLIC_HIDDEN] = "passed-over",
	[YIHU_PUBLIC_STRAY] = "stray",
};
static const char *const writers[] = {
	[YIHU_BY_ISSUER] = "issuer", [YIHU_BY_LOG] = "daemon", [YIHU_BY_HOLDER] = "holder"};

static const struct yihu_public_row *row_of(int kind)
{
	return yihu_public_row((enum yihu_public_kind)kind);
}

static json_t *patterns(uint32_t bits)
{
	json_t *list = json_array();
	for (int kind = 0; kind < YIHU_N_PUBLIC_KINDS; kind++)
		if ((bits & YIHU_PUBLIC_BIT(kind)) != 0)
			json_array_append_new(list, json_string(row_of(kind)->pattern));
	return list;
}

static json_t *rows(void)
{
	json_t *list = json_array();
	for (int kind = 0; kind < YIHU_N_PUBLIC_KINDS; kind++) {
		const struct yihu_public_row *row = row_of(kind);
		uint32_t needs = yihu_public_needed(YIHU_PUBLIC_BIT(kind));
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:i, s:s, s:s, s:b, s:o}", "pattern",
					row->pattern, "part", kinds[kind], "most", (int)row->most,
					"writer", writers[row->writer], "stage",
					yihu_stage_name(row->stage), "later", row->later, "needs",
					patterns(needs & ~YIHU_PUBLIC_BIT(kind))));
	}
	return list;
}

/* ---- names ---- */

static void add(json_t *list, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(json_t *list, const char *format, ...)
{
	char name[256];
	va_list args;
	va_start(args, format);
	vsnprintf(name, sizeof name, format, args);
	va_end(args);
	struct yihu_public_name n = yihu_public_name(name);
	json_array_append_new(list, json_pack("{s:s, s:s, s:i}", "name", name, "part",
					      kinds[n.kind], "number", (int)n.number));
}

static void add_numbers(json_t *list, const char *folder, uint32_t most)
{
	static const char *const wrong[] = {"",
					    "0",
					    "00",
					    "01",
					    "-1",
					    "+1",
					    " 1",
					    "1 ",
					    "1/",
					    "1.5",
					    "1e0",
					    "1x",
					    "x",
					    "١",
					    "99999999999999999999",
					    "18446744073709551617"};
	for (uint32_t i = 1; i <= most + 2; i++)
		add(list, "%s%u", folder, i);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		add(list, "%s%s", folder, wrong[i]);
}

static void add_tiles(json_t *list)
{
	static const char *const ends[] = {"0/000",
					   "0/255",
					   "0/000.p/1",
					   "0/000.p/255",
					   "1/000",
					   "63/000",
					   "0/x001/067",
					   "0/x001/x234/067.p/5",
					   "entries/000",
					   "entries/000.p/8",
					   "entries/x001/000",
					   "",
					   "64/000",
					   "00/000",
					   "-1/000",
					   "0/",
					   "0/00",
					   "0/0000",
					   "0/x000/000",
					   "0/x001/67",
					   "0/001/067",
					   "0/000.p/0",
					   "0/000.p/256",
					   "0/000.p/01",
					   "0/000.p/",
					   "0/000.p",
					   "0/000.q/1",
					   "entries/000.p/8/",
					   "Entries/000",
					   "data/000",
					   "0/x001/x067",
					   "0/abc",
					   "0/000/",
					   "0//000",
					   "0/.000",
					   "0/x018/x446/x744/x073/x709/x551/615",
					   "0/x018/x446/x744/x073/x709/x551/616"};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		add(list, "log/tile/%s", ends[i]);
}

/* A name, and what is nearly it. */
static void add_near(json_t *list, const char *name)
{
	add(list, "%s", name);
	add(list, "%c%s", name[0] - 'a' + 'A', name + 1);
	add(list, "%.*s", (int)strlen(name) - 1, name);
	add(list, "%sx", name);
	add(list, "%s/", name);
	add(list, "%s/x", name);
	add(list, "%s/.x", name);
	add(list, "%s ", name);
	add(list, " %s", name);
	add(list, "/%s", name);
	add(list, "./%s", name);
	add(list, ".%s", name);
	add(list, "x/%s", name);
	add(list, "x/.%s", name);
	add(list, "log/%s", name);
	add(list, "site/%s", name);
	add(list, "%s\n", name);
}

static json_t *names(void)
{
	json_t *list = json_array();
	for (int kind = 0; kind < YIHU_N_PUBLIC_KINDS; kind++) {
		const struct yihu_public_row *row = row_of(kind);
		char name[64];
		snprintf(name, sizeof name, "%.*s", (int)strcspn(row->pattern, "#*"), row->pattern);
		add_near(list, name);
		if (row->most > 0)
			add_numbers(list, name, row->most);
	}
	add_tiles(list);
	add_near(list, "img/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	add(list, "img/0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef");
	add(list, "img/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg");
	add(list, ".");
	add(list, "..");
	add(list, "../charter");
	add(list, "log");
	add(list, "mix");
	add(list, "results.csv");
	return list;
}

/* ---- limits ---- */

#define PROJECTS 3
struct election {
	struct yihu_charter charter;
	struct yihu_definition definition;
	struct yihu_project projects[PROJECTS];
};

static struct election *election(uint32_t households, uint32_t additions, uint32_t replacements,
				 uint32_t width, uint32_t withdrawals)
{
	static char first[] = "a", second[] = "bench-12", third[] = "树";
	static char *const ids[PROJECTS] = {first, second, third};
	struct election *e = yihu_calloc(1, sizeof *e);
	e->charter = (struct yihu_charter){.households = households,
					   .max_additions = additions,
					   .max_replacements = replacements,
					   .max_withdrawals = withdrawals};
	for (size_t i = 0; i < PROJECTS; i++)
		e->projects[i].id = ids[i];
	e->definition = (struct yihu_definition){
		.projects = e->projects, .n_projects = PROJECTS, .width = width};
	return e;
}

static json_t *limits_of(const struct election *e, const json_t *list, bool known)
{
	const struct yihu_charter *c = &e->charter;
	const struct yihu_definition *d = &e->definition;
	struct yihu_limits l = yihu_limits_of(known ? c : NULL, known ? d : NULL);
	json_t *limits = json_array(), *ids = json_array(), *row;
	size_t i;
	json_array_foreach(list, i, row) json_array_append_new(
		limits, json_integer((json_int_t)yihu_limits_bytes(
				&l, json_string_value(json_object_get(row, "name")))));
	for (i = 0; i < PROJECTS; i++)
		json_array_append_new(ids, json_string(d->projects[i].id));
	return json_pack("{s:b, s:I, s:I, s:I, s:I, s:I, s:o, s:I, s:o}", "known", known,
			 "households", (json_int_t)c->households, "additions",
			 (json_int_t)c->max_additions, "replacements",
			 (json_int_t)c->max_replacements, "withdrawals",
			 (json_int_t)c->max_withdrawals, "width", (json_int_t)d->width, "ids", ids,
			 "entries", (json_int_t)yihu_limits_entries(&l), "limits", limits);
}

static json_t *elections(const json_t *list)
{
	static const uint32_t shapes[][5] = {{1, 0, 0, 1, 0},
					     {300, 5, 10, 3, 1},
					     {1000000, 50000, 100000, 255, 9},
					     {1000000, UINT32_MAX, 0, 9, 0}};
	json_t *all = json_array();
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		const uint32_t *s = shapes[i];
		struct election *e = election(s[0], s[1], s[2], s[3], s[4]);
		json_array_append_new(all, limits_of(e, list, true));
		if (i == 0)
			json_array_append_new(all, limits_of(e, list, false));
		free(e);
	}
	return all;
}

int main(void)
{
	json_t *list = names(), *all = elections(list);
	json_t *table =
		json_pack("{s:o, s:o, s:o}", "rows", rows(), "names", list, "elections", all);
	json_dumpf(table, stdout, JSON_INDENT(1));
	json_decref(table);
	return puts("") == EOF;
}
