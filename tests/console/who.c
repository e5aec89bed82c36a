/* SPDX-License-Identifier: Apache-2.0
 *
 * Who gets an answer from the window: by headers, by the user at the other end, by key,
 * code and token.
 */

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/file.h>

#include "boxdir.h"
#include "console/guard.h"
#include "console/latch.h"
#include "console/peer.h"
#include "test.h"

#define HOST "127.0.0.1:34567"
#define OURS "http://" HOST
#define JSON "application/json"

TEST(only_a_page_of_ours_may_ask)
{
	static const struct {
		struct guard_asked asked;
		unsigned status;
	} rows[] = {
		/* pages: only the name decides */
		{{.host = HOST}, 0},
		{{.host = HOST, .site = "cross-site"}, 0},
		{{.host = "127.0.0.1"}, 421},
		{{.host = "127.0.0.1:80"}, 421},
		{{.host = "localhost:34567"}, 421},
		{{.host = "evil.example:34567"}, 421},
		{{.host = NULL}, 421},
		/* questions */
		{{.host = HOST, .call = true}, 0},
		{{.host = HOST, .call = true, .site = "same-origin", .origin = OURS}, 0},
		{{.host = HOST, .call = true, .site = "same-site"}, 403},
		{{.host = HOST, .call = true, .site = "cross-site"}, 403},
		{{.host = HOST, .call = true, .site = "none"}, 403},
		{{.host = HOST, .call = true, .origin = "null"}, 403},
		{{.host = HOST, .call = true, .origin = "http://127.0.0.1:1"}, 403},
		{{.host = HOST, .call = true, .origin = "https://" HOST}, 403},
		{{.host = "evil.example", .call = true, .origin = "http://evil.example"}, 421},
		/* acts */
		{{.host = HOST, .call = true, .changes = true, .origin = OURS, .type = JSON}, 0},
		{{.host = HOST, .call = true, .changes = true, .type = JSON}, 403},
		{{.host = HOST, .call = true, .changes = true, .origin = OURS}, 403},
		{{.host = HOST,
		  .call = true,
		  .changes = true,
		  .origin = OURS,
		  .type = "text/plain"},
		 403},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (guard_refuses(&rows[i].asked, HOST) != rows[i].status)
			fail_msg("row %zu: %u instead of %u", i,
				 guard_refuses(&rows[i].asked, HOST), rows[i].status);
}

/* Both ends of a connection of ours, and their ports. */
struct ends {
	int listener, caller, accepted;
	unsigned from, to;
};

static unsigned port_of(int fd)
{
	struct sockaddr_in at;
	socklen_t len = sizeof at;
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
	return ntohs(at.sin_port);
}

static struct ends connect_ends(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	struct ends e = {.listener = socket(AF_INET, SOCK_STREAM, 0),
			 .caller = socket(AF_INET, SOCK_STREAM, 0)};
	assert_int_equal(bind(e.listener, (struct sockaddr *)&at, len), 0);
	assert_int_equal(listen(e.listener, 1), 0);
	assert_int_equal(getsockname(e.listener, (struct sockaddr *)&at, &len), 0);
	assert_int_equal(connect(e.caller, (struct sockaddr *)&at, len), 0);
	e.accepted = accept(e.listener, NULL, NULL);
	e.from = port_of(e.caller);
	e.to = port_of(e.listener);
	return e;
}

static void ends_close(const struct ends *e)
{
	close(e->accepted);
	close(e->caller);
	close(e->listener);
}

/* As the kernel writes it: our own end, then the other, whose user is another. */
TEST(another_users_socket_is_known)
{
	static const char row[] = "   %d: %s:%04X 0100007F:%04X 01 00000000:00000000 00:00000000 "
				  "00000000  %d        0 2 1 0 100 0 0 10 0\n";
	struct ends e = connect_ends();
	struct yihu_buf table = {0};
	struct yihu_error err;
	uid_t uid = 0;
	char *dir = boxdir_temp(), *path = yihu_path(dir, "tcp");
	yihu_buf_str(&table, "  sl  local_address rem_address   st\n");
	yihu_buf_fmt(&table, row, 0, "0100007F", e.to, e.from, 1000);
	yihu_buf_fmt(&table, row, 1, "0200007F", e.from, e.to, 1002);
	fixture_must(yihu_file_write(path, table.data, table.len, 0600, &err), &err);
	assert_false(peer_uid(e.accepted, path, &uid));
	yihu_buf_fmt(&table, row, 2, "0100007F", e.from, e.to, 1001);
	fixture_must(yihu_file_write(path, table.data, table.len, 0600, &err), &err);
	assert_true(peer_uid(e.accepted, path, &uid));
	assert_int_equal(uid, 1001);
	yihu_buf_free(&table);
	free(path);
	boxdir_free(dir);
	ends_close(&e);
}

TEST(our_own_connection_is_ours)
{
	struct ends e = connect_ends();
	uid_t uid = 77;
	assert_true(peer_uid(e.accepted, PEER_TABLE, &uid));
	assert_int_equal(uid, geteuid());
	ends_close(&e);
}

static void latch_set_up(struct latch *d, const char *dir)
{
	struct yihu_error err;
	setenv("XDG_RUNTIME_DIR", dir, 1);
	latch_init(d);
	fixture_must(latch_write_entry(d, OURS "/", &err), &err);
}

TEST(the_key_opens_once_and_its_file_is_gone)
{
	char *dir = boxdir_temp(), key[LATCH_KEY_TEXT], said[LATCH_KEY_TEXT + 16];
	struct latch d;
	struct stat st;
	latch_set_up(&d, dir);
	char *entry = yihu_strdup(d.entry);
	memcpy(key, d.key, sizeof key);
	assert_int_equal(stat(entry, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	const char *token = latch_open(&d, key);
	assert_non_null(token);
	assert_false(yihu_file_exists(entry));
	assert_null(latch_open(&d, key));
	assert_null(latch_open(&d, ""));
	snprintf(said, sizeof said, "Bearer %s", token);
	assert_true(latch_knows(&d, said));
	said[sizeof "Bearer " - 1] ^= 1;
	assert_false(latch_knows(&d, said));
	assert_false(latch_knows(&d, NULL));
	assert_false(latch_knows(&d, "Bearer "));
	free(entry);
	latch_finish(&d);
	boxdir_free(dir);
}

TEST(a_code_opens_once_and_ten_wrong_ones_shut_it)
{
	char *dir = boxdir_temp(), code[LATCH_CODE_TEXT], plain[LATCH_CODE_TEXT] = "";
	struct latch d;
	latch_set_up(&d, dir);
	memcpy(code, d.code, sizeof code);
	strncat(plain, code, 4);
	strcat(plain, code + 5);
	assert_non_null(latch_open(&d, plain)); /* without its blank, too */
	assert_null(latch_open(&d, code));
	for (int i = 1; i < LATCH_TRIES; i++)
		assert_null(latch_open(&d, "none"));
	assert_null(latch_open(&d, d.code));
	assert_non_null(latch_open(&d, d.key));
	latch_finish(&d);
	boxdir_free(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_a_page_of_ours_may_ask),
		cmocka_unit_test(another_users_socket_is_known),
		cmocka_unit_test(our_own_connection_is_ours),
		cmocka_unit_test(the_key_opens_once_and_its_file_is_gone),
		cmocka_unit_test(a_code_opens_once_and_ten_wrong_ones_shut_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
