/* SPDX-License-Identifier: Apache-2.0
 *
 * libmicrohttpd in front of the calls.
 */
#include "console.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <yihu/clock.h>
#include <yihu/file.h>
#include <yihu/secret.h>
#include <yihu/text.h>

#include "built_console.h"
#include "guard.h"
#include "lock_holder.h"
#include "peer.h"
#include "poll_calls.h"
#include "window_calls.h"
#include "work_calls.h"

#define THREADS 2u
#define BODY_BYTES_MAX (32u << 20) /* a list that is dropped, as base64 */
#define TICK_MS 1000
#define CALL_TRIES 500 /* for the entry file of a window that is open */
#define CALL_STEP_MS 20
#define API "/api/"
#define CSP_FRAME "; frame-ancestors 'none'"

/* A request as it comes in. */
struct asking {
	struct yihu_buf body; /* wiped: passphrases come in it */
	bool too_large;
};

static const char *header(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static const char *query(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, name);
}

static enum MHD_Result send_bytes(struct MHD_Connection *connection, unsigned status,
				  const void *bytes, size_t len, const char *type, const char *csp)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		len, (void *)(uintptr_t)bytes, MHD_RESPMEM_MUST_COPY);
	if (!response)
		return MHD_NO;
	MHD_add_response_header(response, "Content-Type", type);
	MHD_add_response_header(response, "Cache-Control", "no-store");
	MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
	MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
	MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
	MHD_add_response_header(response, "Cross-Origin-Opener-Policy", "same-origin");
	MHD_add_response_header(response, "Content-Security-Policy", csp);
	enum MHD_Result r = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return r;
}

static enum MHD_Result send_text(struct MHD_Connection *connection, unsigned status,
				 const char *text)
{
	return send_bytes(connection, status, text, strlen(text), "text/plain; charset=utf-8",
			  "default-src 'none'" CSP_FRAME);
}

static const struct console_file *handbook_find(const char *path)
{
	for (size_t i = 0; i < console_handbook_n; i++)
		if (strcmp(console_handbook[i].path, path) == 0)
			return &console_handbook[i];
	return NULL;
}

static enum MHD_Result send_page(struct MHD_Connection *connection, const char *path)
{
	if (strcmp(path, "/zxing_reader.wasm") == 0)
		return send_bytes(connection, MHD_HTTP_OK, console_scanner, console_scanner_len,
				  "application/wasm", "default-src 'none'" CSP_FRAME);
	const struct console_file *leaf = handbook_find(path);
	if (leaf)
		return send_bytes(connection, MHD_HTTP_OK, leaf->bytes, leaf->len,
				  leaf->content_type, console_handbook_csp);
	if (strcmp(path, "/") != 0)
		return send_text(connection, MHD_HTTP_NOT_FOUND, "404\n");
	return send_bytes(connection, MHD_HTTP_OK, console_page, console_page_len,
			  "text/html; charset=utf-8", console_csp);
}

static enum MHD_Result send_call(struct console *c, struct MHD_Connection *connection,
				 const char *name, bool post, const struct yihu_buf *body)
{
	struct yihu_buf out = {0};
	const struct asked_call call = {.name = name,
					.post = post,
					.body = body,
					.book = query(connection, "book"),
					.program = query(connection, "program"),
					.number = query(connection, "run"),
					.language = query(connection, "language")};
	unsigned status = MHD_HTTP_UNAUTHORIZED;
	if (strcmp(name, "enter") == 0 ||
	    latch_knows(&c->latch, header(connection, "Authorization"))) {
		atomic_store(&c->asked_ms, yihu_clock_monotonic_ms());
		status = calls_answer(c, &call, &out);
	} else {
		yihu_buf_str(&out, "{\"error\":\"token\",\"message\":\"\"}");
	}
	enum MHD_Result r = send_bytes(connection, status, yihu_buf_bytes(&out), out.len,
				       "application/json", "default-src 'none'" CSP_FRAME);
	yihu_buf_free(&out);
	return r;
}

static bool method_ok(const char *method)
{
	return strcmp(method, "GET") == 0 || strcmp(method, "POST") == 0;
}

