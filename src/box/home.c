/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a box lives. A copy of the folder would go on with the same log key,
 * and two that go on are two histories. So box.db says on which machine, under
 * which path and in which folder it is served, and a box that finds itself
 * elsewhere waits for a person's word. It stands in the database, not beside
 * it: what says so cannot be left out of a copy.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <yihu/file.h>
#include <yihu/hash.h>

#include "internal.h"

#define MACHINE_ID "/etc/machine-id"
#define MACHINE_ID_BYTES_MAX 128
#define UNKNOWN "-"

struct home {
	char *machine, *path, *folder;
	bool leaving; /* handed over: the next folder is its home, this one is none */
};

static void home_free(struct home *h)
{
	free(h->machine);
	free(h->path);
	free(h->folder);
	*h = (struct home){0};
}

static void hash_machine(char out[static 65], const struct yihu_box *b, const struct yihu_buf *id)
{
	struct yihu_frame f;
	uint8_t hash[32];
	yihu_frame_init(&f, "box-home");
	yihu_frame_item(&f, b->election->charter->eid, YIHU_EID_BYTES);
	yihu_frame_item(&f, id->data, id->len);
	yihu_frame_hash32(&f, hash);
	sodium_bin2hex(out, 65, hash, sizeof hash);
}

/* The id itself is not for others (machine-id(5)), and a box travels. */
static int find_machine(struct home *h, const struct yihu_box *b, struct yihu_error *err)
{
	struct yihu_buf id = {0};
	char hex[65] = UNKNOWN;
	int r = yihu_file_read(MACHINE_ID, MACHINE_ID_BYTES_MAX, &id, err);
	if (r == 0 && id.len > 0)
		hash_machine(hex, b, &id);
	yihu_buf_free(&id);
	if (r != 0 && r != YIHU_ENOENT)
		return r;
	h->machine = yihu_strdup(hex);
	return 0;
}

/* FAT and what FUSE serves number their folders anew with each mount. */
static bool has_lasting_numbers(const struct statfs *fs)
{
	static const long without[] = {0x4d44, 0x2011bab0, 0x65735546}; /* FAT, exFAT, FUSE */
	for (size_t i = 0; i < sizeof without / sizeof *without; i++)
		if ((long)fs->f_type == without[i])
			return false;
	return true;
}

static int find_folder(struct home *h, const struct yihu_box *b, struct yihu_error *err)
{
	struct statfs fs;
	struct stat st;
	h->path = realpath(b->dir, NULL);
	if (!h->path || stat(h->path, &st) != 0 || statfs(h->path, &fs) != 0)
		return yihu_fail(err, YIHU_EIO, _("%s cannot be read: %s"), b->dir,
				 strerror(errno));
	h->folder = has_lasting_numbers(&fs) ? yihu_printf("%llu", (unsigned long long)st.st_ino)
					     : yihu_strdup(UNKNOWN);
	return 0;
}

/* out is to be freed on failure too. */
static int find_here(struct home *out, const struct yihu_box *b, struct yihu_error *err)
{
	int r = find_folder(out, b, err);
	if (r == 0)
		r = find_machine(out, b, err);
	return r;
}

static char *column(sqlite3_stmt *s, int i)
{
	const unsigned char *text = sqlite3_column_text(s, i);
	return yihu_strdup(text ? (const char *)text : "");
}

static int read_home(struct home *out, struct yihu_box *b, struct yihu_error *err)
{
	sqlite3_stmt *s = NULL;
	bool row = false;
	int sql = sqlite3_prepare_v2(b->db, "SELECT machine, path, folder, leaving FROM home", -1,
				     &s, NULL);
	int r = sql == SQLITE_OK ? yihu_box_sql_row(b, s, &row, err)
				 : yihu_box_sql_fail(b, sql, err);
	if (r == 0 && !row)
		r = yihu_fail(err, YIHU_EDATABASE, _("%s/box.db: table home is empty"), b->dir);
	if (r == 0)
		*out = (struct home){column(s, 0), column(s, 1), column(s, 2),
				     sqlite3_column_int(s, 3) != 0};
	sqlite3_finalize(s);
	return r;
}

static bool same_place(const struct home *a, const struct home *b)
{
	return strcmp(a->machine, b->machine) == 0 && strcmp(a->path, b->path) == 0 &&
	       strcmp(a->folder, b->folder) == 0;
}

