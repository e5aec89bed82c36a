/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu: the committee's window, or its steps on the terminal. Exit status: 0 ended as it
 * should, 1 not, 2 usage.
 */
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>
#include <yihu/file.h>

#include "cli/program.h"
#include "console/console.h"
#include "console/desktop.h"
#include "console/shelf.h"
#include "console/stick_holds.h"
#include "console/stick_root.h"
#include "folder/facts.h"
#include "folder/step_cards.h"
#include "folder/step_command.h"
#include "folder/step_table.h"

#define SHELF "yihu" /* in the home folder */
#define IDLE_MINUTES 60u
#define FOLDERS_MAX 8

static struct {
	bool text, no_browser, go_on, sticks, holder;
	struct cli_u32 idle;
	struct cli_list in;
} given;

static const struct cli_option options[] = {
	{"text", CLI_FLAG, &given.text, NULL, N_("say on the terminal what comes next, and end")},
	{"sticks", CLI_FLAG, &given.sticks, NULL,
	 N_("say which sticks are plugged in and what of ours lies on them, and end")},
	{"holder", CLI_FLAG, &given.holder, NULL,
	 N_("a key holder's own window: only what this key holder does now")},
	{"no-browser", CLI_FLAG, &given.no_browser, NULL,
	 N_("open no browser: say the address and a code for it")},
	{"in", CLI_LIST, &given.in, "DIR",
	 N_("look for elections in this folder, and begin new ones in the first; repeatable")},
	{"go-on", CLI_FLAG, &given.go_on, NULL,
	 N_("start the counting daemons anew that nobody has stopped")},
	{"idle", CLI_U32, &given.idle, "MINUTES",
	 N_("end when nobody has used the window for so long (60; 0: never)")},
};

/* The folders that are named, else the one in the home folder; freed with the process. */
static size_t shelves(const char **out)
{
	const char *home = getenv("HOME");
	size_t n = 0;
	for (; n < given.in.n && n < FOLDERS_MAX - 1; n++)
		out[n] = given.in.at[n];
	if (n == 0)
		out[n++] = yihu_path(home && *home ? home : ".", SHELF);
	return n;
}

/* ---- on the terminal ---- */

static void say_card(const struct step_card *c)
{
	cli_say(_("      who: %s"), yihu_gettext(c->who));
	cli_say(_("      in hand: %s"), yihu_gettext(c->hand));
	cli_say(_("      how long: %s"), yihu_gettext(c->time));
	cli_say(_("      cannot be undone: %s"), yihu_gettext(c->final));
	cli_say("      %s", yihu_gettext(c->act));
}

static void say_step(const struct folder_step *s, const struct folder_facts *x)
{
	const char *command = s->together ? s->together : s->command;
	char *words = folder_step_words(s, x);
	char *typed = command ? folder_step_command(command, x) : NULL;
	cli_say("  %s", words);
	say_card(step_card(s->id));
	if (typed)
		cli_say("      %s", typed);
	free(typed);
	free(words);
}

static int say_steps(const char *path, struct yihu_error *err)
{
	struct yihu_folder f;
	struct folder_facts x;
	size_t n;
	const struct folder_step *steps = folder_steps(&n);
	yihu_folder_init(&f, path);
	int r = folder_facts_read(&x, &f, (uint64_t)time(NULL), err);
	cli_say("%s", path);
	for (size_t i = 0; r == 0 && i < n; i++)
		if (folder_step_state(&steps[i], &x) == STEP_DUE)
			say_step(&steps[i], &x);
	if (r == 0)
		folder_facts_finish(&x);
	yihu_folder_finish(&f);
	return r;
}

static int say_all(const char *const *folders, size_t n)
{
	struct shelf s;
	int status = CLI_DONE;
	shelf_read(&s, folders, n);
	if (s.n == 0)
		cli_say(_("there is no election in %s yet: yihu-issue init begins one"),
			folders[0]);
	for (size_t i = 0; i < s.n; i++) {
		struct yihu_error err;
		if (say_steps(s.books[i].path, &err) != 0)
			status = cli_error(&err);
	}
	shelf_finish(&s);
	return status;
}

/* ---- sticks ---- */

#define MEGABYTE 1000000u

static void say_holds(const struct stick *s)
{
	struct stick_holds h;
	stick_holds_read(&h, s);
	for (size_t i = 0; i < h.n_keys; i++)
		cli_say(_("  %s: the key of %s"), h.keys[i].path, h.keys[i].key.name);
	for (size_t i = 0; i < h.n_backups; i++)
		cli_say(_("  %s: a backup of the clerk's side"), h.backups[i]);
	for (size_t i = 0; i < h.elections.n; i++)
		cli_say(_("  %s: an election"), h.elections.books[i].path);
	stick_holds_finish(&h);
}

