/* SPDX-License-Identifier: Apache-2.0
 *
 * An election: definition, charter and register that agree with each other.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/election.h>
#include <yihu/file.h>

#include "known_register.h"

void yihu_election_free(struct yihu_election *e)
{
	if (!e)
		return;
	yihu_definition_free(e->definition);
	yihu_charter_free(e->charter);
	yihu_register_free(e->reg);
	free(e);
}

static int parse_definition(struct yihu_election *e, const void *bytes, size_t len,
			    struct yihu_error *err)
{
	uint8_t hash[32];
	crypto_hash_sha256(hash, bytes, len);
	if (memcmp(hash, e->charter->definition_hash, sizeof(hash)) != 0)
		return yihu_fail(err, YIHU_EDEFINITION,
				 _("election.pb is not the file that the charter names: its "
				   "SHA-256 differs"));
	int r = yihu_definition_parse(&e->definition, bytes, len, err);
	return r ? yihu_fail_at(err, r, "election.pb") : 0;
}

/* The files, and who knows the register already. */
struct files {
	struct yihu_span definition, charter;
	struct yihu_span reg; /* p NULL: not issued yet */
	yihu_register_known *known;
	void *context;
};

static int parse_register(struct yihu_election *e, const struct files *f, struct yihu_error *err)
{
	int r = yihu_register_parse_known(&e->reg, e->charter, f->reg.p, f->reg.len, f->known,
					  f->context, err);
	return r ? yihu_fail_at(err, r, "register") : 0;
}

static int parse(struct yihu_election **out, const struct files *f, struct yihu_error *err)
{
	struct yihu_election *e = yihu_calloc(1, sizeof(*e));
	int r = yihu_charter_parse(&e->charter, f->charter.p, f->charter.len, err);
	if (r != 0)
		yihu_fail_at(err, r, "charter");
	if (r == 0)
		r = parse_definition(e, f->definition.p, f->definition.len, err);
	if (r == 0 && f->reg.p)
		r = parse_register(e, f, err);
	if (r == 0) {
		*out = e;
		e = NULL;
	}
	yihu_election_free(e);
	return r;
}

int yihu_election_parse(struct yihu_election **out, const void *definition, size_t definition_len,
			const void *charter, size_t charter_len, const void *reg, size_t reg_len,
			struct yihu_error *err)
{
	const struct files f = {.definition = {definition, definition_len},
				.charter = {charter, charter_len},
				.reg = {reg, reg_len}};
	return parse(out, &f, err);
}

static int read_file(struct yihu_buf *out, const char *dir, const char *name, size_t max_bytes,
		     struct yihu_error *err)
{
	char *path = yihu_path(dir, name);
	int r = yihu_file_read(path, max_bytes, out, err);
	free(path);
	return r;
}

int yihu_election_load(struct yihu_election **out, const char *public_dir, struct yihu_error *err)
{
	return yihu_election_load_known(out, public_dir, NULL, NULL, err);
}

static struct yihu_span span_of(const struct yihu_buf *b)
{
	return (struct yihu_span){(const char *)yihu_buf_bytes(b), b->len};
}

int yihu_election_load_known(struct yihu_election **out, const char *public_dir,
			     yihu_register_known *known, void *context, struct yihu_error *err)
{
	struct yihu_buf definition = {0}, charter = {0}, reg = {0};
	bool issued = false;
	int r = read_file(&definition, public_dir, "election.pb", YIHU_DEFINITION_BYTES_MAX, err);
	if (r == 0)
		r = read_file(&charter, public_dir, "charter", YIHU_CHARTER_BYTES_MAX, err);
	if (r == 0) {
		/* An absent register is not issued yet; an empty one is broken. */
		r = read_file(&reg, public_dir, "register", YIHU_REGISTER_BYTES_MAX, err);
		issued = r == 0;
		r = r == YIHU_ENOENT ? 0 : r;
	}
	if (r == 0) {
		const struct files f = {span_of(&definition), span_of(&charter),
					issued ? span_of(&reg) : (struct yihu_span){0}, known,
					context};
		r = parse(out, &f, err);
	}
	yihu_buf_free(&definition);
	yihu_buf_free(&charter);
	yihu_buf_free(&reg);
	return r;
}
