/* SPDX-License-Identifier: Apache-2.0
 *
 * The web host of the tests.
 */
#include "host.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct host {
	struct MHD_Daemon *mhd;
	struct yihu_public *p;
	struct host_manners manners;
	pthread_mutex_t lock;
	char *url;
	unsigned port;
	char **asked;
	size_t n_asked;
};

static enum MHD_Result answer(struct MHD_Connection *c, unsigned status, const void *bytes,
			      size_t len, const char *header, const char *value)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(len, (void *)(uintptr_t)bytes,
								 MHD_RESPMEM_MUST_COPY);
	if (header != NULL)
		MHD_add_response_header(r, header, value);
	enum MHD_Result done = MHD_queue_response(c, status, r);
	MHD_destroy_response(r);
	return done;
}

static enum MHD_Result redirect(struct host *h, struct MHD_Connection *c, const char *path)
{
	char *to = yihu_printf("%s%s", h->manners.redirect, path);
	enum MHD_Result done = answer(c, 301, "", 0, "Location", to);
	free(to);
	return done;
}

static enum MHD_Result give(struct host *h, struct MHD_Connection *c, const char *path)
{
	const char *prefix = h->manners.prefix != NULL ? h->manners.prefix : "";
	size_t len = strlen(prefix);
	bool below = strncmp(path, prefix, len) == 0;
	if (h->manners.failures > 0) {
		h->manners.failures--;
		return answer(c, 503, "", 0, NULL, NULL);
	}
	if (h->manners.redirect != NULL && !(len > 0 && below))
		return redirect(h, c, path);
	if (h->manners.on_request != NULL)
		h->manners.on_request(h->p, path);
	const struct yihu_buf *b = below ? yihu_public_get(h->p, path + len + 1) : NULL;
	if (b == NULL && h->manners.never_404)
		return answer(c, 200, "<p>welcome", 10, NULL, NULL);
	if (b == NULL)
		return answer(c, 404, "no", 2, NULL, NULL);
	return answer(c, 200, b->len > 0 ? b->data : (const void *)"", b->len,
		      h->manners.encoding != NULL ? "Content-Encoding" : NULL, h->manners.encoding);
}

static enum MHD_Result access_file(void *context, struct MHD_Connection *c, const char *url,
				   const char *method, const char *version, const char *upload,
				   size_t *upload_len, void **request)
{
	struct host *h = context;
	(void)method;
	(void)version;
	(void)upload;
	(void)upload_len;
	(void)request;
	pthread_mutex_lock(&h->lock);
	h->asked = yihu_realloc(h->asked, h->n_asked + 1, sizeof *h->asked);
	h->asked[h->n_asked++] = yihu_strdup(url);
	enum MHD_Result done = give(h, c, url);
	pthread_mutex_unlock(&h->lock);
	return done;
}

struct host *host_new(struct yihu_public *p)
{
	struct host *h = yihu_calloc(1, sizeof *h);
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	h->p = p;
	pthread_mutex_init(&h->lock, NULL);
	h->mhd = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL, 0, NULL, NULL,
				  access_file, h, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at,
				  MHD_OPTION_END);
	if (h->mhd == NULL)
		abort();
	h->port = MHD_get_daemon_info(h->mhd, MHD_DAEMON_INFO_BIND_PORT)->port;
	h->url = yihu_printf("http://127.0.0.1:%u", h->port);
	return h;
}

void host_forget(struct host *h)
{
	pthread_mutex_lock(&h->lock);
	for (size_t i = 0; i < h->n_asked; i++)
		free(h->asked[i]);
	free(h->asked);
	h->asked = NULL;
	h->n_asked = 0;
	pthread_mutex_unlock(&h->lock);
}

void host_free(struct host *h)
{
	MHD_stop_daemon(h->mhd);
	host_forget(h);
	pthread_mutex_destroy(&h->lock);
	free(h->url);
	free(h);
}

const char *host_url(const struct host *h)
{
	return h->url;
}

unsigned host_port(const struct host *h)
{
	return h->port;
}

void host_behave(struct host *h, struct host_manners manners)
{
	pthread_mutex_lock(&h->lock);
	h->manners = manners;
	pthread_mutex_unlock(&h->lock);
}

unsigned host_asked(struct host *h, const char *begin)
{
	unsigned n = 0;
	pthread_mutex_lock(&h->lock);
	for (size_t i = 0; i < h->n_asked; i++)
		n += strncmp(h->asked[i], begin, strlen(begin)) == 0;
	pthread_mutex_unlock(&h->lock);
	return n;
}
