/* SPDX-License-Identifier: Apache-2.0
 *
 * What a medium can promise, by trees in the form of /sys.
 */
#include "base/medium.h"
#include "support.h"

#include <sys/stat.h>
#include <yihu/secret.h>

/* A device: its folder below "devices", and files "name=text …" in it. */
struct device {
	const char *folder;
	const char *files[3];
	const char *slaves[2]; /* other folders */
	const char *below;     /* the partition that is asked for, or none */
	enum yihu_medium medium;
};

static const struct device devices[] = {
	{"pci/ata1/sda", {"queue/rotational=1", "removable=0"}, {0}, NULL, YIHU_MEDIUM_OVERWRITES},
	{"pci/ata2/sdb", {"queue/rotational=1"}, {0}, "sdb1", YIHU_MEDIUM_OVERWRITES},
	{"pci/ata3/sdc", {"queue/rotational=0"}, {0}, "sdc2", YIHU_MEDIUM_FLASH},
	{"pci/ata4/sdd", {"queue/rotational=1", "removable=1"}, {0}, NULL, YIHU_MEDIUM_FLASH},
	/* Sticks that claim to turn. */
	{"pci/usb2/sde", {"queue/rotational=1", "removable=0"}, {0}, "sde1", YIHU_MEDIUM_FLASH},
	{"pci/nvme/nvme0n1", {"queue/rotational=0"}, {0}, NULL, YIHU_MEDIUM_FLASH},
	{"pci/mmc0/mmcblk0", {"queue/rotational=0"}, {0}, NULL, YIHU_MEDIUM_FLASH},
	{"pci/virtio3/vda", {"queue/rotational=1"}, {0}, "vda1", YIHU_MEDIUM_VIRTUAL},
	{"pci/odd/sdz", {0}, {0}, NULL, YIHU_MEDIUM_UNKNOWN},
	{"virtual/dm-0",
	 {"dm/uuid=CRYPT-LUKS2-aa-luks"},
	 {"pci/ata3/sdc"},
	 NULL,
	 YIHU_MEDIUM_ENCRYPTED},
	{"virtual/dm-1", {"dm/uuid=LVM-bb"}, {"virtual/dm-0"}, NULL, YIHU_MEDIUM_ENCRYPTED},
	{"virtual/dm-2",
	 {"dm/uuid=LVM-cc"},
	 {"virtual/dm-0", "pci/ata3/sdc"},
	 NULL,
	 YIHU_MEDIUM_FLASH},
	{"virtual/md0", {0}, {"pci/ata1/sda", "pci/ata2/sdb"}, NULL, YIHU_MEDIUM_OVERWRITES},
};

static void write_fact(const char *folder, const char *fact)
{
	const char *text = strchr(fact, '=') + 1;
	char *name = yihu_strndup(fact, (size_t)(text - 1 - fact));
	char *path = yihu_path(folder, name), *line = yihu_printf("%s\n", text);
	char *parent = yihu_strndup(path, (size_t)(strrchr(path, '/') - path));
	assert_int_equal(yihu_dir_make(parent, 0700, NULL), YIHU_OK);
	assert_int_equal(yihu_file_write(path, line, strlen(line), 0600, NULL), YIHU_OK);
	free(name);
	free(path);
	free(line);
	free(parent);
}

static void write_device(const char *sys, const struct device *d)
{
	char *folder = yihu_path(sys, d->folder);
	assert_int_equal(yihu_dir_make(folder, 0700, NULL), YIHU_OK);
	for (size_t i = 0; i < COUNT(d->files) && d->files[i]; i++)
		write_fact(folder, d->files[i]);
	for (size_t i = 0; i < COUNT(d->slaves) && d->slaves[i]; i++) {
		char *slaves = yihu_path(folder, "slaves"), *to = yihu_path(sys, d->slaves[i]);
		char *link = yihu_path(slaves, strrchr(to, '/') + 1);
		assert_int_equal(yihu_dir_make(slaves, 0700, NULL), YIHU_OK);
		assert_int_equal(symlink(to, link), 0);
		free(slaves);
		free(to);
		free(link);
	}
	if (d->below) {
		char *part = yihu_path(folder, d->below);
		write_fact(part, "partition=1");
		free(part);
	}
	free(folder);
}

