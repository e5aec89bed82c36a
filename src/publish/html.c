/* SPDX-License-Identifier: Apache-2.0
 *
 * The results page. All text passes html_text, which escapes; nothing else
 * that comes from results.json reaches the page. No colour says anything
 * alone: words and figures stand beside every bar.
 */
#include <stdlib.h>

#include <yihu/definition.h>

#include "publish/html_projects.h"
#include "publish/html_proof.h"
#include "publish/html_winners.h"
#include "publish/winners.h"

/* 4.5:1 and more throughout; cells become blocks on narrow screens, and the
 * roles written out keep the table a table for a screen reader there. */
static const char style[] =
	":root{color-scheme:light}"
	"body{margin:0;background:#fff;color:#1b1b1b;font:18px/1.6 system-ui,\"Noto Sans CJK SC\","
	"\"PingFang SC\",\"Microsoft YaHei\",sans-serif}"
	"main{max-width:48rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}"
	".large{display:inline-block;padding:.7rem .6rem}"
	"#large{width:1.4rem;height:1.4rem;vertical-align:middle}"
	"#large:checked~div{font-size:1.4em}"
	"h1{font-size:1.5em;line-height:1.3;margin:.2rem 0}"
	"h2{font-size:1.15em;margin:2rem 0 .5rem;border-bottom:2px solid #1f5f5b}"
	"p{margin:.5rem 0}"
	".result{font-size:1.15em;font-weight:700;border-inline-start:.4rem solid #1f5f5b;"
	"padding:.4rem .8rem;background:#eef5f4}"
	".winners{columns:16rem;margin:.5rem 0;padding:0;list-style:none}"
	".winners li{padding:.2rem 0}"
	".number{display:inline-block;min-width:1.4em;padding:0 .3em;text-align:center;"
	"background:#0d5c54;color:#fff;border-radius:.3rem}"
	".won{background:#eef5f4}"
	"nav a{display:inline-block;min-height:3rem;line-height:3rem;margin-inline-end:1.2rem;"
	"color:#0d5c54}"
	"svg.parts{height:auto;margin:.6rem 0}"
	".parts text{fill:#fff;font:700 40px system-ui,sans-serif;text-anchor:middle}"
	".standing{font-weight:700;border-inline-start:.4rem solid #8a4b00;padding:.4rem .8rem;"
	"background:#fdf3e3}"
	".small{color:#4a4a4a;font-weight:400}"
	".answer{white-space:pre-line}"
	"dl{margin:0}dt{font-weight:700;margin-top:.7rem}dd{margin:0}"
	"svg{display:block;width:100%;height:.9rem;margin:.25rem 0}"
	"table{border-collapse:collapse;width:100%}"
	"th,td{text-align:start;vertical-align:top;padding:.5rem 0;padding-inline-end:.6rem;"
	"border-bottom:1px solid #767676}"
	"tbody th{width:34%}td.votes{width:24%}"
	"code{display:block;font:.9em/1.5 ui-monospace,monospace;background:#f2f2f2;padding:.5rem}"
	".print{font-size:1.1em;font-weight:700}"
	"@media(max-width:36rem){thead{display:none}table,tbody,tr,th,td{display:block}"
	"tbody th,td.votes{width:auto}th,td{border:0;padding:.1rem 0}"
	"tr{border-bottom:1px solid #767676;padding:.7rem 0}}"
	"@media print{nav,.large,#large{display:none}main{max-width:none;padding:0}"
	"body{font-size:10.5pt;line-height:1.4}"
	"h2{margin-top:1.2rem}th,td{padding:.25rem 0;padding-inline-end:.6rem}svg{height:.6rem}"
	"tr,dd,li{break-inside:avoid}h2,dt{break-after:avoid}}";

/* Attributes of whatever is in this language. */
static void put_language(struct html *g)
{
	yihu_buf_fmt(g->out, " lang=\"%s\"%s", words_tag(g->l),
		     words_right_to_left(g->l) ? " dir=\"rtl\"" : "");
}

/* Board and verifying page lie beside this one, at the daemon and in a copy of the
 * public folder alike. Its folder is the front page at the daemon, and in a copy the
 * list of all that lies there. */
static void put_ways(struct html *g)
{
	enum language second = words_second(g->l);
	html_markup(g, "<nav>");
	html_owned(g, "a href=\".\"", word_copy(g->l, W_RESULT_TO_FRONT));
	html_owned(g, "a href=\"board.html\"", word_copy(g->l, W_RESULT_TO_BOARD));
	html_owned(g, "a href=\"verify.html\"", word_copy(g->l, W_RESULT_TO_VERIFY));
	html_owned(g, "a href=\"results.csv\"", word_copy(g->l, W_RESULT_TO_TABLE));
	char *open = yihu_printf("a href=\"#summary\" lang=\"%s\"", words_tag(second));
	html_owned(g, open, word_copy(second, W_RESULT_SUMMARY));
	free(open);
	html_markup(g, "</nav>\n");
}

/* Without a script: a box that the style asks. */
static void put_large(struct html *g)
{
	html_markup(g, "<input type=\"checkbox\" id=\"large\">");
	html_owned(g, "label for=\"large\" class=\"large\"", word_copy(g->l, W_RESULT_LARGE_TYPE));
	html_markup(g, "\n");
}

