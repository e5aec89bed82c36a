/* SPDX-License-Identifier: Apache-2.0
 *
 * An election: definition, charter and register that agree with each other.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/election.h>
#include <yihu/file.h>

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

static int parse_register(struct yihu_election *e, const void *bytes, size_t len,
			  struct yihu_error *err)
{
	int r = yihu_register_parse(&e->reg, e->charter, bytes, len, err);
	return r ? yihu_fail_at(err, r, "register") : 0;
}

int yihu_election_parse(struct yihu_election **out, const void *definition, size_t definition_len,
			const void *charter, size_t charter_len, const void *reg, size_t reg_len,
			struct yihu_error *err)
{
	struct yihu_election *e = yihu_calloc(1, sizeof(*e));
	int r = yihu_charter_parse(&e->charter, charter, charter_len, err);
	if (r != 0)
		yihu_fail_at(err, r, "charter");
	if (r == 0)
		r = parse_definition(e, definition, definition_len, err);
	if (r == 0 && reg)
		r = parse_register(e, reg, reg_len, err);
	if (r == 0) {
		*out = e;
		e = NULL;
	}
	yihu_election_free(e);
	return r;
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
	struct yihu_buf definition = {0}, charter = {0}, reg = {0};
	const void *present = NULL;
	int r = read_file(&definition, public_dir, "election.pb", YIHU_DEFINITION_BYTES_MAX, err);
	if (r == 0)
		r = read_file(&charter, public_dir, "charter", YIHU_CHARTER_BYTES_MAX, err);
	if (r == 0) {
		r = read_file(&reg, public_dir, "register", YIHU_REGISTER_BYTES_MAX, err);
		/* An absent register is not issued yet; an empty one is broken. */
		if (r == 0)
			present = reg.len > 0 ? (const void *)reg.data : "";
		else if (r == YIHU_ENOENT)
			r = 0;
	}
	if (r == 0)
		r = yihu_election_parse(out, definition.data, definition.len, charter.data,
					charter.len, present, reg.len, err);
	yihu_buf_free(&definition);
	yihu_buf_free(&charter);
	yihu_buf_free(&reg);
	return r;
}
