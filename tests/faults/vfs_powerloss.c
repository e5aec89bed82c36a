/* SPDX-License-Identifier: Apache-2.0
 *
 * The VFS that writes down what SQLite does to the box's files.
 */
#include "vfs_powerloss.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "box/mark.h"
#include "powerloss_record.h"

const char *const powerloss_names[POWERLOSS_FILES] = {"box.db", "box.db-wal", "box.db-journal",
						      "mark"};
struct record powerloss_record;

static struct {
	sqlite3_vfs vfs, *usual;
	bool on;
	int current[POWERLOSS_FILES]; /* the file that has the name, −1 none */
} shim;

struct shim_file {
	sqlite3_file base;
	sqlite3_file *real;   /* follows in the same memory */
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

/* The mark's calls; no other file of the box is written by these. */
ssize_t __real_pwrite64(int fd, const void *data, size_t len, off64_t at);
ssize_t __wrap_pwrite64(int fd, const void *data, size_t len, off64_t at);
ssize_t __wrap_pwrite64(int fd, const void *data, size_t len, off64_t at)
{
	note(CALL_WRITE, POWERLOSS_MARK, shim.current[POWERLOSS_MARK], (uint64_t)at, data, len);
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

static sqlite3_file *real_of(sqlite3_file *f)
{
	return ((struct shim_file *)f)->real;
}

static int f_write(sqlite3_file *f, const void *data, int len, sqlite3_int64 at)
{
	struct shim_file *s = (struct shim_file *)f;
	note(CALL_WRITE, s->name, s->file, (uint64_t)at, data, (size_t)len);
	return s->real->pMethods->xWrite(s->real, data, len, at);
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	struct shim_file *s = (struct shim_file *)f;
	note(CALL_TRUNCATE, s->name, s->file, (uint64_t)size, NULL, 0);
	return s->real->pMethods->xTruncate(s->real, size);
}

static int f_sync(sqlite3_file *f, int flags)
{
	struct shim_file *s = (struct shim_file *)f;
	note(CALL_SYNC, s->name, s->file, 0, NULL, 0);
	if (s->folder_unsynced)
		note(CALL_SYNC_FOLDER, s->name, s->file, 0, NULL, 0);
	s->folder_unsynced = false;
	return s->real->pMethods->xSync(s->real, flags);
}

static int f_close(sqlite3_file *f)
{
	return real_of(f)->pMethods->xClose(real_of(f));
}

#define PASS(name, ...) return real_of(f)->pMethods->name(real_of(f), __VA_ARGS__)
static int f_read(sqlite3_file *f, void *data, int len, sqlite3_int64 at)
{
	PASS(xRead, data, len, at);
}
static int f_size(sqlite3_file *f, sqlite3_int64 *size)
{
	PASS(xFileSize, size);
}
static int f_lock(sqlite3_file *f, int kind)
{
	PASS(xLock, kind);
}
static int f_unlock(sqlite3_file *f, int kind)
{
	PASS(xUnlock, kind);
}
static int f_reserved(sqlite3_file *f, int *out)
{
	PASS(xCheckReservedLock, out);
}
static int f_control(sqlite3_file *f, int op, void *argument)
{
	PASS(xFileControl, op, argument);
}
static int f_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}
static int f_device(sqlite3_file *f)
{
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}
static int f_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
	PASS(xShmMap, page, size, extend, out);
}
static int f_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
	PASS(xShmLock, offset, n, flags);
}
static void f_shm_barrier(sqlite3_file *f)
{
	real_of(f)->pMethods->xShmBarrier(real_of(f));
}
static int f_shm_unmap(sqlite3_file *f, int remove)
{
	PASS(xShmUnmap, remove);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = f_close,
	.xRead = f_read,
	.xWrite = f_write,
	.xTruncate = f_truncate,
	.xSync = f_sync,
	.xFileSize = f_size,
	.xLock = f_lock,
	.xUnlock = f_unlock,
	.xCheckReservedLock = f_reserved,
	.xFileControl = f_control,
	.xSectorSize = f_sector,
	.xDeviceCharacteristics = f_device,
	.xShmMap = f_shm_map,
	.xShmLock = f_shm_lock,
	.xShmBarrier = f_shm_barrier,
	.xShmUnmap = f_shm_unmap,
};

static int name_of(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;
	for (int i = 0; slash && i < POWERLOSS_MARK; i++)
		if (strcmp(slash + 1, powerloss_names[i]) == 0)
			return i;
	return -1;
}

static int v_open(sqlite3_vfs *v, const char *path, sqlite3_file *f, int flags, int *out_flags)
{
	struct shim_file *s = (struct shim_file *)f;
	(void)v;
	*s = (struct shim_file){.real = (sqlite3_file *)(s + 1), .name = name_of(path), .file = -1};
	int rc = shim.usual->xOpen(shim.usual, path, s->real, flags, out_flags);
	if (rc != SQLITE_OK)
		return rc;
	s->base.pMethods = &methods;
	if (s->name < 0)
		return rc;
	if (shim.current[s->name] < 0) {
		shim.current[s->name] = powerloss_record.files++;
		note(CALL_CREATE, s->name, shim.current[s->name], 0, NULL, 0);
	}
	s->file = shim.current[s->name];
	s->folder_unsynced = (flags & SQLITE_OPEN_CREATE) &&
			     (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL));
	return rc;
}

static int v_delete(sqlite3_vfs *v, const char *path, int sync_folder)
{
	int name = name_of(path);
	(void)v;
	int rc = shim.usual->xDelete(shim.usual, path, sync_folder);
	if (rc == SQLITE_OK && name >= 0) {
		note(CALL_DELETE, name, -1, 0, NULL, 0);
		if (sync_folder)
			note(CALL_SYNC_FOLDER, name, -1, 0, NULL, 0);
		shim.current[name] = -1;
	}
	return rc;
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
	shim.usual = sqlite3_vfs_find(NULL);
	shim.vfs = *shim.usual;
	shim.vfs.zName = "powerloss";
	shim.vfs.szOsFile = (int)sizeof(struct shim_file) + shim.usual->szOsFile;
	shim.vfs.xOpen = v_open;
	shim.vfs.xDelete = v_delete;
	for (int i = 0; i < POWERLOSS_FILES; i++)
		shim.current[i] = -1;
	shim.on = true;
	sqlite3_auto_extension((void (*)(void))checkpoint_often);
	if (sqlite3_vfs_register(&shim.vfs, 1) != SQLITE_OK)
		abort();
}

void powerloss_promise(uint64_t promise)
{
	note(CALL_PROMISE, 0, -1, promise, NULL, 0);
}

void powerloss_end(void)
{
	shim.on = false;
	sqlite3_vfs_unregister(&shim.vfs);
	sqlite3_vfs_register(shim.usual, 1);
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
