/* SPDX-License-Identifier: Apache-2.0
 *
 * The VFS that writes down what SQLite does to the box's files.
 */
#include "vfs_powerloss.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "box/mark.h"
#include "box/verified.h"
#include "powerloss_record.h"
#include "vfs.h"

const char *const powerloss_names[POWERLOSS_FILES] = {"box.db", "box.db-wal", "box.db-journal",
						      "mark", "verified"};
struct record powerloss_record;

static struct {
	bool on;
	int current[POWERLOSS_FILES]; /* the file that has the name, −1 none */
	int verified_pending;         /* promises until its last write is on the disk */
} shim;

struct shim_file {
	struct vfs_file below;
	int name, file;       /* −1: not one of the box's */
	bool folder_unsynced; /* a new journal: its first sync syncs the folder */
};

static void note(enum call_kind kind, int name, int file, uint64_t at, const void *data, size_t len)
{
	struct record *r = &powerloss_record;
	if (!shim.on || name < 0)
		return;
	r->calls = yihu_realloc(r->calls, r->n + 1, sizeof *r->calls);
	struct call *c = &r->calls[r->n++];
	*c = (struct call){.kind = kind, .name = name, .file = file, .at = at};
	yihu_buf_put(&c->data, data, len);
}

/* A slot of the recovery mark; where there was none, it makes the file. */
static void note_verified(uint64_t at, const void *data, size_t len)
{
	int *file = &shim.current[POWERLOSS_VERIFIED];
	if (shim.on && *file < 0) {
		*file = powerloss_record.files++;
		note(CALL_CREATE, POWERLOSS_VERIFIED, *file, 0, NULL, 0);
	}
	note(CALL_SYNC, POWERLOSS_VERIFIED, *file, 0, NULL, 0);
	note(CALL_WRITE, POWERLOSS_VERIFIED, *file, at, data, len);
	shim.verified_pending = 2;
}

/* The marks' calls, of which the slots tell which; no other file of the box is
 * written by these. */
ssize_t __real_pwrite64(int fd, const void *data, size_t len, off64_t at);
ssize_t __wrap_pwrite64(int fd, const void *data, size_t len, off64_t at);
ssize_t __wrap_pwrite64(int fd, const void *data, size_t len, off64_t at)
{
	if (len == YIHU_VERIFIED_SLOT_BYTES)
		note_verified((uint64_t)at, data, len);
	else
		note(CALL_WRITE, POWERLOSS_MARK, shim.current[POWERLOSS_MARK], (uint64_t)at, data,
		     len);
	return __real_pwrite64(fd, data, len, at);
}
int __wrap_fdatasync(int fd);
int __wrap_fdatasync(int fd)
{
	(void)fd;
	note(CALL_SYNC, POWERLOSS_MARK, shim.current[POWERLOSS_MARK], 0, NULL, 0);
	return 0;
}
int __real_yihu_mark_make(const char *dir, struct yihu_error *err);
int __wrap_yihu_mark_make(const char *dir, struct yihu_error *err);
int __wrap_yihu_mark_make(const char *dir, struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	int rc = __real_yihu_mark_make(dir, err);
	if (!shim.on)
		return rc;
	char *path = yihu_path(dir, YIHU_MARK_NAME);
	if (!rc)
		rc = yihu_file_read(path, YIHU_MARK_BYTES, &bytes, err);
	int file = shim.current[POWERLOSS_MARK] = powerloss_record.files++;
	note(CALL_WRITE, POWERLOSS_MARK, file, 0, bytes.data, bytes.len);
	note(CALL_SYNC, POWERLOSS_MARK, file, 0, NULL, 0);
	note(CALL_CREATE, POWERLOSS_MARK, file, 0, NULL, 0);
	note(CALL_SYNC_FOLDER, POWERLOSS_MARK, file, 0, NULL, 0);
	yihu_buf_free(&bytes);
	free(path);
	return rc;
}

static int f_write(sqlite3_file *f, const void *data, int len, sqlite3_int64 at)
{
	struct shim_file *s = (struct shim_file *)f;
	note(CALL_WRITE, s->name, s->file, (uint64_t)at, data, (size_t)len);
	return vfs_real(f)->pMethods->xWrite(vfs_real(f), data, len, at);
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	struct shim_file *s = (struct shim_file *)f;
	note(CALL_TRUNCATE, s->name, s->file, (uint64_t)size, NULL, 0);
	return vfs_real(f)->pMethods->xTruncate(vfs_real(f), size);
}

static int f_sync(sqlite3_file *f, int flags)
{
	struct shim_file *s = (struct shim_file *)f;
	note(CALL_SYNC, s->name, s->file, 0, NULL, 0);
	if (s->folder_unsynced)
		note(CALL_SYNC_FOLDER, s->name, s->file, 0, NULL, 0);
	s->folder_unsynced = false;
	return vfs_real(f)->pMethods->xSync(vfs_real(f), flags);
}

static int name_of(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;
	for (int i = 0; slash && i < POWERLOSS_MARK; i++)
		if (strcmp(slash + 1, powerloss_names[i]) == 0)
			return i;
	return -1;
}

static void opened(sqlite3_file *f, const char *path, int flags)
{
	struct shim_file *s = (struct shim_file *)f;
	s->name = name_of(path);
	s->file = -1;
	if (s->name < 0)
		return;
	if (shim.current[s->name] < 0) {
		shim.current[s->name] = powerloss_record.files++;
		note(CALL_CREATE, s->name, shim.current[s->name], 0, NULL, 0);
	}
	s->file = shim.current[s->name];
	s->folder_unsynced = (flags & SQLITE_OPEN_CREATE) &&
			     (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL));
}

static void deleted(const char *path, int folder_synced)
{
	int name = name_of(path);
	if (name < 0)
		return;
	note(CALL_DELETE, name, -1, 0, NULL, 0);
	if (folder_synced)
		note(CALL_SYNC_FOLDER, name, -1, 0, NULL, 0);
	shim.current[name] = -1;
}

/* Checkpoints every few commits, not every thousand pages. */
static int checkpoint_often(sqlite3 *db, const char **message, const struct sqlite3_api_routines *a)
{
	(void)message;
	(void)a;
	return sqlite3_wal_autocheckpoint(db, 40);
}

void powerloss_begin(void)
{
	static const struct vfs_layer layer = {
		.name = "powerloss",
		.file_bytes = sizeof(struct shim_file),
		.write = f_write,
		.truncate = f_truncate,
		.sync = f_sync,
		.opened = opened,
		.deleted = deleted,
	};
	for (int i = 0; i < POWERLOSS_FILES; i++)
		shim.current[i] = -1;
	shim.on = true;
	sqlite3_auto_extension((void (*)(void))checkpoint_often);
	vfs_install(&layer);
}

void powerloss_promise(uint64_t promise)
{
	if (shim.verified_pending > 0 && --shim.verified_pending == 0)
		note(CALL_SYNC, POWERLOSS_VERIFIED, shim.current[POWERLOSS_VERIFIED], 0, NULL, 0);
	note(CALL_PROMISE, 0, -1, promise, NULL, 0);
}

void powerloss_end(void)
{
	shim.on = false;
	vfs_remove();
	sqlite3_reset_auto_extension();
}

void powerloss_free(void)
{
	struct record *r = &powerloss_record;
	for (size_t i = 0; i < r->n; i++)
		yihu_buf_free(&r->calls[i].data);
	free(r->calls);
	*r = (struct record){0};
}
