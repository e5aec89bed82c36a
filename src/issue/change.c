/* SPDX-License-Identifier: Apache-2.0
 *
 * Replace, add, void (PROTOCOL §7, R entries).
 *
 * A new letter's token is written to secret/pending before its entry is sent:
 * whatever is cut off, either the entry is in the log and the letter can be
 * written, or it is not and the token is worth nothing. Why a household is added,
 * why a letter ends and who said yes is written then too, and goes with the token.
 */
#include "issue/internal.h"
#include "issue/near.h"
#include "issue/papers.h"

#include "folder/changes.h"
#include "folder/pending.h"
#include "folder/rolls.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* ---- the new letter ---- */

static int list_letter(const struct yihu_folder *f, const struct letter_style *s,
		       const struct letter *l, struct yihu_error *err)
{
	struct yihu_buf head = {0}, line = {0};
	letter_list_head(&head);
	letter_list_line(&line, s, l);
	int r = folder_add_line(f, F_LIST_CHANGED, &head, &line, err);
	yihu_buf_free(&head);
	yihu_buf_free(&line);
	return r;
}

/* The codes, the PDF, and a line in each list. */
static int write_files(const struct papers *x, const struct yihu_view *v, const struct letter *l,
		       struct yihu_error *err)
{
	const struct yihu_folder *f = v->folder;
	int r = codes_write(f, folder_write, &x->style, l, err);
	if (r == 0)
		r = batch_print_single(x, f, l, err);
	if (r == 0)
		r = list_letter(f, &x->style, l, err);
	return r == 0 ? rolls_add(f, l->token->serial, l->household, l->replaces, err) : r;
}

static int write_letter(const struct pending *p, const struct yihu_view *v, struct yihu_error *err)
{
	struct papers papers = {0};
	struct addresses addresses;
	addresses_read(&addresses, v->folder);
	const struct yihu_household *h = address_of(&addresses, p->household);
	const struct letter l = {.token = &p->token,
				 .household = p->household,
				 .building = h ? h->building : "",
				 .name = h ? h->name : "",
				 .replaces = p->replaces};
	int r = papers_open(&papers, v->folder, NULL, err);
	if (r == 0)
		r = write_files(&papers, v, &l, err);
	papers_finish(&papers);
	addresses_finish(&addresses);
	return r;
}

static bool is_in_log(const struct pending *p, const struct yihu_view *v)
{
	struct yihu_credential_state s;
	struct yihu_keypair kp;
	yihu_token_keypair(&kp, v->eid, &p->token);
	bool in = yihu_ledger_serial(v->audit->ledger, p->token.serial, &s, NULL) == 0 &&
		  memcmp(s.credential.pk, kp.pk, sizeof kp.pk) == 0;
	yihu_keypair_wipe(&kp);
	return in;
}

/* The log has not got it: no letter, and no reason for one. */
static int forget(const struct pending *p, const struct yihu_folder *f, struct yihu_error *err)
{
	int r = p->replaces == 0 ? additions_drop(f, p->token.serial, err) : 0;
	if (r == 0)
		r = p->replaces == 0 ? changes_drop(f, CHANGE_ADD, p->token.serial, err)
				     : changes_drop(f, CHANGE_REPLACE, p->replaces, err);
	return r == 0 ? pending_forget(f, err) : r;
}

/* Finishes or forgets a change that was cut off; *finished gets the serial whose
 * letter was written now, or 0. */
static int settle_pending(struct yihu_view *v, uint32_t *finished, struct yihu_error *err)
{
	struct pending p = {0};
	*finished = 0;
	int r = pending_load(&p, v->folder, err);
	if (r == YIHU_ENOENT)
		return 0;
	bool in = r == 0 && is_in_log(&p, v);
	if (in) {
		r = write_letter(&p, v, err);
		*finished = p.token.serial;
	}
	if (r == 0)
		r = in ? pending_forget(v->folder, err) : forget(&p, v->folder, err);
	pending_finish(&p);
	return r;
}

/* ---- the household ---- */

