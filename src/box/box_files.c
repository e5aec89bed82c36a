/* SPDX-License-Identifier: Apache-2.0
 *
 * Are the files that are written still those with their names? A file that was
 * removed, or replaced, or whose disk is gone, takes writes as before while
 * somebody holds it open, and gives them back to nobody.
 */
#include <stdlib.h>
#include <sys/stat.h>
#include <yihu/file.h>

#include "internal.h"

static const char *const names[YIHU_BOX_FILES] = {".lock", "box.db", "box.db-wal", "box.db-shm",
						  YIHU_MARK_NAME};

/* Of a box that is read only the lock is held open as long. */
static size_t n_files(const struct yihu_box *b)
{
	return b->read_only ? 1 : YIHU_BOX_FILES;
}

static bool find(const struct yihu_box *b, size_t i, struct stat *out)
{
	char *path = yihu_path(b->dir, names[i]);
	bool there = lstat(path, out) == 0;
	free(path);
	return there;
}

int yihu_box_note_names(struct yihu_box *b, struct yihu_error *err)
{
	struct stat st;
	for (size_t i = 0; i < n_files(b); i++) {
		if (!find(b, i, &st))
			return yihu_fail(err, YIHU_EIO, _("%s/%s cannot be read"), b->dir,
					 names[i]);
		b->files[i] = (struct box_file){st.st_dev, st.st_ino};
	}
	return 0;
}

static bool is_named(const struct yihu_box *b, size_t i)
{
	struct stat st;
	return find(b, i, &st) && st.st_dev == b->files[i].dev && st.st_ino == b->files[i].ino;
}

bool yihu_box_in_place(const struct yihu_box *b)
{
	return is_named(b, 0);
}

/* While a file is open its number is nobody else's, so two comparisons do. */
int yihu_box_check_names(struct yihu_box *b, struct yihu_error *err)
{
	for (size_t i = 0; i < n_files(b); i++) {
		if (is_named(b, i))
			continue;
		b->broken = true;
		return yihu_fail(err, YIHU_EUNKNOWN,
				 _("%s/%s is gone, or is not the file that is being written: it "
				   "was removed or replaced while the box is in use, or its disk "
				   "is gone. No more ballots are taken"),
				 b->dir, names[i]);
	}
	return b->mirror ? yihu_box_check_names(b->mirror, err) : 0;
}
