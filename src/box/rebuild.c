/* SPDX-License-Identifier: Apache-2.0
 *
 * A box made again from what is left of it. It ends where a signed state ends,
 * so nothing new is signed by making it, and it is written again only when it
 * holds all that its log key is known to have signed: the mark is there, and no
 * checkpoint, receipt or mark speaks of more. Else DIR/rebuilt stays, and with
 * it the box is read-only for ever.
 *
 * The order: DIR/rebuilt, so that whatever is cut short leaves a box that is not
 * written; the old database aside, and an exported log of more than is left; the
 * new one in its place, and exported; DIR/rebuilt goes.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/file.h>

#include "internal.h"
#include "pool.h"

#define WORK ".rebuild"
#define ASIDE "before-rebuild-%u"
#define ASIDES_MAX 1000

/* A copy is not made a box of its own by being rebuilt: it is at home when the
 * database that is here says so, else it waits for a person's word. What was
 * handed over stays so. */
static int check_home(struct yihu_box *b, bool *at_home, struct yihu_error *err)
{
	struct yihu_error why = {0};
	bool stays, readable = yihu_box_has(b->dir, "box.db") && !yihu_box_sql_read(b, NULL) &&
			       !yihu_box_sql_check_schema(b, NULL);
	int r = 0;
	*at_home = readable && !yihu_box_check_home(b, YIHU_BOX_STAYS, &stays, &why);
	if (readable && !*at_home && !yihu_box_check_home(b, YIHU_BOX_LEAVES, &stays, NULL))
		r = yihu_fail(err, why.code, "%s", why.text);
	yihu_box_sql_close(b);
	return r;
}

static int gather(struct yihu_pool *p, const char *dir, const char *const *from, size_t n,
		  struct yihu_buf *told, struct yihu_error *err)
{
	int r = yihu_pool_take_own(p, dir, told, err);
	for (unsigned k = 1; r == 0 && k < ASIDES_MAX; k++) {
		char name[32];
		snprintf(name, sizeof name, ASIDE, k);
		char *aside = yihu_path(dir, name);
		bool there = yihu_file_exists(aside);
		if (there)
			r = yihu_pool_take_own(p, aside, told, err);
		free(aside);
		if (!there)
			break;
	}
	for (size_t i = 0; r == 0 && i < n; i++)
		r = yihu_pool_take(p, from[i], err);
	return r;
}

static int append(struct yihu_box *b, uint64_t index, const struct yihu_buf *entry,
		  struct yihu_error *err)
{
	int r = yihu_ledger_append(b->ledger, entry->data, entry->len, YIHU_VERIFY_NOW, NULL, err);
	if (r != 0)
		return yihu_fail_at(err, r, _("entry %llu of the log"), (unsigned long long)index);
	return yihu_box_put_rows(b, index, entry->data, entry->len, err);
}

/* The notes are signed anew over states that were signed: the same bytes. */
static int put_log(struct yihu_box *b, const struct yihu_pool *p, uint64_t size,
		   struct yihu_error *err)
{
	int r = 0;
	for (uint64_t i = 0; r == 0 && i <= size; i++) {
		if (i == p->at_close)
			r = yihu_box_put_checkpoint(b, "at-close", &b->at_close, err);
		if (r == 0 && i < size)
			r = append(b, i, &p->entries[i], err);
	}
	if (r == 0)
		r = yihu_box_put_checkpoint(b, "latest", &b->checkpoint, err);
	return r;
}

static int fill(struct yihu_box *b, const struct yihu_pool *p, const struct yihu_rebuilt *as,
		struct yihu_error *err)
{
	int r = yihu_box_sql_exec(b, "BEGIN IMMEDIATE", err);
	if (r == 0)
		r = yihu_box_sql_create(b, err);
	if (r == 0)
		r = yihu_box_sql_prepare(b, err);
	if (r == 0)
		r = yihu_box_put_meta(b, err);
	if (r == 0)
		r = as->at_home ? yihu_box_put_home(b, false, err) : yihu_box_put_nowhere(b, err);
	if (r == 0)
		r = put_log(b, p, as->size, err);
	if (r == 0)
		r = yihu_box_sql_exec(b, "COMMIT", err);
	if (r == 0)
		r = yihu_box_sql_settle(b, err);
	return r;
}

