/* SPDX-License-Identifier: Apache-2.0
 *
 * How much of the daemon one address can have, directly and behind a trusted proxy:
 * nothing is held against it while there is room.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon.h"
#include "test.h"

/* ---- behind a proxy, which is this test */

static struct daemon w;
#define PROXIES(...)                                                                               \
	.trust_proxy = (const char *const[]){__VA_ARGS__},                                         \
	.n_trust_proxy = sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *)
#define ROOM 40 /* 20 of them are scarce, and of these one address has 4 */

/* A ballot of which the body never comes. The daemon has its headers when it asks
 * for more, and has refused them when it does not. */
static int send_half(const char *forwarded, char answer[static 512])
{
	char *head = yihu_printf("POST /api/ballot HTTP/1.1\r\nHost: x\r\n%s"
				 "Content-Length: 290\r\nExpect: 100-continue\r\n\r\n",
				 forwarded);
	int fd = connect_to(daemon_port(&w));
	memset(answer, 0, 512);
	assert_int_equal(send(fd, head, strlen(head), MSG_NOSIGNAL), strlen(head));
	assert_true(recv(fd, answer, 511, 0) > 0);
	free(head);
	return fd;
}

static bool goes_on(const char *answer)
{
	return strncmp(answer, "HTTP/1.1 100", 12) == 0;
}

static void start(const struct countd_options *o)
{
	daemon_set_up(&w, NULL, DURING);
	daemon_start(&w, o);
}

/* n from addresses of their own: those behind .100. */
static void fill(int *fds, int n)
{
	char answer[512];
	for (int i = 0; i < n; i++) {
		char *header = yihu_printf("X-Forwarded-For: 192.0.2.%d\r\n", 100 + i);
		fds[i] = send_half(header, answer);
		assert_true(goes_on(answer));
		free(header);
	}
}

static void close_all(int *fds, int n)
{
	for (int i = 0; i < n; i++)
		close(fds[i]);
}

static int got(const char *header)
{
	struct reply r = http_call_with(&w, "GET", "/healthz", header, NULL, 0);
	int status = r.status;
	if (status == 503)
		assert_true(strstr(r.head, "\r\nRetry-After: ") &&
			    reply_has(&r, "Connection: close"));
	reply_free(&r);
	return status;
}

TEST(behind_a_proxy_each_client_is_told_apart)
{
	static const char flood[] = "X-Forwarded-For: 192.0.2.1\r\n";
	int fds[20], same[5];
	char answer[512];
	start(&(struct countd_options){
		.connections = ROOM, .request_ms = 120000, PROXIES("192.0.2.77", "127.0.0.0/8")});
	for (int i = 0; i < 4; i++) {
		same[i] = send_half(flood, answer);
		assert_true(goes_on(answer));
	}
	fill(fds, 15);
	assert_int_equal(got(flood), 200); /* as long as there is room */
	fill(fds + 15, 2);
	same[4] = send_half(flood, answer);
	assert_memory_equal(answer, "HTTP/1.1 503", 12);
	assert_non_null(strstr(answer, "\r\nRetry-After: "));
	assert_int_equal(got(flood), 503);
	assert_int_equal(got("X-Forwarded-For: 192.0.2.1, 198.51.100.1\r\n"), 200);
	assert_int_equal(got("X-Forwarded-For: 198.51.100.1\r\nX-Forwarded-For: 192.0.2.1\r\n"),
			 503);
	/* Whom the proxy does not name is the proxy's. */
	assert_int_equal(got("X-Forwarded-For: unknown\r\n"), 200);
	close_all(same, 5);
	close_all(fds, 17);
	daemon_tear_down(&w);
}

/* Connections of the proxy's are counted for whom they serve, and only then: those that
 * wait are nobody's, and are not ended for anybody. */
