/* SPDX-License-Identifier: Apache-2.0
 *
 * Vectors and a small world for the tests of this folder.
 */
#include "world.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

static char *data_path(const char *name)
{
	const char *dir = getenv("YIHU_TEST_DATA");

	assert_non_null(dir);
	return yihu_path(dir, name);
}

struct yihu_buf data_file(const char *name)
{
	struct yihu_buf b = {0};
	char *path = data_path(name);

	assert_int_equal(yihu_file_read(path, 1 << 20, &b, NULL), YIHU_OK);
	free(path);
	return b;
}

json_t *data_secrets(const char *kind)
{
	char *name = yihu_printf("vectors/%s/secrets.json", kind), *path = data_path(name);
	json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(root);
	free(name);
	free(path);
	return root;
}

void unhex(uint8_t *out, size_t len, const json_t *hex)
{
	assert_true(json_is_string(hex));
	assert_true(yihu_unhex(out, len, yihu_span(json_string_value(hex))));
}

struct yihu_token vector_token(const json_t *secrets, uint32_t serial)
{
	char key[16];
	json_t *t;
	struct yihu_token token = {.serial = serial};

	snprintf(key, sizeof(key), "%u", serial);
	t = json_object_get(json_object_get(secrets, "tokens"), key);
	assert_non_null(t);
	unhex(token.seed, sizeof(token.seed), json_object_get(t, "seed"));
	unhex(token.signature, sizeof(token.signature), json_object_get(t, "signature"));
	return token;
}

struct yihu_charter *vector_charter(const char *kind)
{
	char *name = yihu_printf("vectors/%s/public/charter", kind);
	struct yihu_buf b = data_file(name);
	struct yihu_charter *c = NULL;
	struct yihu_error err = {0};

	expect(yihu_charter_parse(&c, b.data, b.len, &err), &err, YIHU_OK, "");
	yihu_buf_free(&b);
	free(name);
	return c;
}

void expect(int got, const struct yihu_error *err, int code, const char *words)
{
	if (got != code)
		fail_msg("got “%s” (%s) where “%s” belongs", yihu_code_slug(got), err->text,
			 yihu_code_slug(code));
	if (got == YIHU_OK)
		return;
	assert_int_equal(err->code, code);
	if (strstr(err->text, words) == NULL)
		fail_msg("the words “%s” do not hold “%s”", err->text, words);
}

static void make_key(struct yihu_keypair *kp, struct yihu_vkey *key, const char *name)
{
	yihu_keypair_random(kp);
	assert_int_equal(yihu_vkey_make(key, name, kp->pk, NULL), YIHU_OK);
}

void world_init(struct world *w, uint32_t n, uint32_t t, uint32_t households)
{
	struct yihu_charter *c = &w->c;

	*w = (struct world){.n_signers = 1 + n};
	c->origin = yihu_strdup("vote.example.org/jishan-2025");
	c->households = households;
	c->max_additions = 3;
	c->max_replacements = 2;
	c->min_box = 5;
	c->opens = 1750000000;
	c->closes = 1750600000;
	memset(c->definition_hash, 0xd5, sizeof(c->definition_hash));
	memset(c->roll_hash, 0x0f, sizeof(c->roll_hash));
	make_key(&w->issuer, &c->issuer, "issuer");
	make_key(&w->log, &c->log, c->origin);
	c->t = t;
	c->n = n;
	c->q = yihu_box_quorum(t, n);
	for (uint32_t i = 0; i < n; i++) {
		char name[32];

		snprintf(name, sizeof(name), "王-%u", i + 1);
		make_key(&w->holders[i], &c->holders[i].key, name);
		c->holders[i].index = i + 1;
		yihu_polynomial_random(w->a[i], t);
	}
	world_prove(w);
}

void world_prove(struct world *w)
{
	for (uint32_t i = 0; i < w->c.n; i++)
		yihu_holder_prove(&w->c.holders[i], w->c.n, w->c.t, w->a[i]);
}

struct yihu_buf world_text(const struct world *w)
{
	struct yihu_buf text = {0};

	yihu_charter_text(&text, &w->c);
	return text;
}

struct yihu_buf world_sign(const struct world *w, const struct yihu_buf *text)
{
	struct yihu_span t = {(const char *)text->data, text->len};
	struct yihu_buf note = {0};

	yihu_note_sign(&note, t, &w->c.issuer, &w->issuer);
	for (uint32_t i = 0; i + 1 < w->n_signers; i++)
		yihu_note_sign_line(&note, t, &w->c.holders[i].key, &w->holders[i]);
	return note;
}

struct yihu_charter *world_charter(const struct world *w)
{
	struct yihu_buf text = world_text(w), note = world_sign(w, &text);
	struct yihu_charter *c = NULL;
	struct yihu_error err = {0};

	expect(yihu_charter_parse(&c, note.data, note.len, &err), &err, YIHU_OK, "");
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	return c;
}

struct yihu_token world_token(const struct world *w, const struct yihu_charter *c, uint32_t serial)
{
	struct yihu_token t = {.serial = serial};

	randombytes_buf(t.seed, sizeof(t.seed));
	yihu_token_sign(&t, c->eid, &w->issuer);
	return t;
}

void world_finish(struct world *w)
{
	free(w->c.origin);
	sodium_memzero(w, sizeof(*w));
}

void replace(struct yihu_buf *b, const char *find, const char *with)
{
	struct yihu_buf out = {0};
	char *at = strstr((char *)b->data, find);
	size_t before;

	assert_non_null(at);
	before = (size_t)(at - (char *)b->data);
	yihu_buf_put(&out, b->data, before);
	yihu_buf_str(&out, with);
	yihu_buf_str(&out, at + strlen(find));
	yihu_buf_free(b);
	*b = out;
}
