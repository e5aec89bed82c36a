/* SPDX-License-Identifier: Apache-2.0
 *
 * Key files: header and lock. The body is keybody.c's, the seal seal.c's.
 */
#include "keyseal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>
#include <yihu/looks.h>
#include <yihu/secret.h>

#define MAGIC "yihu-key-v1"
#define CHECK_BYTES 32

/* A key file taken apart; the spans borrow from its text. */
struct parts {
	enum yihu_key_role role;
	struct yihu_vkey vkey;
	struct yihu_seal seal; /* without its key */
	struct yihu_span head; /* the lines before the last, with their LF */
	struct yihu_span body; /* base64 */
};

static const char *const roles[] = {
	[YIHU_ROLE_ISSUER] = "issuer",
	[YIHU_ROLE_LOG] = "log",
	[YIHU_ROLE_TRUSTEE] = "trustee",
};
#define N_ROLES (sizeof roles / sizeof *roles)

const char *yihu_key_role_name(enum yihu_key_role role)
{
	return roles[role];
}

/* "keyword rest": takes the line and gives the rest. */
static bool next_line(struct yihu_lines *lines, const char *keyword, struct yihu_span *rest)
{
	struct yihu_span word;
	return yihu_lines_next(lines, rest) && yihu_field_next(rest, &word) &&
	       yihu_span_is(word, keyword);
}

static bool parse_role(enum yihu_key_role *out, struct yihu_span text)
{
	for (size_t i = 0; i < N_ROLES; i++)
		if (yihu_span_is(text, roles[i])) {
			*out = (enum yihu_key_role)i;
			return true;
		}
	return false;
}

static bool parse(struct parts *out, const struct yihu_buf *text)
{
	struct yihu_lines lines = yihu_lines(text->data, text->len);
	struct yihu_span line, rest;
	struct parts p = {0};
	if (!yihu_lines_next(&lines, &line) || !yihu_span_is(line, MAGIC) ||
	    !next_line(&lines, "role", &rest) || !parse_role(&p.role, rest) ||
	    !next_line(&lines, "public", &rest) || yihu_vkey_parse(&p.vkey, rest, NULL) != 0 ||
	    !next_line(&lines, "kdf", &rest) || !yihu_seal_kdf_parse(&p.seal, rest))
		return false;
	p.head = (struct yihu_span){(const char *)text->data, text->len - lines.left};
	if (!next_line(&lines, p.seal.sealed ? "sealed" : "plain", &p.body) || lines.left != 0)
		return false;
	*out = p;
	return true;
}

static int read_parts(struct parts *out, struct yihu_buf *text, const char *path,
		      struct yihu_error *err)
{
	int r = yihu_file_read(path, YIHU_KEYFILE_MAX_BYTES, text, err);
	if (r == 0 && !parse(out, text))
		r = yihu_fail(err, YIHU_EFORMAT, _("%s is not a key file, or it is damaged"), path);
	return r;
}

static void write_head(struct yihu_buf *out, const struct yihu_keyfile *kf)
{
	yihu_buf_fmt(out, MAGIC "\nrole %s\npublic ", roles[kf->role]);
	yihu_vkey_text(out, &kf->vkey);
	yihu_buf_u8(out, '\n');
	yihu_seal_kdf_line(out, &kf->seal->with);
}

static void checksum(uint8_t out[static CHECK_BYTES], struct yihu_span head, const uint8_t *body,
		     size_t len)
{
	struct yihu_frame f;
	yihu_frame_init(&f, "key-file");
	yihu_frame_item(&f, head.p, head.len);
	yihu_frame_item(&f, body, len);
	yihu_frame_hash32(&f, out);
}

static void write_plain(struct yihu_buf *text, struct yihu_buf *body)
{
	uint8_t check[CHECK_BYTES];
	checksum(check, (struct yihu_span){(const char *)text->data, text->len}, body->data,
		 body->len);
	yihu_buf_put(body, check, sizeof check);
	yihu_buf_str(text, "plain ");
	yihu_base64(text, body->data, body->len);
	yihu_buf_u8(text, '\n');
}

