/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-audit: checks an election from its public folder, and says what it
 * checked (PROTOCOL §11). Exit status: 0 verified under the election id given,
 * 1 a fault, 2 usage or nothing to read, 3 no fault, but no election id given.
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/audit.h>
#include <yihu/file.h>
#include <yihu/publish.h>

#include "audit/json.h"
#include "audit/online.h"
#include "cli/cli.h"

/* Larger than any roll of the most households. */
#define ROLL_BYTES_MAX (256u << 20)

#define SALT_FILE_BYTES_MAX 64

static struct {
	const char *eid, *at_close, *roll, *salt, *keep;
	struct cli_list receipts, checkpoints;
	bool json;
} given;

static const struct cli_option options[] = {
	{"eid", CLI_STRING, &given.eid, "HEX",
	 N_("the election id: the 64 small digits on any letter")},
	{"receipt", CLI_LIST, &given.receipts, "FILE",
	 N_("a receipt to hold against the log; may be repeated")},
	{"checkpoint", CLI_LIST, &given.checkpoints, "FILE",
	 N_("a checkpoint that you saved; may be repeated")},
	{"at-close", CLI_STRING, &given.at_close, "FILE",
	 N_("the checkpoint that was served at the poll's end")},
	{"roll", CLI_STRING, &given.roll, "FILE", N_("the household roll, with --salt")},
	{"salt", CLI_STRING, &given.salt, "FILE", N_("the roll's salt, secret/roll-salt")},
	{"keep", CLI_STRING, &given.keep, "DIR",
	 N_("with a URL: keep a copy there, and hold the server to what it showed before")},
	{"json", CLI_FLAG, &given.json, NULL, N_("print one JSON object")},
};
static const struct cli_command command = {
	.usage = "PUBLIC_DIR|URL [--eid HEX] [--keep DIR] [--receipt FILE]…",
	.summary = N_("Checks an election from its public folder, and says what it checked."),
	.options = options,
	.n_options = sizeof options / sizeof *options,
	.min_words = 1,
	.max_words = 1,
};

static const char *const stages[YIHU_N_STAGES] = {
	[YIHU_STAGE_CHARTERED] = N_("chartered: the rules and keys are fixed"),
	[YIHU_STAGE_ISSUED] = N_("issued: every household has its credential"),
	[YIHU_STAGE_OPEN] = N_("open: ballots are taken"),
	[YIHU_STAGE_CANCELLED] =
		N_("cancelled: the election was called off, and nothing is counted"),
	[YIHU_STAGE_CLOSED] = N_("closed: no more ballots are taken"),
	[YIHU_STAGE_BOXED] = N_("boxed: the key holders have signed the box"),
	[YIHU_STAGE_MIXED] = N_("mixed: the ballots are shuffled"),
	[YIHU_STAGE_OPENED] = N_("opened: the ballots are plain and counted"),
	[YIHU_STAGE_PUBLISHED] = N_("published: the results are signed"),
};

/* What the options name, read into memory. */
struct evidence {
	struct yihu_evidence receipts[CLI_LIST_MAX], checkpoints[CLI_LIST_MAX], at_close, roll;
	struct yihu_audit_options o;
};

static int read_eid(struct yihu_audit_options *o)
{
	if (!given.eid)
		return -1;
	if (!yihu_eid_read(o->eid, &o->eid_bits, given.eid))
		return cli_usage_error(_("--eid: “%s” is not an election id of 64 hex digits"),
				       given.eid);
	if (o->eid_bits != 8 * YIHU_EID_BYTES)
		return cli_usage_error(
			_("--eid: “%s” is the short print, which says too little. Give all 64 hex "
			  "digits: they are on every letter, small, below the short print"),
			given.eid);
	return -1;
}

/* Not on the command line, where other users would see it. */
static bool salt_of_file(uint8_t salt[static 16], const char *path)
{
	struct yihu_buf text = {0};
	struct yihu_error err = {0};
	int r = yihu_file_read(path, SALT_FILE_BYTES_MAX, &text, &err);
	if (r == 0 && (text.len != 33 || text.data[32] != '\n' ||
		       !yihu_unhex(salt, 16, (struct yihu_span){(const char *)text.data, 32})))
		r = yihu_fail(&err, YIHU_EFORMAT,
			      _("%s is not one line of 32 hex digits in lower case."), path);
	if (r != 0)
		cli_error(&err);
	yihu_buf_free(&text);
	return r == 0;
}

