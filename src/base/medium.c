/* SPDX-License-Identifier: Apache-2.0
 *
 * What a medium can promise about bytes that were overwritten: by the type of
 * its file system, then by what the kernel tells of the device below it.
 */
#include "medium.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/secret.h>
#include <yihu/text.h>

#define SYSFS_BYTES_MAX 8192
#define EXT4_INLINE_DATA_FL 0x10000000 /* linux/ext4.h is not for programs */

/* ---- the file system ---- */

/* statfs(2), linux/magic.h. */
static const struct {
	unsigned long type;
	enum yihu_medium medium;
} types[] = {
	{0xef53, YIHU_MEDIUM_OVERWRITES},     /* ext2, ext3, ext4 */
	{0x4d44, YIHU_MEDIUM_OVERWRITES},     /* FAT */
	{0x2011bab0, YIHU_MEDIUM_OVERWRITES}, /* exFAT */
	{0x01021994, YIHU_MEDIUM_SWAPS},      /* tmpfs */
	{0x858458f6, YIHU_MEDIUM_MEMORY},     /* ramfs */
	{0x9123683e, YIHU_MEDIUM_COPIES},     /* btrfs */
	{0x2fc12fc1, YIHU_MEDIUM_COPIES},     /* ZFS */
	{0xca451a4e, YIHU_MEDIUM_COPIES},     /* bcachefs */
	{0xf2f52010, YIHU_MEDIUM_COPIES},     /* F2FS */
	{0x58465342, YIHU_MEDIUM_COPIES},     /* XFS, where copies share blocks */
	{0x794c7630, YIHU_MEDIUM_COPIES},     /* overlay */
	{0x3434, YIHU_MEDIUM_COPIES},         /* NILFS */
	{0x24051905, YIHU_MEDIUM_COPIES},     /* UBIFS */
	{0x6969, YIHU_MEDIUM_NETWORK},        /* NFS */
	{0x517b, YIHU_MEDIUM_NETWORK},        /* SMB */
	{0xff534d42, YIHU_MEDIUM_NETWORK},    /* CIFS */
	{0xfe534d42, YIHU_MEDIUM_NETWORK},    /* SMB2 */
	{0x01021997, YIHU_MEDIUM_NETWORK},    /* 9P */
	{0x00c36400, YIHU_MEDIUM_NETWORK},    /* Ceph */
	{0x5346414f, YIHU_MEDIUM_NETWORK},    /* AFS */
};

enum yihu_medium medium_of_type(unsigned long type)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (types[i].type == type)
			return types[i].medium;
	return YIHU_MEDIUM_UNKNOWN;
}

/* Without swap, or with compressed memory as swap, nothing leaves memory. */
bool medium_swaps(const char *swaps)
{
	struct yihu_lines lines = yihu_lines(swaps, strlen(swaps));
	struct yihu_span line;
	bool any = false;
	yihu_lines_next(&lines, &line); /* the head */
	while (yihu_lines_next(&lines, &line))
		any = any || strncmp(line.p, "/dev/zram", strlen("/dev/zram")) != 0;
	return any;
}

/* ---- the device ---- */

/* A file of the kernel's, without its line end; freed by the caller. NULL when
 * there is none. */
static char *fact(const char *folder, const char *name)
{
	struct yihu_buf text = {0};
	char *path = yihu_path(folder, name), *found = NULL;
	if (yihu_file_read(path, SYSFS_BYTES_MAX, &text, NULL) == 0)
		found = yihu_strndup(text.len > 0 ? (const char *)text.data : "",
				     text.len > 0 ? strcspn((const char *)text.data, "\n") : 0);
	yihu_buf_free(&text);
	free(path);
	return found;
}

static bool fact_begins(const char *folder, const char *name, const char *with)
{
	char *text = fact(folder, name);
	bool yes = text && strncmp(text, with, strlen(with)) == 0;
	free(text);
	return yes;
}