/* DIR/.rebuild/box.db, whole and on the disk. */
static int make_database(struct yihu_box *b, const struct yihu_pool *p,
			 const struct yihu_rebuilt *as, struct yihu_error *err)
{
	char *dir = b->dir, *work = yihu_path(dir, WORK);
	bool is_new;
	int r = yihu_file_exists(work) ? yihu_dir_remove(work, err) : 0;
	if (r == 0)
		r = yihu_dir_make(work, 0700, err);
	b->dir = work;
	if (r == 0)
		r = yihu_box_sql_open(b, &is_new, err);
	b->dir = dir;
	if (r == 0)
		r = fill(b, p, as, err);
	yihu_box_sql_close(b);
	free(work);
	return r;
}

static int move(const char *from_dir, const char *to_dir, const char *name, struct yihu_error *err)
{
	char *from = yihu_path(from_dir, name), *to = yihu_path(to_dir, name);
	int r = 0;
	if (rename(from, to) != 0 && errno != ENOENT)
		r = yihu_fail(err, YIHU_EIO, _("%s cannot be written: %s"), to, strerror(errno));
	free(from);
	free(to);
	return r;
}

static int make_aside(char **out, const char *dir, struct yihu_error *err)
{
	char name[32];
	for (unsigned k = 1; k < ASIDES_MAX; k++) {
		snprintf(name, sizeof name, ASIDE, k);
		*out = yihu_path(dir, name);
		if (mkdir(*out, 0700) == 0)
			return 0;
		free(*out);
		*out = NULL;
	}
	return yihu_fail(err, YIHU_EIO, _("the folder %s/%s cannot be made: %s"), dir, name,
			 strerror(errno));
}

/* The WAL first: a database must never meet the WAL of another one. */
static int move_database(const char *dir, const char *aside, struct yihu_error *err)
{
	static const char *const names[] = {"box.db-wal", "box.db-shm", "box.db"};
	int r = 0;
	for (size_t i = 0; r == 0 && i < sizeof names / sizeof *names; i++)
		r = move(dir, aside, names[i], err);
	return r;
}

static int move_log(const char *dir, const char *aside, struct yihu_error *err)
{
	char *pub = yihu_path(dir, "public");
	int r = move(pub, aside, "log", err);
	if (r == 0)
		r = yihu_dir_sync(pub, err);
	free(pub);
	return r;
}

/* An exported log that is not a beginning of the new box: some of its entries
 * are lost. Once the poll's end was shown it stays, and tells. */
static bool exports_more(const struct yihu_box *b)
{
	return yihu_box_check_exported(b->dir, b, NULL) != 0 &&
	       !yihu_box_has(b->dir, "public/log/at-close");
}

static int put_aside(const struct yihu_box *b, struct yihu_buf *told, struct yihu_error *err)
{
	bool database = yihu_box_has(b->dir, "box.db") || yihu_box_has(b->dir, "box.db-wal");
	bool log = exports_more(b);
	char *aside = NULL;
	if (!database && !log)
		return 0;
	int r = make_aside(&aside, b->dir, err);
	if (r == 0 && log)
		r = move_log(b->dir, aside, err);
	if (r == 0)
		r = move_database(b->dir, aside, err);
	if (r == 0)
		r = yihu_dir_sync(aside, err);
	if (r == 0)
		r = yihu_dir_sync(b->dir, err);
	if (r == 0 && database)
		yihu_buf_fmt(told, _("The old database is kept in %s.\n"), aside);
	if (r == 0 && log)
		yihu_buf_fmt(told, _("The old exported log is kept in %s/log.\n"), aside);
	free(aside);
	return r;
}

static int install(const struct yihu_box *b, struct yihu_buf *told, struct yihu_error *err)
{
	const char *dir = b->dir;
	char *work = yihu_path(dir, WORK);
	int r = put_aside(b, told, err);
	if (r == 0)
		r = move(work, dir, "box.db", err);
	if (r == 0)
		r = yihu_dir_sync(dir, err);
	if (r == 0)
		r = yihu_dir_remove(work, err);
	free(work);
	return r;
}

