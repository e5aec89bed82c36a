/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads a charter and checks all that PROTOCOL §3 and §4 ask of it. The lines
 * have one order; the table `head` is that order, then come n trustees, the key
 * and the optional lines of `tail`. Whoever votes or counts trusts nothing but what is checked
 * here.
 */
#include <string.h>

#include <yihu/charter.h>
#include <yihu/households.h>

struct charter_reader {
	struct yihu_lines lines;
	struct yihu_charter *c;
	struct yihu_error *err;
};

/* A line of the charter: its key, the number of fields behind it, what they
 * look like (for messages), and who reads them. */
struct row {
	const char *key;
	size_t n;
	const char *form;
	int (*read)(struct charter_reader *r, const struct yihu_span *f);
};
#define FIELDS_MAX 3

static int read_number(struct charter_reader *r, uint32_t *out, struct yihu_span f)
{
	uint64_t v;
	if (!yihu_decimal(&v, f, UINT32_MAX))
		return yihu_fail(r->err, YIHU_ECHARTER,
				 _("line %zu: “%.*s” is not a whole number below 4294967296 "
				   "without sign and leading zero"),
				 r->lines.number, (int)(f.len < 40 ? f.len : 40), f.p);
	*out = (uint32_t)v;
	return 0;
}

static int read_hash(struct charter_reader *r, uint8_t out[static 32], struct yihu_span f)
{
	if (!yihu_unhex(out, 32, f))
		return yihu_fail(r->err, YIHU_ECHARTER,
				 _("line %zu must end in 64 lower-case hexadecimal digits"),
				 r->lines.number);
	return 0;
}

static int read_time(struct charter_reader *r, uint64_t *out, struct yihu_span f)
{
	if (!yihu_time_parse(out, f))
		return yihu_fail(r->err, YIHU_ETIME,
				 _("line %zu: the time must have the form 2026-06-01T12:00:00Z"),
				 r->lines.number);
	return 0;
}

static int read_vkey(struct charter_reader *r, struct yihu_vkey *out, struct yihu_span f)
{
	int rc = yihu_vkey_parse(out, f, r->err);
	if (rc != 0)
		return yihu_fail_at(r->err, rc, _("line %zu"), r->lines.number);
	return 0;
}

static int read_origin(struct charter_reader *r, const struct yihu_span *f)
{
	char *origin = yihu_span_dup(f[0]);
	r->c->origin = origin;
	if (!yihu_origin_valid(origin))
		return yihu_fail(r->err, YIHU_EORIGIN,
				 _("line %zu: the origin must be a host in lower case and a path, "
				   "like vote.example.org/jishan-2025"),
				 r->lines.number);
	return 0;
}

static int read_definition(struct charter_reader *r, const struct yihu_span *f)
{
	return read_hash(r, r->c->definition_hash, f[0]);
}

static int read_households(struct charter_reader *r, const struct yihu_span *f)
{
	uint32_t n = 0;
	int rc = read_number(r, &n, f[0]);
	if (rc != 0)
		return rc;
	if (n < 1 || n > YIHU_HOUSEHOLDS_MAX)
		return yihu_fail(r->err, YIHU_EHOUSEHOLD,
				 _("line %zu: the number of households must be between 1 and %d"),
				 r->lines.number, YIHU_HOUSEHOLDS_MAX);
	r->c->households = n;
	return 0;
}

static int read_roll(struct charter_reader *r, const struct yihu_span *f)
{
	return read_hash(r, r->c->roll_hash, f[0]);
}

static int read_changes(struct charter_reader *r, const struct yihu_span *f)
{
	int rc = read_number(r, &r->c->max_additions, f[0]);
	return rc != 0 ? rc : read_number(r, &r->c->max_replacements, f[1]);
}

static int read_min_box(struct charter_reader *r, const struct yihu_span *f)
{
	int rc = read_number(r, &r->c->min_box, f[0]);
	if (rc != 0)
		return rc;
	if (r->c->min_box < 1)
		return yihu_fail(r->err, YIHU_EMINBOX,
				 _("line %zu: min-box must be at least 1, for an empty box has no "
				   "ballots to mix"),
				 r->lines.number);
	return 0;
}

static int read_opens(struct charter_reader *r, const struct yihu_span *f)
{
	return read_time(r, &r->c->opens, f[0]);
}

static int read_closes(struct charter_reader *r, const struct yihu_span *f)
{
	int rc = read_time(r, &r->c->closes, f[0]);
	if (rc != 0)
		return rc;
	if (r->c->closes <= r->c->opens)
		return yihu_fail(r->err, YIHU_ETIME,
				 _("line %zu: the poll must close later than it opens"),
				 r->lines.number);
	return 0;
}

static int read_issuer(struct charter_reader *r, const struct yihu_span *f)
{
	return read_vkey(r, &r->c->issuer, f[0]);
}

