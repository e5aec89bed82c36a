/* SPDX-License-Identifier: Apache-2.0
 *
 * Power loss, simulated: a SQLite VFS that passes everything on and writes
 * down what was done to the files of one box; afterwards each moment of that
 * record is a power cut, and what a disk may hold then is put together in
 * several ways.
 *
 * The model: what was synced is there. Of what was written since, any part may
 * be there: nothing, all, a beginning, any subset, in whole sectors; the sector
 * that was being written may hold rubbish, neighbours' bytes included (no
 * "powersafe overwrite"). A file's name is there or not until its folder is
 * synced, which the usual VFS does with the first sync of a new journal or
 * WAL and after a deletion. The mark is not SQLite's: its calls are wrapped by
 * the linker; it is made whole under another name, so with its name it is whole.
 * Nor is the recovery mark, which nobody syncs: of its writes the last one may be
 * there in any way until a group more was written, those before are.
 */
#ifndef YIHU_TEST_VFS_POWERLOSS_H
#define YIHU_TEST_VFS_POWERLOSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <yihu/bytes.h>

/* box.db, box.db-wal, box.db-journal, mark, verified. */
#define POWERLOSS_FILES 5
#define POWERLOSS_MARK 3
#define POWERLOSS_VERIFIED 4
extern const char *const powerloss_names[POWERLOSS_FILES];

/* Becomes the default VFS; records what follows. */
void powerloss_begin(void);
/* What was done so far must survive from here on: the caller's own measure. */
void powerloss_promise(uint64_t promise);
/* Ends the recording; the usual VFS is the default again. */
void powerloss_end(void);
void powerloss_free(void);

/* What a disk may hold after a cut. */
struct powerloss_disk {
	struct yihu_buf files[POWERLOSS_FILES];
	bool there[POWERLOSS_FILES];
	uint64_t promise; /* the last one made before the cut */
	const char *how;
	size_t moment; /* after which call */
};
struct powerloss_figures {
	size_t moments; /* calls after which the power was cut */
	size_t disks;   /* all that was put together */
	size_t tried;   /* without those that came twice */
};
/* Calls `each` with every different disk (the same bytes come once, with the
 * greatest promise). */
struct powerloss_figures powerloss_each(void (*each)(void *context, const struct powerloss_disk *d),
					void *context);

#endif
