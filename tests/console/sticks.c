/* SPDX-License-Identifier: Apache-2.0
 *
 * Which sticks are seen, by machines that are made up: their /sys, /proc and /dev are
 * folders of the test. And what lies on a stick, and how a page is told.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/file.h>

#include "boxdir.h"
#include "committee.h"
#include "console/mounts.h"
#include "console/stick_calls.h"
#include "console/stick_holds.h"

/* ---- a machine ---- */

static char *root;

const char *__wrap_stick_root(void);

const char *__wrap_stick_root(void)
{
	return root;
}

static void put_file(const char *path, const char *text)
{
	struct yihu_error err;
	char *parent = yihu_strndup(path, (size_t)(strrchr(path, '/') - path));
	fixture_must(yihu_dir_make(parent, 0700, &err), &err);
	fixture_must(yihu_file_write(path, text, strlen(text), 0600, &err), &err);
	free(parent);
}

static void put_below(const char *folder, const char *name, const char *text)
{
	char *path = yihu_printf("%s%s/%s", root, folder, name);
	put_file(path, text);
	free(path);
}

static void put_link(const char *folder, const char *name, const char *target)
{
	struct yihu_error err;
	char *parent = yihu_printf("%s%s", root, folder), *path = yihu_path(parent, name);
	fixture_must(yihu_dir_make(parent, 0700, &err), &err);
	assert_int_equal(symlink(target, path), 0);
	free(path);
	free(parent);
}

/* A disk, or a part of one, at this place below /sys/devices. */
static void put_device(const char *place, const char *number, const char *sectors)
{
	char *folder = yihu_printf("/sys/devices/%s", place);
	char *target = yihu_printf("../../devices/%s", place);
	put_below(folder, "size", sectors);
	put_link("/sys/dev/block", number, target);
	put_link("/sys/class/block", strrchr(place, '/') + 1, target);
	free(target);
	free(folder);
}

static void put_fact(const char *place, const char *name, const char *text)
{
	char *folder = yihu_printf("/sys/devices/%s", place);
	put_below(folder, name, text);
	free(folder);
}

static void mount_all(const char *table, const char *const *folders)
{
	struct yihu_error err;
	put_below("/proc/self", "mountinfo", table);
	for (; *folders; folders++) {
		char *path = yihu_printf("%s%s", root, *folders);
		fixture_must(yihu_dir_make(path, 0700, &err), &err);
		free(path);
	}
}

static int machine(void **state)
{
	(void)state;
	root = boxdir_temp();
	return 0;
}

static int no_machine(void **state)
{
	(void)state;
	boxdir_free(root);
	return 0;
}

/* "sdb1 sdc1": what is seen, in the order of the mounts. */
static void assert_seen(const char *wanted)
{
	struct sticks s;
	struct yihu_buf seen = {0};
	sticks_read(&s, root);
	for (size_t i = 0; i < s.n; i++)
		yihu_buf_fmt(&seen, "%s%s", i > 0 ? " " : "", s.at[i].device);
	yihu_buf_put(&seen, "", 1);
	assert_string_equal((const char *)seen.data, wanted);
	yihu_buf_free(&seen);
	sticks_finish(&s);
}

#define USB "pci/usb1/1-1/host6/block/sdb"
#define USB2 "pci/usb1/1-2/host7/block/sdc"
#define DISK "pci/ata1/host0/block/sda"

static void put_usb(void)
{
	put_device(USB, "8:16", "15633408\n");
	put_fact(USB, "removable", "1\n");
	put_device(USB "/sdb1", "8:17", "15631360\n");
	put_fact(USB "/sdb1", "partition", "1\n");
}

/* ---- which ---- */

