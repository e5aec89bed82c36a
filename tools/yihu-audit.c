/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-audit: checks an election from its public folder, which may be in an archive, and
 * says what it checked (PROTOCOL §11). Exit status: 0 verified under the election id given,
 * 1 a fault, 2 usage or nothing to read, 3 no fault, but no election id given.
 */
#include "archive/archive.h"
#include "audit/evidence.h"
#include "audit/online.h"
#include "audit/report.h"
#include "cli/program.h"

static struct audit_given given;
static struct evidence evidence;

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

static int exit_status(const struct yihu_audit *a, const struct yihu_audit_options *o)
{
	if (a->n_faults > 0)
		return EXIT_FAULT;
	return o->eid_bits == 0 ? EXIT_NO_EID : EXIT_VERIFIED;
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
	if (given.json)
		report_json_unread(err);
	else
		report_text_unread(err);
	return EXIT_FAULT;
}

static int report(const struct yihu_audit *a, const struct yihu_public *p,
		  const struct yihu_audit_options *o)
{
	int status = exit_status(a, o);
	if (given.json)
		report_json(a, p, o->eid_bits != 0, status);
	else
		report_text(a, status);
	return status;
}

static int read_folder(const char *place, const struct yihu_audit_options *o,
		       struct yihu_public **p, struct copy **copy, struct yihu_error *err)
{
	const struct fetch_options fetch = {.eid = o->eid_bits != 0 ? o->eid : NULL,
					    .progress = cli_progress()};
	if (http_is_url(place))
		return online_fetch(place, given.keep, &fetch, p, copy, err);
	return archive_is(place) ? archive_read_public(p, place, err)
				 : yihu_public_read(p, place, err);
}

static int check(const char *const *words)
{
	int r = evidence_eid(&evidence.o, &given);
	if (r < 0)
		r = evidence_salt(&evidence.o, &given);
	if (r < 0 && given.keep && !http_is_url(words[0]))
		return cli_usage_error(_("--keep goes with a URL"));
	return r;
}

/* The exit status; copy is what --keep opened, or NULL. */
static int audit(struct yihu_public *p, struct copy *copy)
{
	struct yihu_error err = {0};
	evidence.o.progress = cli_progress();
	struct yihu_audit *a = yihu_audit_run(p, &evidence.o);
	cli_progress_end();
	int status = report(a, p, &evidence.o);
	if (copy && online_keep(copy, p, a->n_faults == 0, &err) != 0) {
		cli_error(&err);
		status = EXIT_UNREAD;
	}
	yihu_audit_free(a);
	return status;
}

static int run(const struct cli_verb *verb, const char *const *words)
{
	struct yihu_error err = {0};
	struct yihu_public *p = NULL;
	struct copy *copy = NULL;
	int status = EXIT_UNREAD;
	(void)verb;
	if (evidence_read(&evidence, &given, &err) != 0)
		cli_error(&err);
	else if (read_folder(words[0], &evidence.o, &p, &copy, &err) != 0)
		status = report_unread(&err);
	else
		status = audit(p, copy);
	copy_close(copy);
	yihu_public_free(p);
	evidence_finish(&evidence);
	return status;
}

static const struct cli_verb verb = {
	.label = N_("check an election from its public folder"),
	.command = CLI_COMMAND("PUBLIC_DIR|ARCHIVE|URL [--eid HEX] [--keep DIR] [--receipt FILE]…",
			       N_("Checks an election from its public folder, and says what it "
				  "checked."),
			       options, 1),
	.reads = CLI_PUBLIC | CLI_FILE,
	.changes = CLI_FILE,
	.check = check,
	.run = run,
};
static const struct cli_verb *const verbs[] = {&verb};
static const struct cli_program program = {
	.name = "yihu-audit",
	.summary = N_("Checks an election from its public folder, and says what it checked."),
	.verbs = verbs,
	.n = 1,
};

int main(int argc, char **argv)
{
	return cli_main(&program, argc, argv);
}