/* The buses whose disks are flash, or another machine's files, whatever they
 * say of themselves: a USB stick often claims that it turns. */
static const struct {
	const char *in_path;
	enum yihu_medium medium;
} buses[] = {
	{"/usb", YIHU_MEDIUM_FLASH},     {"/mmc", YIHU_MEDIUM_FLASH},
	{"/nvme", YIHU_MEDIUM_FLASH},    {"/virtio", YIHU_MEDIUM_VIRTUAL},
	{"/vmbus", YIHU_MEDIUM_VIRTUAL}, {"/VMBUS", YIHU_MEDIUM_VIRTUAL},
	{"/vbd-", YIHU_MEDIUM_VIRTUAL},
};

static enum yihu_medium of_disk(const char *folder)
{
	for (size_t i = 0; i < sizeof buses / sizeof *buses; i++)
		if (strstr(folder, buses[i].in_path))
			return buses[i].medium;
	if (fact_begins(folder, "queue/rotational", "0") || fact_begins(folder, "removable", "1"))
		return YIHU_MEDIUM_FLASH;
	return fact_begins(folder, "queue/rotational", "1") ? YIHU_MEDIUM_OVERWRITES
							    : YIHU_MEDIUM_UNKNOWN;
}

/* The worst of those that a device is put together from (LVM, RAID); *any:
 * there are some. */
