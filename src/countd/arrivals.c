/* SPDX-License-Identifier: Apache-2.0
 *
 * Connections, by whom they count.
 */
#include "arrivals.h"

#include <string.h>
#include <sys/socket.h>
#include <yihu/clock.h>

#include "front.h"

static struct connection_limits limits_of(const struct front *f)
{
	return (struct connection_limits){.scarce = f->options.connections / 2,
					  .each = f->options.connections_per_ip};
}

enum MHD_Result arrival_accept(void *front, const struct sockaddr *address, socklen_t len)
{
	struct front *f = front;
	(void)address;
	(void)len;
	/* Not MHD_quiesce_daemon: until 0.9.75 at least it races with its own
	 * threads for the socket, and aborts ("Failed to remove listen FD"). */
	return atomic_load(&f->stopping) ? MHD_NO : MHD_YES;
}

/* A program of this computer, which may be a web server that was not named. */
static bool is_local(const struct address *a)
{
	return a->kind == ADDRESS_UNIX || address_is_loopback(a);
}

static void count_peer(struct front *f, struct connection *one)
{
	const struct connection_limits limits = limits_of(f);
	one->of_proxy = address_within(&one->peer, f->proxies, f->n_proxies);
	if (one->of_proxy || is_local(&one->peer))
		return;
	if (!connections_count_for(&f->connections, one, &one->peer, &limits))
		atomic_store(&one->refused, true);
}

/* The certificate of this moment. Without one its handshake fails. */
static void take_certificate(struct front *f, struct MHD_Connection *connection,
			     struct connection *one)
{
	const union MHD_ConnectionInfo *tls =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
	if (f->certificate && tls)
		one->pair = certificate_use(f->certificate, tls->tls_session);
}

static void arrive(struct front *f, struct MHD_Connection *connection, void **context)
{
	const union MHD_ConnectionInfo *fd =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	const union MHD_ConnectionInfo *address =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct countd_options *o = &f->options;
	uint64_t now = yihu_clock_monotonic_ms();
	const struct address peer = address_from(address ? address->client_addr : NULL);
	struct connection *one =
		connections_add(&f->connections, fd->connect_fd, &peer, now, now + o->request_ms);
	*context = one;
	take_certificate(f, connection, one);
	count_peer(f, one);
	unsigned ended =
		connections_relieve(&f->connections, one, o->connections - o->connections / 10, now,
				    f->certificate == NULL);
	atomic_fetch_add(&f->metrics.relieved, ended);
}

void arrival_notice(void *front, struct MHD_Connection *connection, void **context,
		    enum MHD_ConnectionNotificationCode what)
{
	struct front *f = front;
	struct connection *one = *context;
	if (what != MHD_CONNECTION_NOTIFY_CLOSED) {
		arrive(f, connection, context);
		return;
	}
	if (one && one->pair)
		certificate_release(f->certificate, one->pair);
	if (one)
		connections_remove(&f->connections, one);
	*context = NULL;
}

/* ---- requests */

static enum MHD_Result keep_last(void *last, enum MHD_ValueKind kind, const char *name,
				 const char *value)
{
	(void)kind;
	if (value && strcasecmp(name, "X-Forwarded-For") == 0)
		*(const char **)last = value;
	return MHD_YES;
}

/* Whom the proxy names; where it names nobody, the proxy. */
static struct address client_of(struct exchange *x)
{
	const char *last = NULL;
	struct address client = x->conn->peer;
	MHD_get_connection_values(x->connection, MHD_HEADER_KIND, keep_last, &last);
	if ((!last || !address_forwarded(&client, last)) && !atomic_exchange(&x->f->unnamed, true))
		countd_warn(&x->f->log,
			    "the trusted web server does not say in X-Forwarded-For for "
			    "whom it asks: then limits are for all of its clients together");
	return client;
}

bool arrival_admit(struct exchange *x)
{
	const struct connection_limits limits = limits_of(x->f);
	bool room = !atomic_load(&x->conn->refused);
	if (x->conn->of_proxy) {
		struct address client = client_of(x);
		room = connections_count_for(&x->f->connections, x->conn, &client, &limits);
	}
	if (room)
		return true;
	atomic_fetch_add(&x->f->metrics.crowded, 1);
	answer_error(
		&x->answer, HTTP_SERVICE_UNAVAILABLE, YIHU_EBUSY,
		_("too many requests from your address at once. Nothing was recorded. Try again "
		  "in a few seconds"));
	x->answer.closes = !x->conn->of_proxy;
	return false;
}

void arrival_over(struct exchange *x)
{
	const struct connection_limits limits = limits_of(x->f);
	const struct address nobody = {.kind = ADDRESS_NONE};
	if (x->conn->of_proxy)
		connections_count_for(&x->f->connections, x->conn, &nobody, &limits);
}
