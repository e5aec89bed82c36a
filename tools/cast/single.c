/* SPDX-License-Identifier: Apache-2.0
 *
 * One household's ballot.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "options.h"

#define TOKEN_FILE_BYTES_MAX 4096

/* SECRET in guarded memory: a line of standard input, or of the terminal
 * without echo. */
static int read_token_line(struct yihu_buf *out, struct yihu_error *err)
{
	char *line;
	int fd = isatty(STDIN_FILENO) ? -1 : STDIN_FILENO;
	if (cli_passphrase(&line, fd, _("The letter's code:"), false, NULL) != 0)
		return yihu_fail(err, YIHU_ETOKEN, _("standard input has no letter's code"));
	yihu_buf_str(out, line);
	cli_passphrase_free(line);
	return 0;
}

/* SECRET out. */
static int read_token(struct yihu_token *out, struct http_client *c, const struct yihu_election *e,
		      struct yihu_error *err)
{
	struct yihu_buf text = {0};
	int r = strcmp(cast_given.token_file, "-") == 0
			? read_token_line(&text, err)
			: yihu_file_read(cast_given.token_file, TOKEN_FILE_BYTES_MAX, &text, err);
	struct yihu_span span = {(const char *)text.data, text.len};
	if (r == 0)
		r = cast_given.typed ? cast_token_from_typed(out, e, c, span, err)
				     : cast_token_from_scan(out, e, span, err);
	yihu_buf_free(&text);
	return r;
}

static bool confirmed(void)
{
	if (cast_given.yes || !cli_interactive())
		return true;
	char *answer = cli_ask(_("Send this ballot? It cannot be taken back. (yes/no)"));
	bool yes = answer && (strcmp(answer, "yes") == 0 || strcmp(answer, "是") == 0);
	free(answer);
	return yes;
}

static void spell(const struct yihu_definition *d, const uint32_t *digits)
{
	struct yihu_buf text = {0};
	cast_spell_choice(&text, d, digits);
	cli_say(_("The choice:\n%.*s"), (int)text.len - 1, (const char *)text.data);
	yihu_buf_free(&text);
}

/* A new ballot, kept before it is sent. */
static int new_ballot(struct yihu_buf *out, struct http_client *c, const struct yihu_election *e,
		      const struct yihu_token *t, struct yihu_error *err)
{
	uint32_t *digits = yihu_calloc(e->definition->n_projects, sizeof *digits);
	struct cast_withdrawn withdrawn;
	int r = cast_fetch_withdrawn(&withdrawn, c, e, err);
	if (r == 0)
		r = cast_choose(digits, e->definition, &withdrawn, err);
	if (r == 0) {
		spell(e->definition, digits);
		if (!confirmed())
			r = yihu_fail(err, YIHU_EARG, _("you did not say yes"));
	}
	if (r == 0)
		r = cast_make_ballot(out, e, t, digits, err);
	if (r == 0 && cast_given.ballot_file)
		r = yihu_file_create(cast_given.ballot_file, out->data, out->len, 0600, err);
	sodium_memzero(digits, e->definition->n_projects * sizeof *digits);
	free(digits);
	cast_withdrawn_finish(&withdrawn);
	return r;
}

static int kept_ballot(struct yihu_buf *out, const struct yihu_election *e,
		       const struct yihu_token *t, struct yihu_error *err)
{
	uint32_t serial;
	int r = yihu_file_read(cast_given.ballot_file, YIHU_BALLOT_BYTES_MAX, out, err);
	if (r != 0)
		return r;
	r = cast_check_ballot(e, t, out, &serial, err);
	if (r != 0)
		return yihu_fail_at(err, r, "%s", cast_given.ballot_file);
	cli_say(_("Sending the ballot of letter %04u that is kept in %s. Its choice is sealed; a "
		  "choice given now is not used."),
		serial, cast_given.ballot_file);
	return 0;
}

static int get_ballot(struct yihu_buf *out, struct http_client *c, const struct yihu_election *e,
		      struct yihu_error *err)
{
	struct yihu_token t = {0};
	int r = cast_given.token_file ? read_token(&t, c, e, err) : 0;
	if (r == 0)
		r = cast_given.kept ? kept_ballot(out, e, cast_given.token_file ? &t : NULL, err)
				    : new_ballot(out, c, e, &t, err);
	sodium_memzero(&t, sizeof t);
	return r;
}

static int keep_receipt(const struct cast_outcome *o)
{
	struct yihu_error err;
	if (!cast_given.receipt)
		return CLI_DONE;
	if (yihu_file_create(cast_given.receipt, o->receipt.data, o->receipt.len, 0600, &err) != 0)
		return cli_error(&err);
	cli_say(_("The receipt is in %s. It shows no vote."), cast_given.receipt);
	return CLI_DONE;
}

static int say_recorded(const struct cast_outcome *o)
{
	char *when = yihu_time_local(o->time);
	cli_say(_("Recorded at %s as entry %llu of the log, code %s. The receipt proves it."), when,
		(unsigned long long)o->index, o->code);
	free(when);
	return keep_receipt(o);
}

