/* SPDX-License-Identifier: Apache-2.0
 *
 * What a layer does not take goes on to the usual file system.
 */
#include "vfs.h"

#include <stdlib.h>
#include <string.h>

static struct {
	sqlite3_vfs vfs, *usual;
	sqlite3_io_methods methods;
	const struct vfs_layer *layer;
} top;

#define PASS(name, ...) return vfs_real(f)->pMethods->name(vfs_real(f), __VA_ARGS__)
static int f_close(sqlite3_file *f)
{
	return vfs_real(f)->pMethods->xClose(vfs_real(f));
}
static int f_read(sqlite3_file *f, void *data, int len, sqlite3_int64 at)
{
	PASS(xRead, data, len, at);
}
static int f_write(sqlite3_file *f, const void *data, int len, sqlite3_int64 at)
{
	PASS(xWrite, data, len, at);
}
static int f_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	PASS(xTruncate, size);
}
static int f_sync(sqlite3_file *f, int flags)
{
	PASS(xSync, flags);
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
	return vfs_real(f)->pMethods->xSectorSize(vfs_real(f));
}
static int f_device(sqlite3_file *f)
{
	return vfs_real(f)->pMethods->xDeviceCharacteristics(vfs_real(f));
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
	vfs_real(f)->pMethods->xShmBarrier(vfs_real(f));
}
static int f_shm_unmap(sqlite3_file *f, int remove)
{
	PASS(xShmUnmap, remove);
}

static int v_open(sqlite3_vfs *v, const char *path, sqlite3_file *f, int flags, int *out_flags)
{
	struct vfs_file *file = (struct vfs_file *)f;
	(void)v;
	memset(f, 0, top.layer->file_bytes);
	file->real = (sqlite3_file *)((char *)f + top.layer->file_bytes);
	int rc = top.usual->xOpen(top.usual, path, file->real, flags, out_flags);
	if (rc == SQLITE_OK) {
		file->base.pMethods = &top.methods;
		if (top.layer->opened)
			top.layer->opened(f, path, flags);
	}
	return rc;
}

static int v_delete(sqlite3_vfs *v, const char *path, int sync_folder)
{
	(void)v;
	int rc = top.usual->xDelete(top.usual, path, sync_folder);
	if (rc == SQLITE_OK && top.layer->deleted)
		top.layer->deleted(path, sync_folder);
	return rc;
}

void vfs_install(const struct vfs_layer *layer)
{
	top.layer = layer;
	top.usual = sqlite3_vfs_find(NULL);
	top.vfs = *top.usual;
	top.vfs.zName = layer->name;
	top.vfs.szOsFile = (int)layer->file_bytes + top.usual->szOsFile;
	top.vfs.xOpen = v_open;
	top.vfs.xDelete = v_delete;
	top.methods = (sqlite3_io_methods){
		.iVersion = 2,
		.xClose = f_close,
		.xRead = layer->read ? layer->read : f_read,
		.xWrite = layer->write ? layer->write : f_write,
		.xTruncate = layer->truncate ? layer->truncate : f_truncate,
		.xSync = layer->sync ? layer->sync : f_sync,
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
	if (sqlite3_vfs_register(&top.vfs, 1) != SQLITE_OK)
		abort();
}

void vfs_remove(void)
{
	sqlite3_vfs_unregister(&top.vfs);
	sqlite3_vfs_register(top.usual, 1);
}
