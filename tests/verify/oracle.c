/* SPDX-License-Identifier: Apache-2.0
 *
 * What the C library says, for the second auditor's count to be held against:
 * a JSON object on a line in, one out. Bytes are in base64.
 *
 *   {"op":"read","bytes":…}          →  {"code":"ok"} or a slug, and "words"
 *   {"op":"words","bytes":…,"words":…} → "ballots": digits, null where void
 *   {"op":"file","bytes":…}          →  "bytes": its strict form, "ballots", "void": how many
 *                                      more there are
 *   {"op":"count","bytes":…,…}       →  "pb", "json" of an election
 *   {"op":"file-count","bytes":…,…}  →  "json" of a file without an election
 *
 * A count takes ballots (rows of digits), lot (hex; null in a file: none),
 * cast, entitled, and an election's also opened, void_at and the figures of the
 * log.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/results.h>
#include <yihu/text.h>

static uint64_t number(const json_t *in, const char *key)
{
	return (uint64_t)json_integer_value(json_object_get(in, key));
}

static void take_base64(struct yihu_buf *out, const json_t *in, const char *key)
{
	const char *text = json_string_value(json_object_get(in, key));
	if (!text || !yihu_unbase64(out, yihu_span(text)))
		abort();
}

static void put_base64(json_t *out, const char *key, const struct yihu_buf *bytes)
{
	struct yihu_buf text = {0};
	yihu_base64(&text, bytes->data, bytes->len);
	json_object_set_new(out, key, json_stringn((const char *)text.data, text.len));
	yihu_buf_free(&text);
}

static uint32_t *take_rows(const json_t *in, const struct yihu_definition *d, size_t *n)
{
	const json_t *rows = json_object_get(in, "ballots"), *row, *digit;
	size_t i, k;
	*n = json_array_size(rows);
	uint32_t *digits = yihu_calloc(*n * d->n_projects, sizeof *digits);
	json_array_foreach(rows, i, row)
	{
		if (json_array_size(row) != d->n_projects)
			abort();
		json_array_foreach(row, k, digit) digits[i * d->n_projects + k] =
			(uint32_t)json_integer_value(digit);
		if (yihu_digits_check(d, digits + i * d->n_projects, NULL) != YIHU_OK)
			abort();
	}
	return digits;
}

static json_t *row_of(const uint32_t *digits, size_t n)
{
	json_t *row = json_array();
	for (size_t k = 0; k < n; k++)
		json_array_append_new(row, json_integer(digits[k]));
	return row;
}

static void put_rows(json_t *out, const struct yihu_votes *votes, size_t n_projects)
{
	json_t *rows = json_array();
	for (size_t i = 0; i < votes->n; i++)
		json_array_append_new(rows, row_of(votes->digits + i * n_projects, n_projects));
	json_object_set_new(out, "ballots", rows);
}

/* The definition's own fault, or its rule's. */
static int parse(struct yihu_definition **d, const struct yihu_buf *bytes, struct yihu_error *err)
{
	int code = yihu_definition_parse(d, bytes->data, bytes->len, err);
	return code ? code : yihu_count_check(*d, err);
}

static int read_definition(json_t *out, const json_t *in, struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	struct yihu_definition *d = NULL;
	(void)out;
	take_base64(&bytes, in, "bytes");
	int code = parse(&d, &bytes, err);
	yihu_definition_free(d);
	yihu_buf_free(&bytes);
	return code;
}

/* What the words of opened ballots mean; null is a word in no table. */
static int read_words(json_t *out, const json_t *in, struct yihu_error *err)
{
	const json_t *list = json_object_get(in, "words"), *row, *word;
	struct yihu_buf bytes = {0};
	struct yihu_definition *d = NULL;
	json_t *rows = json_array();
	size_t i, j;
	take_base64(&bytes, in, "bytes");
	int code = parse(&d, &bytes, err);
	json_array_foreach(list, i, row)
	{
		uint32_t words[255], digits[YIHU_PROJECTS_MAX];
		if (code || json_array_size(row) != d->width)
			abort();
		json_array_foreach(row, j, word) words[j] =
			json_is_null(word) ? UINT32_MAX : (uint32_t)json_integer_value(word);
		bool valid = yihu_digits_from_words(d, words, digits, NULL) == YIHU_OK &&
			     yihu_digits_check(d, digits, NULL) == YIHU_OK;
		json_array_append_new(rows, valid ? row_of(digits, d->n_projects) : json_null());
	}
	json_object_set_new(out, "ballots", rows);
	yihu_definition_free(d);
	yihu_buf_free(&bytes);
	return code;
}

