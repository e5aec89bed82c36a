/* SPDX-License-Identifier: Apache-2.0
 *
 * Box folders of a test election on the disk.
 */
#include "boxdir.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>
#include <yihu/keyfile.h>

static void write_file(const char *dir, const char *name, const struct yihu_buf *bytes)
{
	struct yihu_error err;
	char *path = yihu_path(dir, name);
	fixture_must(yihu_file_write(path, bytes->data, bytes->len, 0644, &err), &err);
	free(path);
}

/* The fixture's key in a key file of its own. */
static void write_key(const struct fixture *f, const char *dir)
{
	struct yihu_error err;
	struct yihu_keyfile *kf;
	char *path = yihu_path(dir, "log.key");
	fixture_must(yihu_keyfile_create(&kf, path, YIHU_ROLE_LOG, "log", NULL, &err), &err);
	kf->keypair = f->log;
	kf->vkey = f->election->charter->log;
	fixture_must(yihu_keyfile_save(kf, &err), &err);
	yihu_keyfile_close(kf);
	free(path);
}

char *boxdir_temp(void)
{
	char *dir = yihu_strdup("/tmp/yihu-box-XXXXXX");
	if (!mkdtemp(dir))
		abort();
	return dir;
}

void boxdir_make(const struct fixture *f, const char *dir)
{
	struct yihu_error err;
	char *pub = yihu_path(dir, "public");
	fixture_must(yihu_dir_make(pub, 0755, &err), &err);
	write_file(pub, "election.pb", &f->definition);
	write_file(pub, "charter", &f->charter);
	write_file(pub, "register", &f->reg);
	write_key(f, dir);
	free(pub);
}

char *boxdir_new(const struct fixture *f)
{
	char *dir = boxdir_temp();
	boxdir_make(f, dir);
	return dir;
}

void boxdir_free(char *dir)
{
	struct yihu_error err;
	fixture_must(yihu_dir_remove(dir, &err), &err);
	free(dir);
}

struct yihu_box *boxdir_open(const char *dir, uint64_t now)
{
	struct yihu_error err;
	struct yihu_box *b;
	fixture_must(yihu_box_open(&b, dir, now, &err), &err);
	return b;
}

struct yihu_box *boxdir_open_moved(const char *dir, uint64_t now)
{
	struct yihu_error err;
	struct yihu_box *b;
	const struct yihu_box_opening how = {.move = YIHU_BOX_MOVED};
	fixture_must(yihu_box_open_as(&b, dir, &how, now, &err), &err);
	return b;
}

void boxdir_copy(const char *from_dir, const char *to_dir, const char *name, size_t most)
{
	struct yihu_buf bytes = {0};
	struct yihu_error err;
	char *from = yihu_path(from_dir, name), *to = yihu_path(to_dir, name);
	fixture_must(yihu_file_read(from, 64 << 20, &bytes, &err), &err);
	fixture_must(
		yihu_file_write(to, bytes.data, bytes.len < most ? bytes.len : most, 0600, &err),
		&err);
	yihu_buf_free(&bytes);
	free(from);
	free(to);
}

struct yihu_buf boxdir_ballot(const struct fixture *f, uint32_t serial, uint64_t seed)
{
	struct yihu_buf body = {0};
	uint32_t digits[YIHU_PROJECTS_MAX];
	fixture_digits(f, seed, digits);
	fixture_ballot(f, serial, digits, &body);
	return body;
}

struct yihu_buf boxdir_change(const struct fixture *f, uint32_t old_serial, uint32_t new_serial)
{
	struct yihu_buf body = {0};
	struct yihu_credential credential = {0};
	if (new_serial)
		credential = fixture_credential(f, new_serial);
	yihu_change_body(&body, f->election->charter->eid, old_serial, new_serial,
			 new_serial ? &credential : NULL, &f->issuer);
	return body;
}

struct yihu_buf boxdir_close(const struct fixture *f, const struct yihu_box *b)
{
	struct yihu_buf body = {0};
	const struct yihu_tree *tree = yihu_ledger_tree(yihu_box_ledger(b));
	uint64_t size = yihu_tree_size(tree);
	struct yihu_node root = yihu_tree_root(tree, size);
	yihu_close_body(&body, f->election->charter->eid, size, root.bytes, &f->issuer);
	return body;
}

struct yihu_submission boxdir_commit(struct yihu_box *b, enum yihu_entry_type type,
				     const struct yihu_buf *body, uint64_t now)
{
	struct yihu_submission s = {.type = type, .body = body->data, .body_len = body->len};
	struct yihu_error err = {0};
	int rc = yihu_box_commit(b, &s, 1, now, &err);
	if (rc) {
		s.code = rc;
		s.err = err;
	}
	return s;
}

void boxdir_vote(struct yihu_box *b, const struct fixture *f, uint32_t first, uint32_t n,
		 uint64_t now)
{
	struct yihu_submission *subs = yihu_calloc(n, sizeof *subs);
	struct yihu_buf *bodies = yihu_calloc(n, sizeof *bodies);
	struct yihu_error err;
	for (uint32_t i = 0; i < n; i++) {
		bodies[i] = boxdir_ballot(f, first + i, first + i);
		subs[i] = (struct yihu_submission){.type = YIHU_ENTRY_BALLOT,
						   .body = bodies[i].data,
						   .body_len = bodies[i].len};
	}
	fixture_must(yihu_box_commit(b, subs, n, now, &err), &err);
	for (uint32_t i = 0; i < n; i++) {
		fixture_must(subs[i].code, &subs[i].err);
		yihu_buf_free(&bodies[i]);
	}
	free(bodies);
	free(subs);
}

struct yihu_buf boxdir_receipt(struct yihu_box *b, uint64_t index)
{
	struct yihu_buf entry = {0}, receipt = {0};
	struct yihu_box_view *v;
	struct yihu_error err;
	fixture_must(yihu_box_view_open(&v, b, &err), &err);
	fixture_must(yihu_box_view_entry(v, index, &entry, &err), &err);
	bool shown = yihu_box_view_receipt(v, index, &entry, &receipt);
	assert(shown);
	yihu_box_view_close(v);
	yihu_buf_free(&entry);
	return receipt;
}
