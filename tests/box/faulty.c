/* SPDX-License-Identifier: Apache-2.0
 *
 * A file system for SQLite over the usual one, whose n-th write or sync fails.
 */
#include "faulty.h"

#include <sqlite3.h>
#include <stdlib.h>

static struct {
	enum fault what;
	int countdown; /* fails when it reaches 0 */
	bool struck;
} fault;

struct faulty_file {
	sqlite3_file base;
	sqlite3_io_methods methods;
	sqlite3_file *real; /* follows in the same memory */
};

static bool strikes(enum fault what)
{
	if (fault.what != what || fault.struck || fault.countdown-- > 0)
		return false;
	fault.struck = true;
	return true;
}

static sqlite3_file *real_of(sqlite3_file *f)
{
	return ((struct faulty_file *)f)->real;
}

static int f_write(sqlite3_file *f, const void *data, int len, sqlite3_int64 at)
{
	sqlite3_file *real = real_of(f);
	if (strikes(FAULT_WRITE)) {
		real->pMethods->xWrite(real, data, len / 2, at);
		return SQLITE_IOERR_WRITE;
	}
	return real->pMethods->xWrite(real, data, len, at);
}

/* Like Linux: the pages stay in the cache, so what was written is seen. */
static int f_sync(sqlite3_file *f, int flags)
{
	sqlite3_file *real = real_of(f);
	return strikes(FAULT_SYNC) ? SQLITE_IOERR_FSYNC : real->pMethods->xSync(real, flags);
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
static int f_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	PASS(xTruncate, size);
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

static sqlite3_vfs faulty, *usual;

static int v_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out_flags)
{
	struct faulty_file *file = (struct faulty_file *)f;
	(void)v;
	file->real = (sqlite3_file *)(file + 1);
	file->methods = (sqlite3_io_methods){
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
	int rc = usual->xOpen(usual, name, file->real, flags, out_flags);
	file->base.pMethods = rc == SQLITE_OK ? &file->methods : NULL;
	return rc;
}

void faulty_arm(enum fault what, int countdown)
{
	fault.what = what;
	fault.countdown = countdown;
	fault.struck = false;
}

bool faulty_struck(void)
{
	return fault.struck;
}

void faulty_install(void)
{
	usual = sqlite3_vfs_find(NULL);
	faulty = *usual;
	faulty.zName = "faulty";
	faulty.szOsFile = (int)sizeof(struct faulty_file) + usual->szOsFile;
	faulty.xOpen = v_open;
	if (sqlite3_vfs_register(&faulty, 1) != SQLITE_OK)
		abort();
}

void faulty_remove(void)
{
	sqlite3_vfs_unregister(&faulty);
}
