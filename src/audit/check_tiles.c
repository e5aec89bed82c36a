/* SPDX-License-Identifier: Apache-2.0
 *
 * The log's files: exactly the tiles of its size, the entries taken from the
 * bundles, and every hash tile recomputed from them (PROTOCOL §7, §11).
 *
 * The size is the signed checkpoint's. Where that is broken, which is the next
 * check's matter, it is what the bundles' names say.
 */
#include <stdlib.h>
#include <string.h>

#include "work.h"

#define ENTRIES_LEVEL (-1)

/* A folder of so many files holds fewer entries than that: it keeps a size
 * that somebody wrote from making us look for a million million tiles. */
static uint64_t size_bound(const struct audit_work *w)
{
	return ((uint64_t)w->p->n + 1) * YIHU_TILE_WIDTH;
}

static uint64_t size_by_names(const struct audit_work *w)
{
	uint64_t size = 0;
	for (size_t i = 0; i < w->p->n; i++) {
		struct yihu_public_name n = yihu_public_name(w->p->files[i].name);
		if (n.kind != YIHU_PUBLIC_TILE || n.tile.level != ENTRIES_LEVEL ||
		    n.tile.index > w->p->n)
			continue;
		uint64_t end = n.tile.index * YIHU_TILE_WIDTH + n.tile.width;
		if (end > size)
			size = end;
	}
	return size;
}

/* The log's own word for its size and root, or false. */
static bool signed_checkpoint(const struct audit_work *w, struct yihu_checkpoint *c)
{
	const struct yihu_buf *file = yihu_public_get(w->p, "log/checkpoint");
	return file && w->charter &&
	       yihu_checkpoint_parse(c, yihu_buf_bytes(file), file->len, &w->charter->log, NULL) ==
		       0;
}

static void find_strays(struct audit_work *w, uint64_t size)
{
	for (size_t i = 0; i < w->p->n; i++) {
		const char *name = w->p->files[i].name;
		struct yihu_public_name n = yihu_public_name(name);
		if (n.kind == YIHU_PUBLIC_TILE && !yihu_tile_belongs(&n.tile, size))
			audit_fault(w, YIHU_CHECK_TILES, YIHU_ESTRAY, name,
				    _("a log of %llu entries does not have this file; remove it"),
				    (unsigned long long)size);
	}
}

static int find_missing(void *context, const struct yihu_tile *t)
{
	struct audit_work *w = context;
	struct yihu_public_text name = yihu_public_tile(t);
	if (!yihu_public_get(w->p, name.text))
		audit_fault(w, YIHU_CHECK_TILES, YIHU_EMISSING, name.text,
			    _("this file of the log is missing. Fetch the folder again; if it "
			      "stays missing, its publisher has left it out"));
	return 0;
}

/* Takes the entries of one bundle; the widths add up to the size that
 * w->entries was made for. */
static int read_bundle(void *context, const struct yihu_tile *t)
{
	struct audit_work *w = context;
	struct yihu_public_text name = yihu_public_tile(t);
	if (t->level != ENTRIES_LEVEL)
		return 0;
	const struct yihu_buf *file = yihu_public_get(w->p, name.text);
	struct yihu_reader r = yihu_reader(yihu_buf_bytes(file), file->len);
	for (unsigned i = 0; i < t->width; i++) {
		struct audit_entry *e = &w->entries[w->n_entries];
		if (!yihu_bundle_next(&r, &e->bytes, &e->len)) {
			audit_fault(w, YIHU_CHECK_TILES, YIHU_EFORMAT, name.text,
				    _("it ends within entry %llu"),
				    (unsigned long long)w->n_entries);
			return YIHU_EFORMAT;
		}
		w->n_entries++;
	}
	if (!yihu_reader_end(&r)) {
		audit_fault(w, YIHU_CHECK_TILES, YIHU_ETRAILING, name.text,
			    _("it holds more than its %u entries"), t->width);
		return YIHU_ETRAILING;
	}
	return 0;
}

static void blame_entry(struct audit_work *w, uint64_t index)
{
	audit_fault(w, YIHU_CHECK_TILES, YIHU_EENTRY, yihu_public_bundle(index, w->n_entries).text,
		    _("entry %llu is not the one in the log's signed tree"),
		    (unsigned long long)index);
}

/* Hash tiles against the tree that they must be of. */
struct tile_comparison {
	struct audit_work *w;
	const struct yihu_tree *must;
	bool same;
};