static int read_log(struct charter_reader *r, const struct yihu_span *f)
{
	int rc = read_vkey(r, &r->c->log, f[0]);
	if (rc != 0)
		return rc;
	if (strcmp(r->c->log.name, r->c->origin) != 0)
		return yihu_fail(r->err, YIHU_EORIGIN,
				 _("line %zu: the log key's name must be the origin “%s”"),
				 r->lines.number, r->c->origin);
	return 0;
}

static int read_threshold(struct charter_reader *r, const struct yihu_span *f)
{
	struct yihu_charter *c = r->c;
	uint32_t *into[] = {&c->t, &c->n, &c->q};
	for (size_t i = 0; i < 3; i++) {
		int code = read_number(r, into[i], f[i]);

		if (code != 0)
			return code;
	}
	if (!yihu_threshold_valid(c->t, c->n))
		return yihu_fail(r->err, YIHU_ETHRESHOLD,
				 _("line %zu: %u of %u key holders is not a threshold that works: "
				   "at most %d holders, at least 2 to open unless there is 1"),
				 r->lines.number, c->t, c->n, YIHU_HOLDERS_MAX);
	if (c->q < c->t || c->q > c->n)
		return yihu_fail(r->err, YIHU_ETHRESHOLD,
				 _("line %zu: the holders who sign the box must be between %u and "
				   "%u, not %u"),
				 r->lines.number, c->t, c->n, c->q);
	return 0;
}

static const struct row head[] = {
	{"origin", 1, "origin <host/path>", read_origin},
	{"definition", 1, "definition <sha256>", read_definition},
	{"households", 1, "households <number>", read_households},
	{"roll", 1, "roll <hash>", read_roll},
	{"changes", 2, "changes <additions> <replacements>", read_changes},
	{"min-box", 1, "min-box <number>", read_min_box},
	{"opens", 1, "opens <time>", read_opens},
	{"closes", 1, "closes <time>", read_closes},
	{"issuer", 1, "issuer <key>", read_issuer},
	{"log", 1, "log <key>", read_log},
	{"threshold", 3, "threshold <t> <n> <q>", read_threshold},
};
#define N_HEAD (sizeof(head) / sizeof(head[0]))

static int wrong_line(struct charter_reader *r, size_t number, const char *form)
{
	return yihu_fail(r->err, YIHU_ECHARTER, _("line %zu must have the form “%s”"), number,
			 form);
}

static int read_row(struct charter_reader *r, const struct row *row)
{
	struct yihu_span line, f[1 + FIELDS_MAX];
	size_t number = r->lines.number + 1;
	if (!yihu_lines_next(&r->lines, &line))
		return wrong_line(r, number, row->form);
	if (!yihu_fields(line, f, 1 + row->n) || !yihu_span_is(f[0], row->key))
		return wrong_line(r, number, row->form);
	return row->read(r, f + 1);
}

static int read_trustees(struct charter_reader *r)
{
	struct yihu_charter *c = r->c;
	for (uint32_t i = 1; i <= c->n; i++) {
		struct yihu_holder *h = &c->holders[i - 1];
		struct yihu_span line;
		size_t number = r->lines.number + 1;
		int code;

		if (!yihu_lines_next(&r->lines, &line))
			return wrong_line(r, number, "trustee <i> <key> <points> <proof>");
		code = yihu_holder_parse_line(h, line, c->t, r->err);
		if (code != 0)
			return yihu_fail_at(r->err, code, _("line %zu"), number);
		if (h->index != i)
			return yihu_fail(
				r->err, YIHU_ECHARTER,
				_("line %zu is of key holder %u where holder %u's belongs"), number,
				h->index, i);
		code = yihu_holder_verify(h, c->n, c->t, r->err);
		if (code != 0)
			return yihu_fail_at(r->err, code, _("line %zu"), number);
	}
	return 0;
}

static int read_key(struct charter_reader *r, const struct yihu_span *f)
{
	struct yihu_charter *c = r->c;
	struct yihu_point y = yihu_election_key(c->holders, c->n);
	if (!yihu_unbase64_exact(c->y.bytes, sizeof(c->y.bytes), f[0]) || !yihu_point_valid(&c->y))
		return yihu_fail(r->err, YIHU_EPOINT,
				 _("line %zu does not hold a point of the group in base64"),
				 r->lines.number);
	if (yihu_point_is_identity(&c->y))
		return yihu_fail(
			r->err, YIHU_EIDENTITY,
			_("line %zu: the election key is the identity, which hides nothing"),
			r->lines.number);
	if (!yihu_point_equal(&c->y, &y))
		return yihu_fail(r->err, YIHU_EKEY,
				 _("line %zu: the election key is not the sum of the key holders' "
				   "first points"),
				 r->lines.number);
	return 0;
}

static const struct row key_row = {"key", 1, "key <point>", read_key};