int yihu_keyseal_put(const struct yihu_keyfile *kf, const char *path, bool fresh,
		     struct yihu_error *err)
{
	struct yihu_buf text = {0}, body = {0};
	write_head(&text, kf);
	yihu_keybody_write(&body, kf);
	if (kf->seal->with.sealed)
		yihu_seal_line(&text, &body, &kf->seal->with);
	else
		write_plain(&text, &body);
	int r = 0;
	if (text.len > YIHU_KEYFILE_MAX_BYTES)
		r = yihu_fail(err, YIHU_ETOOBIG, _("the box text is too long for the key file %s"),
			      path);
	else if (fresh)
		r = yihu_secret_create(path, text.data, text.len, err);
	else
		r = yihu_secret_write(path, text.data, text.len, err);
	yihu_buf_free(&text);
	yihu_buf_free(&body);
	return r;
}

int yihu_keyfile_save(struct yihu_keyfile *kf, struct yihu_error *err)
{
	return yihu_keyseal_put(kf, kf->seal->path, false, err);
}

static bool uncheck(struct yihu_buf *blob, struct yihu_span head)
{
	uint8_t check[CHECK_BYTES];
	if (blob->len < CHECK_BYTES)
		return false;
	blob->len -= CHECK_BYTES;
	checksum(check, head, blob->data, blob->len);
	return sodium_memcmp(check, blob->data + blob->len, CHECK_BYTES) == 0;
}

static char *lock_path(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	return yihu_printf("%.*s.%s.lock", (int)(name - path), path, name);
}

/* An empty key file in guarded memory, locked. */
static int locked_new(struct yihu_keyfile **out, const char *path, struct yihu_error *err)
{
	int fd;
	char *lock = lock_path(path);
	int r = yihu_lock(lock, &fd, err);
	free(lock);
	if (r != 0)
		return r;
	if (sodium_init() < 0)
		abort();
	struct yihu_keyfile *kf = sodium_malloc(sizeof *kf);
	struct yihu_keyfile_seal *seal = sodium_malloc(sizeof *seal);
	if (!kf || !seal)
		abort();
	*seal = (struct yihu_keyfile_seal){.path = yihu_strdup(path), .lock = fd};
	*kf = (struct yihu_keyfile){.seal = seal};
	*out = kf;
	return 0;
}

void yihu_keyfile_close(struct yihu_keyfile *kf)
{
	if (!kf)
		return;
	int lock = kf->seal->lock;
	yihu_buf_free(&kf->box);
	free(kf->seal->path);
	sodium_free(kf->seal); /* wipes */
	sodium_free(kf);
	yihu_unlock(lock);
}

int yihu_keyfile_create_with(struct yihu_keyfile **out, const char *path, enum yihu_key_role role,
			     const char *name, const char *passphrase, const struct yihu_kdf *kdf,
			     struct yihu_error *err)
{
	struct yihu_keyfile *kf = NULL;
	if (passphrase && *passphrase == '\0')
		return yihu_fail(err, YIHU_EARG, _("the passphrase is empty. Choose a long one"));
	int hidden = yihu_check_hidden(name, true, err);
	if (hidden)
		return yihu_fail_at(err, hidden, _("the name of the key"));
	if (yihu_file_exists(path))
		return yihu_fail(err, YIHU_EEXIST, _("%s is already there and stays as it is"),
				 path);
	int r = locked_new(&kf, path, err);
	if (r != 0)
		return r;
	kf->role = role;
	yihu_keypair_random(&kf->keypair);
	r = yihu_vkey_make(&kf->vkey, name, kf->keypair.pk, err);
	if (r == 0 && passphrase)
		r = yihu_seal_make(&kf->seal->with, kdf, passphrase, path, err);
	if (r == 0)
		r = yihu_keyseal_put(kf, path, true, err);
	if (r == 0) {
		*out = kf;
		kf = NULL;
	}
	yihu_keyfile_close(kf);
	return r;
}

int yihu_keyfile_create(struct yihu_keyfile **out, const char *path, enum yihu_key_role role,
			const char *name, const char *passphrase, struct yihu_error *err)
{
	return yihu_keyfile_create_with(out, path, role, name, passphrase, &yihu_kdf_moderate, err);
}

