/* SPDX-License-Identifier: Apache-2.0
 *
 * Copies of a key file: each knows of the others, and all open alike.
 */
#include "vectors.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <yihu/keyfile.h>

#define PASS "correct horse"

/* A stick that gives back something else than it took: between writing and
 * reading back, one byte of the file there turns. */
static const char *bad_medium;

int __wrap_posix_fadvise64(int fd, off_t at, off_t len, int advice);
int __wrap_posix_fadvise64(int fd, off_t at, off_t len, int advice)
{
	(void)fd;
	(void)at;
	(void)len;
	(void)advice;
	uint8_t byte;
	int file = bad_medium != NULL ? open(bad_medium, O_RDWR) : -1;
	if (file < 0)
		return 0;
	assert_int_equal(pread(file, &byte, 1, 300), 1);
	byte = byte == 'A' ? 'B' : 'A';
	assert_int_equal(pwrite(file, &byte, 1, 300), 1);
	close(file);
	return 0;
}

/* A folder with a holder's key, open. */
struct world {
	void *folder;
	char *path, *to;
	struct yihu_keyfile *key;
};

static int world_make(void **state)
{
	struct world *w = yihu_calloc(1, sizeof *w);
	if (folder_make(&w->folder) != 0)
		return -1;
	w->path = yihu_path(w->folder, "holder.key");
	w->to = yihu_path(w->folder, "copy.key");
	assert_int_equal(yihu_keyfile_create_with(&w->key, w->path, YIHU_ROLE_TRUSTEE, "holder-1",
						  PASS, &yihu_kdf_min, NULL),
			 YIHU_OK);
	w->key->index = w->key->n = w->key->t = 1;
	w->key->has_share = true;
	w->key->share = yihu_scalar_random();
	*state = w;
	return 0;
}

static int world_free(void **state)
{
	struct world *w = *state;
	yihu_keyfile_close(w->key);
	int rc = folder_remove(&w->folder);
	free(w->path);
	free(w->to);
	free(w);
	return rc;
}

static struct yihu_keyfile *reopen(const char *path)
{
	struct yihu_keyfile *kf = NULL;
	assert_int_equal(yihu_keyfile_open(&kf, path, PASS, NULL), YIHU_OK);
	return kf;
}

static int copy(struct world *w, const char *to, bool *made)
{
	return yihu_keyfile_copy(w->key, to, made, NULL);
}