static int read_withdrawals(struct charter_reader *r, const struct yihu_span *f)
{
	int rc = read_number(r, &r->c->max_withdrawals, f[0]);
	if (rc != 0)
		return rc;
	if (r->c->max_withdrawals < 1 || r->c->max_withdrawals > YIHU_WITHDRAWALS_MAX)
		return yihu_fail(
			r->err, YIHU_ECHARTER,
			_("line %zu: a charter that allows projects to be withdrawn allows "
			  "1 to %d of them"),
			r->lines.number, YIHU_WITHDRAWALS_MAX);
	return 0;
}

/* After the last line of every charter, those that it can have: each once, in this
 * order (§18). */
static const struct row tail[] = {
	{"withdrawals", 1, "withdrawals <number>", read_withdrawals},
};
#define N_TAIL (sizeof(tail) / sizeof(tail[0]))

/* Does the next line begin with this key? */
static bool is_next(const struct charter_reader *r, const char *key)
{
	struct yihu_lines lines = r->lines;
	struct yihu_span line;
	size_t len = strlen(key);
	return yihu_lines_next(&lines, &line) && line.len >= len && memcmp(line.p, key, len) == 0 &&
	       (line.len == len || line.p[len] == ' ');
}

/* No two of the n+2 keys alike in name or in key (yihu_vkey_parse saw that each
 * is one §1 allows): a holder who is also the issuer would hold two of the roles
 * that §0 parts. */
static int check_keys(const struct yihu_charter *c, struct yihu_error *err)
{
	const struct yihu_vkey *keys[YIHU_HOLDERS_MAX + 2] = {&c->issuer, &c->log};
	for (uint32_t i = 0; i < c->n; i++)
		keys[i + 2] = &c->holders[i].key;
	for (uint32_t i = 0; i < c->n + 2; i++) {
		for (uint32_t j = 0; j < i; j++) {
			if (strcmp(keys[i]->name, keys[j]->name) == 0)
				return yihu_fail(
					err, YIHU_EKEYS,
					_("two keys have the name “%s”; each needs its own"),
					keys[i]->name);
			if (memcmp(keys[i]->pk, keys[j]->pk, YIHU_PUBKEY_BYTES) == 0)
				return yihu_fail(err, YIHU_EKEYS,
						 _("“%s” and “%s” have the same key; each needs "
						   "its own"),
						 keys[j]->name, keys[i]->name);
		}
	}
	return 0;
}

static int read_first_line(struct charter_reader *r)
{
	struct yihu_span line;
	if (!yihu_lines_next(&r->lines, &line) || !yihu_span_is(line, "yihu-charter-v1"))
		return yihu_fail(r->err, YIHU_EVERSION,
				 _("line 1 is not “yihu-charter-v1”: this program cannot read it "
				   "as a charter"));
	return 0;
}

static int read_all(struct charter_reader *r)
{
	struct yihu_span line;
	int rc = read_first_line(r);
	for (size_t i = 0; rc == 0 && i < N_HEAD; i++)
		rc = read_row(r, &head[i]);
	if (rc == 0)
		rc = read_trustees(r);
	if (rc == 0)
		rc = check_keys(r->c, r->err);
	if (rc == 0)
		rc = read_row(r, &key_row);
	for (size_t i = 0; rc == 0 && i < N_TAIL; i++)
		if (is_next(r, tail[i].key))
			rc = read_row(r, &tail[i]);
	if (rc != 0)
		return rc;
	if (yihu_lines_next(&r->lines, &line) || r->lines.bad)
		return yihu_fail(
			r->err, YIHU_ETRAILING,
			_("the charter goes on after its last line, from line %zu: a newer "
			  "program made it, or it is damaged"),
			r->lines.number);
	return 0;
}

int yihu_charter_parse_text(struct yihu_charter **out, const void *text, size_t len,
			    struct yihu_error *err)
{
	struct charter_reader r = {.lines = yihu_lines(text, len), .err = err};
	if (len > YIHU_CHARTER_BYTES_MAX)
		return yihu_fail(err, YIHU_ETOOBIG, _("a charter has at most %u bytes"),
				 YIHU_CHARTER_BYTES_MAX);
	if (!yihu_text_clean(text, len))
		return yihu_fail(err, YIHU_EFORMAT,
				 _("the charter is not plain UTF-8 text with LF line ends"));
	struct yihu_charter *c = yihu_calloc(1, sizeof(*c));
	r.c = c;
	int rc = read_all(&r);
	if (rc == 0) {
		for (uint32_t j = 1; j <= c->n; j++)
			c->share_keys[j - 1] = yihu_share_key(c->holders, c->n, c->t, j);
		c->text = yihu_strndup(text, len);
		yihu_charter_eid(c->eid, text, len);
		*out = c;
		c = NULL;
	}
	yihu_charter_free(c);
	return rc;
}
