/* SPDX-License-Identifier: Apache-2.0
 *
 * The charter: signed by the clerk once all holders have announced, published
 * once all have accepted it (PROTOCOL §3, §4).
 */
#include "issue/internal.h"
#include "issue/layout.h"
#include "issue/pictures.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

int issue_is_issuer(const struct yihu_keyfile *key, const struct yihu_vkey *issuer,
		    struct yihu_error *err)
{
	if (key->role == YIHU_ROLE_ISSUER && yihu_vkey_same(&key->vkey, issuer))
		return 0;
	return yihu_fail(err, YIHU_EKEYS, _("this is not the issuer key of this election"));
}

int issue_definition_read(struct yihu_buf *out, const struct yihu_folder *f,
			  const uint8_t hash[static 32], struct yihu_error *err)
{
	uint8_t is[32];
	int r = folder_read(f, F_OWN_DEFINITION, out, err);
	if (r != 0)
		return r;
	crypto_hash_sha256(is, out->data, out->len);
	if (memcmp(is, hash, sizeof is) == 0)
		return 0;
	char *path = folder_path(f, F_OWN_DEFINITION);
	r = yihu_fail(err, YIHU_EDEFINITION,
		      _("%s was changed since yihu-issue init; start a new election for "
			"a new definition"),
		      path);
	free(path);
	return r;
}

/* What two announcements clash in shows here, before it is signed for good. */
int issue_charter_of(struct yihu_charter **out, const struct yihu_ceremony *c,
		     struct yihu_error *err)
{
	struct yihu_buf text = {0};
	yihu_ceremony_charter_text(&text, c);
	int r = yihu_charter_parse_text(out, text.data, text.len, err);
	yihu_buf_free(&text);
	return r == 0 ? yihu_charter_check_looks(*out, err) : r;
}

static int write_draft(const struct yihu_keyfile *key, const struct yihu_folder *f,
		       const struct yihu_charter *charter, struct yihu_error *err)
{
	struct yihu_buf note = {0};
	yihu_note_sign(&note, yihu_span(charter->text), &key->vkey, &key->keypair);
	int r = folder_create(f, F_CHARTER, &note, err);
	yihu_buf_free(&note);
	return r;
}

static int sign_charter(const struct yihu_keyfile *key, const struct yihu_folder *f,
			const struct yihu_ceremony *c, const uint8_t *seen, struct yihu_error *err)
{
	struct yihu_charter *charter = NULL;
	int r = issue_charter_of(&charter, c, err);
	if (r == 0 && seen && memcmp(seen, charter->eid, YIHU_EID_BYTES) != 0)
		r = yihu_fail(err, YIHU_ECHARTER,
			      _("ceremony/ was changed after the charter was shown, so nothing "
				"was signed; look at it again"));
	if (r == 0)
		r = write_draft(key, f, charter, err);
	yihu_charter_free(charter);
	return r;
}

/* What refuses it, whoever's key it is; definition gets its bytes. */
static int check_draft(struct yihu_buf *definition, const struct yihu_folder *f,
		       const struct yihu_ceremony *c, struct yihu_error *err)
{
	if (!yihu_stage_lets(yihu_ceremony_stage(c), YIHU_STAGE_DEALT))
		return yihu_fail(err, YIHU_ESTATE,
				 _("%u of %u key holders have announced; the charter waits "
				   "for the last"),
				 c->n_announced, c->plan.n);
	return issue_definition_read(definition, f, c->plan.definition_hash, err);
}

static int show(uint8_t eid[static YIHU_EID_BYTES], const struct yihu_ceremony *c,
		const struct yihu_buf *bytes, yihu_look *look, void *context,
		struct yihu_error *err)
{
	struct yihu_charter *charter = NULL;
	struct yihu_definition *definition = NULL;
	int r = issue_charter_of(&charter, c, err);
	if (r == 0)
		r = yihu_definition_parse(&definition, bytes->data, bytes->len, err);
	if (r == 0)
		r = layout_check(definition, charter, c->plan.url, NULL, err);
	if (r == 0)
		r = look(context, definition, charter, err);
	if (r == 0)
		memcpy(eid, charter->eid, YIHU_EID_BYTES);
	yihu_charter_free(charter);
	yihu_definition_free(definition);
	return r;
}

int issue_charter_look(uint8_t eid[static YIHU_EID_BYTES], const struct yihu_folder *f,
		       yihu_look *look, void *context, struct yihu_error *err)
{
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	struct yihu_buf definition = {0};
	int r = yihu_ceremony_read(c, f, err);
	if (r == 0) {
		r = check_draft(&definition, f, c, err);
		if (r == 0 && c->charter)
			memcpy(eid, c->charter->eid, YIHU_EID_BYTES);
		else if (r == 0 && look)
			r = show(eid, c, &definition, look, context, err);
		yihu_ceremony_finish(c);
	}
	yihu_buf_free(&definition);
	free(c);
	return r;
}

int issue_charter_check(const struct yihu_folder *f, struct yihu_error *err)
{
	uint8_t eid[YIHU_EID_BYTES];
	return issue_charter_look(eid, f, NULL, NULL, err);
}

int issue_charter_draft(const struct yihu_keyfile *key, const struct yihu_folder *f,
			const uint8_t *seen, struct yihu_error *err)
{
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	struct yihu_buf definition = {0};
	int r = yihu_ceremony_read(c, f, err);
	if (r == 0) {
		r = issue_is_issuer(key, &c->plan.issuer, err);
		if (r == 0)
			r = check_draft(&definition, f, c, err);
		if (r == 0 && !c->charter)
			r = sign_charter(key, f, c, seen, err);
		yihu_ceremony_finish(c);
	}
	yihu_buf_free(&definition);
	free(c);
	return r;
}

static int publish(const struct yihu_folder *f, const struct yihu_ceremony *c,
		   struct yihu_error *err)
{
	struct yihu_buf definition = {0}, charter = {0};
	int r = issue_definition_read(&definition, f, c->plan.definition_hash, err);
	if (r == 0)
		r = issue_pictures_check(f, &definition, err);
	if (r == 0)
		r = yihu_ceremony_join_charter(&charter, f, c, err);
	if (r == 0)
		r = folder_write_public(f, "election.pb", &definition, err);
	if (r == 0)
		r = folder_write_public(f, "charter", &charter, err);
	yihu_buf_free(&charter);
	yihu_buf_free(&definition);
	return r;
}

static int publish_when_accepted(const struct yihu_folder *f, const struct yihu_ceremony *c,
				 char **missing, struct yihu_error *err)
{
	if (!c->charter)
		return yihu_fail(err, YIHU_ESTATE,
				 _("there is no charter yet; make it with yihu-issue charter"));
	if (c->accepted != (UINT32_C(1) << c->plan.n) - 1) {
		*missing = yihu_missing_holders(c->charter, c->accepted);
		return 0;
	}
	*missing = NULL;
	return publish(f, c, err);
}

int issue_charter_publish(const struct yihu_folder *f, char **missing, struct yihu_error *err)
{
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	int r = yihu_ceremony_read(c, f, err);
	if (r == 0) {
		r = publish_when_accepted(f, c, missing, err);
		yihu_ceremony_finish(c);
	}
	free(c);
	return r;
}

int issue_charter_published(const struct yihu_folder *f, struct yihu_error *err)
{
	char *missing = NULL;
	int r = issue_charter_publish(f, &missing, err);
	if (r == 0 && missing)
		r = yihu_fail(err, YIHU_ESTATE,
			      _("not all key holders have accepted the charter; missing: "
				"%s"),
			      missing);
	free(missing);
	return r;
}
