/* SPDX-License-Identifier: Apache-2.0
 *
 * A file system for SQLite over the usual one, whose n-th read, write or sync fails.
 */
#include "faulty.h"

#include "faults/vfs.h"

static struct {
	enum fault what;
	int countdown; /* fails when it reaches 0 */
	bool struck;
} fault;

static bool strikes(enum fault what)
{
	if (fault.what != what || fault.struck || fault.countdown-- > 0)
		return false;
	fault.struck = true;
	return true;
}

static int f_read(sqlite3_file *f, void *data, int len, sqlite3_int64 at)
{
	sqlite3_file *real = vfs_real(f);
	return strikes(FAULT_READ) ? SQLITE_IOERR_READ : real->pMethods->xRead(real, data, len, at);
}

static int f_write(sqlite3_file *f, const void *data, int len, sqlite3_int64 at)
{
	sqlite3_file *real = vfs_real(f);
	if (strikes(FAULT_WRITE)) {
		real->pMethods->xWrite(real, data, len / 2, at);
		return SQLITE_IOERR_WRITE;
	}
	return real->pMethods->xWrite(real, data, len, at);
}

/* Like Linux: the pages stay in the cache, so what was written is seen. */
static int f_sync(sqlite3_file *f, int flags)
{
	sqlite3_file *real = vfs_real(f);
	return strikes(FAULT_SYNC) ? SQLITE_IOERR_FSYNC : real->pMethods->xSync(real, flags);
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
	static const struct vfs_layer faulty = {
		.name = "faulty",
		.file_bytes = sizeof(struct vfs_file),
		.read = f_read,
		.write = f_write,
		.sync = f_sync,
	};
	vfs_install(&faulty);
}

void faulty_remove(void)
{
	vfs_remove();
}
