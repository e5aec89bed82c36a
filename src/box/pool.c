/* SPDX-License-Identifier: Apache-2.0
 *
 * Gathering what is left of a log.
 */
#include "pool.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yihu/file.h>

#include "internal.h"

void yihu_pool_init(struct yihu_pool *p, const struct yihu_vkey *log)
{
	*p = (struct yihu_pool){.log = log, .at_close = UINT64_MAX};
}

void yihu_pool_finish(struct yihu_pool *p)
{
	for (uint64_t i = 0; i < p->n; i++)
		yihu_buf_free(&p->entries[i]);
	free(p->entries);
	free(p->signed_states);
	*p = (struct yihu_pool){0};
}

/* What one source says, before it is believed. */
struct source {
	struct yihu_pool *p;
	const char *path;
	struct yihu_buf *entries;
	uint64_t n;
	struct yihu_tree *tree;
};

static void source_finish(struct source *s)
{
	for (uint64_t i = 0; i < s->n; i++)
		yihu_buf_free(&s->entries[i]);
	free(s->entries);
	yihu_tree_free(s->tree);
}

static void source_add(struct source *s, const void *entry, size_t len)
{
	if ((s->n & (s->n - 1)) == 0)
		s->entries = yihu_realloc(s->entries, s->n ? 2 * s->n : 1, sizeof *s->entries);
	s->entries[s->n] = (struct yihu_buf){0};
	yihu_buf_put(&s->entries[s->n++], entry, len);
	yihu_tree_append(s->tree, yihu_leaf_hash(entry, len));
}

static void note_signed(struct yihu_pool *p, const struct yihu_checkpoint *c)
{
	p->signed_states =
		yihu_realloc(p->signed_states, p->n_signed + 1, sizeof *p->signed_states);
	p->signed_states[p->n_signed++] = *c;
	if (c->size > p->newest)
		p->newest = c->size;
}

static int take_note(struct yihu_pool *p, const char *path, const void *bytes, size_t len,
		     bool at_close, struct yihu_checkpoint *out, struct yihu_error *err)
{
	int r = yihu_checkpoint_parse(out, bytes, len, p->log, err);
	if (r != 0)
		return yihu_fail_at(err, r, "%s", path);
	note_signed(p, out);
	if (at_close)
		p->at_close = out->size;
	return 0;
}

static void make_room(struct yihu_pool *p, uint64_t n)
{
	if (n <= p->n)
		return;
	p->entries = yihu_realloc(p->entries, n, sizeof *p->entries);
	memset(p->entries + p->n, 0, (n - p->n) * sizeof *p->entries);
	p->n = n;
}

/* What is known of an index may be known twice, and is then the same. */
static int put(struct yihu_pool *p, const char *path, uint64_t index, const void *entry, size_t len,
	       struct yihu_error *err)
{
	make_room(p, index + 1);
	struct yihu_buf *known = &p->entries[index];
	if (known->len == 0)
		yihu_buf_put(known, entry, len);
	if (known->len == len && memcmp(known->data, entry, len) == 0)
		return 0;
	return yihu_fail(err, YIHU_EHISTORY,
			 _("%s: entry %llu differs from the one elsewhere, and both are signed: "
			   "the log key has signed two histories. Keep all of these files"),
			 path, (unsigned long long)index);
}

/* A source of many entries is believed when they are those of its checkpoint. */
static int believe(struct source *s, const struct yihu_checkpoint *c, struct yihu_error *err)
{
	struct yihu_node root = yihu_tree_root(s->tree, s->n);
	if (c->size != s->n || memcmp(&root, &c->root, sizeof root) != 0)
		return yihu_fail(err, YIHU_ECHECKPOINT,
				 _("%s: its %llu entries are not those of its checkpoint (%llu)"),
				 s->path, (unsigned long long)s->n, (unsigned long long)c->size);
	make_room(s->p, s->n);
	int r = 0;
	for (uint64_t i = 0; r == 0 && i < s->n; i++)
		r = put(s->p, s->path, i, s->entries[i].data, s->entries[i].len, err);
	return r;
}

struct bundles {
	struct source *s;
	struct yihu_error *err;
};

static int read_bundle(void *context, const struct yihu_tile *t)
{
	struct bundles *x = context;
	char name[YIHU_TILE_PATH_BYTES];
	const uint8_t *entry;
	struct yihu_buf bytes = {0};
	size_t len;
	if (t->level >= 0)
		return 0;
	yihu_tile_path(name, t);
	char *path = yihu_path(x->s->path, name);
	int rc = yihu_file_read(path, YIHU_TILE_WIDTH * (2u + YIHU_BUNDLE_ENTRY_BYTES_MAX), &bytes,
				x->err);
	struct yihu_reader r = yihu_reader(bytes.data, bytes.len);
	unsigned n = 0;
	for (; rc == 0 && n < t->width && yihu_bundle_next(&r, &entry, &len); n++)
		source_add(x->s, entry, len);
	if (rc == 0 && (n != t->width || r.left != 0))
		rc = yihu_fail(x->err, YIHU_EFORMAT, _("%s holds other entries than its name says"),
			       path);
	yihu_buf_free(&bytes);
	free(path);
	return rc;
}