static int read_salt(struct yihu_audit_options *o)
{
	if ((!given.roll) != (!given.salt))
		return cli_usage_error(_("--roll and --salt go together"));
	return !given.salt || salt_of_file(o->roll_salt, given.salt) ? -1 : EXIT_UNREAD;
}

/* strdup: the name in struct yihu_evidence is not const. */
static int read_one(struct yihu_evidence *e, const char *path, size_t max, struct yihu_error *err)
{
	if (!path)
		return 0;
	e->name = yihu_strdup(path);
	return yihu_file_read(path, max, &e->bytes, err);
}

static int read_list(struct yihu_evidence *e, const struct cli_list *list, size_t max,
		     struct yihu_error *err)
{
	int r = 0;
	for (size_t i = 0; i < list->n && r == 0; i++)
		r = read_one(&e[i], list->at[i], max, err);
	return r;
}

static int read_evidence(struct evidence *e, struct yihu_error *err)
{
	int r = read_list(e->receipts, &given.receipts, YIHU_RECEIPT_BYTES_MAX, err);
	if (r == 0)
		r = read_list(e->checkpoints, &given.checkpoints, YIHU_CHECKPOINT_BYTES_MAX, err);
	if (r == 0)
		r = read_one(&e->at_close, given.at_close, YIHU_CHECKPOINT_BYTES_MAX, err);
	if (r == 0)
		r = read_one(&e->roll, given.roll, ROLL_BYTES_MAX, err);
	e->o.receipts = e->receipts;
	e->o.n_receipts = given.receipts.n;
	e->o.checkpoints = e->checkpoints;
	e->o.n_checkpoints = given.checkpoints.n;
	e->o.at_close = given.at_close ? &e->at_close : NULL;
	e->o.roll = given.roll ? &e->roll : NULL;
	return r;
}

static void evidence_finish(struct evidence *e)
{
	for (size_t i = 0; i < CLI_LIST_MAX; i++) {
		free(e->receipts[i].name);
		yihu_buf_free(&e->receipts[i].bytes);
		free(e->checkpoints[i].name);
		yihu_buf_free(&e->checkpoints[i].bytes);
	}
	free(e->at_close.name);
	yihu_buf_free(&e->at_close.bytes);
	free(e->roll.name);
	yihu_buf_free(&e->roll.bytes);
}

static int exit_status(const struct yihu_audit *a, const struct yihu_audit_options *o)
{
	if (a->n_faults > 0)
		return EXIT_FAULT;
	return o->eid_bits == 0 ? EXIT_NO_EID : EXIT_VERIFIED;
}

/* The report as text. */

static void say_step(const struct yihu_audit *a, enum yihu_check c)
{
	const struct yihu_step *s = &a->steps[c];
	const char *mark = s->ran ? "✓" : "–";
	for (size_t i = 0; i < a->n_faults; i++)
		if (a->faults[i].check == c)
			mark = "✗";
	/* Translators: a mark (✓, ✗ or –), the name of a check, what it found. */
	cli_say(_("%s %s: %s"), mark, yihu_check_title(c), s->text);
	for (size_t i = 0; i < a->n_faults; i++)
		if (a->faults[i].check == c)
			cli_say("    %s", a->faults[i].text);
}

static void say_figures(const struct yihu_audit *a)
{
	if (!a->ledger)
		return;
	struct yihu_ledger_counts c = yihu_ledger_counts(a->ledger);
	cli_say(_("Entitled households: %u. Cast: %llu."), c.entitled,
		(unsigned long long)c.ballots);
	cli_say(_("Additions: %u. Replacements: %u. Voids: %u."), c.additions, c.replacements,
		c.voids);
	if (a->mixes > 0)
		cli_say(_("Mixes: %u. Openings: %u."), a->mixes, a->openings);
	if (a->tally.opened)
		cli_say(_("Valid ballots: %llu. Void ballots: %llu."),
			(unsigned long long)a->tally.n_valid, (unsigned long long)a->tally.n_void);
	if (a->not_opened)
		cli_say(_("Not opened: fewer ballots than the charter asks for."));
}

static void say_result(const struct yihu_audit *a)
{
	struct yihu_buf table = {0};
	struct yihu_error err = {0};
	if (a->results_json.len == 0)
		return;
	int r = yihu_results_table(&table, a->results_json.data, a->results_json.len,
				   cli_language(), &err);
	if (r == 0)
		cli_say("\n%s", (const char *)table.data);
	else
		cli_error(&err);
	yihu_buf_free(&table);
}

