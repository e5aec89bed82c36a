/* SPDX-License-Identifier: Apache-2.0
 *
 * Issuing: a token for each household, its letter, and the register. The
 * seeds live in memory until the letters are written, and nowhere else.
 *
 * Order: letters/ complete, then public/register (from then on the letters
 * are valid), then the box. A run that is cut off before the register has
 * made nothing valid: the next one throws its letters away. The letters are
 * staged without a sync a file; the disk is synced once before they get their
 * name, so a register never stands for letters that a power cut can take.
 */
#include "issue/internal.h"
#include "issue/papers.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/box.h>
#include <yihu/file.h>

struct issuing {
	const struct yihu_keyfile *key;
	const struct yihu_folder *folder;
	const struct yihu_progress *progress;
	const struct issue_paper_options *options;
	struct yihu_buf *report;
	struct papers papers;
	char **labels; /* of the roll, by serial − 1 */
	size_t n;
	struct addresses addresses;
	struct yihu_token *tokens; /* SECRET, by serial − 1, in guarded memory */
	struct yihu_credential *credentials;
};

static void issuing_finish(struct issuing *x)
{
	for (size_t i = 0; i < x->n; i++)
		free(x->labels[i]);
	free(x->labels);
	sodium_free(x->tokens);
	free(x->credentials);
	addresses_finish(&x->addresses);
	papers_finish(&x->papers);
}

/* ---- what is read ---- */

static int load_charter(struct issuing *x, struct yihu_error *err)
{
	int r = issue_charter_published(x->folder, err);
	if (r == 0)
		r = papers_open(&x->papers, x->folder, x->options, err);
	return r == 0 ? issue_is_issuer(x->key, &x->papers.charter->issuer, err) : r;
}

static int check_roll(const struct issuing *x, const struct yihu_buf *roll,
		      const struct yihu_buf *salt_text, struct yihu_error *err)
{
	uint8_t salt[16], hash[32];
	struct yihu_span hex = {(const char *)salt_text->data,
				strcspn((const char *)salt_text->data, "\n")};
	if (!yihu_unhex(salt, sizeof salt, hex))
		return yihu_fail(err, YIHU_EROLL, _("secret/roll-salt is not 32 hex digits"));
	yihu_roll_hash(hash, salt, roll->data, roll->len);
	if (memcmp(hash, x->papers.charter->roll_hash, sizeof hash) != 0 ||
	    x->n != x->papers.charter->households)
		return yihu_fail(err, YIHU_EROLL,
				 _("secret/roll is not the roll that the charter names"));
	return 0;
}

static int load_roll(struct issuing *x, struct yihu_error *err)
{
	struct yihu_buf roll = {0}, salt = {0};
	int r = folder_read(x->folder, F_ROLL, &roll, err);
	if (r == 0)
		r = folder_read(x->folder, F_ROLL_SALT, &salt, err);
	if (r == 0)
		r = yihu_roll_parse(&x->labels, &x->n, roll.data, roll.len, err);
	if (r == 0)
		r = check_roll(x, &roll, &salt, err);
	yihu_buf_free(&roll);
	yihu_buf_free(&salt);
	return r;
}

/* ---- what is made ---- */

static void make_token(struct issuing *x, size_t i)
{
	struct yihu_token *token = &x->tokens[i];
	struct yihu_keypair kp;
	token->serial = (uint32_t)i + 1;
	randombytes_buf(token->seed, sizeof token->seed);
	yihu_token_sign(token, x->papers.style.eid, &x->key->keypair);
	yihu_token_keypair(&kp, x->papers.style.eid, token);
	memcpy(x->credentials[i].pk, kp.pk, sizeof kp.pk);
	memcpy(x->credentials[i].signature, token->signature, sizeof token->signature);
	yihu_keypair_wipe(&kp);
}

static int make_letter(struct issuing *x, const struct yihu_folder *aside, size_t i,
		       struct yihu_buf *list, struct yihu_error *err)
{
	const struct yihu_household *h = address_of(&x->addresses, x->labels[i]);
	const struct letter l = {.token = &x->tokens[i],
				 .household = x->labels[i],
				 .building = h ? h->building : "",
				 .name = h ? h->name : ""};
	letter_list_line(list, &x->papers.style, &l);
	return codes_write(aside, folder_stage, &x->papers.style, &l, err);
}

static int make_codes(struct issuing *x, const struct yihu_folder *aside, struct yihu_error *err)
{
	struct yihu_buf list = {0};
	int r = folder_make(aside, R_QR, err);
	letter_list_head(&list);
	for (size_t i = 0; i < x->n && r == 0; i++) {
		make_token(x, i);
		r = make_letter(x, aside, i, &list, err);
		yihu_progress_step(x->progress, _("Making the letters"), i + 1, x->n);
	}
	if (r == 0)
		r = folder_stage(aside, F_LIST, &list, err);
	yihu_buf_free(&list);
	return r;
}