/* First of all, as on every page of a rehearsal. */
static void put_rehearsal(struct html *g)
{
	if (!yihu_title_rehearses(yihu_title_text(g->r, g->l)))
		return;
	html_markup(g, "<style>.rehearsal{background:#16211f;color:#fff;text-align:center;"
		       "font-size:1.6em;font-weight:700}</style>\n");
	html_word(g, "p class=\"rehearsal\" role=\"note\"", W_PAPER_REHEARSAL);
}

static void put_head(struct html *g)
{
	html_markup(g, "<!DOCTYPE html>\n<html");
	put_language(g);
	html_markup(g, ">\n<head>\n<meta charset=\"utf-8\">\n"
		       "<meta http-equiv=\"Content-Security-Policy\" "
		       "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
		       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		       "<meta name=\"referrer\" content=\"no-referrer\">\n");
	html_owned(g, "title",
		   yihu_printf("%s · %s", yihu_title_text(g->r, g->l), word(g->l, W_TERM_RESULTS)));
	yihu_buf_fmt(g->out, "<style>%s</style>\n</head>\n<body>\n<main>\n", style);
	put_rehearsal(g);
	put_large(g);
	html_markup(g, "<div>\n");
	html_owned(g, "p class=\"small\"",
		   yihu_printf("%s · %s · %s", yihu_community_text(g->r, g->l), g->r->instance,
			       word(g->l, W_TERM_RESULTS)));
	html_owned(g, "h1", yihu_strdup(yihu_title_text(g->r, g->l)));
	put_ways(g);
	char *standing = yihu_standing_sentence(g->standing, g->l);
	if (standing)
		html_owned(g, "p class=\"standing\"", standing);
	html_winners(g);
}

static void put_budget(struct html *g)
{
	const struct published *r = g->r;
	if (!r->has_budget)
		return;
	html_word(g, "dt", W_RESULT_BUDGET);
	html_owned(g, "dd", yihu_budget_sentence(r, g->l));
	html_markup(g, "<dd>");
	html_bar(g, yihu_thousandths(r->spent, r->budget), 0, 0);
	html_markup(g, "</dd>\n");
}

static void put_changes(struct html *g)
{
	char *changes = yihu_changes_sentence(g->r, g->l);
	if (!changes)
		return;
	html_word(g, "dt", W_RESULT_CHANGES);
	html_owned(g, "dd", changes);
}

static void put_figures(struct html *g)
{
	const struct published *r = g->r;
	html_word(g, "h2", W_RESULT_FIGURES);
	html_markup(g, "<dl>\n");
	html_word(g, "dt", W_TERM_TURNOUT);
	html_owned(g, "dd", yihu_turnout_sentence(r, g->l));
	html_markup(g, "<dd>");
	html_bar(g, yihu_thousandths(r->cast, r->entitled), 0, yihu_share_thousandths(&r->quorum));
	html_markup(g, "</dd>\n");
	put_changes(g);
	html_word(g, "dt", W_RESULT_QUORUM);
	html_owned(g, "dd", yihu_quorum_sentence(r, g->l));
	if (r->opened) {
		html_word(g, "dt", W_TERM_BALLOTS);
		html_owned(g, "dd", yihu_ballots_sentence(r, g->l));
	}
	put_budget(g);
	html_word(g, "dt", W_RESULT_COMPLAINTS);
	html_owned(g, "dd", yihu_complaints_sentence(g->complaints, g->l));
	html_word(g, "dt", W_RESULT_POLL);
	html_owned(g, "dd", yihu_poll_sentence(g->r, g->l));
	html_markup(g, "</dl>\n");
}

static void put_summary(const struct html *g)
{
	struct html other = {.out = g->out, .r = g->r, .l = words_second(g->l)};
	html_markup(&other, "<section id=\"summary\"");
	put_language(&other);
	html_markup(&other, ">\n");
	html_word(&other, "h2", W_RESULT_SUMMARY);
	html_owned(&other, "p", yihu_result_sentence(other.r, other.l));
	char *standing = yihu_standing_sentence(g->standing, other.l);
	if (standing)
		html_owned(&other, "p", standing);
	html_owned(&other, "p", yihu_turnout_sentence(other.r, other.l));
	html_owned(&other, "p", yihu_quorum_sentence(other.r, other.l));
	html_markup(&other, "</section>\n");
}

static void put_page(struct html *g)
{
	put_head(g);
	put_figures(g);
	html_projects(g);
	html_proof(g);
	put_summary(g);
	html_markup(g, "</div>\n</main>\n</body>\n</html>\n");
}

int yihu_results_page(struct yihu_buf *out, const struct yihu_results *results,
		      const char *language, struct yihu_error *err)
{
	struct published r = {0};
	struct html g = {.out = out,
			 .r = &r,
			 .complaints = results->complaints,
			 .standing = results->standing};
	int rc = yihu_published_in(&r, &g.l, results->json, results->len, language, err);
	if (rc == 0 && results->definition)
		yihu_published_know(&r, results->definition);
	if (rc == 0 && r.outside)
		rc = yihu_fail(err, YIHU_ERESULTS, _("a page is made of an election's results"));
	if (rc == 0)
		put_page(&g);
	yihu_published_free(&r);
	return rc;
}
