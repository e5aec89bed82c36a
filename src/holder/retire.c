/* SPDX-License-Identifier: Apache-2.0
 *
 * Retiring a key: every file of it that is there (PROTOCOL §10, §14).
 */
#include "holder/internal.h"

#include <sodium.h>
#include <string.h>

static bool has_id(const struct yihu_keyfile *file, const uint8_t id[static YIHU_KEY_FILE_ID_BYTES])
{
	for (size_t i = 0; i < file->n_files; i++)
		if (memcmp(file->files[i], id, YIHU_KEY_FILE_ID_BYTES) == 0)
			return true;
	return false;
}

/* All that the files know of together: a copy of a copy is known to those two. */
static uint32_t count_made(struct yihu_keyfile *const *files, size_t n)
{
	uint32_t made = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < files[i]->n_files; k++) {
			bool counted = false;
			for (size_t before = 0; before < i; before++)
				counted |= has_id(files[before], files[i]->files[k]);
			made += counted ? 0 : 1;
		}
	return made > 0 ? made : 1;
}

static int check_pair(const struct yihu_keyfile *a, const struct yihu_keyfile *b,
		      struct yihu_error *err)
{
	if (!yihu_vkey_same(&a->vkey, &b->vkey))
		return yihu_fail(err, YIHU_EARG,
				 _("“%s” and “%s” are different keys; give the files of one"),
				 a->vkey.name, b->vkey.name);
	if (a->n_files == 0 || b->n_files == 0 ||
	    memcmp(a->files[0], b->files[0], sizeof a->files[0]) == 0)
		return yihu_fail(
			err, YIHU_EARG,
			_("two of the files given for “%s” are plain copies of each other. "
			  "Retire one, and destroy the other"),
			a->vkey.name);
	return 0;
}

static int check_files(struct yihu_keyfile *const *files, size_t n, const struct yihu_view *v,
		       struct yihu_error *err)
{
	int r = 0;
	for (size_t i = 0; i < n && r == 0; i++)
		r = holder_is_in(files[i], v, err);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i && r == 0; k++)
			r = check_pair(files[k], files[i], err);
	return r == 0 ? holder_check_turn(HOLDER_RETIRE, v, err) : r;
}

static int erase(struct yihu_keyfile *key, struct yihu_error *err)
{
	sodium_memzero(key->polynomial, sizeof key->polynomial);
	sodium_memzero(&key->share, sizeof key->share);
	key->has_polynomial = false;
	key->has_share = false;
	key->retired = true;
	return yihu_keyfile_save(key, err);
}

/* Those that an earlier run said of, and those erased now; a run that was cut
 * off before it could say so finds its files retired. */
static int count_erased(struct yihu_retired *out, struct yihu_keyfile *const *files, size_t n,
			uint32_t fresh, const struct yihu_view *v, struct yihu_error *err)
{
	struct yihu_retired before = {0};
	uint32_t made = count_made(files, n);
	int r = yihu_retired_read(&before, v->folder, v->eid, &files[0]->vkey, files[0]->index,
				  err);
	if (r != 0 && r != YIHU_ENOENT)
		return r;
	out->made = before.made > made ? before.made : made;
	out->erased = before.erased + fresh;
	if (out->erased < n)
		out->erased = (uint32_t)n;
	if (out->erased > out->made)
		out->erased = out->made;
	return 0;
}

static int write_retired(const struct yihu_keyfile *key, const struct yihu_view *v,
			 const struct yihu_retired *retired, struct yihu_error *err)
{
	struct yihu_buf text = {0}, note = {0};
	yihu_retired_text(&text, v->eid, retired);
	yihu_note_sign(&note, (struct yihu_span){(const char *)text.data, text.len}, &key->vkey,
		       &key->keypair);
	int r = folder_write(v->folder, holder_file(F_RETIRED, key), &note, err);
	yihu_buf_free(&note);
	yihu_buf_free(&text);
	return r;
}

int holder_retire(struct yihu_keyfile *const *files, size_t n, struct yihu_view *v,
		  struct yihu_retired *out, struct yihu_error *err)
{
	struct yihu_retired retired;
	uint32_t fresh = 0;
	int r = check_files(files, n, v, err);
	for (size_t i = 0; i < n && r == 0; i++) {
		fresh += files[i]->retired ? 0 : 1;
		r = erase(files[i], err);
	}
	if (r == 0)
		r = count_erased(&retired, files, n, fresh, v, err);
	if (r == 0)
		r = write_retired(files[0], v, &retired, err);
	if (r == 0)
		*out = retired;
	return r;
}