static void both_files_know_of_each_other(void **state)
{
	struct world *w = *state;
	bool made = false;
	struct stat st;
	assert_int_equal(copy(w, w->to, &made), YIHU_OK);
	assert_true(made);
	assert_int_equal(stat(w->to, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	yihu_keyfile_close(w->key);
	struct yihu_keyfile *second = reopen(w->to);
	w->key = reopen(w->path);
	assert_int_equal(w->key->n_files, 2);
	assert_int_equal(second->n_files, 2);
	assert_memory_equal(w->key->files[0], second->files[1], sizeof *second->files);
	assert_memory_equal(w->key->files[1], second->files[0], sizeof *second->files);
	assert_memory_not_equal(second->files[0], second->files[1], sizeof *second->files);
	assert_true(yihu_vkey_same(&second->vkey, &w->key->vkey));
	assert_memory_equal(&second->share, &w->key->share, sizeof second->share);
	yihu_keyfile_close(second);
}

static void a_third_file_is_known_to_its_maker(void **state)
{
	struct world *w = *state;
	bool made;
	char *third = yihu_path(w->folder, "third.key");
	assert_int_equal(copy(w, w->to, &made), YIHU_OK);
	assert_int_equal(copy(w, third, &made), YIHU_OK);
	struct yihu_keyfile *kf = reopen(third);
	assert_int_equal(w->key->n_files, 3);
	assert_int_equal(kf->n_files, 3);
	assert_memory_equal(kf->files[0], w->key->files[2], sizeof *kf->files);
	yihu_keyfile_close(kf);
	free(third);
}

static void a_copy_that_is_there_is_found(void **state)
{
	struct world *w = *state;
	bool made = true;
	struct yihu_buf before = {0}, after = {0};
	assert_int_equal(copy(w, w->to, &made), YIHU_OK);
	assert_int_equal(yihu_file_read(w->to, 1 << 20, &before, NULL), YIHU_OK);
	assert_int_equal(copy(w, w->to, &made), YIHU_OK);
	assert_false(made);
	assert_int_equal(w->key->n_files, 2);
	assert_int_equal(yihu_file_read(w->to, 1 << 20, &after, NULL), YIHU_OK);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.data, after.data, after.len);
	yihu_buf_free(&before);
	yihu_buf_free(&after);
}

static void no_other_file_is_overwritten(void **state)
{
	struct world *w = *state;
	bool made;
	struct yihu_keyfile *other = NULL;
	char *path = yihu_path(w->folder, "other.key"), *plain = yihu_path(w->folder, "cp.key");
	struct yihu_buf text = {0};
	assert_int_equal(yihu_keyfile_create_with(&other, path, YIHU_ROLE_TRUSTEE, "holder-1", PASS,
						  &yihu_kdf_min, NULL),
			 YIHU_OK);
	yihu_keyfile_close(other);
	assert_int_equal(copy(w, path, &made), YIHU_EEXIST);
	assert_int_equal(copy(w, w->path, &made), YIHU_EEXIST);
	/* Nor does a plain copy count as one, which nobody could tell from the first. */
	assert_int_equal(copy(w, w->to, &made), YIHU_OK);
	assert_int_equal(yihu_file_read(w->path, 1 << 20, &text, NULL), YIHU_OK);
	assert_int_equal(yihu_file_write(plain, text.data, text.len, 0600, NULL), YIHU_OK);
	assert_int_equal(copy(w, plain, &made), YIHU_EEXIST);
	assert_int_equal(w->key->n_files, 2);
	yihu_buf_free(&text);
	free(path);
	free(plain);
}

static void a_copy_that_was_not_made_is_forgotten(void **state)
{
	struct world *w = *state;
	bool made;
	char *nowhere = yihu_path(w->folder, "gone/copy.key");
	assert_int_not_equal(copy(w, nowhere, &made), YIHU_OK);
	assert_int_equal(w->key->n_files, 0);
	yihu_keyfile_close(w->key);
	w->key = reopen(w->path);
	assert_int_equal(w->key->n_files, 0);
	free(nowhere);
}

static void a_copy_is_read_back(void **state)
{
	struct world *w = *state;
	bool made = false;
	struct yihu_error err;
	bad_medium = w->to;
	assert_int_equal(yihu_keyfile_copy(w->key, w->to, &made, &err), YIHU_EFORMAT);
	bad_medium = NULL;
	assert_false(made);
	assert_non_null(strstr(err.text, w->to));
	/* There may be a share on it: it counts as a file of this key. */
	assert_int_equal(w->key->n_files, 2);
}

static void there_is_an_end_to_copies(void **state)
{
	struct world *w = *state;
	bool made;
	for (int i = 1; i < YIHU_KEY_FILES_MAX; i++) {
		char *to = yihu_printf("%s/copy-%d", (char *)w->folder, i);
		assert_int_equal(copy(w, to, &made), YIHU_OK);
		free(to);
	}
	assert_int_equal(copy(w, w->to, &made), YIHU_EARG);
	assert_false(yihu_file_exists(w->to));
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_make, world_free)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(both_files_know_of_each_other),
		IN_WORLD(a_third_file_is_known_to_its_maker),
		IN_WORLD(a_copy_that_is_there_is_found),
		IN_WORLD(no_other_file_is_overwritten),
		IN_WORLD(a_copy_that_was_not_made_is_forgotten),
		IN_WORLD(a_copy_is_read_back),
		IN_WORLD(there_is_an_end_to_copies),
	};
	return cmocka_run_group_tests_name("key copies", tests, NULL, NULL);
}
