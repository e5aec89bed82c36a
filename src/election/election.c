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
	if (e == NULL)
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
	int code;

	crypto_hash_sha256(hash, bytes, len);
	if (memcmp(hash, e->charter->definition_hash, sizeof(hash)) != 0)
		return yihu_fail(err, YIHU_EDEFINITION,
				 _("election.pb is not the file that the charter names: its "
				   "SHA-256 differs."));
	code = yihu_definition_parse(&e->definition, bytes, len, err);
	if (code != YIHU_OK)
		return yihu_fail_at(err, code, "election.pb");
	return YIHU_OK;
}

int yihu_election_parse(struct yihu_election **out, const void *definition, size_t definition_len,
			const void *charter, size_t charter_len, const void *reg, size_t reg_len,
			struct yihu_error *err)
{
	struct yihu_election *e = yihu_calloc(1, sizeof(*e));
	int code;

	code = yihu_charter_parse(&e->charter, charter, charter_len, err);
	if (code != YIHU_OK) {
		yihu_fail_at(err, code, "charter");
		goto done;
	}
	code = parse_definition(e, definition, definition_len, err);
	if (code != YIHU_OK)
		goto done;
	if (reg != NULL) {
		code = yihu_register_parse(&e->reg, e->charter, reg, reg_len, err);
		if (code != YIHU_OK) {
			yihu_fail_at(err, code, "register");
			goto done;
		}
	}
	*out = e;
	e = NULL;
done:
	yihu_election_free(e);
	return code;
}

static int read_file(struct yihu_buf *out, const char *dir, const char *name, size_t max_bytes,
		     struct yihu_error *err)
{
	char *path = yihu_path(dir, name);
	int code = yihu_file_read(path, max_bytes, out, err);

	free(path);
	return code;
}

int yihu_election_load(struct yihu_election **out, const char *public_dir, struct yihu_error *err)
{
	struct yihu_buf definition = {0}, charter = {0}, reg = {0};
	const void *present = NULL;
	int code;

	code = read_file(&definition, public_dir, "election.pb", YIHU_DEFINITION_BYTES_MAX, err);
	if (code == YIHU_OK)
		code = read_file(&charter, public_dir, "charter", YIHU_CHARTER_BYTES_MAX, err);
	if (code != YIHU_OK)
		goto done;
	code = read_file(&reg, public_dir, "register", YIHU_REGISTER_BYTES_MAX, err);
	if (code != YIHU_OK && code != YIHU_ENOENT)
		goto done;
	/* An absent register is not issued yet; an empty one is broken. */
	if (code == YIHU_OK)
		present = reg.len > 0 ? (const void *)reg.data : "";
	code = yihu_election_parse(out, definition.data, definition.len, charter.data, charter.len,
				   present, reg.len, err);
done:
	yihu_buf_free(&definition);
	yihu_buf_free(&charter);
	yihu_buf_free(&reg);
	return code;
}
