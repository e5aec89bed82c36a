/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue replace, add, void: one letter, once all are made.
 */
#include <stdlib.h>
#include <string.h>

#include "folder/changes.h"
#include "issue/near.h"
#include "issue/paper.h"
#include "issue/verbs.h"

static struct issue_change change;
static const char *who; /* a household instead of a number */
static const char *why; /* it is added, or ends; and what that means */
static struct cli_list by;
static struct given_reason reason;
static uint32_t new_serial;

/* ---- what the words ask for ---- */

/* The letter's number, or a household as people say it. */
static int read_letter(const char *word)
{
	uint64_t v;
	struct yihu_span text = yihu_span(word);
	while (text.len > 1 && text.p[0] == '0') {
		text.p++;
		text.len--;
	}
	if (strspn(word, "0123456789") != strlen(word)) {
		who = word;
		return -1;
	}
	if (!yihu_decimal(&v, text, UINT32_MAX) || v == 0)
		return cli_usage_error(_("“%s” is not a letter number"), word);
	change.old_serial = (uint32_t)v;
	return -1;
}

static int read_replace(const char *const *words)
{
	change.fresh = true;
	return read_letter(words[1]);
}

static int read_void(const char *const *words)
{
	return read_letter(words[1]);
}

static int read_add(const char *const *words)
{
	change.household = words[1];
	change.fresh = true;
	change.reason = &reason;
	return -1;
}

/* What can be refused before anything is looked at. */
static int check_said(struct tool_call *c, const struct reasons *list)
{
	int r = why ? reason_parse(&reason, list, why, &c->err) : 0;
	change.by = by.at;
	change.n_by = by.n;
	return r == 0 ? names_check(by.at, by.n, &c->err) : r;
}

static int check_added(struct tool_call *c)
{
	return check_said(c, &added_reasons);
}

static int check_changed(struct tool_call *c)
{
	change.why = why;
	return check_said(c, &changed_reasons);
}

/* A line for each who said yes; caller frees. */
static char *names_text(void)
{
	struct yihu_buf out = {0};
	for (size_t i = 0; i < by.n; i++)
		yihu_buf_fmt(&out, _("Says yes: %s\n"), by.at[i]);
	yihu_buf_u8(&out, 0);
	return (char *)out.data;
}

/* All that is kept of the end of a letter; caller frees. */
static char *said_text(enum language l)
{
	char *names = names_text(), *text = why ? reason_text(&changed_reasons, l, &reason) : NULL;
	char *reasoned = text ? yihu_printf(_("Why: %s\n"), text) : yihu_strdup("");
	char *said = yihu_printf("%s%s", reasoned, names);
	free(reasoned);
	free(names);
	free(text);
	return said;
}

/* ---- whose it is ---- */

static int fail_who(const struct issue_nears *near, struct yihu_error *err)
{
	if (near->n == 0)
		return yihu_fail(err, YIHU_EHOUSEHOLD,
				 _("no letter that holds is of “%s”; 'yihu-issue walklist' has all "
				   "households"),
				 who);
	char *text = issue_nears_text(near);
	int r = yihu_fail(err, YIHU_EHOUSEHOLD,
			  _("“%s” is not certain: %.800s. Give the letter's number"), who, text);
	free(text);
	return r;
}

/* Which letter it is; where nobody is there to answer, only what is certain is taken. */
static int settle_letter(const struct issue_nears *near, struct yihu_error *err)
{
	bool certain = near->n == 1 && near->at[0].how == ISSUE_NEAR_SAME;
	bool asks = cli_interactive() && !tool_given.seen.given;
	if (near->n != 1 || (!certain && !asks))
		return fail_who(near, err);
	change.old_serial = near->at[0].serial;
	return 0;
}

/* Shows whose letter it is, and asks. */
static int look_at_letter(const struct tool_call *c, const struct issue_nears *near,
			  enum language l, struct yihu_error *err)
{
	struct yihu_ledger_counts n = yihu_ledger_counts(c->view.audit->ledger);
	char *text = issue_nears_text(near), *said = said_text(l);
	char *shown = yihu_printf(_("%s\n%sIt is change %u of the %u that the charter allows.\n"),
				  text, said, n.replacements + n.voids + 1,
				  c->view.audit->election->charter->max_replacements);
	int r = cli_seen(shown,
			 change.fresh ? _("Make it void, and another for this household? (yes/no)")
				      : _("Make it void for good? (yes/no)"),
			 &tool_given.seen, err);
	free(shown);
	free(said);
	free(text);
	return r;
}

