/* SPDX-License-Identifier: Apache-2.0
 *
 * An archive that somebody gives to an audit: what is taken out of it are files with the
 * names of a public folder, none twice, and not a byte more than they may have.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <yihu/file.h>
#include <yihu/names.h>

#include "archive/archive.h"
#include "fuzz.h"

/* As a file, which libzip wants; nothing of it is on a disk. */
static char *as_file(int *fd, const uint8_t *data, size_t size)
{
	*fd = memfd_create("archive", 0);
	assert(*fd >= 0 && yihu_write_all(*fd, data, size));
	return yihu_printf("/proc/self/fd/%d", *fd);
}

static void check(const struct yihu_public *p)
{
	assert(p->n > 0);
	for (size_t i = 0; i < p->n; i++) {
		const char *name = p->files[i].name;
		assert(archive_name_ok(name));
		assert(yihu_public_name(name).kind != YIHU_PUBLIC_HIDDEN);
		assert(i == 0 || strcmp(p->files[i - 1].name, name) < 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yihu_public *p;
	struct yihu_error err = fuzz_error();
	int fd;
	char *path = as_file(&fd, data, size);
	if (fuzz_ok(archive_read_public(&p, path, &err), &err)) {
		check(p);
		yihu_public_free(p);
	}
	free(path);
	close(fd);
	return 0;
}
