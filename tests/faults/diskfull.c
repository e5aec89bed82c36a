/* SPDX-License-Identifier: Apache-2.0
 *
 * A disk that fills up under the daemon: 503, reading goes on, and voting too
 * as soon as there is room; nothing that was acknowledged is lost. Needs root,
 * for a file system of its own.
 */

#include <daemon.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yihu/file.h>

#include "load.h"
#include "test.h"

#define HOUSEHOLDS 60
#define MB (1u << 20)

/* Leaves about so many bytes free on the disk. */
static void fill(const char *path, uint64_t leave)
{
	static const char zeros[65536];
	struct yihu_error err;
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	while (write(fd, zeros, sizeof zeros) > 0)
		;
	assert_int_equal(errno, ENOSPC);
	off_t size = lseek(fd, 0, SEEK_END);
	fixture_must(ftruncate(fd, size > (off_t)leave ? size - (off_t)leave : 0) ? YIHU_EIO
										  : YIHU_OK,
		     &err);
	close(fd);
}

static int get(int port, const char *path)
{
	char *request =
		yihu_printf("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", path);
	struct reply r = http_raw(port, request, strlen(request));
	int status = r.status;
	reply_free(&r);
	free(request);
	return status;
}

static void send_all(uint32_t first, uint32_t n, int port, int wanted)
{
	for (uint32_t i = first; i < first + n; i++)
		assert_int_equal(load_send(&load_homes[i], port), wanted);
}

/* disk: which of the two folders is on the small one; −1: no mirror. */
static void fill_and_empty(int disk)
{
	char *root = boxdir_temp(), *small = yihu_path(root, "small");
	char *large = yihu_path(root, "large"), *filler = yihu_path(small, "filler");
	char *inside = yihu_path(small, "box");
	struct yihu_error err;
	fixture_must(yihu_dir_make(small, 0755, &err), &err);
	if (mount("tmpfs", small, "tmpfs", 0, "size=64m") != 0) {
		print_message("# no file system of its own: %s\n", strerror(errno));
		boxdir_free(root);
		skip();
	}
	const char *box = disk == 1 ? large : inside, *mirror = disk == 1 ? inside : large;
	const char *words[] = {box,    "--listen", "127.0.0.1:0", disk < 0 ? NULL : "--mirror",
			       mirror, NULL};
	boxdir_make(load_election, box);
	load_forget();
	struct program p = program_start(NULL, "YIHU_COUNTD", words);
	int port = program_port(&p);
	send_all(0, 10, port, 201);
	/* Room for the reserve's half, then for nothing at all. */
	for (uint32_t k = 0; k < 2; k++) {
		fill(filler, k == 0 ? 16 * MB : 0);
		send_all(10 + 10 * k, 5, port, 503);
		send_all(0, 10, port, 200);
		assert_int_equal(get(port, "/api/state"), 200);
		assert_int_equal(get(port, "/log/checkpoint"), 200);
		assert_int_equal(get(port, "/log/tile/entries/000.p/5"), 200);
		assert_int_equal(unlink(filler), 0);
		send_all(10 + 10 * k, 10, port, 201);
	}
	/* Killed while it is full, and started with no room at all. */
	fill(filler, 0);
	program_end(&p, SIGKILL);
	p = program_start(NULL, "YIHU_COUNTD", words);
	port = program_port(&p);
	if (port)
		send_all(0, 30, port, 200);
	assert_int_equal(unlink(filler), 0);
	if (port)
		send_all(30, 5, port, 201);
	program_end(&p, SIGTERM);
	struct load_figures n = load_check(box);
	print_message("# %u acknowledged, %u lost, %u twice\n", n.acknowledged, n.lost, n.twice);
	assert_int_equal(n.lost + n.twice + n.bad_receipts + n.strange, 0);
	assert_int_equal(n.acknowledged, port ? 35 : 30);
	if (disk >= 0) {
		n = load_check(mirror);
		assert_int_equal(n.lost + n.twice + n.bad_receipts, 0);
	}
	assert_int_equal(umount(small), 0);
	free(small);
	free(large);
	free(filler);
	free(inside);
	boxdir_free(root);
}

TEST(the_disk_fills_up)
{
	fill_and_empty(-1);
}

TEST(the_first_of_two_disks_fills_up)
{
	fill_and_empty(0);
}

TEST(the_mirrors_disk_fills_up)
{
	fill_and_empty(1);
}

AROUND(group_set_up)
{
	load_begin(HOUSEHOLDS);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_disk_fills_up),
		cmocka_unit_test(the_first_of_two_disks_fills_up),
		cmocka_unit_test(the_mirrors_disk_fills_up),
	};
	return cmocka_run_group_tests(tests, group_set_up, load_end);
}