/* The label as a list of households would have it: trimmed, folded. */
static int clean_label(char **out, const char *given, struct yihu_error *err)
{
	struct yihu_households h = {0};
	struct yihu_buf csv = {0};
	yihu_buf_str(&csv, "household\n\"");
	for (const char *c = given; *c != '\0'; c++)
		yihu_buf_put(&csv, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
	yihu_buf_str(&csv, "\"\n");
	bool sound = !strpbrk(given, "\t\n\r") &&
		     yihu_households_read(&h, csv.data, csv.len, NULL) == 0 && h.n == 1;
	if (sound)
		*out = yihu_strdup(h.at[0].label);
	yihu_households_free(&h);
	yihu_buf_free(&csv);
	return sound ? 0
		     : yihu_fail(err, YIHU_EHOUSEHOLD, _("“%s” is not the name of a household"),
				 given);
}

/* An added household must not have a letter, under another spelling neither: it would
 * vote twice. */
static int check_no_letter(const struct yihu_view *v, const char *label, bool apart,
			   struct yihu_error *err)
{
	struct issue_nears near;
	int r = issue_nears_find(&near, v, label, err);
	char *text = issue_nears_text(&near);
	if (r == 0 && near.n > 0 && near.at[0].how == ISSUE_NEAR_SAME)
		r = yihu_fail(
			err, YIHU_EHOUSEHOLD,
			_("“%s” has letter %04u; a lost one is replaced with 'yihu-issue replace'"),
			near.at[0].label, near.at[0].serial);
	else if (r == 0 && near.n > 0 && near.at[0].how == ISSUE_NEAR_ALIKE && !apart)
		r = yihu_fail(
			err, YIHU_EHOUSEHOLD,
			_("“%s” may be a household that has a letter: %.700s. A lost letter is "
			  "replaced with 'yihu-issue replace'; if it is another household, add "
			  "--another"),
			label, text);
	free(text);
	issue_nears_finish(&near);
	return r;
}

static int household_to_add(char **out, const struct yihu_view *v, const struct issue_change *c,
			    struct yihu_error *err)
{
	int r = clean_label(out, c->household, err);
	return r == 0 ? check_no_letter(v, *out, c->apart, err) : r;
}

static int household_of(char **out, const struct yihu_view *v, const struct issue_change *c,
			struct yihu_error *err)
{
	struct yihu_buf rolls = {0};
	int r = rolls_read(&rolls, v->folder, err);
	if (r == 0 && c->old_serial == 0)
		r = household_to_add(out, v, c, err);
	else if (r == 0 && !(*out = rolls_label(&rolls, c->old_serial)))
		r = yihu_fail(err, YIHU_EROLL, _("secret/roll has no letter %04u"), c->old_serial);
	yihu_buf_free(&rolls);
	return r;
}

/* ---- the entry ---- */

static void change_body(struct yihu_buf *out, const struct yihu_keyfile *key,
			const struct yihu_view *v, const struct issue_change *c,
			const struct pending *p)
{
	struct yihu_credential credential = {0};
	if (c->fresh) {
		struct yihu_keypair kp;
		yihu_token_keypair(&kp, v->eid, &p->token);
		memcpy(credential.pk, kp.pk, sizeof kp.pk);
		memcpy(credential.signature, p->token.signature, sizeof p->token.signature);
		yihu_keypair_wipe(&kp);
	}
	yihu_change_body(out, v->eid, c->old_serial, c->fresh ? p->token.serial : 0,
			 c->fresh ? &credential : NULL, &key->keypair);
}

/* Asked before a token is saved for it: would the log as we saw it take this? */
static int check_takes(const struct yihu_view *v, const struct yihu_buf *body,
		       struct yihu_error *err)
{
	const struct yihu_ledger *l = v->audit->ledger;
	struct yihu_buf entry = {0};
	uint64_t now = yihu_clock(), last = yihu_ledger_last_time(l);
	yihu_entry_put(&entry, YIHU_ENTRY_CHANGE, now > last ? now : last, body->data, body->len);
	int r = yihu_ledger_check(l, entry.data, entry.len, YIHU_VERIFY_NOW, NULL, err);
	yihu_buf_free(&entry);
	return r;
}

/* The log may have grown since the look: then the box refuses all the same. */
static int submit(struct yihu_view *v, const struct yihu_buf *body, struct yihu_error *err)
{
	uint64_t index;
	return yihu_reach_append(v->reach, YIHU_ENTRY_CHANGE, body->data, body->len, &index, err);
}

/* What is said of it, before it is sent. fresh: of the new letter; 0: none. */
static int note(const struct yihu_view *v, const struct issue_change *c, uint32_t fresh,
		struct yihu_error *err)
{
	const struct change_note said = {.kind = c->old_serial == 0 ? CHANGE_ADD
						 : c->fresh         ? CHANGE_REPLACE
								    : CHANGE_VOID,
					 .serial = c->old_serial == 0 ? fresh : c->old_serial,
					 .why = c->old_serial == 0 ? NULL : c->why,
					 .by = c->by,
					 .n_by = c->n_by};
	return changes_put(v->folder, &said, err);
}

/* When anything fails once the token is saved it stays: the entry may be in the
 * log all the same, and the next run finds out. */
static int send_with_letter(struct yihu_view *v, const struct pending *p,
			    const struct issue_change *c, const struct yihu_buf *body,
			    struct yihu_error *err)
{
	int r = pending_save(p, v->folder, err);
	if (r == 0 && p->replaces == 0)
		r = additions_put(v->folder, p->token.serial, c->reason, err);
	if (r == 0)
		r = note(v, c, p->token.serial, err);
	if (r == 0)
		r = submit(v, body, err);
	if (r == 0)
		r = write_letter(p, v, err);
	return r == 0 ? pending_forget(v->folder, err) : r;
}

static int make_pending(struct pending *p, const struct yihu_keyfile *key,
			const struct yihu_view *v, const struct issue_change *c,
			struct yihu_error *err)
{
	int r = household_of(&p->household, v, c, err);
	if (r != 0)
		return r;
	p->replaces = c->old_serial;
	p->token.serial = yihu_ledger_last_serial(v->audit->ledger) + 1;
	randombytes_buf(p->token.seed, sizeof p->token.seed);
	yihu_token_sign(&p->token, v->eid, &key->keypair);
	return 0;
}

/* A letter that ends, and no other for it. */
static int send_void(struct yihu_view *v, const struct issue_change *c, const struct yihu_buf *body,
		     struct yihu_error *err)
{
	int r = note(v, c, 0, err);
	return r == 0 ? submit(v, body, err) : r;
}

static int change(const struct yihu_keyfile *key, struct yihu_view *v, const struct issue_change *c,
		  uint32_t *new_serial, struct yihu_error *err)
{
	struct pending p = {0};
	struct yihu_buf body = {0};
	int r = c->fresh ? make_pending(&p, key, v, c, err) : 0;
	if (r == 0) {
		change_body(&body, key, v, c, &p);
		r = check_takes(v, &body, err);
	}
	if (r == 0)
		r = c->fresh ? send_with_letter(v, &p, c, &body, err) : send_void(v, c, &body, err);
	if (r == 0)
		*new_serial = p.token.serial;
	yihu_buf_free(&body);
	pending_finish(&p);
	return r;
}

static int settle_first(struct yihu_view *v, struct yihu_error *err)
{
	uint32_t finished = 0;
	int r = yihu_view_check_on(v, err);
	if (r == 0)
		r = settle_pending(v, &finished, err);
	if (r == 0 && finished != 0)
		r = yihu_fail(err, YIHU_ESTATE,
			      _("an earlier change had been cut off; its letter %04u is written "
				"now. Run this again if you want another"),
			      finished);
	return r;
}

static int check_old(const struct yihu_view *v, uint32_t serial, struct yihu_error *err)
{
	struct yihu_credential_state old;
	int r = yihu_ledger_serial(v->audit->ledger, serial, &old, err);
	if (r == 0 && old.voided)
		r = yihu_fail(err, YIHU_EVOIDED, _("letter %04u is void already"), serial);
	else if (r == 0 && old.voted)
		r = yihu_fail(err, YIHU_EVOTED,
			      _("letter %04u has voted; it is neither replaced nor made void"),
			      serial);
	return r;
}

static int check_changes_left(const struct yihu_view *v, bool addition, struct yihu_error *err)
{
	const struct yihu_charter *charter = v->audit->election->charter;
	struct yihu_ledger_counts n = yihu_ledger_counts(v->audit->ledger);
	if (addition && n.additions >= charter->max_additions)
		return yihu_fail(err, YIHU_ELIMIT,
				 _("the charter allows %u additions, and all are used"),
				 charter->max_additions);
	if (!addition && (uint64_t)n.replacements + n.voids >= charter->max_replacements)
		return yihu_fail(err, YIHU_ELIMIT,
				 _("the charter allows %u replacements and voids together, and all "
				   "are used"),
				 charter->max_replacements);
	return 0;
}

/* The log's own rules come once more when the change is signed. */
int issue_change_check(struct yihu_view *v, const struct issue_change *c, struct yihu_error *err)
{
	char *household = NULL;
	int r = settle_first(v, err);
	if (r == 0 && yihu_clock() >= v->audit->election->charter->closes)
		r = yihu_fail(err, YIHU_EOVER,
			      _("the poll has ended; letters are not changed any more"));
	if (r == 0 && (c->fresh || c->old_serial != 0))
		r = household_of(&household, v, c, err);
	if (r == 0 && c->old_serial != 0)
		r = check_old(v, c->old_serial, err);
	if (r == 0)
		r = check_changes_left(v, c->old_serial == 0, err);
	free(household);
	return r;
}

int issue_change(const struct yihu_keyfile *key, struct yihu_view *v, const struct issue_change *c,
		 uint32_t *new_serial, struct yihu_error *err)
{
	int r = issue_is_issuer(key, &v->audit->election->charter->issuer, err);
	if (r == 0)
		r = settle_first(v, err);
	return r == 0 ? change(key, v, c, new_serial, err) : r;
}
