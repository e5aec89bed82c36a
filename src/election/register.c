/* SPDX-License-Identifier: Apache-2.0
 *
 * The register: the public list of credentials, a note by the issuer
 * (PROTOCOL §5).
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/parallel.h>
#include <yihu/token.h>

#include "known_register.h"

#define FIRST_LINE "yihu-register-v1"
#define LINES_BEFORE 3 /* the first letter's line is the fourth */
#define PIECE 16       /* letters that one core takes at a time */

void yihu_register_make(struct yihu_buf *out, const struct yihu_charter *c,
			const struct yihu_credential *credentials,
			const struct yihu_keypair *issuer)
{
	struct yihu_buf text = {0};
	yihu_buf_str(&text, FIRST_LINE "\n");
	yihu_hex(&text, c->eid, sizeof(c->eid));
	yihu_buf_fmt(&text, "\n%u\n", c->households);
	for (uint32_t i = 0; i < c->households; i++) {
		yihu_buf_fmt(&text, "%u ", i + 1);
		yihu_base64(&text, credentials[i].pk, YIHU_PUBKEY_BYTES);
		yihu_buf_str(&text, " ");
		yihu_base64(&text, credentials[i].signature, YIHU_SIGNATURE_BYTES);
		yihu_buf_str(&text, "\n");
	}
	yihu_note_sign(out, (struct yihu_span){(const char *)text.data, text.len}, &c->issuer,
		       issuer);
	yihu_buf_free(&text);
}

static int read_head(struct yihu_lines *lines, const struct yihu_charter *c, struct yihu_error *err)
{
	uint8_t eid[YIHU_EID_BYTES];
	struct yihu_span line;
	uint64_t n;
	if (!yihu_lines_next(lines, &line) || !yihu_span_is(line, FIRST_LINE))
		return yihu_fail(err, YIHU_EVERSION,
				 _("line 1 is not “%s”: this program cannot read it as a register"),
				 FIRST_LINE);
	if (!yihu_lines_next(lines, &line) || !yihu_unhex(eid, sizeof(eid), line))
		return yihu_fail(err, YIHU_EREGISTER,
				 _("line 2 must be the election id, 64 lower-case hexadecimal "
				   "digits"));
	if (memcmp(eid, c->eid, sizeof(eid)) != 0)
		return yihu_fail(err, YIHU_EELECTION,
				 _("line 2: this register is of another election than the "
				   "charter"));
	if (!yihu_lines_next(lines, &line) || !yihu_decimal(&n, line, UINT32_MAX))
		return yihu_fail(err, YIHU_EREGISTER, _("line 3 must be the number of households"));
	if (n != c->households)
		return yihu_fail(err, YIHU_EREGISTER,
				 _("line 3: the register has %llu households, the charter has %u"),
				 (unsigned long long)n, c->households);
	return 0;
}

static int read_credential(struct yihu_lines *lines, uint32_t serial, struct yihu_credential *out,
			   struct yihu_error *err)
{
	struct yihu_span line, f[3];
	uint64_t n;
	if (!yihu_lines_next(lines, &line) || !yihu_fields(line, f, 3) ||
	    !yihu_decimal(&n, f[0], UINT32_MAX) || n != serial ||
	    !yihu_unbase64_exact(out->pk, sizeof(out->pk), f[1]) ||
	    !yihu_unbase64_exact(out->signature, sizeof(out->signature), f[2]))
		return yihu_fail(err, YIHU_EREGISTER,
				 _("line %zu must be that of letter %04u, with its key and the "
				   "issuer's signature"),
				 (size_t)serial + LINES_BEFORE, serial);
	return 0;
}

static int check_credential(const struct yihu_register *reg, uint32_t serial,
			    const struct yihu_charter *c, struct yihu_error *err)
{
	const struct yihu_credential *k = &reg->credentials[serial - 1];
	size_t number = (size_t)serial + LINES_BEFORE;
	int r = yihu_credential_verify(c->eid, serial, k->pk, k->signature, c->issuer.pk, err);
	if (r == YIHU_ESIGNATURE)
		return yihu_fail(err, YIHU_EREGISTER,
				 _("line %zu: the issuer has not signed this key for letter %04u"),
				 number, serial);
	if (r != 0)
		return yihu_fail_at(err, r, _("line %zu"), number);
	return 0;
}

/* The slow part of a register, on all cores. */
struct checking {
	const struct yihu_register *reg;
	const struct yihu_charter *c;
	uint32_t first;
	bool *passed; /* from first on */
};