/* Before a body is taken. */
static unsigned refused(struct console *c, struct MHD_Connection *connection, const char *path,
			const char *method)
{
	const struct guard_asked asked = {.host = header(connection, "Host"),
					  .origin = header(connection, "Origin"),
					  .site = header(connection, "Sec-Fetch-Site"),
					  .type = header(connection, "Content-Type"),
					  .changes = strcmp(method, "POST") == 0,
					  .call = strncmp(path, API, strlen(API)) == 0};
	if (!method_ok(method) || (asked.changes && !asked.call))
		return MHD_HTTP_METHOD_NOT_ALLOWED;
	return guard_refuses(&asked, c->host);
}

static enum MHD_Result take(struct asking *a, const char *data, size_t *len)
{
	a->too_large = a->too_large || *len > BODY_BYTES_MAX - a->body.len;
	if (!a->too_large)
		yihu_buf_put(&a->body, data, *len);
	*len = 0;
	return MHD_YES;
}

static enum MHD_Result answer(void *cls, struct MHD_Connection *connection, const char *path,
			      const char *method, const char *version, const char *data,
			      size_t *len, void **context)
{
	struct console *c = cls;
	struct asking *a = *context;
	(void)version;
	if (!a) {
		unsigned status = refused(c, connection, path, method);
		if (status != 0)
			return send_text(connection, status, "Yihu: not from here\n");
		*context = yihu_calloc(1, sizeof *a);
		return MHD_YES;
	}
	if (*len > 0)
		return take(a, data, len);
	if (a->too_large)
		return send_text(connection, MHD_HTTP_CONTENT_TOO_LARGE, "413\n");
	if (strncmp(path, API, strlen(API)) != 0)
		return send_page(connection, path);
	return send_call(c, connection, path + strlen(API), strcmp(method, "POST") == 0, &a->body);
}

static void completed(void *cls, struct MHD_Connection *connection, void **context,
		      enum MHD_RequestTerminationCode why)
{
	struct asking *a = *context;
	(void)cls;
	(void)connection;
	(void)why;
	if (a)
		yihu_buf_free(&a->body);
	free(a);
	*context = NULL;
}

/* Another user's connection is closed before a byte of it is read: it is accepted here,
 * since libmicrohttpd's own policy sees no descriptor. */
static void accept_one(struct console *c)
{
	struct sockaddr_in from;
	socklen_t len = sizeof from;
	uid_t uid;
	int fd =
		accept4(c->listen_fd, (struct sockaddr *)&from, &len, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd < 0)
		return;
	if (peer_uid(fd, PEER_TABLE, &uid) && uid == geteuid())
		MHD_add_connection(c->mhd, fd, (struct sockaddr *)&from, len); /* takes it */
	else
		close(fd);
}

/* ---- beginning and end ---- */

static int bind_loopback(struct console *c, struct yihu_error *err)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof at;
	c->listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->listen_fd < 0 || bind(c->listen_fd, (struct sockaddr *)&at, len) != 0 ||
	    listen(c->listen_fd, SOMAXCONN) != 0 ||
	    getsockname(c->listen_fd, (struct sockaddr *)&at, &len) != 0)
		return yihu_fail(err, YIHU_ENET, _("no port of 127.0.0.1 can be had: %s"),
				 strerror(errno));
	c->host = yihu_printf("127.0.0.1:%u", ntohs(at.sin_port));
	c->url = yihu_printf("http://%s/", c->host);
	return 0;
}

static char *lock_path(const char *shelf)
{
	return yihu_path(shelf, ".console.lock");
}

/* The first shelf has the lock, and the folder for what is dropped. */
static int take_place(struct console *c, struct yihu_error *err)
{
	const char *shelf = c->options.shelves[0];
	char *path = lock_path(shelf);
	int r = yihu_dir_make(shelf, 0700, err);
	if (r == 0)
		r = yihu_lock(path, &c->lock, err);
	free(path);
	if (r == YIHU_ELOCKED)
		yihu_fail(
			err, YIHU_ELOCKED,
			_("this window is open already: look for it in the browser, or close it"));
	c->drops = yihu_path(shelf, ".console-files");
	if (r == 0)
		r = yihu_secret_erase_dir(c->drops, err); /* of one that was killed */
	if (r == 0)
		r = yihu_dir_make(c->drops, 0700, err);
	return r;
}