static int may_change_letter(struct tool_call *c)
{
	struct issue_nears near = {0};
	enum language l;
	int r = words_language(&l, cli_language(), &c->err);
	if (r != 0)
		return r;
	r = who ? issue_nears_find(&near, &c->view, who, &c->err)
		: issue_near_serial(&near, &c->view, change.old_serial, &c->err);
	if (r == 0)
		r = settle_letter(&near, &c->err);
	if (r == 0)
		r = issue_change_check(&c->view, &change, &c->err);
	if (r == 0)
		r = look_at_letter(c, &near, l, &c->err);
	issue_nears_finish(&near);
	return r;
}

/* ---- why it is added ---- */

static char *why_question(enum language l)
{
	struct yihu_buf text = {0};
	yihu_buf_fmt(&text, "%s\n", _("Why was this household not on the list?"));
	for (enum added_why i = 0; i < ADDED_OTHER; i++)
		yihu_buf_fmt(&text, "  %d  %s\n", i + 1, reason_word(&added_reasons, l, i));
	yihu_buf_fmt(&text, "%s", _("The number, or the reason in your own words:"));
	return (char *)text.data;
}

static int ask_why(enum language l, struct yihu_error *err)
{
	static char *answer; /* reason borrows it */
	char *question = why_question(l);
	if (cli_interactive())
		why = answer = cli_ask(question);
	free(question);
	if (why)
		return reason_parse(&reason, &added_reasons, why, err);
	return yihu_fail(err, YIHU_EARG,
			 _("add needs --reason: %s, %s, %s, %s, or the reason in your own words"),
			 reason_name(&added_reasons, ADDED_FORGOTTEN),
			 reason_name(&added_reasons, ADDED_MOVED_IN),
			 reason_name(&added_reasons, ADDED_DIVIDED),
			 reason_name(&added_reasons, ADDED_VACANT));
}

/* As it is kept; and what of it the poster says. */
static char *why_text(enum language l)
{
	char *own = yihu_span_dup(reason.words);
	char *text = reason.why == ADDED_OTHER
			     ? yihu_printf(_("%s (the poster of the result says: %s)"), own,
					   reason_word(&added_reasons, l, ADDED_OTHER))
			     : yihu_strdup(reason_word(&added_reasons, l, reason.why));
	free(own);
	return text;
}

/* What it costs, and what it must not be: a second letter. */
static int look_at_addition(const struct tool_call *c, enum language l, struct yihu_error *err)
{
	const struct yihu_charter *charter = c->view.audit->election->charter;
	uint32_t n = yihu_ledger_counts(c->view.audit->ledger).additions;
	char *kept = why_text(l), *said = names_text();
	char *shown = yihu_printf(
		_("“%s” would get a letter: no letter that holds is called so.\n"
		  "Why: %s\n"
		  "%sIt is addition %u of the %u that the charter allows, and everybody "
		  "sees how many were added.\n"),
		change.household, kept, said, n + 1, charter->max_additions);
	free(said);
	free(kept);
	int r = cli_seen(shown, _("Make a letter for this household? (yes/no)"), &tool_given.seen,
			 err);
	free(shown);
	return r;
}

/* Is it another household than the ones that are called alike? */
static int ask_apart(struct tool_call *c)
{
	struct issue_nears near = {0};
	int r = issue_nears_find(&near, &c->view, change.household, &c->err);
	bool alike = r == 0 && near.n > 0 && near.at[0].how == ISSUE_NEAR_ALIKE;
	if (alike && !change.apart && !tool_given.seen.given && cli_interactive()) {
		char *text = issue_nears_text(&near);
		char *shown = yihu_printf(_("These have letters and are called alike: %s\n"), text);
		r = cli_seen(shown, _("Is it really another household? (yes/no)"), NULL, &c->err);
		change.apart = r == 0;
		free(shown);
		free(text);
	}
	issue_nears_finish(&near);
	return r;
}

