/* SPDX-License-Identifier: Apache-2.0
 *
 * Messages value by value, and what becomes of each when it is twisted.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "transcript.h"

void transcript_init(struct transcript *t, const char *label)
{
	memset(t, 0, sizeof *t);
	t->label = label;
}

static void put(struct transcript *t, const char *name, const void *p, size_t len, bool ends)
{
	assert(t->n < TRANSCRIPT_VALUES);
	snprintf(t->values[t->n].name, sizeof t->values[t->n].name, "%s", name);
	yihu_buf_put(&t->values[t->n].bytes, p, len);
	t->values[t->n++].ends = ends;
}

void transcript_part(struct transcript *t, const char *name, const void *p, size_t len)
{
	put(t, name, p, len, false);
}

void transcript_item(struct transcript *t, const char *name, const void *p, size_t len)
{
	put(t, name, p, len, true);
}

void transcript_part_be32(struct transcript *t, const char *name, uint32_t v)
{
	uint8_t be[4];
	yihu_store_be32(be, v);
	transcript_part(t, name, be, sizeof be);
}

void transcript_be32(struct transcript *t, const char *name, uint32_t v)
{
	uint8_t be[4];
	yihu_store_be32(be, v);
	transcript_item(t, name, be, sizeof be);
}

void transcript_be64(struct transcript *t, const char *name, uint64_t v)
{
	uint8_t be[8];
	yihu_store_be64(be, v);
	transcript_item(t, name, be, sizeof be);
}

void transcript_points(struct transcript *t, const char *name, const struct yihu_point *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char one[32];
		snprintf(one, sizeof one, "%s[%zu]", name, i);
		put(t, one, p[i].bytes, sizeof p[i].bytes, i + 1 == n);
	}
}

static void apply(struct transcript *t, struct twist *w)
{
	w->values = t->n;
	assert(w->value < t->n);
	struct yihu_buf *bytes = &t->values[w->value].bytes;
	bool last = w->value + 1 == t->n;
	snprintf(w->name, sizeof w->name, "%s", t->values[w->value].name);
	switch (w->kind) {
	case TWIST_NONE:
	case TWIST_LABEL:
		break;
	case TWIST_OMIT:
		t->values[w->value].left_out = true;
		break;
	case TWIST_CHANGE:
		assert(bytes->len > 0);
		bytes->data[0] ^= 1;
		break;
	case TWIST_JOIN:
		if (last || !t->values[w->value].ends)
			return;
		t->values[w->value].ends = false;
		break;
	}
	w->done = true;
}

static void write_items(struct yihu_buf *out, const struct transcript *t)
{
	struct yihu_buf item = {0};
	bool any = false;
	for (size_t i = 0; i < t->n; i++) {
		const struct yihu_buf *bytes = &t->values[i].bytes;
		if (!t->values[i].left_out) {
			yihu_buf_put(&item, bytes->data, bytes->len);
			any = true;
		}
		if (!t->values[i].ends)
			continue;
		if (any) {
			yihu_buf_be64(out, item.len);
			yihu_buf_put(out, item.data, item.len);
		}
		yihu_buf_reset(&item);
		any = false;
	}
	yihu_buf_free(&item);
}

void transcript_message(struct yihu_buf *out, struct transcript *t, struct twist *w)
{
	bool mine = w != NULL && w->label != NULL && strcmp(w->label, t->label) == 0;
	if (mine)
		apply(t, w);
	yihu_buf_str(out, "yihu/v1/");
	yihu_buf_str(out, t->label);
	if (mine && w->kind == TWIST_LABEL)
		yihu_buf_str(out, "-2");
	yihu_buf_u8(out, 0);
	write_items(out, t);
	for (size_t i = 0; i < t->n; i++)
		yihu_buf_free(&t->values[i].bytes);
	t->n = 0;
}

void transcript_hash(uint8_t out[static 64], struct transcript *t, struct twist *w)
{
	struct yihu_buf m = {0};
	transcript_message(&m, t, w);
	crypto_hash_sha512(out, m.data, m.len);
	yihu_buf_free(&m);
}

struct yihu_scalar transcript_scalar(struct transcript *t, struct twist *w)
{
	uint8_t hash[64];
	struct yihu_scalar s;
	transcript_hash(hash, t, w);
	crypto_core_ristretto255_scalar_reduce(s.bytes, hash);
	return s;
}

struct yihu_point transcript_point(struct transcript *t, struct twist *w)
{
	uint8_t hash[64];
	struct yihu_point p;
	transcript_hash(hash, t, w);
	crypto_core_ristretto255_from_hash(p.bytes, hash);
	return p;
}

void plain_sign(struct yihu_buf *file, const char *label, const uint8_t *eid,
		const struct yihu_keypair *kp, struct twist *w)
{
	uint8_t digest[64], signature[YIHU_SIGNATURE_BYTES];
	struct yihu_buf m = {0};
	struct transcript t;
	crypto_hash_sha512(digest, file->data, file->len);
	transcript_init(&t, label);
	transcript_item(&t, "eid", eid, YIHU_EID_BYTES);
	transcript_item(&t, "digest", digest, sizeof digest);
	transcript_message(&m, &t, w);
	yihu_sign(signature, kp, m.data, m.len);
	yihu_buf_put(file, signature, sizeof signature);
	yihu_buf_free(&m);
}

static void try_twists(const char *label, size_t value, twisted_holds *holds, void *world)
{
	static const struct {
		enum twist_kind kind;
		const char *says;
	} rows[] = {
		{TWIST_OMIT, "left out of"},
		{TWIST_CHANGE, "changed in"},
		{TWIST_JOIN, "run together with the next in"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct twist w = {.label = label, .value = value, .kind = rows[i].kind};
		bool accepted = holds(world, &w);
		if (w.done && accepted)
			fail_msg("accepted with %s %s “%s”", w.name, rows[i].says, label);
		if (!w.done && rows[i].kind != TWIST_JOIN)
			fail_msg("value %zu of “%s” was never made", value, label);
	}
}

void every_value_counts(const char *label, twisted_holds *holds, void *world)
{
	struct twist honest = {.label = label}, other = {.label = label, .kind = TWIST_LABEL};
	if (!holds(world, &honest))
		fail_msg("the honest “%s” is refused", label);
	if (holds(world, &other))
		fail_msg("accepted with another label than “%s”", label);
	assert_true(honest.done && honest.values > 0);
	for (size_t value = 0; value < honest.values; value++)
		try_twists(label, value, holds, world);
}
