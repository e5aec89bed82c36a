/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally objection: the committee's own book of objections, one at a time. Nothing of it
 * is public before yihu-tally complaints --recorded.
 */
#include "tally/objection_book.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <yihu/clock.h>
#include <yihu/file.h>

#include "cli/say_json.h"
#include "common/act.h"
#include "tally/verbs.h"

#define TEXT_BYTES_MAX (64u << 10)

static struct {
	const char *text, *day;
	struct cli_u32 answer;
	bool json;
} given;

static struct objection_book book;

static int check_words(const char *const *words)
{
	(void)words;
	if (!given.text && (given.day || given.answer.given))
		return cli_usage_error(_("--day and --answer go with --text FILE"));
	if (given.day && given.answer.given)
		return cli_usage_error(
			_("--day is of a new objection, and --answer of an old one"));
	if (given.json && given.text)
		return cli_usage_error(_("--json shows the book, and changes nothing of it"));
	return -1;
}

static int read_book(struct tool_call *c)
{
	return objection_book_read(&book, &c->folder, &c->err);
}

/* Of the day that it is here. */
static char *day_of(void)
{
	if (given.day)
		return yihu_strdup(given.day);
	char *now = yihu_time_local(yihu_clock());
	char *day = yihu_strndup(now, OBJECTION_DAY_BYTES - 1);
	free(now);
	return day;
}

static int take(struct tool_call *c, const struct yihu_buf *text)
{
	if (given.answer.given)
		return objection_book_answer(&book, given.answer.value, text, &c->err);
	char *day = day_of();
	int r = objection_book_add(&book, day, text, &c->err);
	free(day);
	return r;
}

/* ---- what is said ---- */

static void say_lines(const char *text)
{
	for (const char *line = text, *end; line; line = end) {
		size_t len = strcspn(line, "\n");
		end = line[len] == '\n' ? line + len + 1 : NULL;
		cli_say("    %.*s", (int)len, line);
	}
}

static void say_book(void)
{
	if (book.n == 0)
		cli_say(_("No objections are written down."));
	for (size_t i = 0; i < book.n; i++) {
		cli_say(_("Objection %zu, of %s:"), i + 1, book.at[i].day);
		say_lines(book.at[i].text);
		cli_say(book.at[i].answer ? _("  answer, for everybody:")
					  : _("  not answered yet"));
		say_lines(book.at[i].answer);
	}
}

static void say_json(void)
{
	json_t *list = json_array();
	for (size_t i = 0; i < book.n; i++) {
		const struct objection *o = &book.at[i];
		json_array_append_new(list, json_pack("{s:I, s:s, s:s, s:s?}", "number",
						      (json_int_t)i + 1, "day", o->day, "text",
						      o->text, "answer", o->answer));
	}
	cli_say_json(json_pack("{s:s, s:o}", "version", "yihu-objections-v1", "objections", list),
		     JSON_COMPACT);
}

static void say_taken(const struct tool_call *c)
{
	if (given.answer.given)
		cli_say(_("The answer to objection %u is written down."), given.answer.value);
	else
		cli_say(_("Objection %zu is written down."), book.n);
	cli_say(_("Nothing of it is public yet: yihu-tally complaints %s --recorded shows how many "
		  "there are, and the answers."),
		c->folder.word);
}

/* ---- the verb ---- */

static int write_down(struct tool_call *c)
{
	struct yihu_buf text = {0};
	int r = yihu_file_read(given.text, TEXT_BYTES_MAX, &text, &c->err);
	if (r == 0 && (r = take(c, &text)) != 0)
		yihu_fail_at(&c->err, r, "%s", given.text);
	if (r == 0)
		r = objection_book_write(&book, &c->folder, &c->err);
	if (r == 0)
		say_taken(c);
	yihu_buf_free(&text);
	return r;
}

static int objection(struct tool_call *c)
{
	int r = 0;
	if (given.text)
		r = write_down(c);
	else
		(given.json ? say_json : say_book)();
	c->says_next = given.json;
	objection_book_finish(&book);
	return r;
}

static const struct cli_option objection_options[] = {
	{"text", CLI_STRING, &given.text, "FILE",
	 N_("what is objected, or the answer; without it, says what is written down")},
	{"day", CLI_STRING, &given.day, "DAY", N_("when it came in (default: today)")},
	{"answer", CLI_U32, &given.answer, "N", N_("the text is the public answer to number N")},
	{"json", CLI_FLAG, &given.json, NULL, N_("print one JSON object")},
};

const struct cli_verb tally_verb_objection = {
	.name = "objection",
	.label = N_("write an objection down, or its answer"),
	.command = CLI_COMMAND("objection DIR [--text FILE [--day DAY | --answer N]]",
			       N_("Write an objection down as it came in, or its public answer."),
			       objection_options, 1),
	.reads = CLI_CEREMONY | CLI_PAPER | CLI_PUBLIC | CLI_FILE,
	.changes = CLI_PAPER,
	.check = check_words,
	.run = tool_run,
	.act = &(const struct tool_act){.check = read_book, .act = objection},
};
