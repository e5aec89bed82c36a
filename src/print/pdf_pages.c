/* SPDX-License-Identifier: Apache-2.0
 *
 * The page tree that cairo writes: one node, with the number of its pages behind it.
 */
#include "print/pdf_pages.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char node[] = "<< /Type /Pages\n", count[] = "\n   /Count ";

static uint32_t count_in(const char *bytes, size_t len)
{
	const char *at = memmem(bytes, len, node, sizeof node - 1), *end = bytes + len;
	if (at)
		at = memmem(at, (size_t)(end - at), count, sizeof count - 1);
	uint64_t n = 0;
	for (at = at ? at + sizeof count - 1 : end; at < end && *at >= '0' && *at <= '9'; at++)
		n = n < UINT32_MAX ? n * 10 + (uint64_t)(*at - '0') : n;
	return n <= UINT32_MAX ? (uint32_t)n : 0;
}

uint32_t pdf_pages(const char *path)
{
	struct stat st;
	uint32_t n = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
		void *bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (bytes != MAP_FAILED) {
			n = count_in(bytes, (size_t)st.st_size);
			munmap(bytes, (size_t)st.st_size);
		}
	}
	if (fd >= 0)
		close(fd);
	return n;
}