/* By a link, as /sys/dev/block has them. */
static void devices_are_told_by_what_the_kernel_says(void **state)
{
	for (size_t i = 0; i < COUNT(devices); i++)
		write_device(*state, &devices[i]);
	for (size_t i = 0; i < COUNT(devices); i++) {
		const struct device *d = &devices[i];
		char *to = yihu_printf("%s/%s/%s", (char *)*state, d->folder,
				       d->below ? d->below : "");
		char *link = yihu_path(*state, "link");
		assert_int_equal(symlink(to, link), 0);
		if (medium_of_device(link) != d->medium)
			fail_msg("%s: %d", d->folder, medium_of_device(link));
		assert_int_equal(unlink(link), 0);
		free(to);
		free(link);
	}
	assert_int_equal(medium_of_device("/no/such/device"), YIHU_MEDIUM_UNKNOWN);
}

/* An image is as good as the disk that holds it: here a file of this folder. */
static void an_image_is_as_its_own_disk(void **state)
{
	char *image = yihu_path(*state, "image"),
	     *fact = yihu_printf("loop/backing_file=%s", image);
	char *loop = yihu_path(*state, "loop0");
	assert_int_equal(yihu_file_write(image, "x", 1, 0600, NULL), YIHU_OK);
	write_fact(loop, fact);
	assert_int_equal(medium_of_device(loop), yihu_medium_of(image));
	free(image);
	free(fact);
	free(loop);
}

TEST(file_systems_that_write_elsewhere_are_known)
{
	static const struct {
		unsigned long type;
		enum yihu_medium medium;
	} rows[] = {
		{0xef53, YIHU_MEDIUM_OVERWRITES},  {0x4d44, YIHU_MEDIUM_OVERWRITES},
		{0x01021994, YIHU_MEDIUM_SWAPS},   {0x9123683e, YIHU_MEDIUM_COPIES},
		{0x2fc12fc1, YIHU_MEDIUM_COPIES},  {0x58465342, YIHU_MEDIUM_COPIES},
		{0x794c7630, YIHU_MEDIUM_COPIES},  {0xf2f52010, YIHU_MEDIUM_COPIES},
		{0xca451a4e, YIHU_MEDIUM_COPIES},  {0x6969, YIHU_MEDIUM_NETWORK},
		{0xff534d42, YIHU_MEDIUM_NETWORK}, {0x65735546, YIHU_MEDIUM_UNKNOWN},
		{0, YIHU_MEDIUM_UNKNOWN},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(medium_of_type(rows[i].type), rows[i].medium);
}

TEST(swap_is_seen)
{
	static const char head[] = "Filename Type Size Used Priority\n";
	char *zram = yihu_printf("%s/dev/zram0 partition 1 0 100\n", head);
	char *disk = yihu_printf("%s/dev/sda2 partition 1 0 -2\n", zram);
	assert_false(medium_swaps(head));
	assert_false(medium_swaps(zram));
	assert_true(medium_swaps(disk));
	free(zram);
	free(disk);
}

TEST(each_medium_that_may_keep_something_says_so)
{
	assert_null(yihu_medium_warning(YIHU_MEDIUM_OVERWRITES));
	assert_null(yihu_medium_warning(YIHU_MEDIUM_ENCRYPTED));
	for (int m = YIHU_MEDIUM_MEMORY; m <= YIHU_MEDIUM_UNKNOWN; m++)
		assert_non_null(yihu_medium_warning((enum yihu_medium)m));
	assert_int_equal(yihu_medium_of("/no/such/file"), YIHU_MEDIUM_UNKNOWN);
	assert_int_equal(yihu_medium_of("/proc"), YIHU_MEDIUM_UNKNOWN);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(devices_are_told_by_what_the_kernel_says),
		IN_FOLDER(an_image_is_as_its_own_disk),
		cmocka_unit_test(file_systems_that_write_elsewhere_are_known),
		cmocka_unit_test(swap_is_seen),
		cmocka_unit_test(each_medium_that_may_keep_something_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
