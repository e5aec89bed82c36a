/* SPDX-License-Identifier: Apache-2.0
 *
 * A box on two disks. The mirror is a box folder like the first one, with the
 * log key, the public files that a log begins with, and a box.db; every write
 * goes to both in one transaction each, and the mirror's is committed first.
 *
 * Why nothing acknowledged is lost with either disk, and why the log key never
 * signs two histories that anybody could hold against each other:
 *
 *   1. A checkpoint or receipt leaves the process only out of b->checkpoint and
 *      b->at_close, and those are set after both COMMITs have returned. So
 *      whatever was shown to anybody is durable in both halves, entries and
 *      all, and is a beginning of either.
 *   2. A half that goes on alone appends to what it holds. Every size that was
 *      shown lies within that, so what it signs from then on extends all that
 *      was shown. A group that one half holds and the other does not was
 *      acknowledged to nobody, and neither was its checkpoint: it lies on the
 *      lost disk only, beside the log key itself, which could sign anything.
 *   3. Two halves that go on apart would be a fork. So both folders bear a mark
 *      as long as they are halves; a marked folder is not written without its
 *      other half until somebody says that the other one is lost for good
 *      (yihu_box_stand_alone).
 *   4. When both are there, each is verified as a box of its own, and one must
 *      be a beginning of the other; the shorter one is given what it lacks
 *      before anything is served. By 1 that is right whichever is longer, and
 *      also where the shorter one is an older copy: what its own mark and
 *      public/log know to be signed, the longer one must hold. Where neither
 *      is a beginning of the other they have been apart: refused.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "internal.h"

#define COPY ".box.db.new"
#define FILE_BYTES_MAX ((size_t)256 << 20)

/* A file that is there already must be the same one: no other election's box
 * is overwritten. */
static int copy_file(const char *from_dir, const char *to_dir, const char *name, mode_t mode,
		     struct yihu_error *err)
{
	struct yihu_buf from_bytes = {0}, to_bytes = {0};
	char *from = yihu_path(from_dir, name), *to = yihu_path(to_dir, name);
	int r = yihu_file_read(from, FILE_BYTES_MAX, &from_bytes, err);
	int there = r ? r : yihu_file_read(to, FILE_BYTES_MAX, &to_bytes, err);
	if (there == YIHU_ENOENT && r == 0)
		r = yihu_file_write(to, from_bytes.data, from_bytes.len, mode, err);
	else if (there)
		r = there;
	else if (from_bytes.len != to_bytes.len ||
		 memcmp(from_bytes.data, to_bytes.data, to_bytes.len) != 0)
		r = yihu_fail(err, YIHU_EELECTION,
			      _("%s and %s differ: this folder belongs to another election"), from,
			      to);
	yihu_buf_free(&from_bytes);
	yihu_buf_free(&to_bytes);
	free(from);
	free(to);
	return r;
}

/* box.db gets its name when it is whole. */
static int copy_database(struct yihu_box *b, const char *mirror, struct yihu_error *err)
{
	char *copy = yihu_path(mirror, COPY), *path = yihu_path(mirror, "box.db");
	unlink(copy); /* of an attempt that was cut short */
	int r = yihu_box_backup(b, copy, err);
	if (r == 0 && rename(copy, path) != 0)
		r = yihu_fail(err, YIHU_EIO, _("%s cannot be written"), path);
	if (r == 0)
		r = yihu_dir_sync(mirror, err);
	free(copy);
	free(path);
	return r;
}

/* A mark that is there is of an earlier mirror in this folder, and may know
 * better than this box. */
static int fill_mark(const struct yihu_box *b, const char *mirror, struct yihu_error *err)
{
	struct yihu_mark there = {.fd = -1};
	int r = yihu_mark_open(&there, mirror, false, err);
	if (r == YIHU_ENOENT)
		return yihu_mark_make(mirror, err);
	if (r == 0)
		r = yihu_mark_compare(&there, b, err);
	yihu_mark_close(&there);
	return r;
}

/* The charter first: nothing is put into a folder of another election. The mark
 * before the log key: with it alone the folder could begin a log of its own. */