static int may_add(struct tool_call *c)
{
	enum language l;
	int r = words_language(&l, cli_language(), &c->err);
	if (r == 0)
		r = ask_apart(c);
	if (r == 0)
		r = issue_change_check(&c->view, &change, &c->err);
	if (r == 0 && !why)
		r = ask_why(l, &c->err);
	return r == 0 ? look_at_addition(c, l, &c->err) : r;
}

/* ---- the steps ---- */

static int do_change(struct tool_call *c)
{
	int r = issue_change(c->keys[0], &c->view, &change, &new_serial, &c->err);
	return r == 0 ? yihu_view_show(&c->view, &c->err) : r;
}

static void say_change(const struct yihu_folder *f)
{
	if (new_serial == 0)
		cli_say(_("Letter %04u is void now."), change.old_serial);
	else if (change.old_serial != 0)
		cli_say(_("Letter %04u is void; letter %04u replaces it: %s/pdf/%04u.pdf"),
			change.old_serial, new_serial, f->letters, new_serial);
	else
		cli_say(_("Letter %04u is added: %s/pdf/%04u.pdf"), new_serial, f->letters,
			new_serial);
}

/* The letters that were printed before are gone; this one lies there again. */
static void say_destroy(const struct yihu_folder *f)
{
	if (folder_letters_apart(f))
		tool_say_medium(f->letters);
	char *root = yihu_shell_word(f->root);
	cli_say(_("Print it and hand it over; then destroy the file: yihu-issue shred-letters %s "
		  "--printed N"),
		root);
	free(root);
}

static void say(struct tool_call *c)
{
	say_change(&c->folder);
	if (change.fresh) {
		say_destroy(&c->folder);
		tool_say_medium(c->folder.root);
	}
	copies_say_due(c);
}

/* ---- the verbs ---- */

#define BY                                                                                         \
	{                                                                                          \
		"by", CLI_LIST, &by, "NAME", N_("who says yes to it; again for the next")          \
	}
static const struct cli_option options[] = {
	{"reason", CLI_STRING, &why, "WHY",
	 N_("lost, spoiled, seen, undelivered, gone, or in your own words")},
	BY,
	TOOL_SEEN,
	TOOL_KEY,
	TOOL_URL,
	TOOL_PASSPHRASE_FD};
static const struct cli_option add_options[] = {
	{"another", CLI_FLAG, &change.apart, NULL,
	 N_("it is another household than those that are called alike")},
	{"reason", CLI_STRING, &why, "WHY",
	 N_("forgotten, moved-in, divided, vacant, or in your own words")},
	BY,
	TOOL_SEEN,
	TOOL_KEY,
	TOOL_URL,
	TOOL_PASSPHRASE_FD};

static const struct tool_act act = {.check = check_changed,
				    .look = tool_look_box,
				    .may = may_change_letter,
				    .open = tool_open_issuer,
				    .act = do_change,
				    .say = say};
static const struct tool_act add_act = {.check = check_added,
					.look = tool_look_box,
					.may = may_add,
					.open = tool_open_issuer,
					.act = do_change,
					.say = say};

const struct cli_verb issue_verb_replace = {
	.name = "replace",
	.label = N_("replace a lost letter"),
	.command = CLI_COMMAND("replace DIR NUMBER|HOUSEHOLD",
			       N_("Void a letter and make another for its household."), options, 2),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.changes = CLI_SECRET | CLI_LETTERS | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = read_replace,
	.run = tool_run,
	.act = &act,
};

const struct cli_verb issue_verb_add = {
	.name = "add",
	.label = N_("add a household"),
	.command = CLI_COMMAND("add DIR HOUSEHOLD --reason WHY",
			       N_("Make a letter for a household that was not listed."),
			       add_options, 2),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.changes = CLI_SECRET | CLI_LETTERS | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = read_add,
	.run = tool_run,
	.act = &add_act,
};

const struct cli_verb issue_verb_void = {
	.name = "void",
	.label = N_("void a letter"),
	.command =
		CLI_COMMAND("void DIR NUMBER|HOUSEHOLD", N_("Void a letter for good."), options, 2),
	.reads = CLI_LISTS | CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.changes = CLI_PAPER | CLI_BOX | CLI_PUBLIC,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.check = read_void,
	.run = tool_run,
	.act = &act,
};
