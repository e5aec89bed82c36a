/* SPDX-License-Identifier: Apache-2.0
 *
 * Starting and stopping: the order in which threads come and go.
 */
#include "countd.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "audit_child.h"
#include "daemon.h"
#include "event_log.h"
#include "listen.h"
#include "publish_box.h"
#include "sandbox.h"
#include "server.h"
#include "threads.h"

#define REAP_MS 100
#define DRAIN_MS 2000 /* for the last answers to be taken */
#define DRAIN_STEP_MS 10
#define LISTEN_DEFAULT "127.0.0.1:8080"
#define PEM_BYTES_MAX (256u << 10)

static void sleep_ms(unsigned ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000},
		  NULL);
}

/* Runs until the last connection is gone, also while stopping. */
static void *reaper_run(void *countd)
{
	struct countd *d = countd;
	while (!atomic_load(&d->drained)) {
		unsigned n =
			connections_reap(&d->connections, yihu_clock_monotonic_ms(), !d->tls_key);
		if (n > 0)
			atomic_fetch_add(&d->metrics.reaped, n);
		countd_log_rest(d, false);
		sleep_ms(REAP_MS);
	}
	return NULL;
}

static unsigned or_default(unsigned value, unsigned otherwise)
{
	return value ? value : otherwise;
}

static struct countd *countd_new(const struct countd_options *o)
{
	struct countd *d = yihu_calloc(1, sizeof *d);
	d->options = *o;
	d->options.connections = or_default(o->connections, 2000);
	d->options.connections_per_ip = or_default(o->connections_per_ip, 200);
	d->options.queue = or_default(o->queue, 4096);
	d->options.request_ms = or_default(o->request_ms, 10000);
	d->box_dir = yihu_strdup(o->box_dir);
	d->public_dir = yihu_path(o->box_dir, "public");
	d->listen_fd = -1;
	d->service.tells = -1;
	pthread_mutex_init(&d->box_lock, NULL);
	connections_init(&d->connections);
	uploads_init(&d->uploads);
	line_rate_init(&d->lines);
	queue_init(&d->verify);
	queue_init(&d->write);
	queue_init(&d->audit);
	clock_guard_init(&d->clock, d->box_dir);
	d->committed = committed_new();
	d->letters = letters_new();
	d->auditor = auditor_new();
	return d;
}

static void wipe_text(char **text)
{
	if (*text)
		sodium_memzero(*text, strlen(*text));
	free(*text);
	*text = NULL;
}

static void countd_free(struct countd *d)
{
	yihu_box_view_close(d->view);
	yihu_box_close(d->box);
	letters_free(d->letters);
	committed_free(d->committed);
	auditor_free(d->auditor);
	queue_finish(&d->verify);
	queue_finish(&d->write);
	queue_finish(&d->audit);
	connections_finish(&d->connections);
	uploads_finish(&d->uploads);
	line_rate_finish(&d->lines);
	audit_child_free(d->audit_child);
	clock_guard_finish(&d->clock);
	pthread_mutex_destroy(&d->box_lock);
	if (d->listen_fd >= 0)
		close(d->listen_fd);
	service_end(&d->service);
	wipe_text(&d->tls_key);
	wipe_text(&d->tls_cert);
	free(d->url);
	free(d->public_dir);
	free(d->box_dir);
	free(d);
}

static int read_pem(char **out, const char *path, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	int r = yihu_file_read(path, PEM_BYTES_MAX, &text, err);
	if (r == 0)
		*out = yihu_strndup((const char *)text.data, text.len);
	yihu_buf_free(&text);
	return r;
}

/* A group may read it, as web servers have it; everybody may not. */
static int check_private(const char *path, struct yihu_error *err)
{
	struct stat st;
	if (stat(path, &st) != 0 || (st.st_mode & S_IRWXO) == 0)
		return 0; /* what is not there, its reader tells */
	return yihu_fail(err, YIHU_EIO,
			 _("%s can be read by every user of this computer: change its mode with "
			   "chmod 600, and get a new key where others may have read it"),
			 path);
}