static int take_file_note(struct yihu_pool *p, const char *dir, const char *name, bool at_close,
			  struct yihu_checkpoint *out, struct yihu_error *err)
{
	struct yihu_buf note = {0};
	char *path = yihu_path(dir, name);
	int r = yihu_file_read(path, YIHU_CHECKPOINT_BYTES_MAX, &note, err);
	if (r == 0)
		r = take_note(p, path, note.data, note.len, at_close, out, err);
	yihu_buf_free(&note);
	free(path);
	return r;
}

/* log/ of a public folder. */
static int take_log(struct yihu_pool *p, const char *log_dir, struct yihu_error *err)
{
	struct source s = {.p = p, .path = log_dir, .tree = yihu_tree_new()};
	struct yihu_checkpoint c, end;
	int r = take_file_note(p, log_dir, "checkpoint", false, &c, err);
	if (r == 0)
		r = yihu_tiles_each(c.size, read_bundle, &(struct bundles){&s, err});
	if (r == 0)
		r = believe(&s, &c, err);
	if (r == 0 && yihu_box_has(log_dir, "at-close"))
		r = take_file_note(p, log_dir, "at-close", true, &end, err);
	source_finish(&s);
	return r;
}

static int read_rows(struct source *s, struct yihu_box *b, struct yihu_error *err)
{
	bool row = true;
	sqlite3_stmt *q = yihu_box_sql(b, Q_GET_ENTRIES);
	sqlite3_bind_int64(q, 1, 0);
	sqlite3_bind_int64(q, 2, INT64_MAX);
	int r = 0;
	while (r == 0 && row) {
		r = yihu_box_sql_row(b, q, &row, err);
		if (r == 0 && row)
			source_add(s, sqlite3_column_blob(q, 1),
				   (size_t)sqlite3_column_bytes(q, 1));
	}
	return r;
}

static int take_rows(struct yihu_pool *p, struct yihu_box *b, struct yihu_error *err)
{
	struct source s = {.p = p, .path = b->dir, .tree = yihu_tree_new()};
	struct yihu_checkpoint c, end;
	struct yihu_buf latest = {0}, at_close = {0};
	int r = yihu_box_get_note(b, "latest", &latest, err);
	if (r == 0)
		r = yihu_box_get_note(b, "at-close", &at_close, err);
	if (r == 0)
		r = read_rows(&s, b, err);
	if (r == 0)
		r = take_note(p, b->dir, latest.data, latest.len, false, &c, err);
	if (r == 0)
		r = believe(&s, &c, err);
	if (r == 0 && at_close.len > 0)
		r = take_note(p, b->dir, at_close.data, at_close.len, true, &end, err);
	yihu_buf_free(&latest);
	yihu_buf_free(&at_close);
	source_finish(&s);
	return r;
}

static int take_opened(struct yihu_pool *p, struct yihu_box *b, int r, struct yihu_error *err)
{
	if (r == 0)
		r = yihu_box_sql_check_schema(b, err);
	if (r == 0)
		r = yihu_box_sql_prepare(b, err);
	if (r == 0)
		r = take_rows(p, b, err);
	yihu_box_close(b);
	return r;
}

/* DIR/box.db with its WAL. */
static int take_database(struct yihu_pool *p, const char *dir, struct yihu_error *err)
{
	struct yihu_box *b = yihu_box_new(dir);
	return take_opened(p, b, yihu_box_sql_read(b, err), err);
}

/* What --backup has made. */
static int take_backup(struct yihu_pool *p, const char *path, struct yihu_error *err)
{
	struct yihu_box *b = yihu_box_new(path);
	return take_opened(p, b, yihu_box_sql_read_file(b, path, false, err), err);
}

static bool is_database(const char *path)
{
	static const char magic[16] = "SQLite format 3";
	char head[sizeof magic];
	FILE *f = fopen(path, "re");
	bool is = f && fread(head, sizeof head, 1, f) == 1 && memcmp(head, magic, sizeof head) == 0;
	if (f)
		fclose(f);
	return is;
}

static int take_mark(struct yihu_pool *p, const char *dir, struct yihu_error *err)
{
	struct yihu_mark m = {.fd = -1};
	struct yihu_checkpoint c;
	int r = yihu_mark_open(&m, dir, false, err);
	if (r == 0 && m.latest.len > 0)
		r = take_note(p, m.path, m.latest.data, m.latest.len, false, &c, err);
	if (r == 0 && m.at_close.len > 0)
		r = take_note(p, m.path, m.at_close.data, m.at_close.len, true, &c, err);
	yihu_mark_close(&m);
	return r;
}