static enum yihu_medium of_slaves(const char *folder, bool *any)
{
	enum yihu_medium worst = YIHU_MEDIUM_OVERWRITES;
	char *path = yihu_path(folder, "slaves");
	DIR *list = opendir(path);
	struct dirent *e;
	*any = false;
	while (list && (e = readdir(list)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		char *slave = yihu_path(path, e->d_name);
		enum yihu_medium medium = medium_of_device(slave);
		worst = medium > worst ? medium : worst;
		*any = true;
		free(slave);
	}
	if (list)
		closedir(list);
	free(path);
	return worst;
}

static enum yihu_medium of_whole_device(const char *folder)
{
	bool any;
	if (fact_begins(folder, "dm/uuid", "CRYPT-"))
		return YIHU_MEDIUM_ENCRYPTED;
	char *file = fact(folder, "loop/backing_file");
	if (file) {
		enum yihu_medium medium = yihu_medium_of(file);
		free(file);
		return medium;
	}
	enum yihu_medium medium = of_slaves(folder, &any);
	return any ? medium : of_disk(folder);
}

enum yihu_medium medium_of_device(const char *folder)
{
	char *real = realpath(folder, NULL);
	if (!real)
		return YIHU_MEDIUM_UNKNOWN;
	char *partition = yihu_path(real, "partition");
	if (yihu_file_exists(partition))
		*strrchr(real, '/') = '\0';
	enum yihu_medium medium = of_whole_device(real);
	free(partition);
	free(real);
	return medium;
}

/* ---- the file ---- */

/* The kernel lists the options of an ext4 by its device's name. */
static bool mount_journals(const char *device)
{
	char *real = realpath(device, NULL);
	struct yihu_buf options = {0};
	char *path = yihu_printf("/proc/fs/ext4/%s/options", real ? strrchr(real, '/') + 1 : "-");
	bool yes = yihu_file_read(path, SYSFS_BYTES_MAX, &options, NULL) == 0 && options.len > 0 &&
		   strstr((const char *)options.data, "data=journal");
	yihu_buf_free(&options);
	free(path);
	free(real);
	return yes;
}

/* What is journaled with its bytes is in the journal too. */
static bool file_journals(int fd)
{
	int flags = 0;
	return ioctl(fd, FS_IOC_GETFLAGS, &flags) == 0 &&
	       (flags & (FS_JOURNAL_DATA_FL | EXT4_INLINE_DATA_FL)) != 0;
}

static bool machine_swaps(void)
{
	struct yihu_buf swaps = {0};
	bool yes = yihu_file_read("/proc/swaps", SYSFS_BYTES_MAX, &swaps, NULL) != 0 ||
		   (swaps.len > 0 && medium_swaps((const char *)swaps.data));
	yihu_buf_free(&swaps);
	return yes;
}

static enum yihu_medium of_device_below(int fd, const struct stat *st)
{
	char *device = yihu_printf("/sys/dev/block/%u:%u", major(st->st_dev), minor(st->st_dev));
	enum yihu_medium medium = medium_of_device(device);
	if (medium != YIHU_MEDIUM_ENCRYPTED && (mount_journals(device) || file_journals(fd)))
		medium = YIHU_MEDIUM_JOURNALS;
	free(device);
	return medium;
}

/* O_NONBLOCK: a pipe must not wait for a writer. */
enum yihu_medium yihu_medium_of(const char *path)
{
	struct statfs fs;
	struct stat st;
	enum yihu_medium medium = YIHU_MEDIUM_UNKNOWN;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return medium;
	if (fstatfs(fd, &fs) == 0 && fstat(fd, &st) == 0) {
		medium = medium_of_type((unsigned long)fs.f_type & 0xffffffff);
		if (medium == YIHU_MEDIUM_OVERWRITES)
			medium = of_device_below(fd, &st);
		else if (medium == YIHU_MEDIUM_SWAPS && !machine_swaps())
			medium = YIHU_MEDIUM_MEMORY;
	}
	close(fd);
	return medium;
}

static const char *const warnings[] = {
	[YIHU_MEDIUM_MEMORY] = N_(
		"This is the computer's memory. Nothing in it stays when the computer is "
		"switched off or loses power: what is destroyed is gone, and what you still need "
		"is gone too. Print letters here at once, all of them, before anything else; one "
		"that is lost can only be replaced, in public, and no more of them than the "
		"charter allows."),
	[YIHU_MEDIUM_FLASH] =
		N_("This is flash memory (a stick, a card or an SSD). It keeps old copies of what "
		   "was overwritten, where no program reaches them; formatting leaves them too. "
		   "When they must be gone, destroy the stick or the disk itself."),
	[YIHU_MEDIUM_VIRTUAL] =
		N_("This is a virtual machine's disk. Whether old copies of what was overwritten "
		   "stay, its host alone knows. Work on a computer of your own: in memory (tmpfs) "
		   "or on an encrypted disk."),
	[YIHU_MEDIUM_SWAPS] =
		N_("This is memory, but the computer may have moved it to its swap disk. Turn swap "
		   "off (swapoff -a) before you make letters here."),
	[YIHU_MEDIUM_COPIES] =
		N_("This file system (btrfs, ZFS, XFS, F2FS, overlay or the like) writes to a new "
		   "place when told to overwrite, so old copies stay in free space and in "
		   "snapshots. When they must be gone, destroy the disk itself; next time, work in "
		   "memory (tmpfs) or on an encrypted disk."),
	[YIHU_MEDIUM_JOURNALS] =
		N_("This file system keeps what is written in its journal too (ext4 with "
		   "data=journal or inline_data), so old copies stay there for a while. When they "
		   "must be gone, destroy the disk itself; next time, work in memory (tmpfs) or on "
		   "an encrypted disk."),
	[YIHU_MEDIUM_NETWORK] = N_(
		"This folder is on another computer, reached over a network. Whether old copies "
		"of what was overwritten stay, that computer alone knows. Work on a disk of your "
		"own: in memory (tmpfs) or on an encrypted disk."),
	[YIHU_MEDIUM_UNKNOWN] =
		N_("Nothing is known of the disk below this folder, so old copies of what was "
		   "overwritten may stay on it. When they must be gone, destroy the disk itself; "
		   "next time, work in memory (tmpfs) or on an encrypted disk."),
};

const char *yihu_medium_warning(enum yihu_medium medium)
{
	const char *text = warnings[medium];
	return text ? yihu_gettext(text) : NULL;
}