static int fill_mirror(struct yihu_box *b, const char *mirror, struct yihu_error *err)
{
	static const char *const files[] = {"public/charter", "public/election.pb",
					    "public/register"};
	char *pub = yihu_path(mirror, "public");
	int r = yihu_dir_make(pub, 0755, err);
	for (size_t i = 0; r == 0 && i < sizeof files / sizeof *files; i++)
		r = copy_file(b->dir, mirror, files[i], 0644, err);
	if (r == 0)
		r = yihu_box_mark_half(mirror, b->dir, err);
	if (r == 0)
		r = copy_file(b->dir, mirror, "log.key", 0600, err);
	if (r == 0)
		r = fill_mark(b, mirror, err);
	free(pub);
	if (r == 0)
		r = copy_database(b, mirror, err);
	return r;
}

/* A first mirror, or a new one after the old one was given up. Where a mirror
 * was and now none is, a disk may only not be mounted. */
static int make_mirror(struct yihu_box *b, const char *mirror, struct yihu_error *err)
{
	int lock = -1;
	if (b->half)
		return yihu_fail(
			err, YIHU_ESTATE,
			_("%s has a mirror, but there is no box.db in %s. Is its disk mounted? "
			  "When "
			  "the mirror is lost for good, make a new one with --alone --mirror"),
			b->dir, mirror);
	if (yihu_box_has(mirror, "box.db-wal"))
		return yihu_fail(err, YIHU_EDATABASE,
				 _("%s/box.db-wal is there, but box.db is gone. Put box.db back"),
				 mirror);
	int r = yihu_dir_make(mirror, 0700, err);
	char *path = yihu_path(mirror, ".lock");
	if (r == 0)
		r = yihu_lock(path, &lock, err);
	if (r == 0)
		r = fill_mirror(b, mirror, err);
	yihu_unlock(lock);
	free(path);
	return r;
}

/* Is all that `part` holds the beginning of what `whole` holds? */
static bool extends(const struct yihu_box *whole, const struct yihu_box *part)
{
	const struct yihu_tree *tree = yihu_ledger_tree(part->ledger);
	struct yihu_checkpoint c = {.size = yihu_tree_size(tree)};
	c.root = yihu_tree_root(tree, c.size);
	if (!yihu_box_covers(whole, &c))
		return false;
	/* Signing is deterministic: the same end has the same bytes. */
	return part->at_close.len == 0 ||
	       (part->at_close.len == whole->at_close.len &&
		memcmp(part->at_close.data, whole->at_close.data, part->at_close.len) == 0);
}

static int copy_entries(struct yihu_box *behind, struct yihu_box *ahead, struct yihu_error *err)
{
	struct yihu_buf entry = {0};
	int r = yihu_box_sql_begin(behind, err);
	uint64_t i = yihu_ledger_size(behind->ledger), end = yihu_ledger_size(ahead->ledger);
	for (; r == 0 && i < end; i++) {
		yihu_buf_reset(&entry);
		r = yihu_box_entry(ahead, i, &entry, err);
		if (r == 0)
			r = yihu_box_put_rows(behind, i, entry.data, entry.len, err);
	}
	if (r == 0)
		r = yihu_box_put_note(behind, "latest", &ahead->checkpoint, err);
	if (r == 0 && ahead->at_close.len > 0 && behind->at_close.len == 0)
		r = yihu_box_put_note(behind, "at-close", &ahead->at_close, err);
	if (r == 0)
		r = yihu_box_sql_commit(behind, err);
	if (r != 0)
		yihu_box_sql_rollback(behind);
	yihu_buf_free(&entry);
	return r;
}

/* Copies what is missing, and believes it only when the box has been opened,
 * and so verified, anew. */
static int catch_up(struct yihu_box **behind, struct yihu_box *ahead, enum yihu_box_move move,
		    uint64_t now, struct yihu_error *err)
{
	if ((*behind)->at_close.len == ahead->at_close.len &&
	    yihu_ledger_size((*behind)->ledger) == yihu_ledger_size(ahead->ledger))
		return 0;
	int r = copy_entries(*behind, ahead, err);
	if (r != 0)
		return r;
	char *dir = yihu_strdup((*behind)->dir);
	yihu_box_close(*behind);
	*behind = NULL;
	r = yihu_box_open_folder(behind, dir, &(struct yihu_box_opening){.move = move}, false, now,
				 err);
	free(dir);
	return r;
}

