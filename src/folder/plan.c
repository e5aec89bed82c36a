/* SPDX-License-Identifier: Apache-2.0
 *
 * ceremony/plan: what `init` fixed, as a text of one line a value.
 */
#include "folder/folder.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/households.h>

#define NO_URL "-"
#define TOKEN_PATH "/v#" /* what a letter has after the host */

static void put_hex(struct yihu_buf *out, const char *key, const uint8_t value[static 32])
{
	char hex[65];
	yihu_buf_fmt(out, "%s %s\n", key, yihu_hex_into(hex, value, 32));
}

static void put_key(struct yihu_buf *out, const char *key, const struct yihu_vkey *value)
{
	yihu_buf_fmt(out, "%s ", key);
	yihu_vkey_text(out, value);
	yihu_buf_str(out, "\n");
}

void yihu_plan_text(struct yihu_buf *out, const struct yihu_plan *p)
{
	char opens[21], closes[21];
	yihu_buf_str(out, "yihu-plan-v1\n");
	yihu_buf_fmt(out, "origin %s\n", p->origin);
	yihu_buf_fmt(out, "url %s\n", p->url ? p->url : NO_URL);
	put_hex(out, "definition", p->definition_hash);
	yihu_buf_fmt(out, "households %u\n", p->households);
	put_hex(out, "roll", p->roll_hash);
	yihu_buf_fmt(out, "changes %u %u\n", p->max_additions, p->max_replacements);
	yihu_buf_fmt(out, "min-box %u\n", p->min_box);
	yihu_buf_fmt(out, "opens %s\n", yihu_time_text(opens, p->opens));
	yihu_buf_fmt(out, "closes %s\n", yihu_time_text(closes, p->closes));
	put_key(out, "issuer", &p->issuer);
	put_key(out, "log", &p->log);
	yihu_buf_fmt(out, "threshold %u %u %u\n", p->t, p->n, p->q);
	if (p->max_withdrawals > 0)
		yihu_buf_fmt(out, "withdrawals %u\n", p->max_withdrawals);
}

void yihu_plan_charter(struct yihu_charter *out, const struct yihu_plan *p)
{
	out->origin = p->origin;
	memcpy(out->definition_hash, p->definition_hash, sizeof p->definition_hash);
	out->households = p->households;
	memcpy(out->roll_hash, p->roll_hash, sizeof p->roll_hash);
	out->max_additions = p->max_additions;
	out->max_replacements = p->max_replacements;
	out->min_box = p->min_box;
	out->opens = p->opens;
	out->closes = p->closes;
	out->issuer = p->issuer;
	out->log = p->log;
	out->t = p->t;
	out->n = p->n;
	out->q = p->q;
	out->max_withdrawals = p->max_withdrawals;
}

/* One reader a line: takes the value after "key ". */
struct plan_line {
	const char *key;
	bool (*read)(struct yihu_plan *p, struct yihu_span value);
};

static bool read_numbers(struct yihu_span value, uint32_t *out, size_t n)
{
	struct yihu_span field;
	for (size_t i = 0; i < n; i++) {
		uint64_t v;
		if (!yihu_field_next(&value, &field) || !yihu_decimal(&v, field, UINT32_MAX))
			return false;
		out[i] = (uint32_t)v;
	}
	return value.len == 0;
}

static bool read_origin(struct yihu_plan *p, struct yihu_span v)
{
	p->origin = yihu_span_dup(v);
	return yihu_origin_valid(p->origin);
}

/* The letters' address is the host that the origin names, which all holders
 * sign; "https://HOST" in the one form that the QR has. */
static bool read_url(struct yihu_plan *p, struct yihu_span v)
{
	struct yihu_buf prefix = {0};
	if (yihu_span_is(v, NO_URL))
		return true;
	p->url = yihu_span_dup(v);
	const char *host = strstr(p->url, "://");
	const char *path = strchr(p->origin, '/');
	bool ok = host && yihu_token_url_prefix(&prefix, p->url, NULL) == 0 &&
		  prefix.len == v.len + strlen(TOKEN_PATH) && path &&
		  yihu_span_is((struct yihu_span){p->origin, (size_t)(path - p->origin)}, host + 3);
	yihu_buf_free(&prefix);
	return ok;
}

static bool read_definition(struct yihu_plan *p, struct yihu_span v)
{
	return yihu_unhex(p->definition_hash, 32, v);
}

static bool read_households(struct yihu_plan *p, struct yihu_span v)
{
	return read_numbers(v, &p->households, 1) && p->households >= 1 &&
	       p->households <= YIHU_HOUSEHOLDS_MAX;
}

static bool read_roll(struct yihu_plan *p, struct yihu_span v)
{
	return yihu_unhex(p->roll_hash, 32, v);
}

static bool read_changes(struct yihu_plan *p, struct yihu_span v)
{
	uint32_t n[2];
	bool ok = read_numbers(v, n, 2);
	p->max_additions = ok ? n[0] : 0;
	p->max_replacements = ok ? n[1] : 0;
	return ok;
}

