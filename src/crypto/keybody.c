/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing and reading the body of a key file.
 */
#include "keybody.h"

#include <assert.h>
#include <string.h>

enum item {
	ITEM_MIX = 1,
	ITEM_OPENED = 2,
	ITEM_FILES = 3,
};

static void put_optional(struct yihu_buf *out, bool has, const void *data, size_t len)
{
	yihu_buf_u8(out, has);
	if (has)
		yihu_buf_put(out, data, len);
}

static void put_item(struct yihu_buf *out, bool has, enum item tag, const void *data, size_t len)
{
	if (!has)
		return;
	yihu_buf_u8(out, (uint8_t)tag);
	yihu_buf_be32(out, (uint32_t)len);
	yihu_buf_put(out, data, len);
}

static void write_items(struct yihu_buf *out, const struct yihu_keyfile *kf)
{
	assert(kf->n_files != 1 && kf->n_files <= YIHU_KEY_FILES_MAX);
	put_item(out, kf->has_mix, ITEM_MIX, kf->mix, sizeof kf->mix);
	put_item(out, kf->has_opened, ITEM_OPENED, kf->opened, sizeof kf->opened);
	put_item(out, kf->n_files > 0, ITEM_FILES, kf->files, kf->n_files * sizeof *kf->files);
}

void yihu_keybody_write(struct yihu_buf *out, const struct yihu_keyfile *kf)
{
	assert(kf->t <= YIHU_TRUSTEES_MAX && kf->box.len <= UINT32_MAX);
	assert(!kf->retired || (!kf->has_polynomial && !kf->has_share));
	yihu_buf_put(out, kf->keypair.sk, YIHU_SEED_BYTES);
	if (kf->role != YIHU_ROLE_TRUSTEE)
		return;
	yihu_buf_be32(out, kf->index);
	yihu_buf_be32(out, kf->n);
	yihu_buf_be32(out, kf->t);
	put_optional(out, kf->has_polynomial, kf->polynomial, kf->t * sizeof *kf->polynomial);
	put_optional(out, kf->has_share, &kf->share, sizeof kf->share);
	put_optional(out, kf->has_dealt, kf->dealt_s, sizeof kf->dealt_s);
	put_optional(out, kf->has_charter, kf->eid, sizeof kf->eid);
	yihu_buf_u8(out, kf->has_box);
	if (kf->has_box) {
		yihu_buf_be32(out, (uint32_t)kf->box.len);
		yihu_buf_put(out, kf->box.data, kf->box.len);
	}
	yihu_buf_u8(out, kf->retired);
	write_items(out, kf);
}

/* Any byte but 0 and 1 spoils the reader. */
static bool read_flag(struct yihu_reader *r)
{
	uint8_t v = yihu_read_u8(r);
	if (v > 1)
		r->bad = true;
	return v == 1;
}

static bool read_optional(struct yihu_reader *r, void *out, size_t len)
{
	bool has = read_flag(r);
	if (has)
		yihu_read_into(r, out, len);
	return has;
}

static void read_box(struct yihu_reader *r, struct yihu_keyfile *kf)
{
	kf->has_box = read_flag(r);
	if (!kf->has_box)
		return;
	size_t len = yihu_read_be32(r);
	const uint8_t *text = yihu_read(r, len);
	if (text)
		yihu_buf_put(&kf->box, text, len);
}

/* Either no ceremony yet, or 1 ≤ index ≤ n ≤ 15 and 1 ≤ t ≤ n. */
static bool numbers_hold(const struct yihu_keyfile *kf)
{
	if (kf->n == 0)
		return kf->index == 0 && kf->t == 0;
	return kf->n <= YIHU_TRUSTEES_MAX && kf->index >= 1 && kf->index <= kf->n && kf->t >= 1 &&
	       kf->t <= kf->n;
}

