/* SPDX-License-Identifier: Apache-2.0
 *
 * The box and the result, shown to whoever signs them.
 */
#include "common/act.h"

#include <stdlib.h>

#include <yihu/publish.h>
#include <yihu/signed.h>

/* Lines that are over another text are told: their holders sign again. */
static void put_signers(struct yihu_buf *out, const struct yihu_view *v, enum yihu_view_text what)
{
	const struct yihu_charter *c = v->audit->election->charter;
	bool box = what == YIHU_TEXT_BOX;
	uint32_t bits = 0;
	struct yihu_buf text = {0}, note = {0};
	struct yihu_error err;
	yihu_view_text(&text, v, what);
	int r = yihu_ceremony_gather(&note, &bits, v->folder, box ? F_BOX_LINE : F_RESULTS_LINE, c,
				     (struct yihu_span){(const char *)text.data, text.len}, &err);
	bits |= box ? v->audit->box_signers : v->audit->result_signers;
	char *names = yihu_missing_holders(c, ~bits);
	yihu_buf_fmt(out, _("  signed by key holders so far: %s\n"), *names ? names : _("none"));
	if (!box && (bits & YIHU_SIGNER_ISSUER) != 0)
		yihu_buf_str(out, _("  signed by the clerk, too\n"));
	if (r != 0)
		yihu_buf_fmt(out, "  %s\n", err.text);
	free(names);
	yihu_buf_free(&note);
	yihu_buf_free(&text);
}

static void put_ids(struct yihu_buf *out, const struct yihu_view *v, enum yihu_view_text what)
{
	char print[YIHU_SHORT_PRINT_BYTES];
	yihu_short_print(print, v->eid);
	yihu_buf_fmt(out, _("  election: %s\n"), print);
	yihu_view_number(print, v, what);
	yihu_buf_fmt(out,
		     what == YIHU_TEXT_BOX ? _("  number of this box: %s\n")
					   : _("  number of this result: %s\n"),
		     print);
}

/* Takes the text. */
static int ask(struct yihu_buf *text, struct yihu_view *v, enum yihu_view_text what,
	       const char *question, struct yihu_error *err)
{
	yihu_buf_u8(text, 0);
	int r = cli_seen((const char *)text->data, yihu_gettext(question), &tool_given.seen, err);
	if (r == 0)
		yihu_view_show_text(v, what);
	yihu_buf_free(text);
	return r;
}

int tool_show_box(struct yihu_view *v, const char *question, struct yihu_error *err)
{
	struct yihu_ledger_counts n = yihu_ledger_counts(v->audit->ledger);
	struct yihu_buf text = {0};
	yihu_buf_fmt(&text, _("The closed ballot box of “%s” is to be signed:\n"), tool_title(v));
	yihu_buf_fmt(&text, _("  ballots: %llu, of %u entitled households\n"),
		     (unsigned long long)n.ballots, n.entitled);
	put_ids(&text, v, YIHU_TEXT_BOX);
	put_signers(&text, v, YIHU_TEXT_BOX);
	yihu_buf_str(&text,
		     _("Is that the number of ballots that the clerk read out at the close, and "
		       "do all key holders see the same number of the box? Once it is signed, "
		       "no ballot is added or taken away, and your key signs no other box.\n"));
	return ask(&text, v, YIHU_TEXT_BOX, question, err);
}

int tool_show_result(struct yihu_view *v, const char *question, uint64_t until,
		     struct yihu_error *err)
{
	const struct yihu_buf *json = &v->audit->results_json;
	struct yihu_buf text = {0};
	yihu_buf_str(&text, _("This result is to be signed:\n\n"));
	int r = yihu_results_table(&text, json->data, json->len, cli_language(), err);
	if (r != 0) {
		yihu_buf_free(&text);
		return r;
	}
	yihu_buf_str(&text, "\n");
	put_ids(&text, v, YIHU_TEXT_RESULTS);
	put_signers(&text, v, YIHU_TEXT_RESULTS);
	if (until != 0) {
		char *when = yihu_time_local(until);
		yihu_buf_fmt(&text, _("  open to objections until: %s\n"), when);
		free(when);
	}
	return ask(&text, v, YIHU_TEXT_RESULTS, question, err);
}