static int read_file(json_t *out, const json_t *in, struct yihu_error *err)
{
	struct yihu_buf file = {0}, strict = {0};
	struct yihu_definition *d = NULL;
	struct yihu_votes votes = {0};
	take_base64(&file, in, "bytes");
	int code = yihu_definition_held(&strict, NULL, file.data, file.len, err);
	if (!code)
		code = yihu_definition_parse(&d, strict.data, strict.len, err);
	if (!code)
		code = yihu_votes_read(&votes, d, file.data, file.len, err);
	if (!code) {
		put_base64(out, "bytes", &strict);
		put_rows(out, &votes, d->n_projects);
		json_object_set_new(out, "void", json_integer((json_int_t)votes.void_votes.n));
	}
	yihu_votes_free(&votes);
	yihu_definition_free(d);
	yihu_buf_free(&strict);
	yihu_buf_free(&file);
	return code;
}

struct count {
	struct yihu_buf bytes;
	struct yihu_definition *d;
	uint32_t *digits;
	size_t n;
	uint8_t lot[32];
	bool has_lot;
	struct yihu_outcome *o;
	struct yihu_buf pb, json;
};

static int count_init(struct count *c, const json_t *in, struct yihu_error *err)
{
	const char *lot = json_string_value(json_object_get(in, "lot"));
	take_base64(&c->bytes, in, "bytes");
	int code = parse(&c->d, &c->bytes, err);
	if (code)
		return code;
	c->digits = take_rows(in, c->d, &c->n);
	c->has_lot = lot != NULL;
	if (lot && !yihu_unhex(c->lot, sizeof c->lot, yihu_span(lot)))
		abort();
	return YIHU_OK;
}

static void count_finish(struct count *c, json_t *out)
{
	if (c->pb.len)
		put_base64(out, "pb", &c->pb);
	if (c->json.len)
		put_base64(out, "json", &c->json);
	yihu_buf_free(&c->json);
	yihu_buf_free(&c->pb);
	yihu_outcome_free(c->o);
	free(c->digits);
	yihu_definition_free(c->d);
	yihu_buf_free(&c->bytes);
}

/* Freed by drop_withdrawn. */
static struct yihu_withdrawn *take_withdrawn(const json_t *list, size_t *n)
{
	*n = json_array_size(list);
	struct yihu_withdrawn *all = yihu_calloc(*n, sizeof *all);
	for (size_t i = 0; i < *n; i++) {
		const json_t *one = json_array_get(list, i);
		all[i] = (struct yihu_withdrawn){
			.project = (uint32_t)number(one, "project"),
			.entry = number(one, "entry"),
			.time = number(one, "time"),
			.reason = yihu_strdup(json_string_value(json_object_get(one, "reason"))),
		};
	}
	return all;
}

static void drop_withdrawn(struct yihu_withdrawn *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(all[i].reason);
	free(all);
}

static int count_file(json_t *out, const json_t *in, struct yihu_error *err)
{
	struct count c = {0};
	size_t n_withdrawn;
	struct yihu_withdrawn *withdrawn =
		take_withdrawn(json_object_get(in, "withdrawn"), &n_withdrawn);
	int code = count_init(&c, in, err);
	struct yihu_profile p = {.definition = c.d,
				 .n = c.n,
				 .digits = c.digits,
				 .cast = number(in, "cast"),
				 .entitled = number(in, "entitled"),
				 .withdrawn = withdrawn,
				 .n_withdrawn = n_withdrawn,
				 .has_lot = c.has_lot};
	memcpy(p.lot_seed, c.lot, sizeof c.lot);
	if (!code)
		code = yihu_count(&c.o, &p, err);
	if (!code)
		yihu_count_json(&c.json, &p, c.o);
	count_finish(&c, out);
	drop_withdrawn(withdrawn, n_withdrawn);
	return code;
}