TEST(only_what_comes_out_and_is_mounted_is_a_stick)
{
	static const char *const folders[] = {"/media/a",    "/data",        "/media/cd",
					      "/media/card", "/media/empty", "/media/disk",
					      NULL};
	put_usb();
	put_device(USB2, "8:32", "15633408\n"); /* plugged in, and nowhere mounted */
	put_fact(USB2, "removable", "1\n");
	put_device(DISK, "8:0", "1000215216\n");
	put_fact(DISK, "removable", "0\n");
	put_device("pci/ata2/host1/block/sr0", "11:0", "2097151\n");
	put_fact("pci/ata2/host1/block/sr0", "removable", "1\n");
	put_device("pci/mmc0/block/mmcblk0", "179:0", "62333952\n");
	put_fact("pci/mmc0/block/mmcblk0", "removable", "0\n");
	put_fact("pci/mmc0/block/mmcblk0", "device/type", "SD\n");
	put_device("pci/reader/block/sdd", "8:48", "0\n"); /* a reader without its card */
	put_fact("pci/reader/block/sdd", "removable", "1\n");
	put_device("pci/usb2/2-1/host8/block/sde", "8:64", "3907029168\n");
	put_fact("pci/usb2/2-1/host8/block/sde", "removable", "0\n"); /* and is on USB */
	mount_all("21 1 8:0 / / rw - ext4 /dev/sda rw\n"
		  "30 21 8:17 / /media/a rw,nosuid shared:9 - vfat /dev/sdb1 rw\n"
		  "31 21 8:0 / /data rw - ext4 /dev/sda rw\n"
		  "32 21 11:0 / /media/cd ro - iso9660 /dev/sr0 ro\n"
		  "33 21 179:0 / /media/card rw - vfat /dev/mmcblk0 rw\n"
		  "34 21 8:48 / /media/empty rw - vfat /dev/sdd rw\n"
		  "35 21 8:64 / /media/disk rw - exfat /dev/sde rw\n"
		  "36 21 0:33 / /run rw - tmpfs tmpfs rw\n",
		  folders);
	assert_seen("sdb1 mmcblk0 sde");
}

TEST(each_partition_is_one_of_its_own_and_once)
{
	static const char *const folders[] = {"/media/a", "/media/b", "/mnt", "/srv", NULL};
	put_usb();
	put_device(USB "/sdb2", "8:18", "2048\n");
	put_fact(USB "/sdb2", "partition", "2\n");
	mount_all("30 21 8:17 / /media/a rw - vfat /dev/sdb1 rw\n"
		  "31 21 8:18 / /media/b rw - vfat /dev/sdb2 rw\n"
		  "32 21 8:17 / /mnt rw - vfat /dev/sdb1 rw\n"      /* once more */
		  "33 21 8:18 /part /srv rw - vfat /dev/sdb2 rw\n", /* a folder of it */
		  folders);
	assert_seen("sdb1 sdb2");
}

TEST(what_a_later_mount_covers_is_not_seen)
{
	static const char *const folders[] = {"/media/a", NULL};
	put_usb();
	mount_all("30 21 8:17 / /media/a rw - vfat /dev/sdb1 rw\n"
		  "31 21 0:50 / /media/a rw - tmpfs tmpfs rw\n",
		  folders);
	assert_seen("");
}

TEST(the_stick_of_a_live_system_is_none)
{
	static const char *const folders[] = {"/run/live/medium", "/media/rest", NULL};
	put_usb();
	put_device(USB "/sdb2", "8:18", "2048\n");
	put_fact(USB "/sdb2", "partition", "2\n");
	mount_all("30 21 8:17 / /run/live/medium ro - iso9660 /dev/sdb1 ro\n"
		  "31 21 8:18 / /media/rest rw - vfat /dev/sdb2 rw\n",
		  folders);
	assert_seen("");
}

TEST(what_is_put_together_from_a_stick_is_one)
{
	static const char *const folders[] = {"/media/sealed", "/media/tree", NULL};
	put_usb();
	put_device("virtual/block/dm-0", "253:0", "15600000\n");
	put_link("/sys/devices/virtual/block/dm-0/slaves", "sdb1", "../../../../" USB "/sdb1");
	put_device(USB2, "8:32", "15633408\n");
	put_fact(USB2, "removable", "1\n");
	mount_all("30 21 253:0 / /media/sealed rw - ext4 /dev/mapper/luks-1 rw\n"
		  "31 21 0:44 / /media/tree rw - btrfs /dev/sdc rw\n", /* a number of its own */
		  folders);
	assert_seen("dm-0 sdc");
}

