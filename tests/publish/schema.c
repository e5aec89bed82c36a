/* SPDX-License-Identifier: Apache-2.0
 *
 * RESULTS.md against what is written: the tables of the page are read, and
 * results of every kind are held to them. The same keys in the same order, each
 * of a type that its row names; and every type that a row names is written by
 * some result. So neither page nor code changes alone.
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <yihu/count.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "count/rules.h"
#include "tally.h"
#include "test.h"

/* ---- the page ---- */

#define KEYS_MAX 48
#define TYPES_MAX 3
#define TABLES_MAX 12

struct key {
	char *name;
	char *types[TYPES_MAX];
	bool seen[TYPES_MAX];
	size_t n_types;
};
struct table {
	char *name;
	struct key keys[KEYS_MAX];
	size_t n;
};
static struct table tables[TABLES_MAX];
static size_t n_tables;
static char *page; /* the whole */

static struct table *table_of(const char *name)
{
	for (size_t i = 0; i < n_tables; i++)
		if (strcmp(tables[i].name, name) == 0)
			return &tables[i];
	fail_msg("RESULTS.md has no table “%s”", name);
	return NULL;
}

static void read_types(struct key *key, char *cell)
{
	for (char *part = strtok(cell, ","); part != NULL; part = strtok(NULL, ",")) {
		part += strspn(part, " ");
		while (*part != '\0' && part[strlen(part) - 1] == ' ')
			part[strlen(part) - 1] = '\0';
		assert_true(key->n_types < TYPES_MAX);
		key->types[key->n_types++] = yihu_strdup(part);
	}
}

/* | `key` | type, type | meaning | */
static void read_row(struct table *t, char *line)
{
	char *name = line + strlen("| `"), *end = strchr(name, '`');
	assert_true(end != NULL && strncmp(end, "` | ", 4) == 0 && t->n < KEYS_MAX);
	char *types = end + 4, *bar = strstr(types, " |");
	assert_non_null(bar);
	*end = *bar = '\0';
	struct key *key = &t->keys[t->n++];
	key->name = yihu_strdup(name);
	read_types(key, types);
}

AROUND(read_page)
{
	struct yihu_buf file = {0};
	bool rows = false;
	char *heading = NULL;
	assert_int_equal(yihu_file_read(RESULTS_MD, 1 << 20, &file, NULL), 0);
	page = yihu_strdup((const char *)file.data);
	char *rest = (char *)file.data;
	for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
		if (*line == '#')
			heading = line + strspn(line, "# ");
		if (strcmp(line, "| key | type | meaning |") == 0) {
			assert_true(n_tables < TABLES_MAX);
			tables[n_tables++].name = yihu_strdup(heading);
			rows = true;
		} else if (rows && strncmp(line, "| `", 3) == 0) {
			read_row(&tables[n_tables - 1], line);
		} else if (*line != '|') {
			rows = false;
		}
	}
	yihu_buf_free(&file);
	return 0;
}

AROUND(free_page)
{
	for (size_t i = 0; i < n_tables; i++) {
		for (size_t k = 0; k < tables[i].n; k++) {
			free(tables[i].keys[k].name);
			for (size_t t = 0; t < tables[i].keys[k].n_types; t++)
				free(tables[i].keys[k].types[t]);
		}
		free(tables[i].name);
	}
	free(page);
	return 0;
}

/* ---- types ---- */

static const json_t *the_root;

static bool is_hex(const char *s)
{
	return (strlen(s) == 64 || strlen(s) == 128) && strspn(s, "0123456789abcdef") == strlen(s);
}

static bool is_rational(const char *s)
{
	size_t p = strspn(s, "0123456789");
	return p > 0 && s[p] == '/' && s[p + 1] >= '1' && s[p + 1] <= '9' &&
	       strspn(s + p + 1, "0123456789") == strlen(s + p + 1);
}

static bool is_share(const char *s)
{
	return *s == '>' && is_rational(s + 1 + (s[1] == '='));
}

static bool is_id(const char *s)
{
	size_t i;
	const json_t *p;
	json_array_foreach(json_object_get(the_root, "projects"), i,
			   p) if (strcmp(json_string_value(json_object_get(p, "id")), s) ==
				  0) return true;
	return false;
}

static bool is_of(const json_t *v, const char *type);

static bool all_are(const json_t *list, const char *type)
{
	size_t i;
	const json_t *v;
	json_array_foreach(list, i, v) if (!is_of(v, type)) return false;
	return json_is_array(list);
}