static struct yihu_charter charter_of(const json_t *in)
{
	struct yihu_charter c = {
		.opens = number(in, "opens"),
		.closes = number(in, "closes"),
		.min_box = (uint32_t)number(in, "min_box"),
		.n = (uint32_t)number(in, "holders"),
		.t = (uint32_t)number(in, "needed"),
	};
	const char *eid = json_string_value(json_object_get(in, "eid"));
	if (!eid || !yihu_unhex(c.eid, sizeof c.eid, yihu_span(eid)))
		abort();
	return c;
}

static uint64_t *take_places(const json_t *list, size_t *n)
{
	*n = json_array_size(list);
	uint64_t *places = yihu_calloc(*n, sizeof *places);
	for (size_t i = 0; i < *n; i++)
		places[i] = (uint64_t)json_integer_value(json_array_get(list, i));
	return places;
}

static struct yihu_tally tally_of(const struct count *c, const struct yihu_charter *charter,
				  const json_t *in)
{
	struct yihu_tally t = {
		.charter = charter,
		.definition = c->d,
		.definition_bytes = c->bytes.data,
		.definition_len = c->bytes.len,
		.log_size = number(in, "log_size"),
		.households = number(in, "households"),
		.additions = number(in, "additions"),
		.replacements = number(in, "replacements"),
		.voids = number(in, "voids"),
		.entitled = number(in, "entitled"),
		.cast = number(in, "cast"),
		.opened = json_is_true(json_object_get(in, "opened")),
	};
	memcpy(t.lot_seed, c->lot, sizeof t.lot_seed);
	return t;
}

static int count_election(json_t *out, const json_t *in, struct yihu_error *err)
{
	struct count c = {0};
	struct yihu_charter charter = charter_of(in);
	size_t n_void;
	uint64_t *void_at = take_places(json_object_get(in, "void_at"), &n_void);
	size_t n_withdrawn;
	struct yihu_withdrawn *withdrawn =
		take_withdrawn(json_object_get(in, "withdrawn"), &n_withdrawn);
	int code = count_init(&c, in, err);
	if (!code) {
		struct yihu_tally t = tally_of(&c, &charter, in);
		t.withdrawn = withdrawn;
		t.n_withdrawn = n_withdrawn;
		if (t.opened) {
			t.mixes = (uint32_t)number(in, "mixes");
			t.openers = (uint32_t)number(in, "openers");
			t.digits = c.digits;
			t.n_valid = c.n;
			t.void_at = void_at;
			t.n_void = n_void;
			code = yihu_tally_count(&c.o, &t, err);
		}
		if (!code) {
			yihu_results_pb(&c.pb, &t);
			yihu_results_json(&c.json, &t, c.o);
		}
	}
	count_finish(&c, out);
	free(void_at);
	drop_withdrawn(withdrawn, n_withdrawn);
	return code;
}

static const struct op {
	const char *name;
	int (*run)(json_t *out, const json_t *in, struct yihu_error *err);
} ops[] = {
	{"read", read_definition}, {"words", read_words},      {"file", read_file},
	{"count", count_election}, {"file-count", count_file},
};

static void answer(const json_t *in)
{
	struct yihu_error err = {0};
	json_t *out = json_object();
	const char *name = json_string_value(json_object_get(in, "op"));
	int code = YIHU_EARG;
	for (size_t i = 0; name && i < sizeof ops / sizeof *ops; i++)
		if (strcmp(ops[i].name, name) == 0)
			code = ops[i].run(out, in, &err);
	json_object_set_new(out, "code", json_string(yihu_code_slug(code)));
	json_object_set_new(out, "words", json_string(err.text));
	json_dumpf(out, stdout, JSON_COMPACT);
	putchar('\n');
	fflush(stdout);
	json_decref(out);
}

int main(void)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t len;
	while ((len = getline(&line, &size, stdin)) > 0) {
		json_t *in = json_loadb(line, (size_t)len, 0, NULL);
		if (!in)
			abort();
		answer(in);
		json_decref(in);
	}
	free(line);
	return 0;
}
