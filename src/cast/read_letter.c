/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters: the issuer's signature over their key, wherever it comes from.
 */
#include "cast/internal.h"

#include <ctype.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "election/fold.h"
#include "election/rows.h"

static int check_signature(const struct yihu_token *t, const struct yihu_election *e,
			   struct yihu_error *err)
{
	struct yihu_keypair kp;
	char print[YIHU_SHORT_PRINT_BYTES];
	yihu_token_keypair(&kp, e->charter->eid, t);
	int r = yihu_credential_verify(e->charter->eid, t->serial, kp.pk, t->signature,
				       e->charter->issuer.pk, err);
	yihu_keypair_wipe(&kp);
	if (r == 0)
		return 0;
	yihu_short_print(print, e->charter->eid);
	return yihu_fail(err, YIHU_EELECTION,
			 _("this letter is not one of the election that the server holds, %s. "
			   "Compare that with the large signs on the letter"),
			 print);
}

/* What a scanner types through a Chinese input method: full-width signs, long dashes,
 * a mark in front. SECRET; freed by drop_code. */
static char *fold_code(struct yihu_span text)
{
	static const char *const dashes[] = {"\xe2\x80\x90", "\xe2\x80\x91", "\xe2\x80\x92",
					     "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\x95",
					     "\xe2\x88\x92", "\xe3\x83\xbc"};
	char *copy = yihu_span_dup(text), *folded = yihu_fold(copy), *to = folded;
	sodium_memzero(copy, text.len);
	free(copy);
	for (const char *p = folded; *p; to++) {
		bool dash = false;
		for (size_t i = 0; !dash && i < sizeof dashes / sizeof *dashes; i++)
			dash = strncmp(p, dashes[i], 3) == 0;
		*to = dash ? '-' : *p;
		p += dash ? 3 : 1;
	}
	*to = '\0';
	return folded;
}

static void drop_code(char *folded)
{
	sodium_memzero(folded, strlen(folded));
	free(folded);
}

/* A link all in capitals, as Caps Lock types it, is the same link. */
static void lower_link(char *text)
{
	for (char *p = text; *p && *p != '#'; p++)
		*p = (char)tolower((unsigned char)*p);
}

int cast_token_from_scan(struct yihu_token *out, const struct yihu_election *e,
			 struct yihu_span text, struct yihu_error *err)
{
	struct yihu_token t;
	char *folded = fold_code(text);
	lower_link(folded);
	int r = yihu_token_from_scan(&t, yihu_span(folded), err);
	drop_code(folded);
	if (r == 0)
		r = check_signature(&t, e, err);
	if (r == 0)
		*out = t;
	sodium_memzero(&t, sizeof t);
	return r;
}

/* {"pk","signature"} in base64. The key must be the one that the code gives. */
static int read_credential(struct yihu_token *t, const struct yihu_election *e,
			   const struct http_answer *a, struct yihu_error *err)
{
	struct yihu_keypair kp;
	uint8_t pk[YIHU_PUBKEY_BYTES];
	json_t *j = cast_json(a);
	int r = 0;
	yihu_token_keypair(&kp, e->charter->eid, t);
	if (!yihu_unbase64_exact(pk, sizeof pk, cast_json_text(j, "pk")) ||
	    !yihu_unbase64_exact(t->signature, sizeof t->signature, cast_json_text(j, "signature")))
		r = yihu_fail(err, YIHU_ENET,
			      _("the server's answer about letter %04u cannot be read"), t->serial);
	else if (memcmp(pk, kp.pk, sizeof pk) != 0)
		r = yihu_fail(err, YIHU_ECREDENTIAL,
			      _("the server has another key for letter %04u than this letter's. "
				"Complain to the committee, with the letter"),
			      t->serial);
	yihu_keypair_wipe(&kp);
	json_decref(j);
	return r;
}

static int fetch_signature(struct yihu_token *t, const struct yihu_election *e,
			   struct http_client *c, struct yihu_error *err)
{
	struct http_answer a = {0};
	char *path = yihu_printf("/api/credential/%u", t->serial);
	int r = http_get(c, path, 1u << 16, &a, err);
	free(path);
	if (r != 0)
		return r;
	r = a.status == 200 ? read_credential(t, e, &a, err) : http_refusal(&a, err);
	http_answer_finish(&a);
	return r;
}

int cast_token_from_typed(struct yihu_token *out, const struct yihu_election *e,
			  struct http_client *c, struct yihu_span text, struct yihu_error *err)
{
	struct yihu_token t;
	char *folded = fold_code(text);
	int r = yihu_token_from_typed(&t, e->charter->eid, yihu_span(folded), err);
	drop_code(folded);
	if (r == 0)
		r = fetch_signature(&t, e, c, err);
	if (r == 0)
		r = check_signature(&t, e, err);
	if (r == 0)
		*out = t;
	sodium_memzero(&t, sizeof t);
	return r;
}

static int find_scan_column(struct yihu_rows *rows, size_t *column, struct yihu_error *err)
{
	bool more;
	int r = yihu_rows_next(rows, &more, err);
	for (*column = 0; r == 0 && more && *column < rows->n; ++*column)
		if (strcmp(rows->cell[*column], "scan") == 0)
			return 0;
	return r != 0 ? r
		      : yihu_fail(err, YIHU_EFORMAT,
				  _("the first line names no column “scan”: this is not a "
				    "letters/list.csv"));
}

/* Moves the tokens to a place with room for one more; the old one is wiped. */
static void make_room(struct cast_letters *l, size_t *room)
{
	if (l->n < *room)
		return;
	*room = *room ? *room * 2 : 64;
	struct yihu_token *grown = yihu_calloc(*room, sizeof *grown);
	if (l->n > 0)
		memcpy(grown, l->tokens, l->n * sizeof *grown);
	size_t n = l->n;
	cast_letters_finish(l);
	*l = (struct cast_letters){.n = n, .tokens = grown};
}

static int read_letter(struct cast_letters *l, const struct yihu_rows *rows, size_t column,
		       struct yihu_error *err)
{
	if (column >= rows->n)
		return yihu_fail(err, YIHU_EFORMAT, _("line %zu has too few columns"), rows->line);
	/* a tabulator keeps spreadsheet programs from making a number of the digits */
	const char *code = rows->cell[column] + strspn(rows->cell[column], "\t");
	int r = yihu_token_from_scan(&l->tokens[l->n], yihu_span(code), err);
	if (r != 0)
		return yihu_fail_cell(err, r, rows->line, column + 1);
	l->n++;
	return 0;
}

int cast_letters_read(struct cast_letters *out, const void *bytes, size_t len,
		      struct yihu_error *err)
{
	struct cast_letters l = {0};
	struct yihu_rows rows;
	size_t column, room = 0;
	bool more = true;
	yihu_rows_init(&rows, bytes, len, ',', true);
	int r = find_scan_column(&rows, &column, err);
	while (r == 0 && more) {
		r = yihu_rows_next(&rows, &more, err);
		if (r == 0 && more && rows.n > 0) {
			make_room(&l, &room);
			r = read_letter(&l, &rows, column, err);
		}
	}
	yihu_rows_free(&rows);
	if (r == 0)
		*out = l;
	else
		cast_letters_finish(&l);
	return r;
}

void cast_letters_finish(struct cast_letters *l)
{
	if (l->tokens)
		sodium_memzero(l->tokens, l->n * sizeof *l->tokens);
	free(l->tokens);
	*l = (struct cast_letters){0};
}
