/* SPDX-License-Identifier: Apache-2.0
 *
 * A daemon in the test's own process.
 */
#include "daemon.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <yihu/clock.h>
#include <yihu/file.h>

/* These four functions take the place of src/base/clock.c. */
static atomic_llong wall_offset_ms, both_offset_ms;
static atomic_bool synchronised;
static atomic_uint boot;

static long long real_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

uint64_t yihu_clock(void)
{
	return (uint64_t)((real_ms() + atomic_load(&both_offset_ms) +
			   atomic_load(&wall_offset_ms)) /
			  1000);
}

uint64_t yihu_clock_monotonic_ms(void)
{
	return (uint64_t)(real_ms() + atomic_load(&both_offset_ms));
}

void yihu_clock_boot(struct yihu_boot *out)
{
	snprintf(out->id, sizeof out->id, "%08x", atomic_load(&boot));
	out->up_s = yihu_clock_monotonic_ms() / 1000;
}

bool yihu_clock_synchronised(void)
{
	return atomic_load(&synchronised);
}

void clock_synchronise(bool is)
{
	atomic_store(&synchronised, is);
}

void clock_boot_anew(void)
{
	atomic_fetch_add(&boot, 1);
}

void clock_go(uint64_t wall)
{
	atomic_store(&wall_offset_ms, 0);
	atomic_store(&both_offset_ms, (long long)wall * 1000 - real_ms());
}

void clock_pass(uint64_t seconds)
{
	atomic_fetch_add(&both_offset_ms, (long long)seconds * 1000);
}

void clock_jump(int64_t seconds)
{
	atomic_fetch_add(&wall_offset_ms, seconds * 1000);
}

void daemon_set_up(struct daemon *w, const struct fixture_options *o, uint64_t now)
{
	*w = (struct daemon){.f = fixture_new(o)};
	w->dir = boxdir_new(w->f);
	clock_go(now);
	clock_synchronise(false);
}

void daemon_start(struct daemon *w, const struct countd_options *o)
{
	struct countd_options options = o ? *o : (struct countd_options){0};
	struct yihu_error err;
	options.box_dir = w->dir;
	options.listen = "127.0.0.1:0";
	options.metrics = "127.0.0.1:0";
	options.quiet = getenv("YIHU_TEST_LOG") == NULL;
	fixture_must(countd_start(&w->d, &options, &err), &err);
}

void daemon_stop(struct daemon *w)
{
	struct yihu_error err;
	if (w->d)
		fixture_must(countd_stop(w->d, &err), &err);
	w->d = NULL;
}

void daemon_tear_down(struct daemon *w)
{
	daemon_stop(w);
	boxdir_free(w->dir);
	fixture_free(w->f);
}

int daemon_port(const struct daemon *w)
{
	return atoi(strrchr(countd_url(w->d), ':') + 1);
}

/* A connect() that a signal interrupted goes on by itself. */
static bool connected_after_all(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLOUT};
	int failed = 0;
	socklen_t len = sizeof failed;
	if (errno != EINTR)
		return false;
	while (poll(&p, 1, -1) < 0 && errno == EINTR)
		;
	return getsockopt(fd, SOL_SOCKET, SO_ERROR, &failed, &len) == 0 && failed == 0;
}

int connect_to(int port)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert(fd >= 0);
	if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0 && !connected_after_all(fd)) {
		close(fd);
		return -1;
	}
	struct timeval patience = {.tv_sec = 60};
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	return fd;
}

void reply_split(struct reply *r, const struct yihu_buf *all)
{
	const char *text = (const char *)all->data;
	const char *end = all->len ? strstr(text, "\r\n\r\n") : NULL;
	if (!end || sscanf(text, "HTTP/1.1 %d", &r->status) != 1)
		return;
	size_t head = (size_t)(end - text) + 2;
	r->head = yihu_strndup(text, head);
	yihu_buf_put(&r->body, text + head + 2, all->len - head - 2);
}

