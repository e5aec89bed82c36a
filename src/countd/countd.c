/* SPDX-License-Identifier: Apache-2.0
 *
 * Starting and stopping: the order in which threads come and go.
 */
#include "countd.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "asked.h"
#include "box_to_serve.h"
#include "daemon.h"
#include "front.h"
#include "front_process.h"
#include "front_side.h"
#include "listen.h"
#include "privileges.h"
#include "sandbox.h"
#include "status_file.h"
#include "threads.h"

#define HELD_BYTES ((size_t)64 << 20)

static unsigned or_default(unsigned value, unsigned otherwise)
{
	return value ? value : otherwise;
}

static struct countd *countd_new(const struct countd_options *o)
{
	struct countd *d = yihu_calloc(1, sizeof *d);
	d->options = *o;
	d->options.connections = or_default(o->connections, 2000);
	d->options.connections_per_ip =
		or_default(o->connections_per_ip, d->options.connections / 10);
	d->options.queue = or_default(o->queue, 4096);
	d->options.held_bytes = o->held_bytes ? o->held_bytes : HELD_BYTES;
	d->options.request_ms = or_default(o->request_ms, 10000);
	d->since = yihu_clock();
	d->box_dir = yihu_strdup(o->box_dir);
	d->public_dir = yihu_path(o->box_dir, "public");
	d->service.tells = -1;
	pthread_mutex_init(&d->box_lock, NULL);
	event_log_init(&d->log, o->quiet);
	lanes_init(&d->verify, d->options.queue);
	in_flight_init(&d->in_flight);
	d->known_false = known_false_new();
	asked_work_init(&d->work);
	queue_init(&d->write);
	queue_init(&d->read);
	queue_init(&d->read_log);
	clock_guard_init(&d->clock, d->box_dir);
	d->committed = committed_new();
	d->letters = letters_new();
	d->entries = known_entries_new();
	return d;
}

static void countd_free(struct countd *d)
{
	front_process_end(d->front);
	asked_free(d->asked);
	yihu_box_view_close(d->view);
	yihu_box_close(d->box);
	letters_free(d->letters);
	known_entries_free(d->entries);
	committed_free(d->committed);
	lanes_finish(&d->verify);
	in_flight_finish(&d->in_flight);
	known_false_free(d->known_false);
	asked_work_finish(&d->work);
	queue_finish(&d->write);
	queue_finish(&d->read);
	queue_finish(&d->read_log);
	event_log_finish(&d->log);
	clock_guard_finish(&d->clock);
	pthread_mutex_destroy(&d->box_lock);
	service_end(&d->service);
	free(d->url);
	free(d->metrics_url);
	free(d->public_dir);
	free(d->box_dir);
	free(d);
}

/* Closes the queues in the order in which requests pass them, and waits for
 * each to run dry. */
static void stop_threads(struct countd *d)
{
	lanes_close(&d->verify);
	for (unsigned i = 0; i < COUNTD_VERIFIERS_MAX; i++)
		thread_join(&d->verifiers[i]);
	thread_join(&d->recheck);
	thread_join(&d->status);
	status_remove(d);
	queue_close(&d->read);
	queue_close(&d->read_log);
	thread_join(&d->reader);
	thread_join(&d->log_reader);
	queue_close(&d->write);
	thread_join(&d->writer);
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
	int r = thread_start(&d->writer, "writer", writer_run, d, err);
	for (unsigned i = 0, n = count_verifiers(); r == 0 && i < n; i++)
		r = thread_start(&d->verifiers[i], "verifier", verifier_run, d, err);
	if (r == 0)
		r = thread_start(&d->recheck, "recheck", recheck_run, d, err);
	if (r == 0)
		r = thread_start(&d->reader, "reader", reader_run, d, err);
	if (r == 0)
		r = thread_start(&d->log_reader, "log reader", log_reader_run, d, err);
	if (r == 0) {
		status_now(d);
		r = thread_start(&d->status, "status", status_run, d, err);
	}
	return r ? r : asked_serve(d->asked, err);
}

static int write_url(struct countd *d, const char *name, struct yihu_error *err)
{
	char *path = yihu_path(d->box_dir, name);
	char *line = yihu_printf("%s\n", d->url);
	int r = yihu_file_write(path, line, strlen(line), 0644, err);
	free(line);
	free(path);
	return r;
}

/* The address is there while it runs; that it served here, until a person stops it. */
static int write_address(struct countd *d, struct yihu_error *err)
{
	int r = write_url(d, "served", err);
	return r == 0 ? write_url(d, "address", err) : r;
}

static void remove_url(struct countd *d, const char *name)
{
	char *path = yihu_path(d->box_dir, name);
	unlink(path);
	free(path);
}

void countd_stopped_by_hand(struct countd *d)
{
	remove_url(d, "served");
}

/* Everything but the box: no new request, what is queued is finished, the
 * last answers are taken or their time is up. */
static void stop_serving(struct countd *d)
{
	atomic_store(&d->stopping, true);
	if (d->asked)
		asked_stop(d->asked);
	stop_threads(d);
	if (d->asked)
		asked_finish(d->asked);
}