static bool is_of(const json_t *v, const char *type)
{
	static const char *const lists[][2] = {{"list of integers", "integer"},
					       {"list of ids", "id"},
					       {"list of hexes", "hex"},
					       {"list of objects", "object"}};
	uint64_t time;
	const char *s = json_string_value(v);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (strcmp(type, lists[i][0]) == 0)
			return all_are(v, lists[i][1]);
	if (strcmp(type, "null") == 0)
		return json_is_null(v);
	if (strcmp(type, "object") == 0)
		return json_is_object(v);
	if (strcmp(type, "boolean") == 0)
		return json_is_boolean(v);
	if (strcmp(type, "integer") == 0)
		return json_is_integer(v) && json_integer_value(v) >= 0;
	if (strcmp(type, "string") == 0)
		return s != NULL;
	if (strcmp(type, "hex") == 0)
		return s != NULL && is_hex(s);
	if (strcmp(type, "time") == 0)
		return s != NULL && yihu_time_parse(&time, yihu_span(s));
	if (strcmp(type, "rational") == 0)
		return s != NULL && is_rational(s);
	if (strcmp(type, "share") == 0)
		return s != NULL && is_share(s);
	if (strcmp(type, "id") == 0)
		return s != NULL && is_id(s);
	fail_msg("RESULTS.md names a type “%s” that it does not tell of", type);
	return false;
}

static void hold_value(const struct table *t, struct key *key, const json_t *v)
{
	bool fits = false;
	for (size_t i = 0; i < key->n_types; i++)
		if (is_of(v, key->types[i]))
			fits = key->seen[i] = true;
	if (!fits)
		fail_msg("%s: `%s` is of no type that its row names", t->name, key->name);
}

/* The keys of object from table's row `first` on, and no others; `trace` may
 * stand behind those of the file, and version 2 has `withdrawn` besides. */
static void hold(const json_t *object, const char *name, size_t first, size_t at)
{
	struct table *t = table_of(name);
	size_t row = first, i = 0;
	const char *key;
	json_t *v, *o = (json_t *)(uintptr_t)object;
	assert_true(json_is_object(object));
	json_object_foreach(o, key, v)
	{
		bool skipped = i++ < at;
		if (skipped || strcmp(key, "withdrawn") == 0 ||
		    (strcmp(key, "trace") == 0 && row == t->n))
			continue;
		if (row == t->n || strcmp(t->keys[row].name, key) != 0)
			fail_msg("%s: `%s` is written where RESULTS.md has `%s`", name, key,
				 row < t->n ? t->keys[row].name : "nothing");
		hold_value(t, &t->keys[row++], v);
	}
	if (row < t->n)
		fail_msg("%s: `%s` is not written", name, t->keys[row].name);
}

static void hold_each(const json_t *list, const char *name)
{
	size_t i;
	const json_t *v;
	json_array_foreach(list, i, v) hold(v, name, 0, 0);
}

static void hold_if(const json_t *v, const char *name)
{
	if (json_is_object(v))
		hold(v, name, 0, 0);
}

static void hold_words(const json_t *list, const char *key)
{
	size_t i;
	const json_t *v;
	json_array_foreach(list, i, v)
	{
		const char *word = json_string_value(json_object_get(v, key));
		char *quoted = yihu_printf("`%s`", word != NULL ? word : key);
		if (strstr(page, quoted) == NULL)
			fail_msg("RESULTS.md does not tell of %s %s", key, quoted);
		free(quoted);
	}
}

/* What is inside both frames. */
static void hold_inside(const json_t *root)
{
	static const char *const traced[] = {"equalshares",        "equalshares/add1",
					     "equalshares/add1u",  "equalshares/add1e",
					     "equalshares/add1eu", "phragmen"};
	size_t i;
	const json_t *p, *projects = json_object_get(root, "projects");
	const json_t *trace = json_object_get(root, "trace");
	const char *rule = json_string_value(json_object_get(root, "rule"));
	bool has_rounds = false;
	for (i = 0; i < sizeof traced / sizeof *traced; i++)
		has_rounds = has_rounds || strcmp(rule, traced[i]) == 0;
	assert_int_equal(trace != NULL, has_rounds);
	hold_if(json_object_get(root, "quorum"), "quorum");
	hold_if(json_object_get(root, "support"), "support of the file");
	if (json_object_get(root, "withdrawn") != NULL)
		hold_each(json_object_get(root, "withdrawn"), "withdrawn");
	hold_each(projects, "project");
	json_array_foreach(projects, i, p)
		hold_if(json_object_get(p, "support"), "support of a project");
	hold_words(projects, "verdict");
	hold_words(projects, "ordered_by");
	hold_each(json_object_get(root, "ties"), "tie");
	hold_if(trace, "trace");
	hold_each(json_object_get(trace, "rounds"), "round");
	hold_words(json_object_get(trace, "rounds"), "by");
	hold_each(json_object_get(trace, "left"), "left");
	hold_if(json_object_get(trace, "comparison"), "comparison");
}