/* What to do about a refusal. */
static const char *advice(int why)
{
	switch (why) {
	case YIHU_EVOTED:
		return _("One letter votes once. If it was not you, complain to the committee, "
			 "with the letter.");
	case YIHU_EVOIDED:
	case YIHU_ECREDENTIAL:
		return _("This letter is no longer valid, or was never issued. Ask the committee "
			 "for another.");
	case YIHU_ENOTOPEN:
		return _("Try again when the poll is open; the letter stays valid.");
	case YIHU_ECANCELLED:
		return _("The letter is void now. If the vote is held again, your household gets a "
			 "new one.");
	case YIHU_EOVER:
	case YIHU_ECLOSED:
		return _("The poll is over: no ballot is taken any more.");
	default:
		return _("The letter stays valid. Try another way to vote, such as the count "
			 "desk, and tell the committee.");
	}
}

static int say_not_recorded(const struct cast_outcome *o)
{
	if (o->voted_proven) {
		char *when = yihu_time_local(o->voted_time);
		cli_say(_("Not recorded: this letter has voted already, at %s. The log proves "
			  "it."),
			when);
		free(when);
	} else {
		cli_say(_("Not recorded: %s"), o->why.text);
		if (o->why.code == YIHU_EVOTED)
			cli_say(_("The server does not prove that."));
	}
	cli_say("%s", advice(o->why.code));
	return CLI_FAILED;
}

static int say_not_known(const struct cast_outcome *o)
{
	cli_say(_("Not yet known whether it is recorded: %s"), o->why.text);
	if (cast_given.ballot_file)
		cli_say(_("The letter stays valid. The ballot is kept in %s: run this again to "
			  "send the same one; it is counted once, however often it is sent."),
			cast_given.ballot_file);
	else
		cli_say(_("The letter stays valid, and votes once. This ballot was not kept (no "
			  "--ballot-file): look with --check whether it is recorded before "
			  "you vote again."));
	return CLI_FAILED;
}

/* What is told while there is no answer: each reason once. */
static void say_meanwhile(void *context, enum cast_meanwhile what, const struct yihu_error *why)
{
	int *told = context;
	if (what == CAST_WORKS) {
		cli_say(_("The server has more ballots than it can take at once, and asks this "
			  "computer for a moment's work first. Doing it, then sending the same "
			  "ballot again."));
	} else if (*told != why->code) {
		*told = why->code;
		cli_say(_("Not yet: %s. Trying again by itself; a ballot is counted once, however "
			  "often it is sent."),
			why->text);
	}
}

static int send(struct http_client *c, const struct yihu_election *e, const struct yihu_buf *ballot)
{
	struct cast_outcome o;
	int status = CLI_FAILED, told = 0;
	struct cast_patience patience = {
		.seconds = cast_patience(), .meanwhile = say_meanwhile, .context = &told};
	cast_send(&o, c, e, ballot, &patience);
	switch (o.verdict) {
	case CAST_RECORDED:
		status = say_recorded(&o);
		break;
	case CAST_NOT_RECORDED:
		status = say_not_recorded(&o);
		break;
	case CAST_NOT_KNOWN:
		status = say_not_known(&o);
		break;
	}
	cast_outcome_finish(&o);
	return status;
}

static int say_standing(const struct cast_standing *s, uint32_t serial)
{
	if (s->voted) {
		char *when = yihu_time_local(s->proof.time);
		cli_say(_("Letter %04u voted at %s, entry %llu of the log, code %s. A receipt "
			  "proves it."),
			serial, when, (unsigned long long)s->proof.index, s->proof.code);
		free(when);
	} else if (s->voided) {
		cli_say(_("The server says that this letter (%04u) is void. Ask the committee for "
			  "the one that replaces it."),
			serial);
	} else {
		cli_say(_("Letter %04u is valid, and the server says that it has not voted."),
			serial);
	}
	return CLI_DONE;
}

static int check(struct http_client *c, const struct yihu_election *e)
{
	struct yihu_error err = {0};
	struct yihu_token t;
	struct cast_standing s;
	int r = read_token(&t, c, e, &err);
	uint32_t serial = r == 0 ? t.serial : 0;
	sodium_memzero(&t, sizeof t);
	if (r == 0)
		r = cast_look(&s, c, e, serial, &err);
	if (r != 0)
		return cli_error(&err);
	r = say_standing(&s, serial);
	cast_standing_finish(&s);
	return r;
}

static void say_election(const struct yihu_election *e)
{
	char print[YIHU_SHORT_PRINT_BYTES];
	const char *title = yihu_definition_meta(e->definition, "description");
	yihu_short_print(print, e->charter->eid);
	cli_say(_("Election %s (%s). The letter bears the same large signs; if it does not, stop."),
		print, title ? title : "");
}

int cast_single(struct http_client *c, const struct yihu_election *e)
{
	struct yihu_error err = {0};
	struct yihu_buf ballot = {0};
	say_election(e);
	if (cast_given.check)
		return check(c, e);
	if (cast_given.receipt && yihu_file_exists(cast_given.receipt)) {
		yihu_fail(&err, YIHU_EEXIST, _("%s is already there and stays as it is"),
			  cast_given.receipt);
		return cast_nothing_sent(&err);
	}
	int status = get_ballot(&ballot, c, e, &err) == 0 ? send(c, e, &ballot)
							  : cast_nothing_sent(&err);
	yihu_buf_free(&ballot);
	return status;
}