TEST(a_table_that_cannot_be_read_has_no_sticks)
{
	static const char *const folders[] = {"/media/a", NULL};
	assert_seen("");
	put_usb();
	mount_all("30 21 8:17 / /media/a rw\n"
		  "30 21 8 / /media/a rw - vfat /dev/sdb1 rw\n"
		  "\n"
		  "30 21 8:17 /\n",
		  folders);
	assert_seen("");
}

TEST(blanks_and_what_else_is_written_in_octal)
{
	struct mounts m;
	static const char table[] = "1 2 8:17 / /media/\\345\\274\\240\\040\\134a rw master:1 "
				    "shared:2 - fuse /dev/sd\\011b ro,user\n"
				    "1 2 8:17 / /media/\\9 rw - vfat /dev/sdb rw\n";
	mounts_read(&m, table, strlen(table));
	assert_int_equal(m.n, 2);
	assert_string_equal(m.at[0].where, "/media/张 \\a");
	assert_string_equal(m.at[0].source, "/dev/sd\tb");
	assert_true(m.at[0].read_only);
	assert_string_equal(m.at[1].where, "/media/\\9");
	assert_false(m.at[1].read_only);
	mounts_finish(&m);
}

/* ---- what is said of one ---- */

static void assert_one(const char *name, const char *where, bool writable)
{
	struct sticks s;
	char *path = yihu_printf("%s%s", root, where);
	sticks_read(&s, root);
	assert_int_equal(s.n, 1);
	assert_string_equal(s.at[0].name, name);
	assert_string_equal(s.at[0].where, path);
	assert_int_equal(s.at[0].size, UINT64_C(15631360) * 512);
	assert_int_equal(s.at[0].writable, writable);
	assert_true(s.at[0].left > 0);
	sticks_finish(&s);
	free(path);
}

TEST(its_label_is_read_from_links_and_from_data)
{
	static const char *const folders[] = {"/media/张三 的", NULL};
	put_usb();
	mount_all("30 21 8:17 / /media/张三\\040的 rw - vfat /dev/sdb1 rw\n", folders);
	assert_one("", "/media/张三 的", true);
	put_fact(USB, "device/model", "Trek  Drive   \n");
	assert_one("Trek  Drive", "/media/张三 的", true);
	put_link("/dev/disk/by-label", "other", "../../sdc1");
	put_link("/dev/disk/by-label", "张三\\x20\\x2fU", "../../sdb1");
	assert_one("张三 /U", "/media/张三 的", true);
	put_below("/run/udev/data", "b8:17",
		  "I:1\nE:ID_FS_LABEL=x\nE:ID_FS_LABEL_ENC=\\xe6\\x9d\\x8e\\x1b四\n");
	assert_one("李?四", "/media/张三 的", true);
	put_below("/run/udev/data", "b8:17", "E:ID_FS_LABEL_ENC=\\xff\n"); /* no text */
	assert_one("张三 /U", "/media/张三 的", true);
}

TEST(one_that_is_locked_can_be_read_only)
{
	static const char *const folders[] = {"/media/a", NULL};
	put_usb();
	mount_all("30 21 8:17 / /media/a ro - vfat /dev/sdb1 rw\n", folders);
	assert_one("", "/media/a", false);
	mount_all("30 21 8:17 / /media/a rw - vfat /dev/sdb1 ro,user\n", folders);
	assert_one("", "/media/a", false);
}

/* ---- what is on it ---- */

static struct committee *c;

/* A committee of which one key holder has announced, and its stick with that key, a copy
 * one folder down, and much that is no key. */
static void put_stick(void)
{
	static const char *const folders[] = {"/media/a", NULL};
	c = committee_new(NULL);
	assert_int_equal(committee_announce(c, 2), 0);
	yihu_keyfile_close(committee_holder(c, 1)); /* made, and not announced */
	put_usb();
	mount_all("30 21 8:17 / /media/a rw - vfat /dev/sdb1 rw\n", folders);
	char *shell = yihu_printf(
		"set -e; cd '%s/media/a'; mkdir -p safe/deep round/ceremony .trash; "
		"k=$OLDPWD/keys; "
		"cp $k/2.key key; cp $k/1.key safe; cp $k/2.key safe/deep; cp $k/2.key .trash; "
		"cp $OLDPWD/election/secret/issuer.key .; cp $OLDPWD/election/ceremony/plan "
		"round/ceremony; echo yihu-key-v1 >cut; echo x >a.yihu-backup; mkfifo pipe; ln -s "
		"key link; truncate -s 2M large",
		root);
	committee_shell(c, shell);
	free(shell);
}