/* Made again where nothing was left that said where it lived (rebuild.c). */
static bool nowhere(const struct home *h)
{
	return strcmp(h->path, UNKNOWN) == 0;
}

static int fail_elsewhere(const struct yihu_box *b, const struct home *was, const struct home *here,
			  struct yihu_error *err)
{
	const char *why =
		nowhere(was)
			? N_("%s was made again, and nothing was left that says where it lived")
		: strcmp(was->machine, here->machine) != 0
			? N_("%s lives on another computer, in %s")
		: strcmp(was->path, here->path) != 0
			? N_("%s lives in another folder, %s")
			: N_("%s was put here again: %s is not the folder that it was");
	yihu_fail(err, YIHU_ESTATE, yihu_gettext(why), b->dir, was->path);
	char *what = yihu_strdup(err ? err->text : ""), *word = yihu_shell_word(b->dir);
	yihu_fail(err, YIHU_ESTATE,
		  _("%s. Two copies of one box that both take ballots are two histories, and "
		    "receipts prove it. Only when every other copy is stopped for good, say so "
		    "once: yihu-countd %s --moved"),
		  what, word);
	free(word);
	free(what);
	return YIHU_ESTATE;
}

static int fail_handed_over(const struct yihu_box *b, struct yihu_error *err)
{
	char *word = yihu_shell_word(b->dir);
	int r = yihu_fail(
		err, YIHU_ESTATE,
		_("%s was handed over, or that was begun. Run yihu-issue handover once more to "
		  "finish it. Only when the archive was never unpacked anywhere and is destroyed, "
		  "take the box back: yihu-countd %s --moved"),
		b->dir, word);
	free(word);
	return r;
}

static int judge(const struct yihu_box *b, const struct home *was, const struct home *here,
		 enum yihu_box_move move, struct yihu_error *err)
{
	bool home = same_place(was, here);
	if (move == YIHU_BOX_FOLLOWS)
		return 0;
	if (move == YIHU_BOX_MOVED && (!home || was->leaving))
		return 0;
	if (move == YIHU_BOX_MOVED)
		return yihu_fail(err, YIHU_EARG,
				 _("%s lives here already. Start without --moved; it is said once, "
				   "by hand, and never in a unit file"),
				 b->dir);
	if (was->leaving != home) /* at home, or arrived by handover */
		return 0;
	if (home && move == YIHU_BOX_LEAVES)
		return 0;
	return home ? fail_handed_over(b, err) : fail_elsewhere(b, was, here, err);
}

int yihu_box_check_home(struct yihu_box *b, enum yihu_box_move move, bool *stays,
			struct yihu_error *err)
{
	struct home was = {0}, here = {0};
	*stays = false;
	if (b->schema < 2)
		return 0;
	int r = read_home(&was, b, err);
	if (r == 0)
		r = find_here(&here, b, err);
	if (r == 0)
		r = judge(b, &was, &here, move, err);
	if (r == 0)
		*stays = same_place(&was, &here) && was.leaving == (move == YIHU_BOX_LEAVES);
	home_free(&was);
	home_free(&here);
	return r;
}

static int put(struct yihu_box *b, const struct home *h, struct yihu_error *err)
{
	sqlite3_stmt *s = NULL;
	static const char *const text = "INSERT OR REPLACE INTO home (id, machine, path, folder, "
					"leaving) VALUES (1, ?1, ?2, ?3, ?4)";
	int sql = sqlite3_prepare_v2(b->db, text, -1, &s, NULL);
	if (sql != SQLITE_OK)
		return yihu_box_sql_fail(b, sql, err);
	sqlite3_bind_text(s, 1, h->machine, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, h->path, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 3, h->folder, -1, SQLITE_STATIC);
	sqlite3_bind_int(s, 4, h->leaving);
	int r = yihu_box_sql_run(b, s, err);
	sqlite3_finalize(s);
	return r;
}

int yihu_box_put_home(struct yihu_box *b, bool leaving, struct yihu_error *err)
{
	struct home here = {.leaving = leaving};
	int r = find_here(&here, b, err);
	if (r == 0)
		r = put(b, &here, err);
	home_free(&here);
	return r;
}

int yihu_box_put_nowhere(struct yihu_box *b, struct yihu_error *err)
{
	struct home h = {yihu_strdup(UNKNOWN), yihu_strdup(UNKNOWN), yihu_strdup(UNKNOWN), false};
	int r = put(b, &h, err);
	home_free(&h);
	return r;
}
