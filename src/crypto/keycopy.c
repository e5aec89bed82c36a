/* SPDX-License-Identifier: Apache-2.0
 *
 * Copies of a key file (PROTOCOL §15, item 3).
 */
#include "keyseal.h"

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yihu/file.h>

static void swap_ids(struct yihu_keyfile *kf, size_t i)
{
	uint8_t first[YIHU_KEY_FILE_ID_BYTES];
	memcpy(first, kf->files[0], sizeof first);
	memcpy(kf->files[0], kf->files[i], sizeof first);
	memcpy(kf->files[i], first, sizeof first);
}

/* One more id, and one of its own for a file that had none. */
static void add_id(struct yihu_keyfile *kf)
{
	if (kf->n_files == 0)
		randombytes_buf(kf->files[kf->n_files++], sizeof *kf->files);
	randombytes_buf(kf->files[kf->n_files++], sizeof *kf->files);
}

static int check_may_copy(const struct yihu_keyfile *kf, struct yihu_error *err)
{
	if (kf->n_files < YIHU_KEY_FILES_MAX)
		return 0;
	return yihu_fail(err, YIHU_EARG, _("%s has %d files already, and may not have more"),
			 kf->vkey.name, YIHU_KEY_FILES_MAX);
}

/* What is read next comes from the medium and not out of memory. A medium that
 * cannot do so is read as it can. */
static void forget_pages(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return;
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	close(fd);
}

/* The file at path says, bit for bit, what kf says. */
static int read_back(const struct yihu_keyfile *kf, const char *path, struct yihu_error *err)
{
	struct yihu_buf want = {0}, got = {0};
	forget_pages(path);
	int r = yihu_keyseal_body(&got, kf, path, err);
	yihu_keybody_write(&want, kf);
	if (r == 0 && (want.len != got.len || sodium_memcmp(want.data, got.data, want.len) != 0))
		r = YIHU_EFORMAT;
	yihu_buf_free(&want);
	yihu_buf_free(&got);
	return r == 0 ? 0
		      : yihu_fail(err, YIHU_EFORMAT,
				  _("%s cannot be read back as it was written: the medium is bad. "
				    "Destroy it, and make the copy on another one"),
				  path);
}

/* The copy's own id comes first in it. */
static int put_copy(struct yihu_keyfile *kf, const char *path, struct yihu_error *err)
{
	swap_ids(kf, kf->n_files - 1);
	int r = yihu_keyseal_put(kf, path, true, err);
	if (r == 0)
		r = read_back(kf, path, err);
	swap_ids(kf, kf->n_files - 1);
	return r;
}

static int make_copy(struct yihu_keyfile *kf, const char *path, struct yihu_error *err)
{
	size_t before = kf->n_files;
	int r = check_may_copy(kf, err);
	if (r != 0)
		return r;
	add_id(kf);
	r = yihu_keyfile_save(kf, err);
	if (r != 0) {
		kf->n_files = before;
		return r;
	}
	r = put_copy(kf, path, err);
	if (r == 0 || yihu_file_exists(path))
		return r;
	kf->n_files = before; /* nothing was made: the file forgets it, as far as it can */
	(void)yihu_keyfile_save(kf, NULL);
	return r;
}

/* Is the first id of the body at path one that kf knows, and not its own? */
static int check_is_copy(const struct yihu_keyfile *kf, const char *path, struct yihu_error *err)
{
	struct yihu_buf body = {0};
	struct yihu_keyfile *other = sodium_malloc(sizeof *other);
	bool known = false;
	if (!other)
		abort();
	*other = (struct yihu_keyfile){.role = kf->role, .vkey = kf->vkey};
	if (yihu_keyseal_body(&body, kf, path, NULL) == 0 && yihu_keybody_read(other, &body) == 0 &&
	    other->n_files > 0)
		for (size_t i = 1; i < kf->n_files; i++)
			known |= memcmp(kf->files[i], other->files[0], sizeof *kf->files) == 0;
	yihu_buf_free(&other->box);
	sodium_free(other);
	yihu_buf_free(&body);
	return known ? 0
		     : yihu_fail(err, YIHU_EEXIST,
				 _("%s is there already, and this key file does not know it as its "
				   "copy. Name a file that is not there yet"),
				 path);
}

int yihu_keyfile_copy(struct yihu_keyfile *kf, const char *path, bool *made, struct yihu_error *err)
{
	assert(kf->role == YIHU_ROLE_TRUSTEE);
	bool there = yihu_file_exists(path);
	int r = there ? check_is_copy(kf, path, err) : make_copy(kf, path, err);
	if (r == 0)
		*made = !there;
	return r;
}