static void say_verdict(const struct yihu_audit *a, int status)
{
	char print[YIHU_SHORT_PRINT_BYTES] = "";
	if (status == EXIT_FAULT) {
		cli_say(yihu_ngettext("NOT VERIFIED: %zu fault.", "NOT VERIFIED: %zu faults.",
				      a->n_faults),
			a->n_faults);
		return;
	}
	yihu_short_print(print, a->election->charter->eid);
	if (status == EXIT_VERIFIED)
		cli_say(_("VERIFIED under the election id %s."), print);
	else
		cli_say(_("No fault, but no election id was given: the folder agrees with itself, "
			  "and may still be another election's. Run this again with --eid and the "
			  "64 digits on any letter of %s."),
			print);
}

static void report_text(const struct yihu_audit *a, int status)
{
	for (int c = 0; c < YIHU_N_CHECKS; c++)
		say_step(a, (enum yihu_check)c);
	for (size_t i = 0; i < a->n_doubts; i++)
		cli_say(_("Look at this: %s"), a->doubts[i].text);
	if (a->election)
		cli_say(_("Stage: %s."), yihu_gettext(stages[a->stage]));
	say_figures(a);
	if (a->n_faults == 0)
		say_result(a);
	say_verdict(a, status);
}

/* What a folder or a server shows is a fault; that there is none to read, a
 * mistake of the call, or of the network. */
static bool is_fault(int code)
{
	static const int unread[] = {YIHU_EIO,  YIHU_ENOENT, YIHU_EEXIST, YIHU_ELOCKED,
				     YIHU_EARG, YIHU_ENET,   YIHU_ESTATE, YIHU_EMISSING};
	for (size_t i = 0; i < sizeof unread / sizeof *unread; i++)
		if (code == unread[i])
			return false;
	return true;
}

static int report_unread(const struct yihu_error *err)
{
	if (!is_fault(err->code)) {
		cli_error(err);
		return EXIT_UNREAD;
	}
	if (given.json) {
		audit_json_unread(err);
		return EXIT_FAULT;
	}
	cli_say(_("%s %s: %s"), "✗", yihu_check_title(YIHU_CHECK_FILES), err->text);
	cli_say(_("NOT VERIFIED: the folder cannot be audited."));
	return EXIT_FAULT;
}

static int report(const struct yihu_audit *a, const struct yihu_public *p,
		  const struct yihu_audit_options *o)
{
	int status = exit_status(a, o);
	if (given.json)
		audit_json(a, p, o->eid_bits != 0, status);
	else
		report_text(a, status);
	return status;
}

static int read_folder(const char *place, const struct yihu_audit_options *o,
		       struct yihu_public **p, struct copy **copy, struct yihu_error *err)
{
	const struct fetch_options fetch = {.eid = o->eid_bits != 0 ? o->eid : NULL,
					    .progress = cli_progress()};
	return http_is_url(place) ? online_fetch(place, given.keep, &fetch, p, copy, err)
				  : yihu_public_read(p, place, err);
}

static int audit(const char *place, struct evidence *e)
{
	struct yihu_error err = {0};
	struct yihu_public *p = NULL;
	struct copy *copy = NULL;
	if (given.keep && !http_is_url(place))
		return cli_usage_error(_("--keep goes with a URL"));
	int status = EXIT_UNREAD;
	if (read_evidence(e, &err) != 0) {
		cli_error(&err);
	} else if (read_folder(place, &e->o, &p, &copy, &err) != 0) {
		status = report_unread(&err);
	} else {
		e->o.progress = cli_progress();
		struct yihu_audit *a = yihu_audit_run(p, &e->o);
		cli_progress_end();
		status = report(a, p, &e->o);
		if (copy && online_keep(copy, p, a->n_faults == 0, &err) != 0) {
			cli_error(&err);
			status = EXIT_UNREAD;
		}
		yihu_audit_free(a);
	}
	copy_close(copy);
	yihu_public_free(p);
	return status;
}

int main(int argc, char **argv)
{
	const char *words[1];
	static struct evidence e;
	cli_init("yihu-audit");
	int r = cli_parse(&command, argc, argv, words);
	if (r < 0)
		r = read_eid(&e.o);
	if (r < 0)
		r = read_salt(&e.o);
	if (r < 0)
		r = audit(words[0], &e);
	evidence_finish(&e);
	return r;
}
