/* SPDX-License-Identifier: Apache-2.0
 *
 * Starting and stopping the HTTP side.
 */
#include "front_side.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/clock.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "ask_box.h"
#include "audit_child.h"
#include "auditor.h"
#include "front.h"
#include "listen.h"
#include "metrics_server.h"
#include "public_files.h"
#include "sandbox.h"
#include "server.h"
#include "service.h"

#define REAP_MS 100
#define GIVE_MS 10     /* where answers are held back, whose connections may make room */
#define HUNG_UP_MS 500 /* from one look for clients that hung up to the next */
#define DRAIN_MS 2000  /* for the last answers to be taken */
#define DRAIN_STEP_MS 10
#define LISTEN_DEFAULT "127.0.0.1:8080"

/* What became of it is in the log. */
static void reload(struct front *f)
{
	struct yihu_error err = {0};
	bool news = false;
	if (!f->certificate)
		return;
	if (certificate_renew(f->certificate, &news, &err))
		countd_warn(&f->log, "the certificate stays as it was: %s", err.text);
	else
		countd_log(&f->log, "the certificate was read again: it is %s",
			   news ? "a new one" : "the same");
}

/* Runs until the last connection is gone, also while stopping. */
static void *reaper_run(void *front)
{
	struct front *f = front;
	uint64_t looked_ms = 0;
	while (!atomic_load(&f->drained)) {
		uint64_t now_ms = yihu_clock_monotonic_ms();
		unsigned n = connections_reap(&f->connections, now_ms, !f->certificate);
		bool gives = slow_answers_give(&f->slow, now_ms, atomic_load(&f->stopping));
		if (n > 0)
			atomic_fetch_add(&f->metrics.reaped, n);
		if (now_ms - looked_ms >= HUNG_UP_MS) {
			looked_ms = now_ms;
			box_tell_gone(f);
		}
		if (atomic_exchange(&f->to_reload, false))
			reload(f);
		countd_log_rest(&f->log, false);
		sleep_ms(gives ? GIVE_MS : REAP_MS);
	}
	return NULL;
}

static struct front *make(const struct countd_options *o, const struct service_sockets *sockets)
{
	struct front *f = yihu_calloc(1, sizeof *f);
	f->options = *o;
	f->public_dir = yihu_path(o->box_dir, "public");
	f->listen_fd = sockets->listener;
	f->metrics_fd = sockets->metrics;
	f->since = yihu_clock();
	connections_init(&f->connections);
	uploads_init(&f->uploads);
	slow_answers_init(&f->slow);
	event_log_init(&f->log, o->quiet);
	f->auditor = auditor_new();
	return f;
}

static int read_proxies(struct front *f, struct yihu_error *err)
{
	const struct countd_options *o = &f->options;
	int r = 0;
	f->proxies = yihu_calloc(o->n_trust_proxy + 1, sizeof *f->proxies);
	for (; f->n_proxies < o->n_trust_proxy && r == 0; f->n_proxies += r == 0)
		r = address_range_parse(&f->proxies[f->n_proxies], o->trust_proxy[f->n_proxies],
					err);
	return r;
}

static int open_certificate(struct front *f, struct yihu_error *err)
{
	const struct countd_options *o = &f->options;
	if (!o->tls_cert && !o->tls_key)
		return 0;
	if (!o->tls_cert || !o->tls_key)
		return yihu_fail(err, YIHU_EARG, _("TLS needs both: --tls-cert and --tls-key"));
	int r = sandbox_check_certificate(o, err);
	return r ? r : certificate_open(&f->certificate, o->tls_cert, o->tls_key, err);
}

static int open_listener(struct front *f, struct yihu_error *err)
{
	const char *address = f->options.listen;
	bool tls = f->certificate != NULL;
	if (f->listen_fd < 0)
		return countd_listen(&f->listen_fd, &f->url, address ? address : LISTEN_DEFAULT,
				     tls, err);
	if (address)
		return yihu_fail(err, YIHU_EARG,
				 _("a socket was handed over, and --listen names another address: "
				   "leave one of them out"));
	return countd_listen_url(&f->url, f->listen_fd, tls, err);
}

