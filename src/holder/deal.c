/* SPDX-License-Identifier: Apache-2.0
 *
 * Announce, deal, accept (PROTOCOL §3).
 */
#include "holder/internal.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* ---- announce ---- */

static int check_may_announce(const struct yihu_keyfile *key, const struct yihu_ceremony *c,
			      uint32_t index, struct yihu_error *err)
{
	if (key->role != YIHU_ROLE_TRUSTEE)
		return yihu_fail(err, YIHU_EKEYS,
				 _("this is a key file of the role “%s”, not a key holder's"),
				 yihu_key_role_name(key->role));
	if (key->has_charter && !holder_announced(key, c))
		return holder_other_election(key, err);
	if (key->has_dealt || key->has_charter || key->retired)
		return yihu_fail(err, YIHU_EMARK,
				 _("this key file has dealt in a ceremony already; a key file can "
				   "deal only once. Make a new key file for a new ceremony"));
	return holder_check_place(c, index, key->vkey.name, &key->vkey, err);
}

static int announce_anew(struct yihu_keyfile *key, const struct yihu_folder *f,
			 const struct yihu_ceremony *c, uint32_t index, struct yihu_error *err)
{
	struct yihu_holder h = {.index = index, .key = key->vkey};
	struct yihu_buf file = {0};
	assert(yihu_stage_may(yihu_ceremony_stage(c), YIHU_STAGE_ANNOUNCED));
	key->index = index;
	key->n = c->plan.n;
	key->t = c->plan.t;
	yihu_polynomial_random(key->polynomial, key->t);
	key->has_polynomial = true;
	int r = yihu_keyfile_save(key, err);
	if (r == 0) {
		yihu_holder_prove(&h, key->n, key->t, key->polynomial);
		yihu_announcement_make(&file, &h, key->n, key->t, &key->keypair);
		r = folder_create(f, holder_file(F_ANNOUNCE, key), &file, err);
	}
	yihu_buf_free(&file);
	return r;
}

static int announce(struct yihu_keyfile *key, const struct yihu_folder *f,
		    const struct yihu_ceremony *c, uint32_t index, struct yihu_error *err)
{
	int r = check_may_announce(key, c, index, err);
	if (r == 0)
		r = holder_check_marks(key, f, c, err);
	if (r != 0)
		return r;
	if (c->announcements[index - 1].len == 0)
		return announce_anew(key, f, c, index, err);
	return 0; /* done before, by this key, and known to its file */
}

/* Runs an act over the ceremony as it lies there. */
static int with_ceremony(const struct yihu_folder *f, struct yihu_ceremony **out,
			 struct yihu_error *err)
{
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	int r = yihu_ceremony_read(c, f, err);
	if (r == 0)
		*out = c;
	else
		free(c);
	return r;
}

static void ceremony_free(struct yihu_ceremony *c)
{
	yihu_ceremony_finish(c);
	free(c);
}

int holder_check_announcing(const struct yihu_keyfile *key, const struct yihu_folder *f,
			    uint32_t index, struct yihu_error *err)
{
	struct yihu_ceremony *c;
	int r = with_ceremony(f, &c, err);
	if (r != 0)
		return r;
	r = holder_announced(key, c) ? 0 : check_may_announce(key, c, index, err);
	ceremony_free(c);
	return r;
}

int holder_announce(struct yihu_keyfile *key, const struct yihu_folder *f, uint32_t index,
		    struct yihu_error *err)
{
	struct yihu_ceremony *c;
	int r = with_ceremony(f, &c, err);
	if (r != 0)
		return r;
	r = announce(key, f, c, index, err);
	ceremony_free(c);
	return r;
}

/* ---- deal ---- */

void holder_digest(char out[static HOLDER_DIGEST_BYTES], const struct yihu_ceremony *c)
{
	struct yihu_buf text = {0};
	yihu_crockford_grouped(&text, c->s, 120, 4);
	memcpy(out, text.data, HOLDER_DIGEST_BYTES - 1);
	out[HOLDER_DIGEST_BYTES - 1] = '\0';
	yihu_buf_free(&text);
}

/* Files could change between reading the digest aloud and dealing over it. */
static int check_heard(const struct yihu_ceremony *c, const uint8_t *heard, struct yihu_error *err)
{
	if (!heard || memcmp(heard, c->s, HOLDER_HEARD_BYTES) == 0)
		return 0;
	return yihu_fail(err, YIHU_ESHARE,
			 _("that is not this digest (--heard): stop, and compare the files in "
			   "ceremony/ with the other holders"));
}

/* The mark: one S a key file, ever. Saved before the deal leaves. */
static int mark_deal(struct yihu_keyfile *key, const struct yihu_ceremony *c,
		     struct yihu_error *err)
{
	if (key->has_dealt && memcmp(key->dealt_s, c->s, sizeof c->s) != 0)
		return yihu_fail(
			err, YIHU_EMARK,
			_("this key file dealt over another set of announcements; a key file can "
			  "deal only over one. Make new key files and announce again"));
	if (key->has_dealt)
		return 0;
	memcpy(key->dealt_s, c->s, sizeof c->s);
	key->has_dealt = true;
	return yihu_keyfile_save(key, err);
}

static int write_deal(const struct yihu_keyfile *key, const struct yihu_folder *f,
		      const struct yihu_ceremony *c, struct yihu_error *err)
{
	struct yihu_buf file = {0};
	assert(yihu_stage_may(yihu_ceremony_stage(c), YIHU_STAGE_DEALT));
	yihu_deal_make(&file, c->s, key->index, c->holders, c->plan.n, c->plan.t, key->polynomial,
		       &key->keypair);
	int r = folder_write(f, holder_file(F_DEAL, key), &file, err);
	yihu_buf_free(&file);
	return r;
}