static bool read_min_box(struct yihu_plan *p, struct yihu_span v)
{
	return read_numbers(v, &p->min_box, 1) && p->min_box >= 1;
}

static bool read_opens(struct yihu_plan *p, struct yihu_span v)
{
	return yihu_time_parse(&p->opens, v);
}

static bool read_closes(struct yihu_plan *p, struct yihu_span v)
{
	return yihu_time_parse(&p->closes, v) && p->closes > p->opens;
}

static bool read_issuer(struct yihu_plan *p, struct yihu_span v)
{
	return yihu_vkey_parse(&p->issuer, v, NULL) == 0;
}

static bool read_log(struct yihu_plan *p, struct yihu_span v)
{
	return yihu_vkey_parse(&p->log, v, NULL) == 0 && strcmp(p->log.name, p->origin) == 0;
}

static bool read_threshold(struct yihu_plan *p, struct yihu_span v)
{
	uint32_t n[3];
	if (!read_numbers(v, n, 3) || !yihu_threshold_valid(n[0], n[1]))
		return false;
	p->t = n[0];
	p->n = n[1];
	p->q = n[2];
	return p->t <= p->q && p->q <= p->n;
}

static bool read_withdrawals(struct yihu_plan *p, struct yihu_span v)
{
	return read_numbers(v, &p->max_withdrawals, 1) && p->max_withdrawals >= 1 &&
	       p->max_withdrawals <= YIHU_WITHDRAWALS_MAX;
}

static const struct plan_line plan_lines[] = {
	{"origin", read_origin},         {"url", read_url},     {"definition", read_definition},
	{"households", read_households}, {"roll", read_roll},   {"changes", read_changes},
	{"min-box", read_min_box},       {"opens", read_opens}, {"closes", read_closes},
	{"issuer", read_issuer},         {"log", read_log},     {"threshold", read_threshold},
};

/* After the last of them, those that a plan can have, in this order (§18). */
static const struct plan_line optional_lines[] = {
	{"withdrawals", read_withdrawals},
};

static int parse_optional(struct yihu_plan *p, struct yihu_lines *lines, struct yihu_error *err)
{
	for (size_t i = 0; i < sizeof optional_lines / sizeof *optional_lines; i++) {
		const struct plan_line *may = &optional_lines[i];
		struct yihu_lines ahead = *lines;
		struct yihu_span line, key;
		if (!yihu_lines_next(&ahead, &line) || !yihu_field_next(&line, &key) ||
		    !yihu_span_is(key, may->key))
			continue;
		*lines = ahead;
		if (!may->read(p, line))
			return yihu_fail(err, YIHU_EFORMAT,
					 _("line %zu must give “%s”, in the form that yihu-issue "
					   "init writes"),
					 lines->number, may->key);
	}
	return 0;
}

static int parse_lines(struct yihu_plan *p, struct yihu_lines *lines, struct yihu_error *err)
{
	struct yihu_span line, key;
	if (!yihu_lines_next(lines, &line) || !yihu_span_is(line, "yihu-plan-v1"))
		return yihu_fail(err, YIHU_EVERSION, _("line 1 is not “yihu-plan-v1”"));
	for (size_t i = 0; i < sizeof plan_lines / sizeof *plan_lines; i++) {
		const struct plan_line *want = &plan_lines[i];
		if (!yihu_lines_next(lines, &line) || !yihu_field_next(&line, &key) ||
		    !yihu_span_is(key, want->key) || !want->read(p, line))
			return yihu_fail(err, YIHU_EFORMAT,
					 _("line %zu must give “%s”, in the form that yihu-issue "
					   "init writes"),
					 i + 2, want->key);
	}
	int r = parse_optional(p, lines, err);
	if (r == 0 && lines->left != 0)
		r = yihu_fail(err, YIHU_ETRAILING,
			      _("there is more after line %zu, which should be the last: a newer "
				"program made it, or it is damaged"),
			      lines->number);
	return r;
}

int yihu_plan_parse(struct yihu_plan *out, const void *bytes, size_t len, struct yihu_error *err)
{
	struct yihu_plan p = {0};
	struct yihu_lines lines = yihu_lines(bytes, len);
	if (!yihu_text_clean(bytes, len))
		return yihu_fail(err, YIHU_EFORMAT,
				 _("it is not plain UTF-8 text with LF line ends"));
	int r = parse_lines(&p, &lines, err);
	if (r == 0)
		*out = p;
	else
		yihu_plan_finish(&p);
	return r;
}

int yihu_plan_read(struct yihu_plan *out, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	int r = folder_read(f, F_PLAN, &bytes, err);
	if (r == YIHU_ENOENT)
		r = yihu_fail(err, YIHU_ENOENT,
			      _("%s: no election here; make one with: yihu-issue init DIR …"),
			      f->root);
	else if (r == 0)
		r = folder_fail_at(err, yihu_plan_parse(out, bytes.data, bytes.len, err), f,
				   F_PLAN);
	yihu_buf_free(&bytes);
	return r;
}

void yihu_plan_finish(struct yihu_plan *p)
{
	free(p->origin);
	free(p->url);
	memset(p, 0, sizeof *p);
}
