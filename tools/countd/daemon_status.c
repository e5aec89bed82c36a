/* SPDX-License-Identifier: Apache-2.0
 *
 * Of what BOX/status says (countd/status_file.h), of the box's lock and its public folder.
 */
#include "countd/daemon_status.h"

#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/box.h>
#include <yihu/file.h>
#include <yihu/stage.h>

#include "cli/cli.h"
#include "cli/say_json.h"
#include "countd/certificate.h"
#include "countd/status_file.h"

#define STILL_S 30 /* a daemon that says nothing for so long does not move */
#define RENEW_S (14 * 86400)
#define DISK_BYTES_MIN 1e9 /* less is almost nothing */

struct status_seen {
	const char *dir;
	struct yihu_election *e;
	json_t *status; /* what it wrote last */
	bool runs;
	json_t *faults; /* what is wrong, each a text; NULL: it is said at once */
	unsigned wrong;
};

static void wrong(struct status_seen *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static void wrong(struct status_seen *s, const char *format, ...)
{
	struct yihu_buf text = {0};
	va_list args;
	va_start(args, format);
	yihu_buf_vfmt(&text, format, args);
	va_end(args);
	if (s->faults)
		json_array_append_new(s->faults, json_stringn((const char *)text.data, text.len));
	else
		cli_say(_("Wrong: %s"), (const char *)text.data);
	yihu_buf_free(&text);
	s->wrong++;
}

/* What is no fault is in the JSON as figures. */
static void say(const struct status_seen *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static void say(const struct status_seen *s, const char *format, ...)
{
	struct yihu_buf text = {0};
	va_list args;
	va_start(args, format);
	yihu_buf_vfmt(&text, format, args);
	va_end(args);
	if (!s->faults)
		cli_say("%s", (const char *)text.data);
	yihu_buf_free(&text);
}

static uint64_t number(const json_t *j, const char *key)
{
	json_int_t n = json_integer_value(json_object_get(j, key));
	return n > 0 ? (uint64_t)n : 0;
}

static bool is(const json_t *j, const char *key)
{
	return json_is_true(json_object_get(j, key));
}

/* "" where it says nothing. */
static const char *text(const json_t *j, const char *key)
{
	const char *t = json_string_value(json_object_get(j, key));
	return t ? t : "";
}

/* ---- what there is ---- */

static int read_election(struct status_seen *s, struct yihu_error *err)
{
	char *dir = yihu_path(s->dir, "public");
	int r = yihu_election_load(&s->e, dir, err);
	free(dir);
	return r;
}

static int read_status(struct status_seen *s, struct yihu_error *err)
{
	char *path = yihu_path(s->dir, STATUS_FILE);
	struct yihu_buf bytes = {0};
	int r = yihu_file_read(path, STATUS_BYTES_MAX, &bytes, err);
	if (r == 0)
		s->status = json_loadb(yihu_buf_bytes(&bytes), bytes.len, 0, NULL);
	if (r == 0 && !s->status)
		r = yihu_fail(err, YIHU_EFORMAT, _("%s is not what a daemon writes"), path);
	if (r == 0 && kill((pid_t)number(s->status, "pid"), 0) != 0 && errno == ESRCH)
		r = yihu_fail(err, YIHU_ENOENT,
			      _("%s is of a daemon that was killed, and the new one has only just "
				"begun; ask again in a moment"),
			      path);
	yihu_buf_free(&bytes);
	free(path);
	return r;
}

/* ---- what is said ---- */

static void say_election(const struct status_seen *s)
{
	char print[YIHU_SHORT_PRINT_BYTES];
	const char *title = yihu_definition_meta(s->e->definition, "description");
	char *opens = yihu_time_local(s->e->charter->opens);
	char *closes = yihu_time_local(s->e->charter->closes);
	yihu_short_print(print, s->e->charter->eid);
	say(s, _("Election: %s (%s). The poll: %s to %s"), title ? title : "", print, opens,
	    closes);
	free(opens);
	free(closes);
}

static void say_daemon(struct status_seen *s)
{
	const json_t *j = s->status;
	char *since = yihu_time_local(number(j, "started"));
	uint64_t now = yihu_clock(), written = number(j, "written");
	say(s, _("Daemon: %s since %s, process %llu, at %s"), text(j, "version"), since,
	    (unsigned long long)number(j, "pid"), text(j, "url"));
	free(since);
	if (now > written + STILL_S)
		wrong(s,
		      _("it has not moved for %llu seconds; see its log and whether a disk hangs, "
			"then start it again"),
		      (unsigned long long)(now - written));
}

static const char *stage_word(const char *name)
{
	for (int i = 0; i < YIHU_N_STAGES; i++)
		if (strcmp(yihu_stage_name((enum yihu_stage)i), name) == 0)
			return yihu_stage_word((enum yihu_stage)i);
	return name;
}

static void say_poll(struct status_seen *s)
{
	const json_t *j = s->status;
	uint64_t last = number(j, "last_ballot");
	char *when = last > 0 ? yihu_time_local(last) : NULL;
	say(s,
	    _("Stage: %s. Ballots: %llu of %llu households. Under way: %llu, waiting at most "
	      "%.1f s"),
	    stage_word(text(j, "stage")), (unsigned long long)number(j, "ballots"),
	    (unsigned long long)number(j, "households"), (unsigned long long)number(j, "under_way"),
	    (double)number(j, "waits_ms") / 1e3);
	if (when)
		say(s, _("The last ballot: %s"), when);
	free(when);
	if (is(j, "failed"))
		wrong(s, _("the box can no longer be written; see the daemon's log for which disk, "
			   "mend it, and start the daemon again"));
	if (is(j, "read_only"))
		wrong(s, _("the box was made again and lacks entries that were signed; gather "
			   "receipts and run --rebuild"));
}

static void say_clock(struct status_seen *s)
{
	const char *words = text(s->status, "clock_words");
	if (*words != '\0')
		wrong(s, "%s", words);
	else
		say(s, is(s->status, "synchronised")
			       ? _("Clock: right; the system keeps it synchronised")
			       : _("Clock: right"));
}

static void say_disk(struct status_seen *s, const char *dir, const json_t *disk)
{
	double free_bytes = (double)number(disk, "free");
	if (!is(disk, "there")) {
		wrong(s, _("%s has no box.db; see whether its disk is mounted"), dir);
		return;
	}
	say(s, _("Disk of %s: %.1f GB free, %.1f MB of box.db-wal"), dir, free_bytes / 1e9,
	    (double)number(disk, "wal") / 1e6);
	if (free_bytes < DISK_BYTES_MIN)
		wrong(s,
		      _("the disk of %s is almost full; make room there, but remove nothing below "
			"the box"),
		      dir);
}

static void say_disks(struct status_seen *s)
{
	const char *mirror = text(s->status, "mirror");
	say_disk(s, s->dir, json_object_get(s->status, "box_disk"));
	if (*mirror != '\0')
		say_disk(s, mirror, json_object_get(s->status, "mirror_disk"));
	else
		say(s, _("No mirror."));
}

/* The one of the file: the daemon reads it on SIGHUP. */
static void say_certificate(struct status_seen *s)
{
	const char *path = text(s->status, "certificate");
	uint64_t at = *path != '\0' ? certificate_file_expires(path) : 0;
	if (*path == '\0')
		return;
	if (at == 0) {
		wrong(s, _("the certificate %s cannot be read"), path);
		return;
	}
	char *when = yihu_time_local(at);
	if (at < yihu_clock() + RENEW_S)
		wrong(s,
		      _("the certificate %s is good until %s; renew it, and tell the daemon with "
			"SIGHUP"),
		      path, when);
	else
		say(s, _("Certificate: good until %s"), when);
	free(when);
}

static void say_running(struct status_seen *s)
{
	say_daemon(s);
	if (!is(s->status, "serves")) {
		say(s,
		    _("It is starting: %llu of %llu entries are verified. It serves by itself "
		      "when that is done."),
		    (unsigned long long)number(s->status, "verified"),
		    (unsigned long long)number(s->status, "entries"));
		return;
	}
	say_poll(s);
	say_clock(s);
	say_disks(s);
	say_certificate(s);
}

/* A daemon that ends takes its address along. */
static bool was_cut_off(const char *dir)
{
	char *address = yihu_box_last_address(dir);
	bool left = address != NULL;
	free(address);
	return left;
}

static void say_stopped(struct status_seen *s)
{
	char *word = yihu_shell_word(s->dir);
	if (was_cut_off(s->dir))
		wrong(s,
		      _("the last daemon was cut off, and nobody can vote; all that it has "
			"acknowledged is there. Start it again: yihu-countd %s"),
		      word);
	else
		wrong(s, _("no daemon has this box, so nobody can vote; start it: yihu-countd %s"),
		      word);
	free(word);
}

static int look(struct status_seen *s, struct yihu_error *err)
{
	bool runs = false;
	int r = read_election(s, err);
	if (r == 0)
		r = yihu_box_is_taken(s->dir, &runs, err);
	if (r == 0 && runs)
		r = read_status(s, err);
	s->runs = runs;
	if (r == YIHU_ENOENT && runs && s->faults) { /* it has only just begun */
		json_decref(s->status);
		s->status = NULL;
		return 0;
	}
	if (r != 0)
		return r;
	say_election(s);
	if (runs)
		say_running(s);
	else
		say_stopped(s);
	return 0;
}

/* Where the mirror was, by the mark of a half; null: there is none. */
static json_t *mirror_of(const char *dir)
{
	char *other = yihu_box_other_half(dir);
	json_t *j = other ? json_string(other) : json_null();
	free(other);
	return j ? j : json_string("?");
}

/* Takes the faults over. */
static void print_json(struct status_seen *s)
{
	bool cut = !s->runs && was_cut_off(s->dir);
	char *address = yihu_box_last_address(s->dir);
	char *last = address ? address : yihu_box_served_at(s->dir);
	const struct yihu_charter *c = s->e->charter;
	json_t *j = json_pack("{s:s, s:b, s:b, s:s?, s:o, s:I, s:I, s:I, s:O?, s:o}", "version",
			      "yihu-daemon-v1", "runs", s->runs, "cut_off", cut, "last", last,
			      "mirror", mirror_of(s->dir), "opens", (json_int_t)c->opens, "closes",
			      (json_int_t)c->closes, "now", (json_int_t)yihu_clock(), "daemon",
			      s->status, "wrong", s->faults);
	cli_say_json(j, JSON_COMPACT);
	free(last);
}

static int say_verdict(struct status_seen *s, bool json)
{
	if (json)
		print_json(s);
	else if (s->wrong == 0)
		cli_say(_("Nothing is wrong."));
	return s->wrong == 0 || json ? CLI_DONE : CLI_FAILED;
}

int countd_status(const char *box_dir, bool json)
{
	struct yihu_error err = {0};
	struct status_seen s = {.dir = box_dir, .faults = json ? json_array() : NULL};
	int r = look(&s, &err);
	int status = r == 0 ? say_verdict(&s, json) : cli_error(&err);
	if (r != 0)
		json_decref(s.faults);
	json_decref(s.status);
	yihu_election_free(s.e);
	return status;
}
