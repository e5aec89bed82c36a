/* SPDX-License-Identifier: Apache-2.0
 *
 * libmicrohttpd: connections, requests as they come in, bodies with a limit.
 *
 * Traps: header values may hold a NUL or be folded, so nothing is decided on
 * them but an early refusal; bodies have no limit but ours; a response can be
 * queued before the body or after it, not amid.
 */
#include "server.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <yihu/text.h>

#include "answer.h"
#include "calls.h"
#include "daemon.h"
#include "framing.h"
#include "hand_over.h"
#include "routes.h"

#define IDLE_TIMEOUT_S 20u
/* Forward secrecy and authenticated encryption, nothing else. */
#define TLS_PRIORITIES                                                                             \
	"SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-AES-128-CBC:-AES-256-CBC:"            \
	"-AES-128-CCM:-AES-256-CCM:%SERVER_PRECEDENCE"
#define MEMORY_BYTES (32u << 10) /* request line and headers of a connection */
#define ANSWER_MS 60000u         /* to take an answer, and … */
#define SLOWEST_BYTES_MS 16u     /* … a millisecond more for so many bytes */

/* A body comes in by a rate: so much in each time that a request has. */
#define WINDOW_BYTES(ms) ((size_t)(ms)*SLOWEST_BYTES_MS)

static void set_deadline(struct request *r, uint64_t ms)
{
	atomic_store(&r->conn->deadline_ms, ms ? yihu_clock_monotonic_ms() + ms : 0);
}

static struct request *request_new(struct countd *d, struct MHD_Connection *connection,
				   const char *url)
{
	struct request *r = yihu_calloc(1, sizeof *r);
	r->d = d;
	r->connection = connection;
	r->conn = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
			  ->socket_context;
	r->path = yihu_strdup(url);
	r->answer.fd = -1;
	atomic_fetch_add(&d->requests, 1);
	return r;
}

/* Says 413 before the body comes, when its length is announced; what comes in
 * is measured all the same. */
static bool announced_ok(struct request *r)
{
	uint64_t len;
	const char *text =
		MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, "Content-Length");
	return !text || !yihu_decimal(&len, yihu_span(text), UINT64_MAX) || len <= r->limit;
}

static void answer_too_large(struct request *r)
{
	answer_error(r, MHD_HTTP_CONTENT_TOO_LARGE, YIHU_ETOOBIG,
		     _("the body is larger than the %llu bytes that this call takes"),
		     (unsigned long long)r->limit);
}

static enum MHD_Result begin(struct countd *d, struct MHD_Connection *connection, const char *url,
			     const char *method, const char *version, void **req_cls)
{
	struct request *r = request_new(d, connection, path_of(url));
	enum framing framing = framing_of(connection, version);
	*req_cls = r;
	atomic_store(&r->conn->idle_ms, 0);
	if (framing == FRAMING_WRONG) {
		answer_error(r, MHD_HTTP_BAD_REQUEST, YIHU_EFORMAT,
			     _("the request does not say clearly where it ends"));
		r->answer.closes = true;
		return answer_queue(r);
	}
	if (atomic_load(&d->stopping)) {
		countd_answer_stopping(r);
		return answer_queue(r);
	}
	bool go_on = countd_route(r, method) && (!r->route->admit || r->route->admit(r));
	if (go_on && !announced_ok(r))
		answer_too_large(r);
	/* Before a body the answer ends the connection; after a request without one
	 * it is kept. */
	if (r->answered && framing == FRAMING_BODY)
		return answer_queue(r);
	set_deadline(r, d->options.request_ms);
	return MHD_YES;
}

static void take_body(struct request *r, const char *data, size_t len)
{
	if (r->too_large || len > r->limit - r->body.len) {
		r->too_large = true;
		yihu_buf_free(&r->body);
		return;
	}
	yihu_buf_put(&r->body, data, len);
	r->window += len;
	if (r->window < WINDOW_BYTES(r->d->options.request_ms))
		return;
	/* A large file over a slow line takes its time. */
	r->window = 0;
	set_deadline(r, r->d->options.request_ms);
}

static enum MHD_Result send_answer(struct request *r)
{
	uint64_t bytes = r->answer.fd >= 0 ? r->answer.fd_bytes : r->answer.body.len;
	atomic_store(&r->conn->receiving, false);
	set_deadline(r, ANSWER_MS + bytes / SLOWEST_BYTES_MS);
	return answer_queue(r);
}