static int load_tls(struct countd *d, struct yihu_error *err)
{
	const struct countd_options *o = &d->options;
	if (!o->tls_cert && !o->tls_key)
		return 0;
	if (!o->tls_cert || !o->tls_key)
		return yihu_fail(err, YIHU_EARG, _("TLS needs both: --tls-cert and --tls-key"));
	int r = read_pem(&d->tls_cert, o->tls_cert, err);
	if (r == 0)
		r = check_private(o->tls_key, err);
	if (r == 0)
		r = read_pem(&d->tls_key, o->tls_key, err);
	return r;
}

/* A mirror beside the box outlives a damaged file, but no disk. */
static void note_disks(struct countd *d)
{
	struct stat box, mirror;
	if (stat(d->box_dir, &box) == 0 && stat(d->options.mirror, &mirror) == 0 &&
	    box.st_dev == mirror.st_dev)
		countd_log(d, "%s and its mirror %s are on the same disk", d->box_dir,
			   d->options.mirror);
}

static int open_box(struct countd *d, struct yihu_error *err)
{
	const struct countd_options *o = &d->options;
	const struct yihu_box_opening how = {
		.mirror = o->mirror,
		.move = o->moved ? YIHU_BOX_MOVED : YIHU_BOX_STAYS,
		.not_before = o->not_before,
		.n_not_before = o->n_not_before,
	};
	int r = o->alone ? yihu_box_stand_alone(d->box_dir, err) : 0;
	if (r == 0 && !o->mirror)
		r = yihu_box_check_whole(d->box_dir, err);
	if (r == 0)
		r = yihu_box_open_as(&d->box, d->box_dir, &how, yihu_clock(), err);
	/* Rebuilt, and not whole: it can be read. */
	if (r == YIHU_EREADONLY) {
		countd_log(d, "%s", err->text);
		d->read_only = true;
		r = yihu_box_open_rebuilt(&d->box, d->box_dir, err);
	}
	if (r == 0)
		r = yihu_box_view_open(&d->view, d->box, err);
	if (r == 0) {
		d->election = yihu_box_election(d->box);
		letters_update(d->letters, yihu_box_ledger(d->box));
		countd_publish(d);
	}
	if (r == 0 && o->mirror)
		note_disks(d);
	return r;
}

static int open_listener(struct countd *d, struct yihu_error *err)
{
	const char *address = d->options.listen;
	bool tls = d->tls_key != NULL;
	if (d->listen_fd < 0)
		return countd_listen(&d->listen_fd, &d->url, address ? address : LISTEN_DEFAULT,
				     tls, err);
	if (address)
		return yihu_fail(err, YIHU_EARG,
				 _("a socket was handed over, and --listen names another address: "
				   "leave one of them out"));
	return countd_listen_url(&d->url, d->listen_fd, tls, err);
}

static void join(struct thread *t)
{
	if (t->runs)
		pthread_join(t->id, NULL);
	t->runs = false;
}

/* Closes the queues in the order in which requests pass them, and waits for
 * each to run dry. */
static void stop_threads(struct countd *d)
{
	queue_close(&d->verify);
	for (unsigned i = 0; i < COUNTD_VERIFIERS_MAX; i++)
		join(&d->verifiers[i]);
	queue_close(&d->audit);
	if (d->audit_child)
		audit_child_stop(d->audit_child);
	join(&d->audit_thread);
	queue_close(&d->write);
	join(&d->writer);
}

static int start_thread(struct countd *d, struct thread *t, void *(*run)(void *),
			struct yihu_error *err)
{
	int r = pthread_create(&t->id, NULL, run, d);
	if (r != 0)
		return yihu_fail(err, YIHU_EIO, _("a thread cannot be started: %s"), strerror(r));
	t->runs = true;
	return 0;
}

static unsigned count_verifiers(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	return cores < 2                      ? 2
	       : cores < COUNTD_VERIFIERS_MAX ? (unsigned)cores
					      : COUNTD_VERIFIERS_MAX;
}