/* The public folder shows what the box has: whoever audits it, or calls the
 * election off, speaks of the same log as the daemon that serves it. */
static int show(struct yihu_box *b, struct yihu_error *err)
{
	if (yihu_box_check_exported(b->dir, b, NULL))
		return 0; /* its end was shown (exports_more) */
	int r = yihu_box_sql_read(b, err);
	if (r == 0)
		r = yihu_box_sql_prepare(b, err);
	if (r == 0)
		r = yihu_box_export(b, err);
	yihu_box_sql_close(b);
	return r;
}

static void tell_entry(struct yihu_buf *told, uint64_t index, const struct yihu_buf *entry)
{
	struct yihu_entry e;
	unsigned long long at = index;
	if (!yihu_entry_parse(&e, entry->data, entry->len, NULL) && e.type == YIHU_ENTRY_BALLOT)
		yihu_buf_fmt(told,
			     _("Missing: entry %llu, the ballot of letter %04u. It is known, but "
			       "not all that came before it.\n"),
			     at, yihu_ballot_serial(e.body, e.body_len));
	else
		yihu_buf_fmt(
			told,
			_("Missing: entry %llu. It is known, but not all that came before it.\n"),
			at);
}

/* Which ballots are known to be missing: those that were signed and are not in
 * the new box. */
static void tell_missing(struct yihu_buf *told, const struct yihu_pool *p, uint64_t size)
{
	for (uint64_t i = size; i < p->newest;) {
		uint64_t end = i;
		if (i < p->n && p->entries[i].len > 0) {
			tell_entry(told, i, &p->entries[i]);
			i++;
			continue;
		}
		while (end < p->newest && (end >= p->n || p->entries[end].len == 0))
			end++;
		yihu_buf_fmt(told, _("Missing: entries %llu to %llu, of which nothing is known.\n"),
			     (unsigned long long)i, (unsigned long long)end - 1);
		i = end;
	}
}

static int make_again(struct yihu_box *b, const struct yihu_pool *p, struct yihu_rebuilt *out,
		      struct yihu_error *err)
{
	int r = yihu_pool_reach(p, &out->size, err);
	if (r == 0 && out->size == 0)
		r = yihu_fail(err, YIHU_EMISSING,
			      _("%s: nothing is left of the log that can be verified. Give "
				"what there is with --from: a mirror, a public folder, receipts"),
			      b->dir);
	if (r != 0)
		return r;
	bool marked = !yihu_mark_open(&b->mark, b->dir, false, NULL);
	out->known = p->newest;
	out->whole = marked && out->size == p->newest;
	r = make_database(b, p, out, err);
	if (r == 0)
		r = yihu_rebuilt_put(b->dir, out->size, p->newest, err);
	if (r == 0)
		r = install(b, &out->told, err);
	if (r == 0)
		r = show(b, err);
	if (r == 0 && out->whole)
		r = yihu_rebuilt_clear(b->dir, err);
	if (r == 0)
		tell_missing(&out->told, p, out->size);
	return r;
}

int yihu_box_rebuild(const char *dir, const char *const *from, size_t n, struct yihu_rebuilt *out,
		     struct yihu_error *err)
{
	struct yihu_box *b = yihu_box_new(dir);
	struct yihu_pool p = {0};
	*out = (struct yihu_rebuilt){0};
	int r = yihu_box_lock(dir, &b->lock, err);
	if (r == 0)
		r = yihu_box_load(b, err);
	if (r == 0)
		r = check_home(b, &out->at_home, err);
	if (r == 0) {
		yihu_pool_init(&p, &b->election->charter->log);
		r = gather(&p, dir, from, n, &out->told, err);
	}
	if (r == 0)
		r = make_again(b, &p, out, err);
	yihu_pool_finish(&p);
	yihu_box_close(b);
	if (r == 0 && !out->whole)
		yihu_box_check_rebuilt(dir, err);
	return r;
}