static int compare_tile(void *context, const struct yihu_tile *t)
{
	struct tile_comparison *c = context;
	struct yihu_buf must = {0};
	size_t at = 0;
	if (t->level == ENTRIES_LEVEL)
		return 0;
	struct yihu_public_text name = yihu_public_tile(t);
	const struct yihu_buf *file = yihu_public_get(c->w->p, name.text);
	yihu_tile_hashes(&must, c->must, t);
	while (at < file->len && at < must.len && file->data[at] == must.data[at])
		at++;
	if (at < file->len || at < must.len) {
		c->same = false;
		audit_fault(c->w, YIHU_CHECK_TILES, YIHU_ETREE, name.text,
			    _("its hash %llu is not that of the entries"),
			    (unsigned long long)(at / YIHU_NODE_BYTES));
	}
	yihu_buf_free(&must);
	return 0;
}

/* A tree of the level-0 tiles' hashes as they stand. */
struct as_published {
	const struct audit_work *w;
	struct yihu_tree *tree;
};
static int put_published(void *context, const struct yihu_tile *t)
{
	struct as_published *c = context;
	struct yihu_node leaf;
	if (t->level != 0)
		return 0;
	const struct yihu_buf *file = yihu_public_get(c->w->p, yihu_public_tile(t).text);
	if (file->len != (size_t)t->width * YIHU_NODE_BYTES)
		return YIHU_EFORMAT;
	for (unsigned i = 0; i < t->width; i++) {
		memcpy(leaf.bytes, file->data + (size_t)i * YIHU_NODE_BYTES, YIHU_NODE_BYTES);
		yihu_tree_append(c->tree, leaf);
	}
	return 0;
}

/* That tree when the log signed its root, else NULL: when a bundle and its hash
 * tile disagree, the signature says which of the two is wrong. */
static struct yihu_tree *signed_tree(const struct audit_work *w)
{
	struct yihu_checkpoint c;
	struct as_published published = {.w = w, .tree = yihu_tree_new()};
	if (signed_checkpoint(w, &c) && c.size == w->n_entries &&
	    yihu_tiles_each(w->n_entries, put_published, &published) == 0) {
		struct yihu_node root = yihu_tree_root(published.tree, w->n_entries);
		if (memcmp(&root, &c.root, sizeof root) == 0)
			return published.tree;
	}
	yihu_tree_free(published.tree);
	return NULL;
}

static bool compare_entries(struct audit_work *w, const struct yihu_tree *entries,
			    const struct yihu_tree *must)
{
	for (uint64_t i = 0; i < w->n_entries; i++) {
		struct yihu_node a = yihu_tree_node(entries, 0, i), b = yihu_tree_node(must, 0, i);
		if (memcmp(&a, &b, sizeof a) != 0) {
			blame_entry(w, i);
			return false;
		}
	}
	return true;
}

static void check_tree(struct audit_work *w)
{
	struct yihu_tree *tree = yihu_tree_new();
	for (uint64_t i = 0; i < w->n_entries; i++)
		yihu_tree_append(tree, yihu_leaf_hash(w->entries[i].bytes, w->entries[i].len));
	struct yihu_tree *must = signed_tree(w);
	bool same = !must || compare_entries(w, tree, must);
	struct tile_comparison c = {.w = w, .must = must ? must : tree, .same = true};
	yihu_tiles_each(w->n_entries, compare_tile, &c);
	yihu_tree_free(must);
	if (same && c.same)
		w->tree = tree;
	else
		yihu_tree_free(tree);
}

/* Returns whether all tiles are there and each bundle reads. */
static bool read_log(struct audit_work *w, uint64_t size)
{
	if (size > size_bound(w)) {
		audit_fault(w, YIHU_CHECK_TILES, YIHU_EMISSING, "log/checkpoint",
			    _("it is of %llu entries, more than the files here can hold"),
			    (unsigned long long)size);
		return false;
	}
	find_strays(w, size);
	yihu_tiles_each(size, find_missing, w);
	for (size_t i = 0; i < w->a->n_faults; i++)
		if (w->a->faults[i].check == YIHU_CHECK_TILES &&
		    w->a->faults[i].code == YIHU_EMISSING)
			return false;
	w->entries = yihu_calloc(size + 1, sizeof *w->entries);
	return yihu_tiles_each(size, read_bundle, w) == 0;
}

void audit_check_tiles(struct audit_work *w)
{
	struct audit_inventory v = audit_inventory(w->p);
	struct yihu_checkpoint c;
	if (v.kinds[YIHU_PUBLIC_CHECKPOINT] == 0 && v.kinds[YIHU_PUBLIC_TILE] == 0) {
		audit_skip_absent(w, YIHU_CHECK_TILES);
		return;
	}
	uint64_t size = signed_checkpoint(w, &c) ? c.size : size_by_names(w);
	if (read_log(w, size))
		check_tree(w);
	audit_step(w, YIHU_CHECK_TILES, v.kinds[YIHU_PUBLIC_TILE],
		   _("files: %llu; entries: %llu; the tree recomputed"),
		   (unsigned long long)v.kinds[YIHU_PUBLIC_TILE], (unsigned long long)size);
}
