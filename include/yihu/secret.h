/* SPDX-License-Identifier: Apache-2.0
 *
 * Secret files (mode 0600): what is replaced or erased here is gone from the
 * disk, not only from its folder. Its bytes are overwritten with zeros and
 * synced before their last name goes; in each folder that is written to, so is
 * what a killed run left.
 *
 * The new file is written aside as ".NAME.new", synced, and exchanged with the
 * old one; then the old one, which has that name now, is zeroed. So whatever is
 * cut off, NAME is whole, the old file or the new one, and ".NAME.new" is what
 * the next act destroys. Only where the medium cannot exchange two names (exFAT,
 * drivers outside of the kernel) a power cut just after the renaming leaves
 * an old file unzeroed.
 *
 * One process at a time may write to one path: callers hold a lock. A hard link
 * is no copy: it is zeroed with the file. Symbolic links are replaced or
 * removed, never followed.
 *
 * No overwriting helps where the medium writes elsewhere: see yihu_medium_of.
 */
#ifndef YIHU_SECRET_H
#define YIHU_SECRET_H

#include <stddef.h>
#include <yihu/error.h>

/* Replaces the file at path, or makes it, and destroys the old one. On failure
 * path is the old file or the new one; the error says when the new one is
 * there and the old one is not destroyed yet (the next act does it). */
int yihu_secret_write(const char *path, const void *data, size_t len, struct yihu_error *err);

/* The same, but never over an existing file: YIHU_EEXIST then. */
int yihu_secret_create(const char *path, const void *data, size_t len, struct yihu_error *err);

/* Zeroes the file, then removes it. None there is fine. */
int yihu_secret_erase(const char *path, struct yihu_error *err);

/* Zeroes every file below the folder, syncs the disk once, then removes it all
 * (never follows links). None there is fine. */
int yihu_secret_erase_dir(const char *path, struct yihu_error *err);

/* What a medium can promise about bytes that were overwritten. */
enum yihu_medium {
	YIHU_MEDIUM_OVERWRITES, /* a disk: they are gone */
	YIHU_MEDIUM_ENCRYPTED,  /* what may stay needs the disk's passphrase */
	YIHU_MEDIUM_MEMORY,     /* they are gone, and without power all else is too */
	YIHU_MEDIUM_FLASH,      /* this and what follows: they may stay */
	YIHU_MEDIUM_VIRTUAL,
	YIHU_MEDIUM_SWAPS,
	YIHU_MEDIUM_COPIES,
	YIHU_MEDIUM_JOURNALS,
	YIHU_MEDIUM_NETWORK,
	YIHU_MEDIUM_UNKNOWN,
};

/* The medium that holds the file or folder at path, as far as the kernel tells. */
enum yihu_medium yihu_medium_of(const char *path);

/* What it cannot promise, and what to do, in the user's language; NULL where
 * nobody can read what is overwritten, and the rest stays. */
const char *yihu_medium_warning(enum yihu_medium medium);

#endif
