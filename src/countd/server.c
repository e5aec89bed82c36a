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
#include <gnutls/abstract.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <yihu/text.h>

#include "arrivals.h"
#include "ask_box.h"
#include "calls.h"
#include "framing.h"
#include "front.h"
#include "portion.h"
#include "reply.h"
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

static void set_deadline(struct exchange *x, uint64_t ms)
{
	atomic_store(&x->conn->deadline_ms, ms ? yihu_clock_monotonic_ms() + ms : 0);
}

static void enter(struct exchange *x, enum phase phase)
{
	connection_enters(x->conn, phase, yihu_clock_monotonic_ms());
}

static struct exchange *exchange_new(struct front *f, struct MHD_Connection *connection,
				     const char *url)
{
	struct exchange *x = yihu_calloc(1, sizeof *x);
	x->f = f;
	x->connection = connection;
	x->conn = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
			  ->socket_context;
	x->path = yihu_strdup(url);
	x->answer = ANSWER_NONE;
	atomic_fetch_add(&f->requests, 1);
	return x;
}

static const char *header_of(const struct exchange *x, const char *name)
{
	return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

/* Says 413 before the body comes, when its length is announced; what comes in
 * is measured all the same. */
static bool announced_ok(struct exchange *x)
{
	uint64_t len;
	const char *text = header_of(x, "Content-Length");
	return !text || !yihu_decimal(&len, yihu_span(text), UINT64_MAX) || len <= x->limit;
}

static void answer_too_large(struct exchange *x)
{
	answer_error(&x->answer, MHD_HTTP_CONTENT_TOO_LARGE, YIHU_ETOOBIG,
		     _("the body is larger than the %llu bytes that this call takes"),
		     (unsigned long long)x->limit);
}

static void answer_framing(struct exchange *x, enum framing framing)
{
	answer_error(&x->answer, HTTP_BAD_REQUEST, YIHU_EFORMAT, "%s",
		     framing == FRAMING_CHUNKS
			     ? _("the body comes in chunks. Its length is to be said before it, in "
				 "Content-Length")
			     : _("the request does not say clearly where it ends"));
	x->answer.closes = true;
}

static enum MHD_Result begin(struct front *f, struct MHD_Connection *connection, const char *url,
			     const char *method, const char *version, void **req_cls)
{
	struct exchange *x = exchange_new(f, connection, path_of(url));
	enum framing framing = framing_of(connection, version);
	*req_cls = x;
	x->gets = strcmp(method, "GET") == 0;
	enter(x, PHASE_RECEIVES);
	if (framing == FRAMING_WRONG || framing == FRAMING_CHUNKS) {
		answer_framing(x, framing);
		return reply_queue(x);
	}
	if (atomic_load(&f->stopping)) {
		answer_stopping(&x->answer);
		return reply_queue(x);
	}
	if (!arrival_admit(x))
		return reply_queue(x);
	bool go_on = countd_route(x, method) && (!x->route->admit || x->route->admit(x));
	if (go_on && !announced_ok(x))
		answer_too_large(x);
	/* Before a body the answer ends the connection; after a request without one
	 * it is kept. */
	if (x->answer.made && framing == FRAMING_BODY)
		return reply_queue(x);
	set_deadline(x, f->options.request_ms);
	return MHD_YES;
}

static void take_body(struct exchange *x, const char *data, size_t len)
{
	if (x->too_large || len > x->limit - x->body.len) {
		x->too_large = true;
		yihu_buf_free(&x->body);
		return;
	}
	yihu_buf_put(&x->body, data, len);
	x->window += len;
	if (x->window < WINDOW_BYTES(x->f->options.request_ms))
		return;
	/* A large file over a slow line takes its time. */
	x->window = 0;
	enter(x, PHASE_RECEIVES);
	set_deadline(x, x->f->options.request_ms);
}

static enum MHD_Result send_answer(struct exchange *x)
{
	const struct portion_asked asked = {
		.parts = x->gets,
		.if_none_match = header_of(x, "If-None-Match"),
		.range = header_of(x, "Range"),
		.if_range = header_of(x, "If-Range"),
	};
	answer_portion(&x->answer, &asked);
	enter(x, PHASE_SENDS);
	set_deadline(x, ANSWER_MS + answer_bytes(&x->answer) / SLOWEST_BYTES_MS);
	return reply_queue(x);
}

static enum MHD_Result countd_access(void *cls, struct MHD_Connection *connection, const char *url,
				     const char *method, const char *version,
				     const char *upload_data, size_t *upload_data_size,
				     void **req_cls)
{
	struct exchange *x = *req_cls;
	if (!x)
		return begin(cls, connection, url, method, version, req_cls);
	if (*upload_data_size > 0) {
		take_body(x, upload_data, *upload_data_size);
		*upload_data_size = 0;
		return MHD_YES;
	}
	if (x->suspended && x->route->shown)
		x->route->shown(x);
	if (x->suspended || x->answer.made)
		return send_answer(x);
	set_deadline(x, 0);
	enter(x, PHASE_MADE);
	if (x->too_large)
		answer_too_large(x);
	else
		x->route->handle(x);
	/* Handed over, it is another thread's; only this flag stays ours. */
	return x->suspended ? MHD_YES : send_answer(x);
}

static void countd_completed(void *cls, struct MHD_Connection *connection, void **req_cls,
			     enum MHD_RequestTerminationCode why)
{
	struct front *f = cls;
	struct exchange *x = *req_cls;
	(void)connection;
	(void)why;
	if (!x)
		return;
	*req_cls = NULL;
	public_release(x);
	arrival_over(x);
	box_answer_over(x);
	atomic_store(&x->conn->spared, false);
	enter(x, PHASE_WAITS);
	set_deadline(x, f->options.request_ms);
	yihu_buf_free(&x->body);
	yihu_buf_free(&x->answer.body);
	free(x->path);
	free(x);
	atomic_fetch_sub(&f->requests, 1);
}

/* Paths are compared as they come: no %2e, no %00. */
static size_t leave_escaped(void *cls, struct MHD_Connection *connection, char *text)
{
	(void)cls;
	(void)connection;
	return strlen(text);
}

/* Each connection has its own, from its beginning (arrivals.c). */
static int no_certificate(gnutls_session_t session, const gnutls_datum_t *issuers, int n_issuers,
			  const gnutls_pk_algorithm_t *algorithms, int n_algorithms,
			  gnutls_pcert_st **chain, unsigned *chain_len, gnutls_privkey_t *key)
{
	(void)session;
	(void)issuers;
	(void)n_issuers;
	(void)algorithms;
	(void)n_algorithms;
	(void)chain;
	(void)chain_len;
	(void)key;
	return GNUTLS_E_NO_CERTIFICATE_FOUND;
}

int front_server_start(struct front *f, struct yihu_error *err)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
	struct MHD_OptionItem tls[] = {
		{MHD_OPTION_HTTPS_CERT_CALLBACK, 0, (void *)(uintptr_t)no_certificate},
		{MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)TLS_PRIORITIES},
		{MHD_OPTION_END, 0, NULL},
	};
	if (f->certificate)
		flags |= MHD_USE_TLS;
	else
		tls[0].option = MHD_OPTION_END;
	f->mhd = MHD_start_daemon(
		flags, 0, arrival_accept, f, countd_access, f, MHD_OPTION_LISTEN_SOCKET,
		f->listen_fd, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)FRONT_HTTP_THREADS,
		MHD_OPTION_CONNECTION_LIMIT, f->options.connections, MHD_OPTION_CONNECTION_TIMEOUT,
		IDLE_TIMEOUT_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_BYTES,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED, countd_completed, f,
		MHD_OPTION_NOTIFY_CONNECTION, arrival_notice, f, MHD_OPTION_UNESCAPE_CALLBACK,
		leave_escaped, f, MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
	if (!f->mhd)
		return yihu_fail(err, YIHU_ENET, _("the web server cannot be started on %s"),
				 f->options.listen);
	return 0;
}

void front_server_stop(struct front *f)
{
	if (!f->mhd)
		return;
	MHD_stop_daemon(f->mhd);
	f->mhd = NULL;
	f->listen_fd = -1; /* it has closed the socket */
}
