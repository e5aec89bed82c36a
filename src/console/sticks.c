/* SPDX-License-Identifier: Apache-2.0
 *
 * From a mount to its device in sysfs, to the disk that it is a part of, to what that disk
 * is; and its label by udev.
 */
#include "sticks.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "mounts.h"
#include "stick_label.h"

#define TABLE_BYTES_MAX (4u << 20)
#define FACT_BYTES_MAX 4096
#define SECTOR_BYTES 512 /* of sysfs, whatever the device has */
#define DEPTH_MAX 4      /* of disks that are put together from disks */

/* ---- the tree of the kernel ---- */

/* A file of one line, without its end and outer blanks; NULL: there is none. Caller frees. */
static char *fact(const char *folder, const char *name)
{
	struct yihu_buf text = {0};
	char *path = yihu_path(folder, name), *found = NULL;
	if (yihu_file_read(path, FACT_BYTES_MAX, &text, NULL) == 0) {
		size_t from = 0, len = text.len;
		const char *p = (const char *)yihu_buf_bytes(&text);
		while (len > 0 && (p[len - 1] == '\n' || p[len - 1] == ' '))
			len--;
		while (from < len && p[from] == ' ')
			from++;
		found = yihu_strndup(p + from, len - from);
	}
	yihu_buf_free(&text);
	free(path);
	return found;
}

static bool fact_is(const char *folder, const char *name, const char *wanted)
{
	char *text = fact(folder, name);
	bool is = text && strcmp(text, wanted) == 0;
	free(text);
	return is;
}

static uint64_t size_of(const char *folder)
{
	uint64_t sectors = 0;
	char *text = fact(folder, "size");
	if (text && !yihu_decimal(&sectors, yihu_span(text), UINT64_MAX / SECTOR_BYTES))
		sectors = 0;
	free(text);
	return sectors * SECTOR_BYTES;
}

/* The folder of a device, without links; NULL: there is none. Caller frees. */
static char *device_folder(const char *root, const struct mount *m)
{
	const char *slash = strrchr(m->source, '/');
	char *path = yihu_printf("%s/sys/dev/block/%u:%u", root, m->major, m->minor);
	char *real = realpath(path, NULL);
	free(path);
	if (real || !slash || strncmp(m->source, "/dev/", strlen("/dev/")) != 0)
		return real;
	/* btrfs mounts under numbers of its own. */
	path = yihu_printf("%s/sys/class/block/%s", root, slash + 1);
	real = realpath(path, NULL);
	free(path);
	return real;
}

/* The first of the devices that one is put together from (a stick that is encrypted); NULL:
 * it is none of that kind. */
static char *below(const char *folder)
{
	char *path = yihu_path(folder, "slaves"), *real = NULL;
	DIR *list = opendir(path);
	struct dirent *e;
	while (list && !real && (e = readdir(list)) != NULL) {
		char *one = e->d_name[0] == '.' ? NULL : yihu_path(path, e->d_name);
		real = one ? realpath(one, NULL) : NULL;
		free(one);
	}
	if (list)
		closedir(list);
	free(path);
	return real;
}

/* The disk of a device. Takes folder; caller frees. */
static char *climb(char *folder)
{
	char *lower;
	for (int depth = 0; depth < DEPTH_MAX && (lower = below(folder)) != NULL; depth++) {
		free(folder);
		folder = lower;
	}
	char *partition = yihu_path(folder, "partition");
	if (yihu_file_exists(partition))
		*strrchr(folder, '/') = '\0';
	free(partition);
	return folder;
}

/* ---- which are sticks ---- */

/* Many a stick says that it stays in: what hangs on USB, or is a card, does not. */
static bool comes_out(const char *disk)
{
	if (strncmp(yihu_path_last(disk), "sr", 2) == 0 || size_of(disk) == 0)
		return false;
	return fact_is(disk, "removable", "1") || strstr(disk, "/usb") ||
	       fact_is(disk, "device/type", "SD");
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* Is it a place from which a machine runs (a live system's stick is one)? */
static bool is_system(const char *where)
{
	static const char *const whole[] = {"/", "/usr", "/var", "/home", "/cdrom"};
	static const char *const roots[] = {"/boot", "/run/live", "/lib/live", "/run/initramfs"};
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		if (strcmp(where, whole[i]) == 0)
			return true;
	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
		if (begins(where, roots[i]))
			return true;
	return false;
}

/* The disk of a mount; NULL: it has none. Caller frees. */
static char *disk_of(const char *root, const struct mount *m)
{
	char *folder = device_folder(root, m);
	return folder ? climb(folder) : NULL;
}

static bool runs_from(const char *root, const struct mounts *all, const char *disk)
{
	bool runs = false;
	for (size_t i = 0; i < all->n && !runs; i++) {
		char *other = is_system(all->at[i].where) ? disk_of(root, &all->at[i]) : NULL;
		runs = other && strcmp(other, disk) == 0;
		free(other);
	}
	return runs;
}

/* ---- one stick ---- */

static void finish_one(struct stick *s)
{
	free(s->device);
	free(s->where);
	free(s->name);
}

static bool has(const struct sticks *s, const char *device)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->at[i].device, device) == 0)
			return true;
	return false;
}

static char *name_of(const char *root, const struct mount *m, const char *folder, const char *disk)
{
	char *name = stick_label(root, m->major, m->minor, yihu_path_last(folder));
	if (!name)
		name = fact(disk, "device/model");
	if (!name)
		return yihu_strdup("");
	yihu_text_make_printable(name);
	return name;
}

/* Once, though it be mounted twice; not where this user cannot look. */
static void put(struct sticks *s, const char *root, const struct mount *m, const char *disk)
{
	struct statvfs fs = {0};
	char *folder = device_folder(root, m), *where = yihu_printf("%s%s", root, m->where);
	if (has(s, yihu_path_last(folder)) || access(where, R_OK | X_OK) != 0 ||
	    statvfs(where, &fs) != 0 || !yihu_utf8_valid(where, strlen(where))) {
		free(where);
		free(folder);
		return;
	}
	s->at = yihu_realloc(s->at, s->n + 1, sizeof *s->at);
	s->at[s->n++] = (struct stick){.device = yihu_strdup(yihu_path_last(folder)),
				       .where = where,
				       .name = name_of(root, m, folder, disk),
				       .size = size_of(folder),
				       .left = (uint64_t)fs.f_bavail * fs.f_frsize,
				       .writable = !m->read_only && access(where, W_OK) == 0};
	free(folder);
}

void sticks_read(struct sticks *out, const char *root)
{
	struct mounts all;
	struct yihu_buf table = {0};
	char *path = yihu_printf("%s/proc/self/mountinfo", root);
	*out = (struct sticks){0};
	(void)yihu_file_read(path, TABLE_BYTES_MAX, &table, NULL);
	mounts_read(&all, yihu_buf_bytes(&table), table.len);
	for (size_t i = 0; i < all.n; i++) {
		char *disk = all.at[i].whole ? disk_of(root, &all.at[i]) : NULL;
		if (disk && comes_out(disk) && !runs_from(root, &all, disk))
			put(out, root, &all.at[i], disk);
		free(disk);
	}
	mounts_finish(&all);
	yihu_buf_free(&table);
	free(path);
}

void sticks_finish(struct sticks *s)
{
	for (size_t i = 0; i < s->n; i++)
		finish_one(&s->at[i]);
	free(s->at);
	*s = (struct sticks){0};
}
