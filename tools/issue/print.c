/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue print, test-page and reprint: what goes through a printer, and whether all
 * of it came out.
 */
#include "issue/print_room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <yihu/secret.h>

#include "cli/say_json.h"
#include "folder/paper_options.h"
#include "folder/record.h"
#include "issue/near.h"
#include "issue/paper.h"
#include "issue/verbs.h"

static struct {
	const char *printer, *read;
	struct cli_u32 came_out, spoiled;
	bool json, by_eye, again;
} given;

/* ---- print: what there is ---- */

static void say_jobs(const struct print_file *f)
{
	for (size_t i = 0; i < f->n_jobs; i++) {
		const struct print_job *j = &f->jobs[i];
		if (j->is.counted)
			cli_say(_("  %s: %s, %u sheets"), j->id, spooler_state_name(j->is.state),
				j->is.sheets);
		else
			cli_say(_("  %s: %s; the printer says no number"), j->id,
				spooler_state_name(j->is.state));
	}
}

static void say_difference(const struct print_file *f)
{
	int64_t more;
	uint32_t out;
	if (!print_came_out(f, &out))
		return;
	cli_say(_("  %u came out, %u of them spoiled"), out, f->spoiled);
	if (!print_difference(f, &more))
		return;
	if (more == 0)
		cli_say(_("  all sheets are there"));
	else if (more < 0)
		cli_say(_("  %ld sheets are missing: look for them, or print the letter again"),
			(long)-more);
	else
		cli_say(_("  %ld sheets too many: look for a letter that was printed twice, and "
			  "destroy one of the two"),
			(long)more);
}

static void say_room(const struct print_room *room, const struct spooler *s)
{
	for (size_t i = 0; i < room->n; i++) {
		const struct print_file *f = &room->files[i];
		cli_say(_("%s: %u sheets"), f->name, f->sheets);
		say_jobs(f);
		say_difference(f);
	}
	if (room->n == 0)
		cli_say(_("there is nothing to print"));
	for (size_t i = 0; i < s->n; i++)
		cli_say(_("printer: %s"), s->printers[i]);
	if (!s->there)
		cli_say(_("this computer has no lpstat (package cups-client): open the files and "
			  "print them by hand"));
	else if (s->n == 0)
		cli_say(_("no printer is set up on this computer"));
}

/* ---- as JSON ---- */

static json_t *json_jobs(const struct print_file *f)
{
	json_t *jobs = json_array();
	for (size_t i = 0; i < f->n_jobs; i++)
		json_array_append_new(
			jobs, json_pack("{s:s, s:s, s:o}", "job", f->jobs[i].id, "state",
					spooler_state_name(f->jobs[i].is.state), "sheets",
					f->jobs[i].is.counted ? json_integer(f->jobs[i].is.sheets)
							      : json_null()));
	return jobs;
}

static json_t *json_file(const struct print_file *f)
{
	uint32_t out;
	int64_t more;
	json_t *came = print_came_out(f, &out) ? json_integer(out) : json_null();
	json_t *difference = print_difference(f, &more) ? json_integer(more) : json_null();
	return json_pack("{s:s, s:I, s:o, s:o, s:b, s:I, s:o}", "name", f->name, "sheets",
			 (json_int_t)f->sheets, "jobs", json_jobs(f), "came_out", came, "by_hand",
			 f->by_hand, "spoiled", (json_int_t)f->spoiled, "difference", difference);
}

static void print_json(const struct yihu_folder *f, const struct print_room *room,
		       const struct spooler *s)
{
	json_t *files = json_array(), *printers = json_array();
	char *duplex = paper_option(f, "duplex");
	bool passes = yihu_medium_of(f->letters) == YIHU_MEDIUM_MEMORY;
	for (size_t i = 0; i < room->n; i++)
		json_array_append_new(files, json_file(&room->files[i]));
	for (size_t i = 0; i < s->n; i++)
		json_array_append_new(printers, json_string(s->printers[i]));
	json_t *j = json_pack("{s:s, s:b, s:b, s:o, s:s?, s:b, s:s?, s:o}", "version",
			      "yihu-print-v1", "cups", s->there, "passes", passes, "printers",
			      printers, "usual", s->usual, "two_sided", duplex != NULL, "test_page",
			      record_test(f), "files", files);
	cli_say_json(j, JSON_COMPACT);
	free(duplex);
}