/* A receipt, which holds its entry; a checkpoint; a copy of a database. */
static int take_file(struct yihu_pool *p, const char *path, struct yihu_error *err)
{
	struct yihu_receipt r;
	struct yihu_checkpoint c;
	struct yihu_buf bytes = {0};
	if (is_database(path))
		return take_backup(p, path, err);
	int rc = yihu_file_read(path, YIHU_RECEIPT_BYTES_MAX, &bytes, err);
	if (rc != 0)
		return rc;
	if (!yihu_receipt_parse(&r, bytes.data, bytes.len, p->log, NULL)) {
		note_signed(p, &r.checkpoint);
		rc = put(p, path, r.index, r.entry, r.entry_len, err);
		yihu_receipt_free(&r);
	} else if (take_note(p, path, bytes.data, bytes.len, false, &c, NULL)) {
		rc = yihu_fail(err, YIHU_EFORMAT,
			       _("%s is neither a receipt nor a checkpoint of this election's log"),
			       path);
	}
	yihu_buf_free(&bytes);
	return rc;
}

static int take_files(struct yihu_pool *p, const char *dir, struct yihu_error *err)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	int r = 0;
	if (!d)
		return yihu_fail(err, YIHU_EIO, _("the folder %s cannot be read: %s"), dir,
				 strerror(errno));
	while (r == 0 && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		char *path = yihu_path(dir, e->d_name);
		r = take_file(p, path, err);
		free(path);
	}
	closedir(d);
	return r;
}

/* One part of a folder, where it is there. */
struct part {
	const char *sign, *below;
	int (*take)(struct yihu_pool *p, const char *dir, struct yihu_error *err);
};
static const struct part parts[] = {
	{"box.db", ".", take_database},
	{YIHU_MARK_NAME, ".", take_mark},
	{"public/log/checkpoint", "public/log", take_log},
	{"log/checkpoint", "log", take_log},
};
#define N_PARTS (sizeof parts / sizeof *parts)

static int take_part(struct yihu_pool *p, const char *dir, const struct part *part,
		     struct yihu_error *err)
{
	char *below =
		strcmp(part->below, ".") == 0 ? yihu_strdup(dir) : yihu_path(dir, part->below);
	int r = part->take(p, below, err);
	free(below);
	return r;
}

int yihu_pool_take(struct yihu_pool *p, const char *path, struct yihu_error *err)
{
	struct stat st;
	bool any = false;
	int r = 0;
	if (stat(path, &st) != 0)
		return yihu_fail(err, YIHU_ENOENT, _("%s cannot be read: %s"), path,
				 strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return take_file(p, path, err);
	for (size_t i = 0; r == 0 && i < N_PARTS; i++)
		if (yihu_box_has(path, parts[i].sign)) {
			any = true;
			r = take_part(p, path, &parts[i], err);
		}
	return r || any ? r : take_files(p, path, err);
}

int yihu_pool_take_own(struct yihu_pool *p, const char *dir, struct yihu_buf *told,
		       struct yihu_error *err)
{
	for (size_t i = 0; i < N_PARTS; i++) {
		struct yihu_error why = {0};
		if (!yihu_box_has(dir, parts[i].sign))
			continue;
		int r = take_part(p, dir, &parts[i], &why);
		if (r == YIHU_EHISTORY)
			return yihu_fail(err, r, "%s", why.text);
		if (r != 0)
			yihu_buf_fmt(told, "%s\n", why.text);
	}
	return 0;
}

static struct yihu_tree *tree_of(const struct yihu_pool *p)
{
	struct yihu_tree *tree = yihu_tree_new();
	for (uint64_t i = 0; i < p->n && p->entries[i].len > 0; i++)
		yihu_tree_append(tree, yihu_leaf_hash(p->entries[i].data, p->entries[i].len));
	return tree;
}

int yihu_pool_reach(const struct yihu_pool *p, uint64_t *size, struct yihu_error *err)
{
	struct yihu_tree *tree = tree_of(p);
	int r = 0;
	*size = 0;
	for (size_t i = 0; r == 0 && i < p->n_signed; i++) {
		const struct yihu_checkpoint *c = &p->signed_states[i];
		if (c->size > yihu_tree_size(tree))
			continue;
		struct yihu_node root = yihu_tree_root(tree, c->size);
		if (memcmp(&root, &c->root, sizeof root) != 0)
			r = yihu_fail(err, YIHU_EHISTORY,
				      _("a checkpoint over %llu entries is signed, and these "
					"entries are others: the log key has signed two "
					"histories. Keep all of these files"),
				      (unsigned long long)c->size);
		else if (c->size > *size)
			*size = c->size;
	}
	yihu_tree_free(tree);
	return r;
}
