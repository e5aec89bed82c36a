/* SPDX-License-Identifier: Apache-2.0
 *
 * The committed box beside its owner. Tree and note are copied under a lock that
 * nobody holds over a disk; the database is read through its own connection, which
 * sees what was committed and blocks no writer (WAL).
 */
#include <pthread.h>
#include <stdlib.h>

#include "internal.h"

struct yihu_box_view {
	pthread_rwlock_t lock; /* of tree and checkpoint */
	struct yihu_tree *tree;
	struct yihu_buf checkpoint;
	pthread_mutex_t db_lock;
	struct yihu_box *reader; /* folder, connection, statements: nothing else */
};

int yihu_box_view_open(struct yihu_box_view **out, const struct yihu_box *b, struct yihu_error *err)
{
	struct yihu_box_view *v = yihu_calloc(1, sizeof *v);
	pthread_rwlockattr_t attributes;
	pthread_rwlockattr_init(&attributes);
	/* A flood of readers must not keep the owner waiting. */
	pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	pthread_rwlock_init(&v->lock, &attributes);
	pthread_rwlockattr_destroy(&attributes);
	pthread_mutex_init(&v->db_lock, NULL);
	v->tree = yihu_tree_new();
	v->reader = yihu_box_new(b->dir);
	v->reader->read_only = true;
	int r = b->read_only ? yihu_box_sql_read(v->reader, err)
			     : yihu_box_sql_follow(v->reader, err);
	if (r == 0)
		r = yihu_box_sql_prepare(v->reader, err);
	if (r != 0) {
		yihu_box_view_close(v);
		return r;
	}
	yihu_box_view_update(v, b);
	*out = v;
	return 0;
}

void yihu_box_view_close(struct yihu_box_view *v)
{
	if (!v)
		return;
	yihu_box_close(v->reader);
	yihu_tree_free(v->tree);
	yihu_buf_free(&v->checkpoint);
	pthread_mutex_destroy(&v->db_lock);
	pthread_rwlock_destroy(&v->lock);
	free(v);
}

void yihu_box_view_update(struct yihu_box_view *v, const struct yihu_box *b)
{
	const struct yihu_tree *tree = yihu_ledger_tree(b->ledger);
	uint64_t size = yihu_tree_size(tree);
	pthread_rwlock_wrlock(&v->lock);
	for (uint64_t i = yihu_tree_size(v->tree); i < size; i++)
		yihu_tree_append(v->tree, yihu_tree_node(tree, 0, i));
	yihu_buf_reset(&v->checkpoint);
	yihu_buf_put(&v->checkpoint, b->checkpoint.data, b->checkpoint.len);
	pthread_rwlock_unlock(&v->lock);
}

static uint64_t size_of(struct yihu_box_view *v)
{
	pthread_rwlock_rdlock(&v->lock);
	uint64_t size = yihu_tree_size(v->tree);
	pthread_rwlock_unlock(&v->lock);
	return size;
}

int yihu_box_view_entry(struct yihu_box_view *v, uint64_t index, struct yihu_buf *out,
			struct yihu_error *err)
{
	uint64_t size = size_of(v);
	pthread_mutex_lock(&v->db_lock);
	int r = yihu_box_read_entry(v->reader, size, index, out, err);
	pthread_mutex_unlock(&v->db_lock);
	return r;
}

int yihu_box_view_tile(struct yihu_box_view *v, const struct yihu_tile *t, struct yihu_buf *out,
		       struct yihu_error *err)
{
	pthread_rwlock_rdlock(&v->lock);
	int r = yihu_box_check_tile(t, yihu_tree_size(v->tree), err);
	if (r == 0 && t->level >= 0)
		yihu_tile_hashes(out, v->tree, t);
	pthread_rwlock_unlock(&v->lock);
	if (r != 0 || t->level >= 0)
		return r;
	pthread_mutex_lock(&v->db_lock);
	r = yihu_box_read_bundle(v->reader, t, out, err);
	pthread_mutex_unlock(&v->db_lock);
	return r;
}

int yihu_box_view_find_code(struct yihu_box_view *v, const char *code, uint64_t *index,
			    struct yihu_error *err)
{
	uint64_t size = size_of(v);
	pthread_mutex_lock(&v->db_lock);
	int r = yihu_box_read_code(v->reader, size, code, index, err);
	pthread_mutex_unlock(&v->db_lock);
	return r;
}

bool yihu_box_view_receipt(struct yihu_box_view *v, uint64_t index, const struct yihu_buf *entry,
			   struct yihu_buf *out)
{
	pthread_rwlock_rdlock(&v->lock);
	uint64_t size = yihu_tree_size(v->tree);
	if (index < size)
		yihu_receipt_make(out, entry->data, entry->len, index, v->tree, size,
				  v->checkpoint.data, v->checkpoint.len);
	pthread_rwlock_unlock(&v->lock);
	return index < size;
}

bool yihu_box_view_root(struct yihu_box_view *v, uint64_t size, struct yihu_node *out)
{
	pthread_rwlock_rdlock(&v->lock);
	bool has = size <= yihu_tree_size(v->tree);
	if (has)
		*out = yihu_tree_root(v->tree, size);
	pthread_rwlock_unlock(&v->lock);
	return has;
}