/* ---- results of every kind ---- */

static json_t *load(const struct yihu_buf *json)
{
	json_t *root =
		json_loadb((const char *)json->data, json->len, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(root);
	the_root = root;
	return root;
}

static void hold_results(struct tally *x)
{
	struct yihu_buf json = {0};
	tally_json(x, &json);
	json_t *root = load(&json);
	bool second = x->t.n_withdrawn > 0;
	assert_string_equal(json_string_value(json_object_get(root, "version")),
			    second ? "yihu-results-v2" : "yihu-results-v1");
	assert_int_equal(json_object_get(root, "withdrawn") != NULL, second);
	hold(root, "The file", 0, 0);
	hold_inside(root);
	json_decref(root);
	yihu_buf_free(&json);
}

/* The keys before `ballot`, as the page lists them in one line. */
static size_t hold_count_frame(const json_t *root)
{
	const char *line = strstr(page, "\n`version` `title`");
	assert_non_null(line);
	size_t n = 0;
	const char *key;
	json_t *v, *o = (json_t *)(uintptr_t)root;
	line++;
	json_object_foreach(o, key, v)
	{
		char *want = yihu_printf("`%s`", key);
		if (strncmp(line, want, strlen(want)) != 0)
			fail_msg("count: %s is written where RESULTS.md has %.20s", want, line);
		line += strlen(want);
		free(want);
		if (*line == '\n')
			return n;
		assert_int_equal(*line++, ' ');
		n++;
	}
	fail_msg("count: RESULTS.md has more keys");
	return 0;
}

static void hold_count(const struct tally *x, bool with_lot)
{
	struct yihu_buf json = {0};
	struct yihu_profile p = {.definition = x->t.definition,
				 .n = x->t.n_valid,
				 .digits = x->t.digits,
				 .cast = x->t.cast,
				 .entitled = x->t.entitled,
				 .has_lot = with_lot};
	size_t ballot = 0;
	const struct table *file = table_of("The file");
	while (strcmp(file->keys[ballot].name, "ballot") != 0)
		ballot++;
	yihu_count_json(&json, &p, x->o);
	json_t *root = load(&json);
	size_t at = hold_count_frame(root);
	hold(root, "The file", ballot, at);
	hold_inside(root);
	json_decref(root);
	yihu_buf_free(&json);
}

#define HEAD                                                                                       \
	"META\nkey;value\ndescription;Yard\ncountry;China\nunit;Jishan\ninstance;2025\n"           \
	"num_projects;3\nnum_votes;0\ndate_begin;01.06.2025\ndate_end;02.06.2025\n"
#define PROJECTS                                                                                   \
	"PROJECTS\nproject_id;cost;name;name_en\na;100;\xe7\x81\xaf;Lamps\nb;100;;\nc;150;x;X\n"
#define VOTES "VOTES\nvoter_id;vote\n"
#define POINTS "VOTES\nvoter_id;vote;points\n"

static const struct {
	const char *definition;
	uint32_t digits[9]; /* of three ballots */
} samples[] = {
	{HEAD "budget;250\nvote_type;approval\nballot;approval\nrule;greedy\ncurrency;CNY\n"
	      "quorum;>1/2\n" PROJECTS VOTES,
	 {1, 1, 0, 1, 1, 0, 0, 0, 1}},
	{HEAD
	 "budget;100\nvote_type;approval\nballot;approval\nrule;greedy-no-skip\n" PROJECTS VOTES,
	 {1, 0, 1, 1, 0, 1, 0, 0, 1}},
	{HEAD "budget;250\nvote_type;approval\nballot;approval\nrule;greedy-threshold\n"
	      "threshold;2\n" PROJECTS VOTES,
	 {1, 1, 0, 1, 0, 0, 0, 0, 1}},
	{HEAD
	 "vote_type;scoring\nballot;consent\nrule;majority\nsupport;>1/2 decided\n" PROJECTS POINTS,
	 {1, 1, 0, 1, 2, 0, 2, 2, 1}},
	{HEAD "budget;200\nvote_type;scoring\nballot;consent\nrule;majority\n"
	      "support;>=2/3 cast\n" PROJECTS POINTS,
	 {1, 1, 1, 1, 2, 1, 0, 0, 1}},
	{HEAD "budget;250\nvote_type;approval\nballot;approval\nrule;equalshares\n"
	      "comparison;1\n" PROJECTS VOTES,
	 {1, 1, 0, 1, 1, 0, 0, 0, 1}},
	{HEAD "budget;240\nvote_type;scoring\nballot;scoring\nmax_points;3\n"
	      "rule;equalshares/add1\neligibility;1\n" PROJECTS POINTS,
	 {3, 1, 0, 1, 1, 0, 0, 0, 1}},
	{HEAD "budget;260\nvote_type;approval\nballot;approval\nrule;equalshares/add1u\n"
	      "support;>1/3 entitled\n" PROJECTS VOTES,
	 {1, 0, 0, 0, 1, 0, 0, 1, 1}},
	{HEAD "budget;200\nvote_type;approval\nballot;approval\nrule;phragmen\n" PROJECTS VOTES,
	 {1, 1, 0, 1, 1, 0, 0, 0, 1}},
	{HEAD "budget;250\nvote_type;ordinal\nballot;ordinal\nrule;greedy\n" PROJECTS VOTES,
	 {1, 2, 3, 2, 1, 0, 0, 0, 1}},
	{HEAD "budget;250\nvote_type;cumulative\nballot;cumulative\nmax_sum_points;4\n"
	      "rule;greedy\n" PROJECTS POINTS,
	 {1, 2, 0, 2, 1, 0, 0, 0, 4}},
};

static void all_results(bool opened, uint64_t entitled)
{
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct tally x;
		tally_make(&x, samples[i].definition);
		x.t.digits = samples[i].digits;
		x.t.n_valid = 3;
		x.t.n_void = 1;
		x.t.void_at = (const uint64_t[]){2};
		x.t.cast = 4;
		x.t.households = x.t.entitled = entitled;
		if (!opened)
			tally_not_opened(&x);
		hold_results(&x);
		if (opened)
			hold_count(&x, true);
		tally_free(&x);
	}
}

