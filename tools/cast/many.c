/* SPDX-License-Identifier: Apache-2.0
 *
 * The votes of a file, cast with a list of letters: rehearsals and load.
 */
#include <stdlib.h>
#include <yihu/file.h>

#include "options.h"

#define VOTES_BYTES_MAX (1u << 30)
#define LETTERS_BYTES_MAX (256u << 20)

static int read_votes(struct yihu_votes *out, const struct yihu_definition *d,
		      struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	int r = yihu_file_read(cast_given.replay, VOTES_BYTES_MAX, &bytes, err);
	if (r == 0) {
		r = yihu_votes_read(out, d, bytes.data, bytes.len, err);
		if (r != 0)
			yihu_fail_at(err, r, "%s", cast_given.replay);
	}
	if (r == 0 && out->void_votes.n > 0)
		cli_warn(yihu_ngettext("%zu vote of the file breaks the ballot's rules and is not "
				       "cast; the first: %s",
				       "%zu votes of the file break the ballot's rules and are not "
				       "cast; the first: %s",
				       out->void_votes.n),
			 out->void_votes.n, out->void_votes.at[0].why);
	yihu_buf_free(&bytes);
	return r;
}

static int read_letters(struct cast_letters *out, struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	int r = yihu_file_read(cast_given.letters, LETTERS_BYTES_MAX, &bytes, err);
	if (r == 0) {
		r = cast_letters_read(out, bytes.data, bytes.len, err);
		if (r != 0)
			yihu_fail_at(err, r, "%s", cast_given.letters);
	}
	yihu_buf_free(&bytes);
	return r;
}

static void say_refusals(const struct cast_replay_report *r)
{
	for (int code = 0; code < YIHU_N_CODES; code++)
		if (r->refused[code] > 0)
			cli_say(yihu_ngettext("%zu refused: %s",
					      "%zu refused for the same reason, the first: %s",
					      r->refused[code]),
				r->refused[code], r->first[code].text);
	if (r->not_known > 0)
		cli_say(_("not known: %zu, the first: %s"), r->not_known, r->first_not_known.text);
	if (r->not_sent > 0)
		cli_say(_("not sent: %zu"), r->not_sent);
}

static int say_report(const struct cast_replay_report *r, size_t votes)
{
	double seconds = (double)r->took_ms / 1000;
	cli_say(_("recorded, each with a verified receipt: %zu of %zu"), r->recorded, votes);
	say_refusals(r);
	cli_say(_("%.1f seconds, %.0f recorded a second"), seconds,
		seconds > 0 ? (double)r->recorded / seconds : 0);
	cli_say(_("milliseconds until the receipt: half within %.1f, 99 in 100 within %.1f, the "
		  "slowest %.1f"),
		(double)r->p50_us / 1000, (double)r->p99_us / 1000, (double)r->max_us / 1000);
	return r->recorded == votes ? CLI_DONE : CLI_FAILED;
}

int cast_many(const char *url, const struct yihu_election *e)
{
	static struct cast_replay_report report;
	struct yihu_error err = {0};
	struct yihu_votes votes = {0};
	struct cast_letters letters = {0};
	struct cast_replay plan = {.election = e,
				   .url = url,
				   .votes = &votes,
				   .letters = &letters,
				   .clients =
					   cast_given.clients.given ? cast_given.clients.value : 1,
				   .patience_s = cast_patience(),
				   .progress = cli_progress()};
	int r = read_votes(&votes, e->definition, &err);
	if (r == 0 && votes.n == 0)
		r = yihu_fail(&err, YIHU_EVOTE, _("%s holds no votes"), cast_given.replay);
	if (r == 0)
		r = read_letters(&letters, &err);
	if (r == 0)
		r = cast_replay_run(&report, &plan, &err);
	cli_progress_end();
	int status = r == 0 ? say_report(&report, votes.n) : cast_nothing_sent(&err);
	cast_letters_finish(&letters);
	yihu_votes_free(&votes);
	return status;
}
