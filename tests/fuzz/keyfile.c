/* SPDX-License-Identifier: Apache-2.0
 *
 * Key files: as a file on the disk, and the sealed body alone.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yihu/file.h>

#include "crypto/keybody.h"
#include "fuzz.h"

static char *dir;

static void remove_dir(void)
{
	yihu_dir_remove(dir, NULL);
	free(dir);
}

static char *scratch(const char *name)
{
	if (!dir) {
		dir = yihu_strdup("/tmp/yihu-fuzz-XXXXXX");
		assert(mkdtemp(dir));
		atexit(remove_dir);
	}
	return yihu_path(dir, name);
}

/* Opened and saved, it opens again as the same key. */
static void save(struct yihu_keyfile *kf, const char *path)
{
	struct yihu_error err = fuzz_error();
	enum yihu_key_role role;
	struct yihu_vkey key;
	bool ok = fuzz_ok(yihu_keyfile_save(kf, &err), &err);
	assert(ok);
	assert(yihu_keyfile_public(path, &role, &key, NULL) == YIHU_OK);
	assert(role == kf->role && yihu_vkey_same(&key, &kf->vkey));
}

static void open_file(const char *path, const char *passphrase)
{
	struct yihu_keyfile *kf;
	struct yihu_error err = fuzz_error();
	fuzz_fill(&kf, sizeof kf);
	if (!fuzz_ok(yihu_keyfile_open(&kf, path, passphrase, &err), &err)) {
		assert(fuzz_untouched(&kf, sizeof kf));
		return;
	}
	save(kf, path);
	yihu_keyfile_close(kf);
}

/* What people get takes a quarter of a gigabyte and a second: only a seal as
 * cheap as a test's is tried. */
static bool is_cheap(const uint8_t *data, size_t size)
{
	return memmem(data, size, "\nkdf argon2id 1 8192 ", 21) != NULL;
}

static void read_file(const uint8_t *data, size_t size)
{
	char *path = scratch("key");
	bool needs = false;
	enum yihu_key_role role;
	struct yihu_vkey key;
	struct yihu_error err = fuzz_error();
	FILE *f = fopen(path, "wb");
	assert(f && fwrite(data, 1, size, f) == size && fclose(f) == 0);
	fuzz_fill(&key, sizeof key);
	bool ok = fuzz_ok(yihu_keyfile_public(path, &role, &key, &err), &err);
	assert(ok || fuzz_untouched(&key, sizeof key));
	err = fuzz_error();
	assert(fuzz_ok(yihu_keyfile_needs_passphrase(path, &needs, &err), &err) == ok);
	if (ok)
		open_file(path, needs && is_cheap(data, size) ? "passphrase" : NULL);
	free(path);
}

static void read_body(const uint8_t *data, size_t size, enum yihu_key_role role)
{
	struct yihu_keypair kp;
	struct yihu_buf body = {0}, again = {0};
	struct yihu_keyfile kf = {.role = role};
	yihu_buf_put(&body, data, size);
	if (size >= YIHU_SEED_BYTES) {
		yihu_keypair_from_seed(&kp, data);
		memcpy(kf.vkey.pk, kp.pk, sizeof kp.pk);
	}
	if (yihu_keybody_read(&kf, &body) == YIHU_OK) {
		yihu_keybody_write(&again, &kf);
		assert(fuzz_holds(&again, data, size));
	}
	yihu_buf_free(&kf.box);
	yihu_buf_free(&body);
	yihu_buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_body(data, size, YIHU_ROLE_TRUSTEE);
	read_body(data, size, YIHU_ROLE_ISSUER);
	read_file(data, size);
	return 0;
}