static int start_threads(struct countd *d, struct yihu_error *err)
{
	int r = start_thread(d, &d->writer, writer_run, err);
	for (unsigned i = 0, n = count_verifiers(); r == 0 && i < n; i++)
		r = start_thread(d, &d->verifiers[i], verifier_run, err);
	if (r == 0)
		r = start_thread(d, &d->audit_thread, auditor_run, err);
	if (r == 0)
		r = start_thread(d, &d->reaper, reaper_run, err);
	return r;
}

static int write_address(struct countd *d, struct yihu_error *err)
{
	char *path = yihu_path(d->box_dir, "address");
	char *line = yihu_printf("%s\n", d->url);
	int r = yihu_file_write(path, line, strlen(line), 0644, err);
	free(line);
	free(path);
	return r;
}

static void remove_address(struct countd *d)
{
	char *path = yihu_path(d->box_dir, "address");
	unlink(path);
	free(path);
}

/* Everything but the box: no new request, what is queued is finished, the
 * last answers are taken or their time is up. */
static void stop_serving(struct countd *d)
{
	atomic_store(&d->stopping, true);
	stop_threads(d);
	for (unsigned ms = 0; atomic_load(&d->requests) > 0 && ms < DRAIN_MS; ms += DRAIN_STEP_MS)
		sleep_ms(DRAIN_STEP_MS);
	atomic_store(&d->drained, true);
	join(&d->reaper);
	countd_server_stop(d);
}

int countd_start(struct countd **out, const struct countd_options *o, struct yihu_error *err)
{
	struct countd *d = countd_new(o);
	int r = audit_child_start(&d->audit_child, d->public_dir, err);
	if (r == 0)
		r = service_begin(&d->service, &d->listen_fd, err);
	service_tell(&d->service, "STATUS=verifying %s", d->box_dir);
	if (r == 0)
		r = load_tls(d, err);
	if (r == 0)
		r = open_box(d, err);
	if (r == 0)
		r = open_listener(d, err);
	if (r == 0 && o->confined)
		r = sandbox_enter(d, err);
	if (r == 0)
		r = start_threads(d, err);
	if (r == 0)
		r = countd_server_start(d, err);
	if (r == 0)
		r = write_address(d, err);
	if (r != 0) {
		stop_serving(d);
		countd_free(d);
		return r;
	}
	countd_log(d, "%s serves %s, %llu entries", d->url, d->box_dir,
		   (unsigned long long)committed_figures(d->committed).size);
	service_tell(&d->service, "READY=1\nSTATUS=%llu entries",
		     (unsigned long long)committed_figures(d->committed).size);
	*out = d;
	return 0;
}

const char *countd_url(const struct countd *d)
{
	return d->url;
}

bool countd_failed(struct countd *d)
{
	return atomic_load(&d->failed);
}

/* What was acknowledged is still there to be read, from files without a name
 * too: public/log is then the one place that has it. Not where the folder
 * itself is another one, or gone. */
static void save_log(struct countd *d)
{
	struct yihu_error err = {0};
	if (!yihu_box_in_place(d->box))
		countd_log(d, "%s is not there any more: nothing could be saved", d->box_dir);
	else if (yihu_box_export(d->box, &err))
		countd_log(d, "the log could not be saved: %s", err.text);
	else
		countd_log(d, "all that was acknowledged is in %s/log", d->public_dir);
}

int countd_stop(struct countd *d, struct yihu_error *err)
{
	int r = 0;
	countd_log(d, "stopping: %u requests are finished first", atomic_load(&d->under_way));
	service_tell(&d->service, "STOPPING=1\nSTATUS=finishing what was taken in");
	stop_serving(d);
	if (atomic_load(&d->failed)) {
		save_log(d);
		r = yihu_fail(err, YIHU_EUNKNOWN,
			      _("%s: the last write failed; restart the daemon"), d->box_dir);
	} else if (!d->read_only) {
		r = yihu_box_export(d->box, err);
	}
	remove_address(d);
	countd_log(d, "stopped with %llu entries",
		   (unsigned long long)committed_figures(d->committed).size);
	countd_log_rest(d, true);
	countd_free(d);
	return r;
}