/* Takes kf's seal from the header, and the body out of it. */
static int open_body(struct yihu_keyfile *kf, struct yihu_buf *body, const struct parts *p,
		     const char *passphrase, struct yihu_error *err)
{
	struct yihu_keyfile_seal *seal = kf->seal;
	bool sound = yihu_unbase64(body, p->body);
	if (!sound || !p->seal.sealed)
		return sound && uncheck(body, p->head) ? 0 : YIHU_EFORMAT;
	if (!passphrase)
		return yihu_fail(err, YIHU_EPASS, _("%s needs its passphrase"), seal->path);
	seal->with = p->seal;
	int r = yihu_seal_derive(&seal->with, passphrase, seal->path, err);
	if (r == 0 && !yihu_seal_open(body, p->head, &seal->with))
		r = yihu_fail(err, YIHU_EPASS,
			      _("the passphrase does not open %s. If you are sure of it, the file "
				"was changed"),
			      seal->path);
	return r;
}

/* Words for a body that could not be read. */
static int say_body(int r, const char *path, struct yihu_error *err)
{
	if (r == YIHU_EFORMAT)
		return yihu_fail(err, r, _("the key file %s is damaged"), path);
	if (r == YIHU_EVERSION)
		return yihu_fail(err, r,
				 _("the key file %s was written by a newer program. Use that "
				   "program, or a newer one"),
				 path);
	return r;
}

/* No passphrase is asked: the header must want the very key that kf has. */
static bool under_this_seal(const struct parts *p, const struct yihu_keyfile *kf)
{
	const struct yihu_seal *seal = &kf->seal->with;
	return p->role == kf->role && yihu_vkey_same(&p->vkey, &kf->vkey) &&
	       p->seal.sealed == seal->sealed &&
	       memcmp(p->seal.salt, seal->salt, sizeof seal->salt) == 0;
}

int yihu_keyseal_body(struct yihu_buf *out, const struct yihu_keyfile *kf, const char *path,
		      struct yihu_error *err)
{
	struct yihu_buf text = {0}, body = {0};
	struct parts p = {0};
	int r = read_parts(&p, &text, path, err);
	if (r == 0 && !(under_this_seal(&p, kf) && yihu_unbase64(&body, p.body) &&
			(p.seal.sealed ? yihu_seal_open(&body, p.head, &kf->seal->with)
				       : uncheck(&body, p.head))))
		r = yihu_fail(err, YIHU_EKEYS, _("%s is not a copy of this key, or it is damaged"),
			      path);
	if (r == 0) {
		*out = body;
		body = (struct yihu_buf){0};
	}
	yihu_buf_free(&text);
	yihu_buf_free(&body);
	return r;
}

static int load(struct yihu_keyfile *kf, const char *passphrase, struct yihu_error *err)
{
	struct yihu_buf text = {0}, body = {0};
	struct parts p = {0};
	int r = read_parts(&p, &text, kf->seal->path, err);
	if (r == 0) {
		kf->role = p.role;
		kf->vkey = p.vkey;
		r = open_body(kf, &body, &p, passphrase, err);
		if (r == 0)
			r = yihu_keybody_read(kf, &body);
		r = say_body(r, kf->seal->path, err);
	}
	yihu_buf_free(&text);
	yihu_buf_free(&body);
	return r;
}

int yihu_keyfile_open(struct yihu_keyfile **out, const char *path, const char *passphrase,
		      struct yihu_error *err)
{
	struct yihu_keyfile *kf = NULL;
	if (!yihu_file_exists(path))
		return yihu_fail(err, YIHU_ENOENT, _("there is no key file %s"), path);
	int r = locked_new(&kf, path, err);
	if (r != 0)
		return r;
	r = load(kf, passphrase, err);
	if (r == 0) {
		*out = kf;
		kf = NULL;
	}
	yihu_keyfile_close(kf);
	return r;
}

int yihu_keyfile_public(const char *path, enum yihu_key_role *role, struct yihu_vkey *vkey,
			struct yihu_error *err)
{
	struct yihu_buf text = {0};
	struct parts p = {0};
	int r = read_parts(&p, &text, path, err);
	if (r == 0) {
		*role = p.role;
		*vkey = p.vkey;
	}
	yihu_buf_free(&text);
	return r;
}

int yihu_keyfile_needs_passphrase(const char *path, bool *needs, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	struct parts p = {0};
	int r = read_parts(&p, &text, path, err);
	if (r == 0)
		*needs = p.seal.sealed;
	yihu_buf_free(&text);
	return r;
}