static int make_letters(struct issuing *x, const struct yihu_folder *aside, struct yihu_error *err)
{
	struct stop *stops = walk_order(&x->addresses, x->labels, x->n);
	int r = make_codes(x, aside, err);
	if (r == 0)
		r = batches_print(&x->papers, aside, stops, x->n, x->tokens, x->options->per_file,
				  x->progress, x->report, err);
	if (r == 0)
		r = yihu_disk_sync(aside->letters, err);
	free(stops);
	return r;
}

static int move_letters(const struct yihu_folder *f, const char *made, struct yihu_error *err)
{
	int r = folder_erase_room(f, R_LETTERS, err);
	if (r == 0 && rename(made, f->letters) != 0)
		r = yihu_fail(err, YIHU_EIO, _("the folder %s cannot be made: %s"), f->letters,
			      strerror(errno));
	return r == 0 ? yihu_dir_sync(f->votes, err) : r;
}

static int write_register(const struct issuing *x, struct yihu_error *err)
{
	struct yihu_buf reg = {0};
	yihu_register_make(&reg, x->papers.charter, x->credentials, &x->key->keypair);
	int r = folder_create_public(x->folder, "register", &reg, err);
	yihu_buf_free(&reg);
	return r;
}

static int make_and_register(struct issuing *x, struct yihu_error *err)
{
	struct yihu_folder aside = *x->folder; /* the same, but for its letters */
	aside.letters = folder_room_path(x->folder, R_LETTERS_NEW);
	x->credentials = yihu_calloc(x->n, sizeof *x->credentials);
	x->tokens = sodium_allocarray(x->n, sizeof *x->tokens);
	if (!x->tokens)
		abort();
	int r = folder_erase_room(x->folder, R_LETTERS_NEW, err);
	if (r == 0)
		r = make_letters(x, &aside, err);
	if (r == 0)
		r = papers_keep_options(&x->papers, x->folder, err);
	if (r == 0)
		r = move_letters(x->folder, aside.letters, err);
	if (r != 0)
		folder_erase_room(x->folder, R_LETTERS_NEW, NULL);
	if (r == 0)
		r = write_register(x, err);
	free(aside.letters);
	return r;
}

static int issue(struct issuing *x, struct yihu_error *err)
{
	int r = load_charter(x, err);
	if (r == 0 && yihu_clock() >= x->papers.charter->closes)
		r = yihu_fail(err, YIHU_EOVER,
			      _("the poll's end has passed; letters would be void"));
	if (r == 0)
		r = load_roll(x, err);
	if (r != 0)
		return r;
	addresses_read(&x->addresses, x->folder);
	return make_and_register(x, err);
}

/* Chartered, at most; issued: cut off between register and box, or no room for it,
 * so that the letters are valid, and the box is not made or has no checkpoint yet;
 * open. A box that was handed over is not ours to make. */
static enum yihu_stage stage_of(const struct yihu_folder *f)
{
	bool made = folder_has(f, F_BOX_DB) && folder_shows(f, "log/checkpoint");
	bool issued = folder_shows(f, "register");
	return yihu_stage_of(&(struct yihu_stage_seen){
		.issued = issued, .open = issued && (made || folder_has(f, F_BOX_URL))});
}

int issue_letters_check(const struct yihu_folder *f, struct yihu_error *err)
{
	int r = issue_check_on(f, err);
	if (r != 0 || yihu_stage_may(stage_of(f), YIHU_STAGE_OPEN))
		return r;
	if (!yihu_stage_may(stage_of(f), YIHU_STAGE_ISSUED))
		return yihu_fail(
			err, YIHU_EEXIST,
			_("the letters are issued already and cannot be made again; a lost one is "
			  "replaced with yihu-issue replace"));
	return issue_charter_published(f, err);
}

/* Opening makes the box where there is none (the O entry, the first checkpoint),
 * verifies it where there is one, and ends what a killed program left half done. */
static int make_box(const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_box *box = NULL;
	int r = yihu_box_open(&box, f->box, yihu_clock(), err);
	if (r == 0)
		r = yihu_box_export(box, err);
	yihu_box_close(box);
	return r;
}

int issue_letters(const struct yihu_keyfile *key, const struct yihu_folder *f,
		  const struct issue_paper_options *o, const struct yihu_progress *progress,
		  struct yihu_buf *report, struct yihu_error *err)
{
	struct issuing x = {
		.key = key, .folder = f, .options = o, .progress = progress, .report = report};
	int r = issue_letters_check(f, err);
	if (r != 0)
		return r;
	if (yihu_stage_may(stage_of(f), YIHU_STAGE_ISSUED)) {
		r = issue(&x, err);
		issuing_finish(&x);
	}
	return r == 0 && yihu_stage_may(stage_of(f), YIHU_STAGE_OPEN) ? make_box(f, err) : r;
}
