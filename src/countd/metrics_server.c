/* SPDX-License-Identifier: Apache-2.0
 *
 * One thread, few connections, one call of the box side at a time.
 */
#include "metrics_server.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "ask_box.h"
#include "front.h"
#include "listen.h"

#define CONNECTIONS 4u
#define TIMEOUT_S 10u
#define MEMORY_BYTES (16u << 10)

int metrics_listen(struct front *f, struct yihu_error *err)
{
	const char *address = f->options.metrics;
	if (f->metrics_fd < 0)
		return address ? countd_listen(&f->metrics_fd, &f->metrics_url, address, false, err)
			       : 0;
	if (address)
		return yihu_fail(err, YIHU_EARG,
				 _("a socket for metrics was handed over, and --metrics names "
				   "another address: leave one of them out"));
	return countd_listen_url(&f->metrics_url, f->metrics_fd, false, err);
}

/* The box side's, where it answers, and below them the HTTP side's. */
static void put_text(struct front *f, struct yihu_buf *out)
{
	struct answer a;
	const struct front_gauges now = {
		.connections = connections_count(&f->connections),
		.connections_max = f->options.connections,
		.uploads = uploads_count(&f->uploads),
		.dropped = atomic_load(&f->log.dropped),
		.since = f->since,
		.expires = f->certificate ? certificate_expires(f->certificate) : 0};
	box_ask_now(f, CALL_METRICS, &a);
	bool serves = a.status == HTTP_OK;
	if (serves)
		yihu_buf_put(out, yihu_buf_bytes(&a.body), a.body.len);
	yihu_buf_free(&a.body);
	front_metrics_text(&f->metrics, &now, serves, out);
}

static enum MHD_Result reply(struct MHD_Connection *connection, unsigned status,
			     const char *content_type, const struct yihu_buf *body)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(
		body->len, (void *)(uintptr_t)yihu_buf_bytes(body), MHD_RESPMEM_MUST_COPY);
	if (!r)
		return MHD_NO;
	MHD_add_response_header(r, "Content-Type", content_type);
	MHD_add_response_header(r, "Cache-Control", "no-store");
	enum MHD_Result result = MHD_queue_response(connection, status, r);
	MHD_destroy_response(r);
	return result;
}

static enum MHD_Result metrics_access(void *cls, struct MHD_Connection *connection, const char *url,
				      const char *method, const char *version,
				      const char *upload_data, size_t *upload_data_size,
				      void **req_cls)
{
	struct yihu_buf body = {0};
	bool get = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
	(void)version;
	(void)upload_data;
	if (!*req_cls) {
		*req_cls = cls; /* the headers are there; the rest may follow */
		return MHD_YES;
	}
	if (*upload_data_size > 0) {
		*upload_data_size = 0;
		return MHD_YES;
	}
	bool found = get && strcmp(url, "/metrics") == 0;
	if (found)
		put_text(cls, &body);
	else
		yihu_buf_str(&body, "GET /metrics\n");
	enum MHD_Result result =
		reply(connection, found ? MHD_HTTP_OK : MHD_HTTP_NOT_FOUND, METRICS_TYPE, &body);
	yihu_buf_free(&body);
	return result;
}

int metrics_server_start(struct front *f, struct yihu_error *err)
{
	if (f->metrics_fd < 0)
		return 0;
	f->metrics_server = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, metrics_access, f,
		MHD_OPTION_LISTEN_SOCKET, f->metrics_fd, MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS,
		MHD_OPTION_CONNECTION_TIMEOUT, TIMEOUT_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)MEMORY_BYTES, MHD_OPTION_END);
	if (!f->metrics_server)
		return yihu_fail(err, YIHU_EIO, _("the metrics cannot be served at %s"),
				 f->metrics_url);
	f->metrics_fd = -1; /* the server's from now on */
	return 0;
}

void metrics_server_stop(struct front *f)
{
	if (f->metrics_server)
		MHD_stop_daemon(f->metrics_server);
	f->metrics_server = NULL;
}