static int say_sticks(void)
{
	struct sticks all;
	sticks_read(&all, stick_root());
	if (all.n == 0)
		cli_say(_("no stick is plugged in and mounted"));
	for (size_t i = 0; i < all.n; i++) {
		const struct stick *s = &all.at[i];
		cli_say(s->writable ? _("%s: “%s”, %llu MB, %llu MB are free")
				    : _("%s: “%s”, %llu MB, %llu MB are free, to be read only"),
			s->where, s->name, (unsigned long long)(s->size / MEGABYTE),
			(unsigned long long)(s->left / MEGABYTE));
		say_holds(s);
	}
	sticks_finish(&all);
	return CLI_DONE;
}

/* ---- the window ---- */

static bool has_screen(void)
{
	const char *x11 = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");
	return (x11 && *x11) || (wayland && *wayland);
}

/* Points the browser to the entry file; the address itself stands on no command line. */
static bool open_browser(const char *entry)
{
	return !given.no_browser && has_screen() && desktop_open(entry);
}

static void say_where(const struct console *c)
{
	if (open_browser(console_entry(c)))
		cli_say(_("The window is open in the browser. If not, open %s there and type the "
			  "code %s."),
			console_url(c), console_code(c));
	else
		cli_say(_("Open %s in a browser of this computer, and type the code %s."),
			console_url(c), console_code(c));
}

/* The window is there already: its browser is opened again. */
static int call_window(const char *shelf)
{
	struct yihu_error err;
	char *entry;
	if (console_call(&entry, shelf, &err) != 0)
		return cli_error(&err);
	if (open_browser(entry))
		cli_say(_("The window was open already; it is shown again."));
	else
		cli_say(_(
			"The window is open already: its own terminal says where, and the code."));
	free(entry);
	return CLI_DONE;
}

static int signals(void)
{
	sigset_t ends;
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGUSR1); /* somebody starts the window a second time */
	sigprocmask(SIG_BLOCK, &ends, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN); /* the terminal may be closed: the browser is the window */
	return signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* Was it SIGUSR1 that ended the wait? */
static bool was_called(int told)
{
	struct signalfd_siginfo what;
	return read(told, &what, sizeof what) == sizeof what && what.ssi_signo == SIGUSR1;
}

/* Where the other programs are: beside this one. */
static char *programs(void)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
	path[len > 0 ? len : 0] = '\0';
	return yihu_strdup(dirname(path));
}

static int serve(const char *const *folders, size_t n)
{
	struct yihu_error err;
	struct console *c;
	char *beside = programs();
	const struct console_options o = {
		.programs = beside,
		.shelves = folders,
		.n_shelves = n,
		.go_on = given.go_on,
		.holder = given.holder,
		.idle_s = 60 * (given.idle.given ? given.idle.value : IDLE_MINUTES)};
	int told = signals(), r = console_start(&c, &o, &err);
	if (r == 0) {
		say_where(c);
		for (console_wait(c, told); was_called(told); console_wait(c, told))
			if (console_renew(c, &err) == 0)
				say_where(c);
		console_stop(c);
	}
	free(beside);
	return r == 0 ? CLI_DONE : r == YIHU_ELOCKED ? call_window(folders[0]) : cli_error(&err);
}

static int run(const struct cli_verb *verb, const char *const *words)
{
	const char *folders[FOLDERS_MAX];
	size_t n = shelves(folders);
	(void)verb;
	(void)words;
	if (given.sticks)
		return say_sticks();
	return given.text ? say_all(folders, n) : serve(folders, n);
}

static const struct cli_verb verb_window = {
	.label = N_("the committee's window"),
	.command =
		CLI_COMMAND("[--text | --sticks | --holder]",
			    N_("Shows the elections of this computer, what comes next in each, and "
			       "takes the steps."),
			    options, 0),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_BOX | CLI_PUBLIC | CLI_PAPER | CLI_LETTERS,
	.run = run,
};
static const struct cli_verb *const verbs[] = {&verb_window};
static const struct cli_program program = {
	.name = "yihu",
	.summary = N_("The committee's window: elections, what comes next, and the steps."),
	.verbs = verbs,
	.n = sizeof verbs / sizeof *verbs,
};

int main(int argc, char **argv)
{
	return cli_main(&program, argc, argv);
}