int front_new(struct front **out, const struct countd_options *o,
	      const struct service_sockets *sockets, struct yihu_error *err)
{
	struct front *f = make(o, sockets);
	int r = read_proxies(f, err);
	if (r == 0)
		r = open_certificate(f, err);
	if (r == 0)
		r = open_listener(f, err);
	if (r == 0)
		r = metrics_listen(f, err);
	if (r != 0)
		front_free(f);
	else
		*out = f;
	return r;
}

void front_free(struct front *f)
{
	if (!f)
		return;
	box_line_free(f->box);
	auditor_free(f->auditor);
	yihu_election_free(f->election);
	audit_child_free(f->audit_child);
	connections_finish(&f->connections);
	uploads_finish(&f->uploads);
	slow_answers_finish(&f->slow);
	event_log_finish(&f->log);
	if (f->listen_fd >= 0)
		close(f->listen_fd);
	if (f->metrics_fd >= 0)
		close(f->metrics_fd);
	free(f->metrics_url);
	certificate_close(f->certificate);
	free(f->proxies);
	free(f->url);
	free(f->public_dir);
	free(f);
}

/* Without the register, which the box side alone needs. */
static int load_election(struct front *f, struct yihu_error *err)
{
	struct yihu_buf definition = {0}, charter = {0};
	int r = public_read(&definition, f->public_dir, "election.pb", YIHU_DEFINITION_BYTES_MAX,
			    err);
	if (r == 0)
		r = public_read(&charter, f->public_dir, "charter", YIHU_CHARTER_BYTES_MAX, err);
	if (r == 0)
		r = yihu_election_parse(&f->election, definition.data, definition.len, charter.data,
					charter.len, NULL, 0, err);
	yihu_buf_free(&definition);
	yihu_buf_free(&charter);
	return r;
}

/* By the channel's thread, which nobody may keep waiting. */
static void said(struct front *f, enum message_kind what)
{
	if (what == MESSAGE_RELOAD)
		atomic_store(&f->to_reload, true); /* the reaper reads the files */
	if (what != MESSAGE_STOPS)
		return;
	atomic_store(&f->stopping, true);
	auditor_close(f->auditor);
	audit_child_stop(f->audit_child);
}

static int start(struct front *f, struct yihu_error *err)
{
	int r = load_election(f, err);
	if (r == 0)
		r = audit_child_start(&f->audit_child, f->public_dir, err);
	if (r == 0 && f->options.confined)
		r = sandbox_front(f, err);
	if (r == 0)
		r = box_line_start(f->box, err);
	if (r == 0)
		r = thread_start(&f->audit_thread, "auditor", auditor_run, f, err);
	if (r == 0)
		r = thread_start(&f->reaper, "reaper", reaper_run, f, err);
	if (r == 0)
		r = metrics_server_start(f, err);
	return r ? r : front_server_start(f, err);
}

int front_start(struct front *f, int fd, struct yihu_error *err)
{
	f->box = box_line_new(f, fd, said);
	int r = start(f, err);
	box_line_tell(f->box, r, err);
	return r;
}

bool front_wait(struct front *f)
{
	return box_line_wait(f->box);
}

void front_stop(struct front *f)
{
	said(f, MESSAGE_STOPS);
	thread_join(&f->audit_thread);
	for (unsigned ms = 0; atomic_load(&f->requests) > 0 && ms < DRAIN_MS; ms += DRAIN_STEP_MS)
		sleep_ms(DRAIN_STEP_MS);
	atomic_store(&f->drained, true);
	thread_join(&f->reaper);
	slow_answers_give(&f->slow, 0, true);
	metrics_server_stop(f);
	front_server_stop(f);
	countd_log_rest(&f->log, true);
}