static bool secrets_hold(const struct yihu_keyfile *kf)
{
	for (uint32_t k = 0; k < kf->t && kf->has_polynomial; k++)
		if (!yihu_scalar_valid(&kf->polynomial[k]))
			return false;
	if (kf->has_share && !yihu_scalar_valid(&kf->share))
		return false;
	if ((kf->has_polynomial || kf->has_share) && (kf->t == 0 || kf->retired))
		return false;
	return true;
}

static bool read_trustee(struct yihu_reader *r, struct yihu_keyfile *kf)
{
	kf->index = yihu_read_be32(r);
	kf->n = yihu_read_be32(r);
	kf->t = yihu_read_be32(r);
	if (!numbers_hold(kf))
		return false;
	kf->has_polynomial = read_optional(r, kf->polynomial, kf->t * sizeof *kf->polynomial);
	kf->has_share = read_optional(r, &kf->share, sizeof kf->share);
	kf->has_dealt = read_optional(r, kf->dealt_s, sizeof kf->dealt_s);
	kf->has_charter = read_optional(r, kf->eid, sizeof kf->eid);
	read_box(r, kf);
	kf->retired = read_flag(r);
	return secrets_hold(kf);
}

/* At least two, all different. */
static bool read_files(struct yihu_keyfile *kf, const uint8_t *data, size_t len)
{
	size_t n = len / sizeof *kf->files;
	if (n < 2 || n > YIHU_KEY_FILES_MAX || len % sizeof *kf->files != 0)
		return false;
	memcpy(kf->files, data, len);
	kf->n_files = n;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (memcmp(kf->files[i], kf->files[k], sizeof *kf->files) == 0)
				return false;
	return true;
}

static bool read_hash(bool *has, uint8_t out[static YIHU_HASH_BYTES], const uint8_t *data,
		      size_t len)
{
	*has = len == YIHU_HASH_BYTES;
	if (*has)
		memcpy(out, data, YIHU_HASH_BYTES);
	return *has;
}

static int read_item(struct yihu_keyfile *kf, uint8_t tag, const uint8_t *data, size_t len)
{
	bool ok;
	if (kf->role != YIHU_ROLE_TRUSTEE || tag > ITEM_FILES)
		return YIHU_EVERSION;
	if (tag == ITEM_MIX)
		ok = read_hash(&kf->has_mix, kf->mix, data, len);
	else if (tag == ITEM_OPENED)
		ok = read_hash(&kf->has_opened, kf->opened, data, len);
	else
		ok = read_files(kf, data, len);
	return ok ? 0 : YIHU_EFORMAT;
}

/* A key mixes and opens under the one box that it signed. */
static bool items_hold(const struct yihu_keyfile *kf)
{
	return kf->has_box || (!kf->has_mix && !kf->has_opened);
}

static int read_items(struct yihu_reader *r, struct yihu_keyfile *kf)
{
	int rc = 0;
	for (uint8_t last = 0; r->left > 0;) {
		uint8_t tag = yihu_read_u8(r);
		size_t len = yihu_read_be32(r);
		const uint8_t *data = yihu_read(r, len);
		if (!data || tag <= last)
			return YIHU_EFORMAT;
		int item = read_item(kf, tag, data, len);
		if (item == YIHU_EFORMAT)
			return item;
		rc = item != 0 ? item : rc;
		last = tag;
	}
	return items_hold(kf) ? rc : YIHU_EFORMAT;
}

int yihu_keybody_read(struct yihu_keyfile *kf, const struct yihu_buf *body)
{
	struct yihu_reader r = yihu_reader(body->data, body->len);
	const uint8_t *seed = yihu_read(&r, YIHU_SEED_BYTES);
	if (!seed)
		return YIHU_EFORMAT;
	yihu_keypair_from_seed(&kf->keypair, seed);
	if (memcmp(kf->keypair.pk, kf->vkey.pk, sizeof kf->vkey.pk) != 0)
		return YIHU_EFORMAT;
	if (kf->role == YIHU_ROLE_TRUSTEE && (!read_trustee(&r, kf) || r.bad))
		return YIHU_EFORMAT;
	int rc = read_items(&r, kf);
	return r.bad ? YIHU_EFORMAT : rc;
}