static enum MHD_Result countd_access(void *cls, struct MHD_Connection *connection, const char *url,
				     const char *method, const char *version,
				     const char *upload_data, size_t *upload_data_size,
				     void **req_cls)
{
	struct request *r = *req_cls;
	if (!r)
		return begin(cls, connection, url, method, version, req_cls);
	if (*upload_data_size > 0) {
		take_body(r, upload_data, *upload_data_size);
		*upload_data_size = 0;
		return MHD_YES;
	}
	if (r->suspended || r->answered)
		return send_answer(r);
	set_deadline(r, 0);
	atomic_store(&r->conn->receiving, false);
	if (r->too_large)
		answer_too_large(r);
	else
		r->route->handle(r);
	/* Handed over, it is another thread's; only this flag stays ours. */
	return r->suspended ? MHD_YES : send_answer(r);
}

static void countd_completed(void *cls, struct MHD_Connection *connection, void **req_cls,
			     enum MHD_RequestTerminationCode why)
{
	struct countd *d = cls;
	struct request *r = *req_cls;
	(void)connection;
	(void)why;
	if (!r)
		return;
	*req_cls = NULL;
	public_release(r);
	atomic_store(&r->conn->receiving, true);
	atomic_store(&r->conn->idle_ms, yihu_clock_monotonic_ms());
	set_deadline(r, d->options.request_ms);
	yihu_buf_free(&r->body);
	yihu_buf_free(&r->answer.body);
	free(r->path);
	free(r);
	atomic_fetch_sub(&d->requests, 1);
}

static void notice_connection(void *cls, struct MHD_Connection *connection, void **context,
			      enum MHD_ConnectionNotificationCode what)
{
	struct countd *d = cls;
	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		if (*context)
			connections_remove(&d->connections, *context);
		*context = NULL;
		return;
	}
	const union MHD_ConnectionInfo *fd =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	const union MHD_ConnectionInfo *address =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	uint64_t now = yihu_clock_monotonic_ms();
	*context = connections_add(&d->connections, fd->connect_fd,
				   address ? address->client_addr : NULL, now,
				   now + d->options.request_ms);
	if (connections_relieve(&d->connections,
				d->options.connections - d->options.connections / 10))
		atomic_fetch_add(&d->metrics.relieved, 1);
}

static enum MHD_Result accept_connection(void *cls, const struct sockaddr *address, socklen_t len)
{
	struct countd *d = cls;
	(void)len;
	/* Not MHD_quiesce_daemon: until 0.9.75 at least it races with its own
	 * threads for the socket, and aborts ("Failed to remove listen FD"). */
	if (atomic_load(&d->stopping))
		return MHD_NO;
	return connections_of(&d->connections, address) < d->options.connections_per_ip ? MHD_YES
											: MHD_NO;
}

/* Paths are compared as they come: no %2e, no %00. */
static size_t leave_escaped(void *cls, struct MHD_Connection *connection, char *text)
{
	(void)cls;
	(void)connection;
	return strlen(text);
}

int countd_server_start(struct countd *d, struct yihu_error *err)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
	struct MHD_OptionItem tls[] = {
		{MHD_OPTION_HTTPS_MEM_KEY, 0, d->tls_key},
		{MHD_OPTION_HTTPS_MEM_CERT, 0, d->tls_cert},
		{MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)TLS_PRIORITIES},
		{MHD_OPTION_END, 0, NULL},
	};
	if (d->tls_key)
		flags |= MHD_USE_TLS;
	else
		tls[0].option = MHD_OPTION_END;
	d->mhd = MHD_start_daemon(
		flags, 0, accept_connection, d, countd_access, d, MHD_OPTION_LISTEN_SOCKET,
		d->listen_fd, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)COUNTD_HTTP_THREADS,
		MHD_OPTION_CONNECTION_LIMIT, d->options.connections, MHD_OPTION_CONNECTION_TIMEOUT,
		IDLE_TIMEOUT_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_BYTES,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED, countd_completed, d,
		MHD_OPTION_NOTIFY_CONNECTION, notice_connection, d, MHD_OPTION_UNESCAPE_CALLBACK,
		leave_escaped, d, MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
	if (!d->mhd && d->tls_key)
		return yihu_fail(err, YIHU_EFORMAT,
				 _("TLS cannot be started with the certificate %s and the key %s"),
				 d->options.tls_cert, d->options.tls_key);
	if (!d->mhd)
		return yihu_fail(err, YIHU_ENET, _("the web server cannot be started on %s"),
				 d->options.listen);
	return 0;
}

void countd_server_stop(struct countd *d)
{
	if (!d->mhd)
		return;
	MHD_stop_daemon(d->mhd);
	d->mhd = NULL;
	d->listen_fd = -1; /* it has closed the socket */
}
