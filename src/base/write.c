/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing all of something.
 */
#include <errno.h>
#include <unistd.h>
#include <yihu/file.h>

bool yihu_write_all(int fd, const void *data, size_t len)
{
	const uint8_t *p = data;
	while (len > 0) {
		ssize_t done = write(fd, p, len);
		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0) {
			p += done;
			len -= (size_t)done;
		}
	}
	return true;
}