static int show_room(struct tool_call *c)
{
	struct print_room room = {0};
	struct spooler s;
	int r = print_room_read(&room, &c->folder, &c->err);
	if (r == 0) {
		spooler_look(&s);
		if (given.json)
			print_json(&c->folder, &room, &s);
		else
			say_room(&room, &s);
		spooler_finish(&s);
	}
	print_room_finish(&room);
	return r;
}

/* ---- print: one file ---- */

static int send(struct tool_call *c)
{
	char *job = NULL;
	int r = print_room_send(&job, &c->folder, c->words[1], given.printer, given.again, &c->err);
	if (r == 0)
		cli_say(_("%s has it, as %s. The spooler may keep a copy of it: 'yihu-issue print "
			  "%s' says how many sheets came out."),
			given.printer, job, c->folder.word);
	free(job);
	return r;
}

static int count(struct tool_call *c)
{
	struct print_room room = {0};
	int r = print_room_count(&c->folder, c->words[1],
				 given.came_out.given ? &given.came_out.value : NULL,
				 given.spoiled.given ? &given.spoiled.value : NULL, &c->err);
	if (r == 0)
		r = print_room_read(&room, &c->folder, &c->err);
	const struct print_file *f = r == 0 ? print_room_find(&room, c->words[1]) : NULL;
	if (f) {
		cli_say(_("%s: %u sheets"), f->name, f->sheets);
		say_difference(f);
	}
	print_room_finish(&room);
	return r;
}

static int print(struct tool_call *c)
{
	int r = 0;
	c->says_next = true;
	if (!c->words[1])
		return show_room(c);
	if (given.printer)
		r = send(c);
	return r == 0 && (given.came_out.given || given.spoiled.given) ? count(c) : r;
}

static int check_print(const char *const *words)
{
	bool acts = given.printer || given.came_out.given || given.spoiled.given;
	if (words[1] && !acts)
		return cli_usage_error(_("say what is to be done with %s: --printer, --came-out or "
					 "--spoiled"),
				       words[1]);
	if (!words[1] && acts)
		return cli_usage_error(_("name the file"));
	return -1;
}

static const struct cli_option print_options[] = {
	{"printer", CLI_STRING, &given.printer, "NAME", N_("the printer that gets the file")},
	{"again", CLI_FLAG, &given.again, NULL,
	 N_("send letters that were sent to a printer before once more")},
	{"came-out", CLI_U32, &given.came_out, "N",
	 N_("sheets that came out of it, counted by hand")},
	{"spoiled", CLI_U32, &given.spoiled, "N", N_("sheets of these that jammed or are spoiled")},
	{"json", CLI_FLAG, &given.json, NULL, N_("print one JSON object: files, jobs, printers")},
};

const struct cli_verb issue_verb_print = {
	.name = "print",
	.label = N_("send papers to a printer, and count them"),
	.command =
		{.usage =
			 "print DIR [FILE] [--printer NAME [--again]] [--came-out N] [--spoiled N]",
		 .summary = N_("Send a paper to a printer, and say whether all sheets came "
			       "out."),
		 .options = print_options,
		 .n_options = sizeof print_options / sizeof *print_options,
		 .min_words = 1,
		 .max_words = 2},
	.reads = CLI_CEREMONY | CLI_LETTERS | CLI_PAPER,
	.changes = CLI_PAPER,
	.check = check_print,
	.run = tool_run,
	.act = &(const struct tool_act){.act = print},
};

/* ---- test-page ---- */

static int test_page(struct tool_call *c)
{
	const struct issue_paper_options o = paper_options();
	if (given.read)
		return issue_test_read(&c->folder, yihu_span(given.read), &c->err);
	return given.by_eye ? issue_test_seen(&c->folder, &c->err)
			    : issue_test_page(&c->folder, &o, &c->err);
}

