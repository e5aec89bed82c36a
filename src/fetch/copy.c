/* SPDX-License-Identifier: Apache-2.0
 *
 * A copy that stays, and whether what is shown now goes on from it.
 */
#include "fetch/copy.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <yihu/file.h>
#include <yihu/names.h>

#include "fetch/elsewhere.h"

#define TILE_BYTES_MAX (16u << 20)
/* Evidence is kept, and does not fill a disk. */
#define CONFLICTS_MAX 8
#define CONFLICT ".conflict-"

struct copy {
	char *dir, *aside; /* DIR/.fetch */
	char *conflict;    /* DIR/.conflict-9f3a2b1c, when something was put there */
	int fd;            /* of dir, locked */
};

/* Is there anything but names that begin with a dot? And how many conflicts. */
static bool holds_anything(const char *dir, size_t *conflicts)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	bool any = false;
	*conflicts = 0;
	while (d && (e = readdir(d)) != NULL) {
		any = any || e->d_name[0] != '.';
		*conflicts += strncmp(e->d_name, CONFLICT, strlen(CONFLICT)) == 0;
	}
	if (d)
		closedir(d);
	return any;
}

static int lock_folder(struct copy *c, struct yihu_error *err)
{
	c->fd = open(c->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (c->fd < 0)
		return yihu_fail(err, YIHU_EIO, _("the folder %s cannot be read: %s"), c->dir,
				 strerror(errno));
	if (flock(c->fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	return yihu_fail(err, YIHU_ELOCKED,
			 _("%s: another program is fetching into it; try again when it has ended"),
			 c->dir);
}

static int refuse_other_folder(const struct copy *c, struct yihu_error *err)
{
	size_t conflicts;
	char *charter = yihu_path(c->dir, "charter");
	bool other = !yihu_file_exists(charter) && holds_anything(c->dir, &conflicts);
	free(charter);
	return other ? yihu_fail(err, YIHU_EEXIST,
				 _("%s holds something else than a copy of a public folder; name a "
				   "new folder, or an empty one"),
				 c->dir)
		     : 0;
}

int copy_open(struct copy **out, const char *dir, struct yihu_error *err)
{
	struct copy *c = yihu_calloc(1, sizeof *c);
	c->dir = yihu_strdup(dir);
	c->aside = yihu_path(dir, ".fetch");
	c->fd = -1;
	int r = yihu_dir_make(dir, 0755, err);
	if (r == 0)
		r = refuse_other_folder(c, err);
	if (r == 0)
		r = lock_folder(c, err);
	if (r == 0)
		*out = c;
	else
		copy_close(c);
	return r;
}

void copy_close(struct copy *c)
{
	if (!c)
		return;
	if (c->fd >= 0)
		close(c->fd);
	free(c->dir);
	free(c->aside);
	free(c->conflict);
	free(c);
}

/* ---- tiles ---- */

static bool read_below(const char *dir, const char *name, struct yihu_buf *out)
{
	char *path = yihu_path(dir, name);
	bool there = yihu_file_read(path, TILE_BYTES_MAX, out, NULL) == 0;
	free(path);
	return there;
}

bool copy_has(const struct copy *c, const char *name, struct yihu_buf *out)
{
	return read_below(c->dir, name, out) || read_below(c->aside, name, out);
}

static int write_below(const char *dir, const char *name, const struct yihu_buf *bytes,
		       struct yihu_error *err)
{
	char *path = yihu_path(dir, name);
	char *parent = yihu_strndup(path, (size_t)(strrchr(path, '/') - path));
	int r = yihu_dir_make(parent, 0755, err);
	if (r == 0)
		r = yihu_file_write(path, bytes->data, bytes->len, 0644, err);
	free(parent);
	free(path);
	return r;
}

int copy_put_aside(struct copy *c, const char *name, const struct yihu_buf *bytes,
		   struct yihu_error *err)
{
	return write_below(c->aside, name, bytes, err);
}

/* ---- what goes on, and what does not ---- */

struct growing {
	const struct yihu_public *p;
	struct yihu_tree *tree;
};

static int grow(void *context, const struct yihu_tile *t)
{
	struct growing *x = context;
	const uint8_t *entry;
	size_t len;
	if (t->level >= 0)
		return 0;
	const struct yihu_buf *b = yihu_public_get(x->p, yihu_public_tile(t).text);
	struct yihu_reader r = yihu_reader(b ? b->data : NULL, b ? b->len : 0);
	unsigned n = 0;
	for (; n < t->width && yihu_bundle_next(&r, &entry, &len); n++)
		yihu_tree_append(x->tree, yihu_leaf_hash(entry, len));
	return n == t->width && yihu_reader_end(&r) ? 0 : YIHU_EMISSING;
}

/* The tree of p's bundles, when they are whole; else NULL. */
static struct yihu_tree *tree_of(const struct yihu_public *p, uint64_t size)
{
	struct growing x = {.p = p, .tree = yihu_tree_new()};
	if (yihu_tiles_each(size, grow, &x) == 0)
		return x.tree;
	yihu_tree_free(x.tree);
	return NULL;
}

static bool tree_has(const struct yihu_tree *tree, const struct yihu_checkpoint *c)
{
	if (!tree || c->size > yihu_tree_size(tree))
		return false;
	struct yihu_node root = yihu_tree_root(tree, c->size);
	return memcmp(&root, &c->root, sizeof root) == 0;
}

bool copy_log_is(const struct yihu_public *p, const struct yihu_checkpoint *c)
{
	struct yihu_tree *tree = tree_of(p, c->size);
	bool is = tree_has(tree, c);
	yihu_tree_free(tree);
	return is;
}

/* One comparison: the copy as it was, and what is shown now. */
struct comparison {
	struct copy *copy;
	const struct yihu_public *was, *now;
	const struct yihu_charter *charter;
	const char *place;
	struct yihu_error *err;
};

static bool checkpoint_of(const struct comparison *x, const struct yihu_public *p, const char *name,
			  struct yihu_checkpoint *c)
{
	const struct yihu_buf *b = yihu_public_get(p, name);
	*c = (struct yihu_checkpoint){0};
	return b && yihu_checkpoint_parse(c, b->data, b->len, &x->charter->log, NULL) == 0;
}

/* Signatures of others aside. */
static bool same_checkpoint(const struct comparison *x, const char *name)
{
	struct yihu_checkpoint was, now;
	return checkpoint_of(x, x->was, name, &was) && checkpoint_of(x, x->now, name, &now) &&
	       was.size == now.size && memcmp(&was.root, &now.root, sizeof was.root) == 0;
}

static int compare_log(const struct comparison *x)
{
	struct yihu_checkpoint was, now;
	if (!checkpoint_of(x, x->was, "log/checkpoint", &was))
		return 0;
	checkpoint_of(x, x->now, "log/checkpoint", &now);
	if (now.size < was.size)
		return yihu_fail(
			x->err, YIHU_EHISTORY,
			_("%s shows a log of %llu entries, and %s has seen %llu: the server "
			  "went back to an older log"),
			x->place, (unsigned long long)now.size, x->copy->dir,
			(unsigned long long)was.size);
	struct yihu_tree *tree = tree_of(x->now, now.size);
	/* A tree that is not the checkpoint's is the audit's matter. */
	bool other = tree_has(tree, &now)
			     ? !tree_has(tree, &was)
			     : now.size == was.size && !same_checkpoint(x, "log/checkpoint");
	yihu_tree_free(tree);
	return !other ? 0
		      : yihu_fail(x->err, YIHU_EHISTORY,
				  _("%s shows another history: its log of %llu entries does not "
				    "begin with the %llu that %s has seen. Both checkpoints are "
				    "signed by the log key, and prove it"),
				  x->place, (unsigned long long)now.size,
				  (unsigned long long)was.size, x->copy->dir);
}

static bool same_bytes(const struct yihu_buf *a, const struct yihu_buf *b)
{
	return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

/* What was shown is shown, and the same; a box may have more signatures. */
static int compare_file(const struct comparison *x, const struct yihu_public_file *was)
{
	const struct yihu_buf *now = yihu_public_get(x->now, was->name);
	enum yihu_public_kind kind = yihu_public_name(was->name).kind;
	bool at_close = kind == YIHU_PUBLIC_AT_CLOSE;
	if (yihu_public_of_log(was->name) && !at_close)
		return 0;
	if (!now)
		return yihu_fail(x->err, YIHU_EHISTORY,
				 _("%s does not show %s any more, which %s has seen"), x->place,
				 was->name, x->copy->dir);
	if (kind == YIHU_PUBLIC_BOX ||
	    (at_close ? same_checkpoint(x, was->name) : same_bytes(&was->bytes, now)))
		return 0;
	return yihu_fail(x->err, YIHU_EHISTORY, _("%s shows another %s than %s has seen"), x->place,
			 was->name, x->copy->dir);
}

static int compare_all(const struct comparison *x)
{
	int r = compare_log(x);
	for (size_t i = 0; i < x->was->n && r == 0; i++)
		if (yihu_public_name(x->was->files[i].name).kind < YIHU_PUBLIC_SITE)
			r = compare_file(x, &x->was->files[i]);
	return r;
}

static int refuse_other_election(const struct comparison *x)
{
	const struct yihu_buf *was = yihu_public_get(x->was, "charter");
	const struct yihu_buf *now = yihu_public_get(x->now, "charter");
	return now && same_bytes(was, now)
		       ? 0
		       : yihu_fail(x->err, YIHU_EELECTION,
				   _("%s is a copy of another election than %s shows; name another "
				     "folder"),
				   x->copy->dir, x->place);
}

int copy_compare(struct copy *c, const struct yihu_public *p, const char *place,
		 struct yihu_error *err)
{
	struct yihu_public *was = NULL;
	struct yihu_charter *charter = NULL;
	int r = yihu_public_read(&was, c->dir, err);
	if (r != 0)
		return r;
	struct comparison x = {.copy = c, .was = was, .now = p, .place = place, .err = err};
	const struct yihu_buf *b = yihu_public_get(was, "charter");
	if (b)
		r = refuse_other_election(&x);
	if (b && r == 0)
		r = yihu_charter_parse(&charter, b->data, b->len, err);
	x.charter = charter;
	if (b && r == 0 && (r = compare_all(&x)) != 0)
		copy_put_conflict(c, p, NULL);
	yihu_charter_free(charter);
	yihu_public_free(was);
	return r;
}

/* ---- writing ---- */

int copy_write(struct copy *c, const struct yihu_public *p, struct yihu_error *err)
{
	int r = mirror_write(c->dir, p, err);
	if (r == 0 && yihu_file_exists(c->aside))
		r = yihu_dir_remove(c->aside, err);
	return r;
}

/* One folder for each checkpoint that was shown. */
static char *conflict_folder(const struct copy *c, const struct yihu_public *p)
{
	const struct yihu_buf *b = yihu_public_get(p, "log/checkpoint");
	struct yihu_node n = yihu_leaf_hash(b ? b->data : NULL, b ? b->len : 0);
	return yihu_printf("%s/" CONFLICT "%02x%02x%02x%02x", c->dir, n.bytes[0], n.bytes[1],
			   n.bytes[2], n.bytes[3]);
}

int copy_put_conflict(struct copy *c, const struct yihu_public *p, struct yihu_error *err)
{
	size_t conflicts;
	char *dir = conflict_folder(c, p);
	holds_anything(c->dir, &conflicts);
	int r = 0;
	if (yihu_file_exists(dir) || conflicts < CONFLICTS_MAX) {
		r = yihu_dir_make(dir, 0755, err);
		if (r == 0)
			r = mirror_write(dir, p, err);
		free(c->conflict);
		c->conflict = r == 0 ? yihu_strdup(dir) : NULL;
	}
	free(dir);
	return r;
}

const char *copy_conflict(const struct copy *c)
{
	return c->conflict;
}