/* Whoever starts a second daemon is told of the first, and not that its address is
 * taken. Opening the box asks again. */
static int check_unlocked(struct countd *d, struct yihu_error *err)
{
	int fd = -1;
	char *lock = yihu_path(d->box_dir, ".lock");
	/* Where there is none it is made by whoever will have the box. */
	int r = yihu_file_exists(lock) ? yihu_box_lock(d->box_dir, &fd, err) : 0;
	yihu_unlock(fd);
	free(lock);
	return r;
}

/* Ports and keys that only root has are had by now. */
static int leave_root(struct countd *d, const struct front *f, struct yihu_error *err)
{
	const struct privileges p = {.user = d->options.user,
				     .local = countd_listens_locally(f->listen_fd),
				     .url = f->url,
				     .box_dir = d->box_dir};
	return privileges_leave(&p, err);
}

/* The HTTP side, which answers from now on that the box is not open yet. */
static int start_front(struct countd *d, struct yihu_error *err)
{
	struct front *f;
	struct service_sockets sockets;
	int fd = -1;
	int r = service_begin(&d->service, &sockets, err);
	if (r == 0 && (r = check_unlocked(d, err)) != 0)
		service_sockets_close(&sockets);
	if (r == 0)
		r = front_new(&f, &d->options, &sockets, err);
	if (r != 0)
		return r;
	if ((r = leave_root(d, f, err)) != 0) {
		front_free(f);
		return r;
	}
	d->url = yihu_strdup(f->url);
	d->metrics_url = f->metrics_url ? yihu_strdup(f->metrics_url) : NULL;
	r = front_process_start(&d->front, f, d->options.confined, d->service.tells, &fd, err);
	if (fd >= 0)
		d->asked = asked_new(d, fd, CALLS_AT_ONCE(d->options.connections));
	return r ? r : asked_wait_front(d->asked, err);
}

static int join_front(struct countd *d, struct yihu_error *err)
{
	d->url = yihu_strdup("");
	d->asked = asked_new(d, d->options.front_fd, CALLS_AT_ONCE(d->options.connections));
	return asked_wait_front(d->asked, err);
}

static int serve(struct countd *d, struct yihu_error *err)
{
	int r = d->options.front_fd > 0 ? join_front(d, err) : start_front(d, err);
	service_tell(&d->service, "STATUS=verifying %s", d->box_dir);
	if (r == 0)
		r = countd_open_box(d, err);
	if (r == 0 && d->options.confined)
		r = sandbox_box(d, err);
	if (r == 0)
		r = start_threads(d, err);
	return r == 0 ? write_address(d, err) : r;
}

int countd_start(struct countd **out, const struct countd_options *o, struct yihu_error *err)
{
	struct countd *d = countd_new(o);
	int r = serve(d, err);
	if (r != 0) {
		stop_serving(d);
		countd_free(d);
		return r;
	}
	countd_log(&d->log, "%s serves %s, %llu entries", d->url, d->box_dir,
		   (unsigned long long)committed_figures(d->committed).size);
	if (privileges_are_roots())
		countd_warn(&d->log, "the daemon is root: with --user it would be less");
	if (!privileges_lock_memory())
		countd_warn(&d->log,
			    "the log key's memory may be written to a swap disk: no memory "
			    "can be locked (RLIMIT_MEMLOCK)");
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
	return atomic_load(&d->failed) || atomic_load(&d->front_gone);
}

void countd_reload(struct countd *d)
{
	asked_reload(d->asked);
}

/* What was acknowledged is still there to be read, from files without a name
 * too: public/log is then the one place that has it. Not where the folder
 * itself is another one, or gone. */
static void save_log(struct countd *d)
{
	struct yihu_error err = {0};
	if (!yihu_box_in_place(d->box))
		countd_warn(&d->log, "%s is not there any more: nothing could be saved",
			    d->box_dir);
	else if (yihu_box_export(d->box, &err))
		countd_warn(&d->log, "the log could not be saved: %s", err.text);
	else
		countd_log(&d->log, "all that was acknowledged is in %s/log", d->public_dir);
}

int countd_stop(struct countd *d, struct yihu_error *err)
{
	int r = 0;
	countd_log(&d->log, "stopping: %u requests are finished first", atomic_load(&d->under_way));
	service_tell(&d->service, "STOPPING=1\nSTATUS=finishing what was taken in");
	stop_serving(d);
	if (atomic_load(&d->failed)) {
		save_log(d);
		r = yihu_fail(err, YIHU_EUNKNOWN,
			      _("%s takes nothing more: %s. Start the daemon again: it verifies "
				"what is there"),
			      d->box_dir, d->why.text);
	} else if (!d->read_only) {
		r = yihu_box_export(d->box, err);
	}
	if (r == 0 && atomic_load(&d->front_gone))
		r = yihu_fail(err, YIHU_EIO,
			      _("the process that serves HTTP has ended; restart the daemon"));
	remove_url(d, "address");
	countd_log(&d->log, "stopped with %llu entries",
		   (unsigned long long)committed_figures(d->committed).size);
	countd_log_rest(&d->log, true);
	countd_free(d);
	return r;
}
