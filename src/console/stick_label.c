/* SPDX-License-Identifier: Apache-2.0
 *
 * In udev's data of the device; else by the links of /dev/disk/by-label, of which two
 * sticks of one label share one. Both write what is unusual as "\x20".
 */
#include "stick_label.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

#define DATA_BYTES_MAX (1u << 20)
#define LABEL_LINE "E:ID_FS_LABEL_ENC="
#define LINK_BYTES_MAX 4096

static int digit(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

static bool is_escape(const char *p)
{
	return p[0] == '\\' && p[1] == 'x' && isxdigit((unsigned char)p[2]) &&
	       isxdigit((unsigned char)p[3]);
}

/* Caller frees; NULL for one of no signs, or of signs that are no text. */
static char *plain(struct yihu_span escaped)
{
	char *text = yihu_span_dup(escaped), *to = text;
	for (const char *p = text; *p != '\0'; p++) {
		bool escape = is_escape(p);
		*to++ = escape ? (char)(digit(p[2]) << 4 | digit(p[3])) : *p;
		p += escape ? 3 : 0;
	}
	*to = '\0';
	if (*text != '\0' && yihu_utf8_valid(text, strlen(text)))
		return text;
	free(text);
	return NULL;
}

static char *by_data(const char *root, unsigned major, unsigned minor)
{
	struct yihu_buf data = {0};
	struct yihu_span line;
	char *path = yihu_printf("%s/run/udev/data/b%u:%u", root, major, minor), *label = NULL;
	(void)yihu_file_read(path, DATA_BYTES_MAX, &data, NULL);
	struct yihu_lines lines = yihu_lines(yihu_buf_bytes(&data), data.len);
	size_t n = strlen(LABEL_LINE);
	while (!label && yihu_lines_next(&lines, &line))
		if (line.len > n && memcmp(line.p, LABEL_LINE, n) == 0)
			label = plain((struct yihu_span){line.p + n, line.len - n});
	yihu_buf_free(&data);
	free(path);
	return label;
}

static bool leads_to(const char *link, const char *device)
{
	char target[LINK_BYTES_MAX];
	ssize_t len = readlink(link, target, sizeof target - 1);
	if (len <= 0)
		return false;
	target[len] = '\0';
	return strcmp(yihu_path_last(target), device) == 0;
}

static char *by_link(const char *root, const char *device)
{
	char *folder = yihu_printf("%s/dev/disk/by-label", root), *label = NULL;
	DIR *list = opendir(folder);
	struct dirent *e;
	while (list && !label && (e = readdir(list)) != NULL) {
		char *link = yihu_path(folder, e->d_name);
		if (leads_to(link, device))
			label = plain(yihu_span(e->d_name));
		free(link);
	}
	if (list)
		closedir(list);
	free(folder);
	return label;
}

char *stick_label(const char *root, unsigned major, unsigned minor, const char *device)
{
	char *label = by_data(root, major, minor);
	return label ? label : by_link(root, device);
}
