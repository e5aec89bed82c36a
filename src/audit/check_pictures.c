/* SPDX-License-Identifier: Apache-2.0
 *
 * Pictures of projects (PROTOCOL §2.5, §11): each that the definition names, with
 * the bytes of its name, and no others. What they show is nobody's business here:
 * no byte of them is decoded.
 */
#include <sodium.h>
#include <string.h>

#include "work.h"

#define CHECK YIHU_CHECK_PICTURES

static void find_strays(struct audit_work *w, const struct yihu_pictures *all)
{
	for (size_t i = 0; i < w->p->n; i++) {
		const char *name = w->p->files[i].name;
		struct yihu_public_name n = yihu_public_name(name);
		if (n.kind == YIHU_PUBLIC_PICTURE && !yihu_pictures_have(all, n.hash))
			audit_fault(w, CHECK, YIHU_ESTRAY, name,
				    _("no project of the election has it; remove it"));
	}
}

static bool is_named_rightly(const struct yihu_buf *file, const char *hash)
{
	uint8_t is[crypto_hash_sha256_BYTES], named[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(is, yihu_buf_bytes(file), file->len);
	return yihu_unhex(named, sizeof named, yihu_span(hash)) &&
	       memcmp(is, named, sizeof is) == 0;
}

static void check_one(struct audit_work *w, const char *hash)
{
	struct yihu_public_text name = yihu_public_picture(hash);
	const struct yihu_buf *file = yihu_public_get(w->p, name.text);
	if (!file)
		audit_fault(w, CHECK, YIHU_EMISSING, name.text,
			    _("this picture is missing. Fetch the folder again; if it stays "
			      "missing, its publisher has left it out"));
	else if (file->len > YIHU_PICTURE_BYTES_MAX)
		audit_fault(w, CHECK, YIHU_ETOOBIG, name.text,
			    _("a picture has at most %u bytes, and this one %zu"),
			    YIHU_PICTURE_BYTES_MAX, file->len);
	else if (!is_named_rightly(file, hash))
		audit_fault(w, CHECK, YIHU_EPICTURE, name.text,
			    _("this is not the picture that the election file names: its SHA-256 "
			      "differs"));
}

void audit_check_pictures(struct audit_work *w)
{
	struct yihu_pictures all = yihu_pictures_of(w->election.definition);
	if (!w->election.definition) {
		audit_skip_barred(w, CHECK,
				  w->definition ? YIHU_CHECK_CHARTER : YIHU_CHECK_DEFINITION);
		return;
	}
	find_strays(w, &all);
	for (size_t i = 0; i < all.n; i++)
		check_one(w, all.hashes[i]);
	if (all.n == 0 && !audit_faulty(w, CHECK))
		audit_skip(w, CHECK, _("the projects have none"));
	else
		audit_step(w, CHECK, all.n, _("pictures that the election file names: %zu"), all.n);
	yihu_pictures_free(&all);
}