static int fail_apart(const struct yihu_box *b, const struct yihu_box *m, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_EHISTORY,
			 _("%s (%llu entries) and %s (%llu entries) hold two different histories: "
			   "each was written without the other. Start with the one whose receipts "
			   "were given out last, --alone and with an empty folder as its new "
			   "mirror, and never start the other one again"),
			 b->dir, (unsigned long long)yihu_ledger_size(b->ledger), m->dir,
			 (unsigned long long)yihu_ledger_size(m->ledger));
}

/* What the mark and the exported log of a half know to be signed, the longer
 * one must hold. */
static int check_half(const struct yihu_box *half, const struct yihu_box *longer,
		      struct yihu_error *err)
{
	int r = yihu_mark_compare(&half->mark, longer, err);
	if (r == 0)
		r = yihu_box_check_exported(half->dir, longer, err);
	return r;
}

/* Marks both as halves before either gets a byte of the other. */
static int level(struct yihu_box **b, struct yihu_box **m, uint64_t now, struct yihu_error *err)
{
	bool forth = extends(*b, *m), back = extends(*m, *b);
	if (!forth && !back)
		return fail_apart(*b, *m, err);
	const struct yihu_box *longer = forth ? *b : *m;
	int r = check_half(*b, longer, err);
	if (r == 0)
		r = check_half(*m, longer, err);
	if (r == 0)
		r = yihu_box_mark_half((*m)->dir, (*b)->dir, err);
	if (r == 0)
		r = yihu_box_mark_half((*b)->dir, (*m)->dir, err);
	if (r == 0)
		r = forth ? catch_up(m, *b, YIHU_BOX_FOLLOWS, now, err)
			  : catch_up(b, *m, YIHU_BOX_STAYS, now, err);
	if (r == 0)
		r = yihu_box_bring_up_mark(*m, err);
	if (r == 0)
		r = yihu_box_bring_up_mark(*b, err);
	return r;
}

/* Makes *m the mirror of *b. */
static int join(struct yihu_box **b, struct yihu_box **m, uint64_t now, struct yihu_error *err)
{
	if (memcmp((*b)->election->charter->eid, (*m)->election->charter->eid, YIHU_EID_BYTES) != 0)
		return yihu_fail(err, YIHU_EELECTION, _("%s and %s are of two different elections"),
				 (*b)->dir, (*m)->dir);
	int r = level(b, m, now, err);
	if (r != 0)
		return r;
	yihu_ledger_free((*m)->ledger);
	(*m)->ledger = NULL;
	(*b)->half = (*m)->half = true;
	(*b)->mirror = *m;
	*m = NULL;
	return 0;
}

/* What a person has is asked of both together: where the first one alone is an
 * older copy, the other one knows better and has given it the rest. */
static int open_and_join(struct yihu_box **b, struct yihu_box **m, const char *dir,
			 const struct yihu_box_opening *how, uint64_t now, struct yihu_error *err)
{
	const struct yihu_box_opening first = {.move = how->move, .progress = how->progress};
	const struct yihu_box_opening second = {.move = YIHU_BOX_FOLLOWS,
						.progress = how->progress};
	bool both = yihu_box_has(how->mirror, "box.db");
	int r = yihu_box_open_folder(b, dir, &first, both, now, err);
	if (r == 0 && !both)
		r = make_mirror(*b, how->mirror, err);
	if (r == 0)
		r = yihu_box_open_folder(m, how->mirror, &second, true, now, err);
	if (r == 0)
		r = join(b, m, now, err);
	for (size_t i = 0; r == 0 && i < how->n_not_before; i++)
		r = yihu_box_check_known(*b, how->not_before[i], err);
	return r;
}

int yihu_box_open_halves(struct yihu_box **out, const char *dir, const struct yihu_box_opening *how,
			 uint64_t now, struct yihu_error *err)
{
	struct yihu_box *b = NULL, *m = NULL;
	if (!yihu_box_has(dir, "box.db") && yihu_box_has(how->mirror, "box.db"))
		return yihu_fail(err, YIHU_EDATABASE,
				 _("%s has no box.db, but %s has one. Start with %s as the box; "
				   "the other folder can be its mirror"),
				 dir, how->mirror, how->mirror);
	int r = open_and_join(&b, &m, dir, how, now, err);
	yihu_box_close(m);
	if (r != 0)
		yihu_box_close(b);
	else
		*out = b;
	return r;
}