static void check_piece(void *context, size_t from, size_t to)
{
	const struct checking *k = context;
	for (size_t i = from; i < to; i++)
		k->passed[i] =
			check_credential(k->reg, k->first + (uint32_t)i + 1, k->c, NULL) == 0;
}

/* The first that is not signed is checked again, for its reason. */
int yihu_register_check_letters(const struct yihu_register *reg, uint32_t from, uint32_t n,
				const struct yihu_charter *c, struct yihu_error *err)
{
	n = n < reg->n - from ? n : reg->n - from;
	struct checking k = {reg, c, from, yihu_calloc(n, sizeof(bool))};
	int r = 0;
	yihu_parallel(n, PIECE, check_piece, NULL, &k);
	for (uint32_t i = 0; r == 0 && i < n; i++)
		if (!k.passed[i])
			r = check_credential(reg, from + i + 1, c, err);
	free(k.passed);
	return r;
}

static int by_key(const void *a, const void *b)
{
	const struct yihu_credential *const *x = a, *const *y = b;
	int order = memcmp((*x)->pk, (*y)->pk, YIHU_PUBKEY_BYTES);
	/* Equal keys by serial, so that the message is the same everywhere. */
	return order != 0 ? order : (*x > *y) - (*x < *y);
}

/* Two households with one key could not be told apart in the log. */
static int check_distinct(const struct yihu_register *reg, struct yihu_error *err)
{
	const struct yihu_credential **sorted = yihu_calloc(reg->n, sizeof(const void *));
	int r = 0;
	for (uint32_t i = 0; i < reg->n; i++)
		sorted[i] = &reg->credentials[i];
	qsort(sorted, reg->n, sizeof(const void *), by_key);
	for (uint32_t i = 1; r == 0 && i < reg->n; i++)
		if (memcmp(sorted[i - 1]->pk, sorted[i]->pk, YIHU_PUBKEY_BYTES) == 0)
			r = yihu_fail(err, YIHU_EKEYS,
				      _("letters %04td and %04td have the same key"),
				      sorted[i - 1] - reg->credentials + 1,
				      sorted[i] - reg->credentials + 1);
	free(sorted);
	return r;
}

static int read_all(struct yihu_register *reg, const struct yihu_charter *c, struct yihu_span text,
		    bool known, struct yihu_error *err)
{
	struct yihu_lines lines = yihu_lines(text.p, text.len);
	struct yihu_span line;
	uint32_t read = 0;
	int r = read_head(&lines, c, err), unsigned_code;
	if (r != 0)
		return r;
	reg->n = c->households;
	reg->credentials = yihu_calloc(reg->n, sizeof(*reg->credentials));
	while (r == 0 && read < reg->n) {
		r = read_credential(&lines, read + 1, &reg->credentials[read], err);
		read += r == 0;
	}
	/* Of two faults, the one on the earlier line is told. */
	unsigned_code = known ? 0 : yihu_register_check_letters(reg, 0, read, c, err);
	if (unsigned_code != 0)
		return unsigned_code;
	if (r != 0)
		return r;
	if (yihu_lines_next(&lines, &line) || lines.bad)
		return yihu_fail(err, YIHU_ETRAILING,
				 _("the register goes on after its last household, on line %zu"),
				 lines.number);
	return check_distinct(reg, err);
}

int yihu_register_parse(struct yihu_register **out, const struct yihu_charter *c, const void *bytes,
			size_t len, struct yihu_error *err)
{
	return yihu_register_parse_known(out, c, bytes, len, NULL, NULL, err);
}

int yihu_register_parse_known(struct yihu_register **out, const struct yihu_charter *c,
			      const void *bytes, size_t len, yihu_register_known *known,
			      void *context, struct yihu_error *err)
{
	struct yihu_register *reg = yihu_calloc(1, sizeof(*reg));
	struct yihu_note note;
	int r = yihu_note_split(&note, bytes, len, err);
	if (r == 0)
		r = yihu_note_verify(&note, &c->issuer, 1, err);
	if (r == 0) {
		crypto_hash_sha256(reg->file_hash, bytes, len);
		r = read_all(reg, c, note.text, known && known(context, c, reg->file_hash), err);
	}
	if (r == 0) {
		*out = reg;
		reg = NULL;
	}
	yihu_register_free(reg);
	return r;
}

void yihu_register_free(struct yihu_register *r)
{
	if (!r)
		return;
	free(r->credentials);
	free(r);
}