static void look_at_stick(struct stick_holds *h)
{
	struct sticks s;
	sticks_read(&s, root);
	assert_int_equal(s.n, 1);
	stick_holds_read(h, &s.at[0]);
	sticks_finish(&s);
}

TEST(keys_backups_and_rounds_are_found_one_folder_down)
{
	struct stick_holds h;
	put_stick();
	look_at_stick(&h);
	assert_int_equal(h.n_keys, 2);
	assert_non_null(strstr(h.keys[0].path, "/media/a/key"));
	assert_string_equal(h.keys[0].key.name, "holder-2");
	assert_non_null(strstr(h.keys[1].path, "/media/a/safe/1.key"));
	assert_int_equal(h.n_backups, 1);
	assert_non_null(strstr(h.backups[0], "/media/a/a.yihu-backup"));
	assert_int_equal(h.elections.n, 1);
	assert_non_null(strstr(h.elections.books[0].path, "/media/a/round"));
	stick_holds_finish(&h);
	committee_free(c);
}

/* ---- how a page is told ---- */

static json_t *ask(const char *book)
{
	const char *const shelves[] = {c->temp};
	struct console console = {.options = {.shelves = shelves, .n_shelves = 1}};
	struct yihu_buf out = {0};
	const struct asked_call call = {.name = "sticks", .book = book};
	assert_int_equal(call_sticks(&(struct question){.c = &console, .call = &call, .out = &out}),
			 MHD_HTTP_OK);
	json_t *j = json_loadb((const char *)out.data, out.len, 0, NULL);
	yihu_buf_free(&out);
	assert_non_null(j);
	return j;
}

static const json_t *key_of(const json_t *j, size_t i)
{
	const json_t *stick = json_array_get(json_object_get(j, "sticks"), 0);
	return json_object_get(json_array_get(json_object_get(stick, "keys"), i), "number");
}

TEST(a_page_is_told_whose_key_of_its_election_it_is)
{
	struct shelf s;
	const char *folder;
	put_stick();
	folder = c->folder.root;
	shelf_read(&s, &folder, 1);
	json_t *j = ask(s.books[0].id), *without = ask(NULL), *strange = ask("0");
	assert_int_equal(json_integer_value(key_of(j, 0)), 2);
	assert_true(json_is_null(key_of(j, 1)));
	assert_true(json_is_null(key_of(without, 0)));
	assert_true(json_is_null(key_of(strange, 0)));
	const json_t *stick = json_array_get(json_object_get(j, "sticks"), 0);
	assert_string_equal(json_string_value(json_object_get(stick, "device")), "sdb1");
	assert_int_equal(json_array_size(json_object_get(stick, "elections")), 1);
	json_decref(j);
	json_decref(without);
	json_decref(strange);
	shelf_finish(&s);
	committee_free(c);
}

#define ON_MACHINE(name) cmocka_unit_test_setup_teardown(name, machine, no_machine)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_MACHINE(only_what_comes_out_and_is_mounted_is_a_stick),
		ON_MACHINE(each_partition_is_one_of_its_own_and_once),
		ON_MACHINE(what_a_later_mount_covers_is_not_seen),
		ON_MACHINE(the_stick_of_a_live_system_is_none),
		ON_MACHINE(what_is_put_together_from_a_stick_is_one),
		ON_MACHINE(a_table_that_cannot_be_read_has_no_sticks),
		cmocka_unit_test(blanks_and_what_else_is_written_in_octal),
		ON_MACHINE(its_label_is_read_from_links_and_from_data),
		ON_MACHINE(one_that_is_locked_can_be_read_only),
		ON_MACHINE(keys_backups_and_rounds_are_found_one_folder_down),
		ON_MACHINE(a_page_is_told_whose_key_of_its_election_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