struct reply http_raw(int port, const void *bytes, size_t len)
{
	struct reply r = {0};
	struct yihu_buf all = {0};
	char chunk[16384];
	int fd = connect_to(port);
	if (fd < 0)
		return r;
	for (size_t sent = 0; sent < len;) {
		ssize_t n = send(fd, (const char *)bytes + sent, len - sent, MSG_NOSIGNAL);
		if (n < 0 && errno != EINTR)
			break; /* it may have answered and closed already */
		sent += n < 0 ? 0 : (size_t)n;
	}
	/* libFuzzer's timer interrupts. */
	for (ssize_t n; (n = recv(fd, chunk, sizeof chunk, 0)) > 0 || (n < 0 && errno == EINTR);)
		yihu_buf_put(&all, chunk, n < 0 ? 0 : (size_t)n);
	close(fd);
	reply_split(&r, &all);
	yihu_buf_free(&all);
	return r;
}

int metrics_port(const struct daemon *w)
{
	char *path = yihu_path(w->dir, "status");
	json_t *j = json_load_file(path, 0, NULL);
	int port = atoi(strrchr(json_text(j, "metrics"), ':') + 1);
	json_decref(j);
	free(path);
	return port;
}

struct reply metrics_get(const struct daemon *w)
{
	static const char request[] =
		"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
	return http_raw(metrics_port(w), request, strlen(request));
}

struct reply http_call_with(const struct daemon *w, const char *method, const char *path,
			    const char *header, const void *body, size_t len)
{
	struct yihu_buf request = {0};
	yihu_buf_fmt(&request, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", method,
		     path);
	if (header)
		yihu_buf_str(&request, header);
	if (body)
		yihu_buf_fmt(&request,
			     "Content-Type: application/octet-stream\r\nContent-Length: %zu\r\n",
			     len);
	yihu_buf_str(&request, "\r\n");
	yihu_buf_put(&request, body, len);
	struct reply r = http_raw(daemon_port(w), request.data, request.len);
	yihu_buf_free(&request);
	return r;
}

struct reply http_call(const struct daemon *w, const char *method, const char *path,
		       const void *body, size_t len)
{
	return http_call_with(w, method, path, NULL, body, len);
}

struct reply http_get(const struct daemon *w, const char *path)
{
	return http_call(w, "GET", path, NULL, 0);
}

struct reply http_post(const struct daemon *w, const char *path, const struct yihu_buf *body)
{
	return http_call(w, "POST", path, body->data ? (const void *)body->data : "", body->len);
}

void reply_free(struct reply *r)
{
	free(r->head);
	yihu_buf_free(&r->body);
}

json_t *reply_json(const struct reply *r)
{
	json_t *j =
		json_loadb((const char *)r->body.data, r->body.len, JSON_REJECT_DUPLICATES, NULL);
	if (!j) {
		fprintf(stderr, "no JSON (%d): %s\n", r->status, (const char *)r->body.data);
		abort();
	}
	return j;
}

bool reply_has(const struct reply *r, const char *header_line)
{
	char *line = yihu_printf("\r\n%s\r\n", header_line);
	bool has = r->head && strstr(r->head, line) != NULL;
	free(line);
	return has;
}

int reply_outcome(struct reply r, char slug[static 64])
{
	json_t *j = r.body.len ? json_loadb((const char *)r.body.data, r.body.len, 0, NULL) : NULL;
	const char *error = json_string_value(json_object_get(j, "error"));
	snprintf(slug, 64, "%s", error ? error : "");
	json_decref(j);
	reply_free(&r);
	return r.status;
}

const char *json_text(const json_t *j, const char *key)
{
	const char *text = json_string_value(json_object_get(j, key));
	return text ? text : "";
}

long long json_number(const json_t *j, const char *key)
{
	const json_t *n = json_object_get(j, key);
	return json_is_integer(n) ? json_integer_value(n) : -1;
}