static int serve(struct console *c, struct yihu_error *err)
{
	c->mhd = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC, 0, NULL,
		NULL, answer, c, MHD_OPTION_THREAD_POOL_SIZE, THREADS, MHD_OPTION_CONNECTION_LIMIT,
		64u, MHD_OPTION_CONNECTION_TIMEOUT, 60u, MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_NOTIFY_COMPLETED, completed, c, MHD_OPTION_END);
	return c->mhd ? 0
		      : yihu_fail(err, YIHU_ENET, _("the window's web server cannot be started"));
}

static void console_free(struct console *c)
{
	struct yihu_error ignored;
	if (c->mhd)
		MHD_stop_daemon(c->mhd);
	for (unsigned i = 0; i < c->n_works; i++)
		(c->works[i].stays ? run_leave : run_free)(c->works[i].run);
	if (c->lock >= 0 && c->drops)
		yihu_secret_erase_dir(c->drops, &ignored);
	if (c->listen_fd >= 0)
		close(c->listen_fd);
	yihu_unlock(c->lock);
	latch_finish(&c->latch);
	pthread_mutex_destroy(&c->works_lock);
	pthread_mutex_destroy(&c->draft_lock);
	free(c->drops);
	free(c->host);
	free(c->url);
	free(c);
}

int console_start(struct console **out, const struct console_options *o, struct yihu_error *err)
{
	struct console *c = yihu_calloc(1, sizeof *c);
	c->options = *o;
	c->lock = c->listen_fd = -1;
	latch_init(&c->latch);
	pthread_mutex_init(&c->works_lock, NULL);
	pthread_mutex_init(&c->draft_lock, NULL);
	atomic_store(&c->asked_ms, yihu_clock_monotonic_ms());
	int r = take_place(c, err);
	if (r == 0)
		r = bind_loopback(c, err);
	if (r == 0)
		r = serve(c, err);
	if (r == 0)
		r = latch_write_entry(&c->latch, c->url, err);
	if (r == 0 && o->go_on)
		poll_go_on(c);
	if (r != 0)
		console_free(c);
	else
		*out = c;
	return r;
}

const char *console_url(const struct console *c)
{
	return c->url;
}

const char *console_entry(const struct console *c)
{
	return c->latch.entry;
}

const char *console_code(const struct console *c)
{
	return c->latch.code;
}

int console_renew(struct console *c, struct yihu_error *err)
{
	return latch_write_entry(&c->latch, c->url, err);
}

int console_call(char **entry, const char *shelf, struct yihu_error *err)
{
	char *lock = lock_path(shelf);
	pid_t pid = lock_holder(lock);
	char *path = latch_entry_of(pid);
	bool asked = pid > 0 && kill(pid, SIGUSR1) == 0, there = false;
	for (int i = 0; asked && !there && i < CALL_TRIES; i++) {
		there = yihu_file_exists(path);
		if (!there)
			poll(NULL, 0, CALL_STEP_MS);
	}
	free(lock);
	if (there) {
		*entry = path;
		return 0;
	}
	free(path);
	return yihu_fail(err, YIHU_ENOENT,
			 _("this window is open already, and does not answer: close it first"));
}

static bool is_idle(struct console *c)
{
	return c->options.idle_s > 0 &&
	       yihu_clock_monotonic_ms() - atomic_load(&c->asked_ms) >
		       (uint64_t)c->options.idle_s * 1000 &&
	       !calls_are_busy(c);
}

void console_wait(struct console *c, int stop)
{
	struct pollfd p[2] = {{.fd = c->listen_fd, .events = POLLIN},
			      {.fd = stop, .events = POLLIN}};
	while (!is_idle(c)) {
		if (poll(p, 2, TICK_MS) < 0 && errno != EINTR)
			return;
		if (p[1].revents)
			return;
		if (p[0].revents & POLLIN)
			accept_one(c);
	}
}

void console_stop(struct console *c)
{
	console_free(c);
}