static void say_test_page(struct tool_call *c)
{
	c->says_next = true;
	if (given.read)
		cli_say(_("The camera has read it: the letters' codes will be readable."));
	else if (given.by_eye)
		cli_say(_("It is noted that somebody has looked at the test page."));
	else
		cli_say(_("The test page is %s/paper/test-page.pdf: print it as the letters will "
			  "be, and read its code with a camera."),
			c->folder.root);
}

static const struct cli_option test_options[] = {
	{"read", CLI_STRING, &given.read, "TEXT", N_("what a camera read on it")},
	{"by-eye", CLI_FLAG, &given.by_eye, NULL,
	 N_("somebody has looked at it, without a camera")},
	PAPER_DUPLEX,
	PAPER_LANGUAGE,
};

const struct cli_verb issue_verb_test_page = {
	.name = "test-page",
	.label = N_("make the printer's test page"),
	.command = CLI_COMMAND("test-page DIR",
			       N_("Make a test page for the printer, or note how it was checked."),
			       test_options, 1),
	.reads = CLI_CEREMONY | CLI_PAPER | CLI_PUBLIC,
	.changes = CLI_PAPER | CLI_PUBLIC,
	.run = tool_run,
	.act = &(const struct tool_act){.act = test_page, .say = say_test_page},
};

/* ---- reprint ---- */

static uint32_t serial;
static char *whose;

/* It is the same letter again, so one that is called alike will do; who prints it sees
 * whose it is. */
static int settle(const struct issue_nears *near, const char *word, struct yihu_error *err)
{
	if (near->n == 1 && near->at[0].how <= ISSUE_NEAR_ALIKE) {
		serial = near->at[0].serial;
		whose = yihu_strdup(near->at[0].label);
		return 0;
	}
	char *text = issue_nears_text(near);
	int r = near->n == 0 ? yihu_fail(err, YIHU_EHOUSEHOLD, _("no letter that holds is of “%s”"),
					 word)
			     : yihu_fail(err, YIHU_EHOUSEHOLD,
					 _("“%s” is not certain: %.800s. Give the letter's number"),
					 word, text);
	free(text);
	return r;
}

static int which(struct tool_call *c)
{
	struct issue_nears near = {0};
	const char *word = c->words[1];
	uint64_t n = 0;
	bool number = yihu_decimal(&n, yihu_span(word + strspn(word, "0")), UINT32_MAX);
	int r = number ? issue_near_serial(&near, &c->view, (uint32_t)n, &c->err)
		       : issue_nears_find(&near, &c->view, word, &c->err);
	if (r == 0)
		r = settle(&near, word, &c->err);
	issue_nears_finish(&near);
	return r == 0 ? issue_reprint_check(&c->view, serial, &c->err) : r;
}

static int reprint(struct tool_call *c)
{
	return issue_reprint(&c->view, serial, &c->err);
}

static void say_reprint(struct tool_call *c)
{
	c->says_next = true;
	cli_say(_("Letter %04u of %s is there to be printed again: letters/pdf/%04u.pdf. It is "
		  "the same letter: destroy the spoiled sheets."),
		serial, whose, serial);
	free(whose);
}

static const struct cli_option reprint_options[] = {TOOL_URL};

const struct cli_verb issue_verb_reprint = {
	.name = "reprint",
	.label = N_("make one letter's file again"),
	.command = CLI_COMMAND("reprint DIR NUMBER|HOUSEHOLD",
			       N_("Make the file of one letter again, while the letters' files are "
				  "there."),
			       reprint_options, 2),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_LETTERS | CLI_PAPER | CLI_BOX |
		 CLI_PUBLIC,
	.changes = CLI_LETTERS | CLI_BOX,
	.run = tool_run,
	.act =
		&(const struct tool_act){
			.look = tool_look_box, .may = which, .act = reprint, .say = say_reprint},
};