static int deal(struct yihu_keyfile *key, const struct yihu_folder *f,
		const struct yihu_ceremony *c, const uint8_t *heard, struct yihu_error *err)
{
	int r = holder_is_of(key, c, err);
	if (r == 0)
		r = holder_check_marks(key, f, c, err);
	if (r == 0)
		r = holder_check_dealing(c, err);
	if (r == 0)
		r = check_heard(c, heard, err);
	if (r == 0)
		r = mark_deal(key, c, err);
	if (r != 0 || (c->dealt & holder_bit(key)) != 0)
		return r;
	return write_deal(key, f, c, err);
}

int holder_deal(struct yihu_keyfile *key, const struct yihu_folder *f, const uint8_t *heard,
		struct yihu_error *err)
{
	struct yihu_ceremony *c;
	int r = with_ceremony(f, &c, err);
	if (r != 0)
		return r;
	r = deal(key, f, c, heard, err);
	ceremony_free(c);
	return r;
}

/* ---- accept ---- */

/* The definition beside the ceremony is the charter's, and sound. */
static int read_definition(struct yihu_definition **out, const struct yihu_folder *f,
			   const struct yihu_charter *charter, struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	folder_file file = folder_definition(f);
	uint8_t hash[32];
	int r = folder_read(f, file, &bytes, err);
	if (r != 0)
		return r;
	crypto_hash_sha256(hash, bytes.data, bytes.len);
	if (memcmp(hash, charter->definition_hash, sizeof hash) != 0)
		r = yihu_fail(err, YIHU_EDEFINITION,
			      _("it is not the definition that the charter names"));
	if (r == 0)
		r = yihu_definition_parse(out, bytes.data, bytes.len, err);
	if (r == 0)
		r = yihu_definition_check_looks(*out, err);
	yihu_buf_free(&bytes);
	return folder_fail_at(err, r, f, file);
}

/* All of a charter that a holder can check without a key; then whoever looks is asked. */
static int check_charter(const struct yihu_folder *f, const struct yihu_ceremony *c,
			 yihu_look *look, void *context, struct yihu_error *err)
{
	struct yihu_definition *d = NULL;
	int r = holder_check_accepting(c, err);
	if (r != 0)
		return r;
	assert(c->charter != NULL); /* the check has seen it */
	r = read_definition(&d, f, c->charter, err);
	if (r == 0)
		r = yihu_charter_check_looks(c->charter, err);
	if (r == 0 && look)
		r = look(context, d, c->charter, err);
	yihu_definition_free(d);
	return r;
}

int holder_look(uint8_t eid[static YIHU_EID_BYTES], const struct yihu_folder *f, yihu_look *look,
		void *context, struct yihu_error *err)
{
	struct yihu_ceremony *c;
	int r = with_ceremony(f, &c, err);
	if (r != 0)
		return r;
	r = check_charter(f, c, look, context, err);
	if (r == 0)
		memcpy(eid, c->charter->eid, YIHU_EID_BYTES);
	ceremony_free(c);
	return r;
}

/* The mark: one charter a key file, ever. Saved before the signature leaves. */
static int mark_charter(struct yihu_keyfile *key, const struct yihu_charter *charter,
			const struct yihu_scalar *share, struct yihu_error *err)
{
	if (key->has_charter && memcmp(key->eid, charter->eid, YIHU_EID_BYTES) != 0)
		return yihu_fail(err, YIHU_EMARK,
				 _("this key file signed another charter; a key file can sign only "
				   "one. A correction needs a new ceremony with new key files"));
	if (key->has_charter)
		return 0;
	holder_keep_charter(key, charter, share);
	return yihu_keyfile_save(key, err);
}

static int accept_share(struct yihu_keyfile *key, const struct yihu_folder *f,
			const struct yihu_ceremony *c, struct yihu_error *err)
{
	struct yihu_scalar share;
	int r = holder_collect_share(&share, key, f, c, err);
	if (r == 0)
		r = mark_charter(key, c->charter, &share, err);
	sodium_memzero(&share, sizeof share);
	return r;
}

static int check_seen(const struct yihu_charter *charter, const uint8_t *seen,
		      struct yihu_error *err)
{
	if (!seen || memcmp(seen, charter->eid, YIHU_EID_BYTES) == 0)
		return 0;
	return yihu_fail(
		err, YIHU_ECHARTER,
		_("ceremony/charter was changed after it was shown, so nothing was signed; "
		  "look at it again"));
}

static int accept(struct yihu_keyfile *key, const struct yihu_folder *f,
		  const struct yihu_ceremony *c, const uint8_t *seen, struct yihu_error *err)
{
	int r = holder_is_of(key, c, err);
	if (r == 0)
		r = holder_check_marks(key, f, c, err);
	if (r == 0)
		r = check_charter(f, c, NULL, NULL, err);
	if (r == 0)
		r = check_seen(c->charter, seen, err);
	if (r == 0)
		r = accept_share(key, f, c, err);
	if (r == 0)
		r = holder_write_line(key, f, F_CHARTER_LINE, yihu_span(c->charter->text), err);
	return r;
}

int holder_accept(struct yihu_keyfile *key, const struct yihu_folder *f, const uint8_t *seen,
		  struct yihu_error *err)
{
	struct yihu_ceremony *c;
	int r = with_ceremony(f, &c, err);
	if (r != 0)
		return r;
	r = accept(key, f, c, seen, err);
	ceremony_free(c);
	return r;
}
