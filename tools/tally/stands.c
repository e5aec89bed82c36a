/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally final: whether the result stands, once what is recorded has been looked at.
 */
#include "common/act.h"
#include "tally/objection_book.h"
#include "tally/tally.h"
#include "tally/verbs.h"

static struct cli_u32 upheld;

static uint32_t count_unanswered(const struct objection_book *b)
{
	uint32_t n = 0;
	for (size_t i = 0; i < b->n; i++)
		n += !b->at[i].answer;
	return n;
}

/* What becomes public, beside what was written down. */
static void put_shown(struct yihu_buf *out, const struct yihu_complaints *recorded,
		      const struct objection_book *book, const char *dir)
{
	uint32_t open = count_unanswered(book);
	yihu_buf_fmt(out, _("Objections that become part of the result: %u made, %zu answered.\n"),
		     recorded->filed, recorded->n_answers);
	yihu_buf_fmt(out, _("Objections in the committee's book: %zu, not answered: %u.\n"),
		     book->n, open);
	if (book->n > recorded->filed || book->n - open > recorded->n_answers)
		yihu_buf_fmt(
			out,
			_("Some of the book is not public yet, and cannot be afterwards: first "
			  "run yihu-tally complaints %s --recorded\n"),
			dir);
	yihu_buf_fmt(out, _("Objections upheld: %u.\n"), upheld.value);
	yihu_buf_str(out, upheld.value > 0
				  ? _("So there is a new vote, and this result decides nothing.\n")
				  : _("So the result stands.\n"));
	yihu_buf_str(out, _("No objection and no answer is added any more.\n"));
	yihu_buf_u8(out, 0);
}

static int look_at_final(struct tool_call *c)
{
	struct tally_shown shown;
	struct objection_book book = {0};
	struct yihu_buf text = {0};
	int r = tally_final_look(&shown, &c->view, upheld.value, yihu_clock(), &c->err);
	if (r == 0)
		r = objection_book_read(&book, &c->folder, &c->err);
	if (r == 0) {
		put_shown(&text, &shown.recorded, &book, c->folder.word);
		r = cli_seen((const char *)text.data,
			     _("Say so for good? It cannot be taken back. (yes/no)"),
			     &tool_given.seen, &c->err);
	}
	tally_shown_finish(&shown);
	objection_book_finish(&book);
	yihu_buf_free(&text);
	return r;
}

static int make_final(struct tool_call *c)
{
	int r = tally_final(c->keys[0], &c->view, upheld.value, &c->err);
	if (r != 0)
		return r;
	if (upheld.value > 0)
		cli_say(_("Objections upheld: %u. The result as counted stays public, and decides "
			  "nothing: hold a new vote (yihu-issue init NEW --again %s)."),
			upheld.value, c->folder.word);
	else
		cli_say(_("The result is final."));
	return tally_make_posters(c);
}

static const struct cli_option final_options[] = {
	{"upheld", CLI_U32, &upheld, "N",
	 N_("how many objections are upheld; with any, there is a new vote (default: 0)")},
	TOOL_SEEN,
	TOOL_URL,
	TOOL_KEY,
	TOOL_PASSPHRASE_FD,
};

const struct cli_verb tally_verb_final = {
	.name = "final",
	.label = N_("say that the result is final"),
	.command = CLI_COMMAND("final DIR [--upheld N]",
			       N_("Once the time for objections is over, say that the result "
				  "stands, or that there is a new vote."),
			       final_options, 1),
	.reads = CLI_CEREMONY | CLI_SECRET | CLI_PAPER | CLI_PUBLIC,
	.changes = CLI_PUBLIC | CLI_PAPER,
	.asks = CLI_OLD_PASSPHRASE,
	.for_good = true,
	.run = tool_run,
	.act = &(const struct tool_act){.look = tool_look_public,
					.may = look_at_final,
					.open = tool_open_issuer,
					.act = make_final},
};