TEST(what_is_written_is_what_the_page_says)
{
	assert_true(n_tables >= 10);
	all_results(true, 6);
	all_results(false, 6);
	all_results(true, 60); /* the quorum of one is missed */
	struct tally x;
	tally_make(&x, tally_yard); /* without name_en and currency */
	hold_results(&x);
	hold_count(&x, true);
	hold_count(&x, false);
	static char why[] = "a wrong price";
	x.t.withdrawn =
		&(const struct yihu_withdrawn){.project = 1, .entry = 2, .time = 1, .reason = why};
	x.t.n_withdrawn = 1;
	hold_results(&x);
	tally_free(&x);
}

/* After the test above. */
TEST(every_type_that_the_page_names_is_written)
{
	for (size_t i = 0; i < n_tables; i++)
		for (size_t k = 0; k < tables[i].n; k++)
			for (size_t t = 0; t < tables[i].keys[k].n_types; t++)
				if (!tables[i].keys[k].seen[t])
					fail_msg("%s: `%s` is never %s", tables[i].name,
						 tables[i].keys[k].name,
						 tables[i].keys[k].types[t]);
}

TEST(every_word_is_on_the_page_and_no_other)
{
	size_t told = 0;
	char *words;
	for (int v = 0; v < YIHU_N_VERDICTS; v++) {
		words = yihu_printf("\n| `%s` |", yihu_verdict_name((enum yihu_verdict)v));
		assert_non_null(strstr(page, words));
		free(words);
	}
	const char *row = strstr(page, "\n| verdict | |\n|---|---|\n");
	assert_non_null(row);
	row += strlen("\n| verdict | |\n|---|---|\n");
	for (; *row == '|'; row = strchr(row, '\n') + 1)
		told++;
	assert_int_equal(told, YIHU_N_VERDICTS);
	const char *rule = strstr(page, "\n`rule`: `");
	assert_non_null(rule);
	rule += strlen("\n`rule`: `");
	for (told = 0; *rule != '\n'; told++) {
		char *name = yihu_strndup(rule, strcspn(rule, "`"));
		if (!yihu_rule_find(name))
			fail_msg("RESULTS.md names a rule “%s”", name);
		rule += strlen(name) + 1;
		rule += strspn(rule, " `.");
		free(name);
	}
	assert_int_equal(told, 11);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_what_the_page_says),
		cmocka_unit_test(every_type_that_the_page_names_is_written),
		cmocka_unit_test(every_word_is_on_the_page_and_no_other),
	};
	return cmocka_run_group_tests(tests, read_page, free_page);
}