TEST(kept_connections_bear_many_clients)
{
	enum { KEPT = 6, ROUNDS = 3 };
	static const char get[] = "GET /healthz HTTP/1.1\r\nHost: x\r\n"
				  "X-Forwarded-For: 192.0.2.1\r\n\r\n";
	int fds[20], kept[KEPT];
	char answer[4096];
	start(&(struct countd_options){
		.connections = ROOM, .request_ms = 120000, PROXIES("127.0.0.1")});
	fill(fds, 20);
	for (int i = 0; i < KEPT; i++)
		kept[i] = connect_to(daemon_port(&w));
	for (int i = 0; i < KEPT * ROUNDS; i++) {
		int fd = kept[i % KEPT];
		assert_int_equal(send(fd, get, sizeof get - 1, MSG_NOSIGNAL), sizeof get - 1);
		assert_true(recv(fd, answer, sizeof answer, 0) > 0);
		assert_memory_equal(answer, "HTTP/1.1 200", 12);
	}
	close_all(kept, KEPT);
	close_all(fds, 20);
	daemon_tear_down(&w);
}

TEST(nobody_else_is_believed)
{
	static const char flood[] = "X-Forwarded-For: 192.0.2.1\r\n";
	int fds[24];
	char answer[512];
	start(&(struct countd_options){
		.connections = ROOM, .request_ms = 120000, PROXIES("192.0.2.77", "unix")});
	for (int i = 0; i < 24; i++) {
		fds[i] = send_half(flood, answer);
		assert_true(goes_on(answer));
	}
	assert_int_equal(got(flood), 200);
	close_all(fds, 24);
	daemon_tear_down(&w);
}

TEST(a_proxy_that_names_nobody_is_held_to_it_itself)
{
	int fds[25];
	char answer[512];
	bool refused = false;
	start(&(struct countd_options){
		.connections = ROOM, .request_ms = 120000, PROXIES("127.0.0.1")});
	for (int i = 0; i < 24; i++) {
		fds[i] = send_half("", answer);
		refused = refused || !goes_on(answer);
	}
	assert_true(refused);
	assert_int_equal(got("X-Forwarded-For: 192.0.2.1\r\n"), 200);
	close_all(fds, 24);
	daemon_tear_down(&w);
}

/* Bodies that never come, and none of them idle: whoever comes has an answer. */
TEST(held_bodies_make_room_for_who_comes)
{
	enum { HELD = ROOM - ROOM / 10 };
	int fds[HELD];
	char answer[512];
	start(&(struct countd_options){.connections = ROOM, .request_ms = 120000});
	for (int i = 0; i < HELD; i++) {
		fds[i] = send_half("", answer);
		assert_true(goes_on(answer));
	}
	for (int i = 0; i < 3; i++) {
		struct reply r = http_get(&w, "/healthz");
		assert_int_equal(r.status, 200);
		reply_free(&r);
	}
	assert_true(recv(fds[0], answer, sizeof answer, 0) > 0);
	assert_memory_equal(answer, "HTTP/1.1 408", 12);
	close_all(fds, HELD);
	daemon_tear_down(&w);
}

TEST(what_is_no_proxy_is_said)
{
	struct yihu_error err;
	struct countd *d;
	daemon_set_up(&w, NULL, DURING);
	const struct countd_options o = {
		.box_dir = w.dir, .listen = "127.0.0.1:0", .quiet = true, PROXIES("localhost")};
	assert_int_equal(countd_start(&d, &o, &err), YIHU_EARG);
	assert_non_null(strstr(err.text, "localhost"));
	daemon_tear_down(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(behind_a_proxy_each_client_is_told_apart),
		cmocka_unit_test(kept_connections_bear_many_clients),
		cmocka_unit_test(nobody_else_is_believed),
		cmocka_unit_test(a_proxy_that_names_nobody_is_held_to_it_itself),
		cmocka_unit_test(held_bodies_make_room_for_who_comes),
		cmocka_unit_test(what_is_no_proxy_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
