/* SPDX-License-Identifier: Apache-2.0
 *
 * The results page. All text passes put_text, which escapes; nothing else
 * that comes from results.json reaches the page. No colour says anything
 * alone: words and figures stand beside every bar.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yihu/charter.h>
#include <yihu/text.h>

#include "words.h"

#define NAMES_IN_SENTENCE 8
#define BEIJING_S (8 * 3600)

struct page {
	struct yihu_buf *out;
	const struct published *r;
	const struct yihu_complaints *complaints; /* or NULL */
	enum language l;
};

/* 4.5:1 and more throughout; cells become blocks on narrow screens, and the
 * roles written out keep the table a table for a screen reader there. */
static const char style[] =
	":root{color-scheme:light}"
	"body{margin:0;background:#fff;color:#1b1b1b;font:18px/1.6 system-ui,\"Noto Sans CJK SC\","
	"\"PingFang SC\",\"Microsoft YaHei\",sans-serif}"
	"main{max-width:48rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}"
	"h1{font-size:1.7rem;line-height:1.3;margin:.2rem 0}"
	"h2{font-size:1.3rem;margin:2rem 0 .5rem;border-bottom:2px solid #1f5f5b}"
	"p{margin:.5rem 0}"
	".result{font-size:1.3rem;font-weight:700;border-left:.4rem solid #1f5f5b;"
	"padding:.4rem .8rem;background:#eef5f4}"
	".winners{columns:14rem;margin:.5rem 0;padding-left:2.2rem}"
	".small{color:#4a4a4a;font-weight:400}"
	".answer{white-space:pre-line}"
	"dl{margin:0}dt{font-weight:700;margin-top:.7rem}dd{margin:0}"
	"svg{display:block;width:100%;height:.9rem;margin:.25rem 0}"
	"table{border-collapse:collapse;width:100%}"
	"th,td{text-align:left;vertical-align:top;padding:.5rem .6rem .5rem 0;"
	"border-bottom:1px solid #767676}"
	"tbody th{width:34%}td.votes{width:24%}"
	"code{display:block;font:1rem/1.5 ui-monospace,monospace;background:#f2f2f2;padding:.5rem}"
	".print{font-size:1.2rem;font-weight:700}"
	"@media(max-width:36rem){thead{display:none}table,tbody,tr,th,td{display:block}"
	"tbody th,td.votes{width:auto}th,td{border:0;padding:.1rem 0}"
	"tr{border-bottom:1px solid #767676;padding:.7rem 0}}"
	"@media print{main{max-width:none;padding:0}body{font-size:10.5pt;line-height:1.4}"
	"h2{margin-top:1.2rem}th,td{padding:.25rem .6rem .25rem 0}svg{height:.6rem}"
	"tr,dd,li{break-inside:avoid}h2,dt{break-after:avoid}}";

static void put_text(struct page *g, const char *text)
{
	static const char *const escapes[256] = {['&'] = "&amp;",
						 ['<'] = "&lt;",
						 ['>'] = "&gt;",
						 ['"'] = "&quot;",
						 ['\''] = "&#39;"};
	for (; *text; text++) {
		const char *escape = escapes[(unsigned char)*text];
		if (escape)
			yihu_buf_str(g->out, escape);
		else
			yihu_buf_u8(g->out, (uint8_t)*text);
	}
}

static void put_markup(struct page *g, const char *markup)
{
	yihu_buf_str(g->out, markup);
}

/* <tag …>text</tag>; open is the tag with its attributes. Frees text. */
static void put_owned(struct page *g, const char *open, char *text)
{
	yihu_buf_fmt(g->out, "<%s>", open);
	put_text(g, text);
	yihu_buf_fmt(g->out, "</%.*s>\n", (int)strcspn(open, " "), open);
	free(text);
}

static void put_word(struct page *g, const char *open, enum word w)
{
	put_owned(g, open, yihu_say(g->l, w));
}

/* No part is drawn beyond its whole. Figures of results.json are below 2^53. */
static unsigned thousandths(uint64_t part, uint64_t whole)
{
	if (whole == 0)
		return 0;
	if (part >= whole)
		return 1000;
	return (unsigned)(part * 1000 / whole);
}

/* A bar: dark part, then outlined part, in a frame. The figures stand beside
 * it as text, so it is hidden from screen readers. */
static void put_bar(struct page *g, unsigned dark, unsigned outlined, unsigned mark)
{
	yihu_buf_fmt(
		g->out,
		"<svg viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
		"<rect width=\"1000\" height=\"20\" fill=\"#e4e4e4\"/>"
		"<rect width=\"%u\" height=\"20\" fill=\"#1f5f5b\"/>",
		dark);
	if (outlined)
		yihu_buf_fmt(g->out,
			     "<rect x=\"%u\" y=\"1\" width=\"%u\" height=\"18\" fill=\"#fff\" "
			     "stroke=\"#8a2b0e\" stroke-width=\"2\" "
			     "vector-effect=\"non-scaling-stroke\"/>",
			     dark, outlined);
	if (mark)
		yihu_buf_fmt(
			g->out,
			"<rect x=\"%u\" width=\"7\" height=\"20\" fill=\"#000\" stroke=\"#fff\" "
			"stroke-width=\"4\"/>",
			mark);
	put_markup(g, "</svg>\n");
}

/* A name a line where a sentence would be a wall of names. */
static void put_result(struct page *g)
{
	const struct published *r = g->r;
	bool sentence = r->funded.n <= NAMES_IN_SENTENCE;
	char *n = yihu_count_text(r->funded.n);
	put_owned(g, "p class=\"result\"",
		  sentence ? yihu_result_sentence(r, g->l) : yihu_say(g->l, W_FUNDED_LIST, n));
	if (!sentence)
		put_markup(g, "<ol class=\"winners\">\n");
	for (size_t i = 0; !sentence && i < r->funded.n; i++)
		put_owned(g, "li",
			  yihu_strdup(yihu_project_name(&r->projects[r->funded.at[i]], g->l)));
	if (!sentence)
		put_markup(g, "</ol>\n");
	free(n);
}

static void put_head(struct page *g)
{
	put_markup(g, "<!DOCTYPE html>\n<html lang=\"");
	put_text(g, yihu_word(g->l, W_LANG));
	put_markup(g, "\">\n<head>\n<meta charset=\"utf-8\">\n"
		      "<meta http-equiv=\"Content-Security-Policy\" "
		      "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
		      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		      "<meta name=\"referrer\" content=\"no-referrer\">\n");
	put_owned(g, "title", yihu_printf("%s · %s", g->r->title, yihu_word(g->l, W_RESULT)));
	yihu_buf_fmt(g->out, "<style>%s</style>\n</head>\n<body>\n<main>\n", style);
	put_owned(g, "p class=\"small\"",
		  yihu_printf("%s · %s · %s", g->r->community, g->r->instance,
			      yihu_word(g->l, W_RESULT)));
	put_owned(g, "h1", yihu_strdup(g->r->title));
	put_result(g);
}

static void put_counts(struct page *g, const char *open, enum word w, uint64_t a, uint64_t b)
{
	char *first = yihu_count_text(a), *second = yihu_count_text(b);
	put_owned(g, open, yihu_say(g->l, w, first, second));
	free(first);
	free(second);
}

static void put_budget(struct page *g)
{
	const struct published *r = g->r;
	if (!r->has_budget)
		return;
	uint64_t left = r->budget > r->spent ? r->budget - r->spent : 0;
	char *all = yihu_money_text(r, g->l, r->budget);
	char *spent = yihu_money_text(r, g->l, r->spent);
	char *rest = yihu_money_text(r, g->l, left);
	put_word(g, "dt", W_BUDGET);
	put_owned(g, "dd", yihu_say(g->l, W_BUDGET_LINE, all, spent, rest));
	put_markup(g, "<dd>");
	put_bar(g, thousandths(r->spent, r->budget), 0, 0);
	put_markup(g, "</dd>\n");
	free(all);
	free(spent);
	free(rest);
}

/* The page has one form for everybody, so that the clock is not that of the
 * computer that draws it: Beijing's in Chinese, UTC in English. */
static char *poll_text(const struct page *g)
{
	const struct published *r = g->r;
	char from[20], to[20];
	uint64_t opens, closes;
	struct tm tm;
	if (!yihu_time_parse(&opens, yihu_span(r->opens)) ||
	    !yihu_time_parse(&closes, yihu_span(r->closes)))
		return yihu_say(g->l, W_POLL_LINE, r->opens, r->closes);
	const time_t zone = g->l == ZH ? BEIJING_S : 0;
	const time_t when[] = {(time_t)opens + zone, (time_t)closes + zone};
	strftime(from, sizeof from, "%Y-%m-%d %H:%M", gmtime_r(&when[0], &tm));
	strftime(to, sizeof to, "%Y-%m-%d %H:%M", gmtime_r(&when[1], &tm));
	return yihu_say(g->l, W_POLL_PAGE, from, to);
}

static void put_figures(struct page *g)
{
	const struct published *r = g->r;
	put_word(g, "h2", W_FIGURES);
	put_markup(g, "<dl>\n");
	put_word(g, "dt", W_TURNOUT);
	put_counts(g, "dd", W_TURNOUT_LINE, r->entitled, r->cast);
	put_markup(g, "<dd>");
	put_bar(g, thousandths(r->cast, r->entitled), 0, yihu_share_thousandths(&r->quorum));
	put_markup(g, "</dd>\n");
	put_word(g, "dt", W_QUORUM);
	put_owned(g, "dd", yihu_quorum_sentence(r, g->l));
	if (r->opened) {
		put_word(g, "dt", W_BALLOTS);
		put_counts(g, "dd", W_BALLOTS_LINE, r->valid, r->void_ballots);
	}
	put_budget(g);
	put_word(g, "dt", W_COMPLAINTS);
	put_owned(g, "dd", yihu_complaints_sentence(g->complaints, g->l));
	put_word(g, "dt", W_POLL);
	put_owned(g, "dd", poll_text(g));
	put_markup(g, "</dl>\n");
}

static uint64_t most_votes(const struct published *r)
{
	uint64_t most = 0;
	for (size_t i = 0; i < r->n_projects; i++)
		if (r->projects[i].votes > most)
			most = r->projects[i].votes;
	return most;
}

static void put_project_bar(struct page *g, const struct result_project *p)
{
	uint64_t whole = yihu_by_ballots(g->r) ? g->r->valid : most_votes(g->r);
	unsigned dark = thousandths(p->votes, whole);
	unsigned outlined = thousandths(p->against, g->r->valid);
	put_bar(g, dark, dark + outlined > 1000 ? 1000 - dark : outlined, 0);
}

static void put_project(struct page *g, const struct result_project *p)
{
	char *cost = yihu_money_text(g->r, g->l, p->cost);
	put_markup(g, "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">");
	if (p->place)
		yihu_buf_fmt(g->out, "%llu. ", (unsigned long long)p->place);
	put_text(g, yihu_project_name(p, g->l));
	put_owned(g, "div class=\"small\"", yihu_say(g->l, W_ID_COST, p->id, cost));
	put_markup(g, "</th><td role=\"cell\" class=\"votes\">");
	if (g->r->opened) {
		put_owned(g, "div", yihu_votes_text(g->r, p, g->l));
		put_project_bar(g, p);
	}
	put_markup(g, "</td><td role=\"cell\">");
	put_word(g, "strong", yihu_is_funded(p) ? W_FUNDED : W_NOT_FUNDED);
	put_owned(g, "div", yihu_why_sentence(g->r, p, g->l));
	put_markup(g, "</td></tr>\n");
	free(cost);
}

/* What comes first of equals; nothing where each project stands by itself. */
static void put_equals(struct page *g)
{
	const struct published *r = g->r;
	if (strncmp(r->rule, "equalshares", strlen("equalshares")) == 0)
		put_word(g, "p", W_EQUAL_SHARES);
	else if (strcmp(r->rule, "phragmen") == 0)
		put_word(g, "p", W_EQUAL_MOMENT);
	else if (r->has_budget)
		put_word(g, "p", W_EQUAL_VOTES);
}

static void put_projects(struct page *g)
{
	static const enum word heads[] = {W_PROJECT, W_VOTES, W_OUTCOME};
	put_word(g, "h2", W_RULE);
	put_owned(g, "p", yihu_rule_sentence(g->r, g->l));
	if (!yihu_by_ballots(g->r))
		put_word(g, "p",
			 strcmp(g->r->ballot, "ordinal") == 0 ? W_VOTES_BORDA : W_VOTES_POINTS);
	put_equals(g);
	put_word(g, "h2", W_PROJECTS);
	put_markup(g, "<table role=\"table\">\n<thead role=\"rowgroup\"><tr role=\"row\">");
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		put_word(g, "th role=\"columnheader\" scope=\"col\"", heads[i]);
	put_markup(g, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
	size_t *order = yihu_shown_order(g->r);
	for (size_t i = 0; i < g->r->n_projects; i++)
		put_project(g, &g->r->projects[order[i]]);
	free(order);
	put_markup(g, "</tbody>\n</table>\n");
}

static void put_steps(struct page *g)
{
	char *steps = yihu_steps_text(g->r, g->l), *rest = steps;
	if (*steps)
		put_word(g, "h2", W_STEPS);
	for (char *line = strsep(&rest, "\n"); line && *line; line = strsep(&rest, "\n"))
		put_owned(g, "p", yihu_strdup(line));
	free(steps);
}

static char *join_numbers(const struct index_list *list, enum language l)
{
	struct yihu_buf b = {0};
	yihu_buf_str(&b, "");
	for (size_t i = 0; i < list->n; i++)
		yihu_buf_fmt(&b, "%s%zu", i ? yihu_word(l, W_COMMA) : "", list->at[i]);
	return (char *)b.data;
}

static void put_void(struct page *g)
{
	put_word(g, "h2", W_VOID);
	if (g->r->void_ballots == 0) {
		put_word(g, "p", W_VOID_NONE);
		return;
	}
	char *n = yihu_count_text(g->r->void_ballots);
	char *places = join_numbers(&g->r->void_at, g->l);
	put_owned(g, "p", yihu_say(g->l, W_VOID_LINE, n, places));
	free(n);
	free(places);
}

static void put_tie(struct page *g, const struct index_list *tie)
{
	struct yihu_buf names = {0};
	yihu_buf_str(&names, "");
	for (size_t i = 0; i < tie->n; i++)
		yihu_buf_fmt(&names, "%s%s", i ? yihu_word(g->l, W_COMMA) : "",
			     yihu_project_name(&g->r->projects[tie->at[i]], g->l));
	put_owned(g, "p", yihu_say(g->l, W_LOT_TIE, (const char *)names.data));
	yihu_buf_free(&names);
}

static void put_lot(struct page *g)
{
	put_word(g, "h2", W_LOT);
	put_word(g, "p", g->r->n_ties ? W_LOT_LINE : W_LOT_NONE);
	for (size_t i = 0; i < g->r->n_ties; i++)
		put_tie(g, &g->r->ties[i]);
	put_word(g, "p", W_LOT_SEED);
	put_owned(g, "code", yihu_strdup(g->r->lot ? g->r->lot : ""));
}

static void put_opening(struct page *g)
{
	char *mixes = yihu_count_text(g->r->mixes), *holders = yihu_count_text(g->r->holders);
	char *needed = yihu_count_text(g->r->needed);
	char *openers = join_numbers(&g->r->openers, g->l);
	put_word(g, "h2", W_KEYS);
	put_owned(g, "p", yihu_say(g->l, W_KEYS_LINE, mixes, holders, needed, openers));
	free(mixes);
	free(holders);
	free(needed);
	free(openers);
}

static void put_answers(struct page *g)
{
	if (!g->complaints || g->complaints->n_answers == 0)
		return;
	put_word(g, "h2", W_ANSWERS);
	put_markup(g, "<ol>\n");
	for (size_t i = 0; i < g->complaints->n_answers; i++)
		put_owned(g, "li class=\"answer\"", yihu_strdup(g->complaints->answers[i]));
	put_markup(g, "</ol>\n");
}

static void put_short_print(struct page *g)
{
	uint8_t eid[YIHU_EID_BYTES];
	char text[YIHU_SHORT_PRINT_BYTES];
	if (!yihu_unhex(eid, sizeof eid, yihu_span(g->r->eid)))
		return;
	yihu_short_print(text, eid);
	put_owned(g, "p class=\"print\"", yihu_strdup(text));
}

static void put_check(struct page *g)
{
	put_word(g, "h2", W_CHECK);
	put_word(g, "p", W_CHECK_PRINT);
	put_short_print(g);
	if (g->r->opened)
		put_word(g, "p", W_CHECK_BALLOTS);
	put_word(g, "p", W_CHECK_BROWSER);
	put_word(g, "p", W_CHECK_RUN);
	put_owned(g, "code", yihu_printf("yihu-audit PUBLIC_DIR --eid %s", g->r->eid));
	put_word(g, "p class=\"small\"", W_CHECK_PAGE);
}

static void put_summary(const struct page *g)
{
	struct page other = {.out = g->out, .r = g->r, .l = g->l == ZH ? EN : ZH};
	put_markup(&other, "<section lang=\"");
	put_text(&other, yihu_word(other.l, W_LANG));
	put_markup(&other, "\">\n");
	put_word(&other, "h2", W_SUMMARY);
	put_owned(&other, "p", yihu_result_sentence(other.r, other.l));
	put_counts(&other, "p", W_TURNOUT_LINE, other.r->entitled, other.r->cast);
	put_owned(&other, "p", yihu_quorum_sentence(other.r, other.l));
	put_markup(&other, "</section>\n");
}

int yihu_results_page(struct yihu_buf *out, const void *json, size_t len,
		      const struct yihu_complaints *complaints, const char *language,
		      struct yihu_error *err)
{
	struct published r;
	struct page g = {.out = out, .r = &r, .complaints = complaints};
	int rc = yihu_language_find(&g.l, language, err);
	if (rc == 0)
		rc = yihu_published_read(&r, json, len, err);
	if (rc != 0)
		return rc;
	if (r.outside) {
		yihu_published_free(&r);
		return yihu_fail(err, YIHU_ERESULTS, _("A page is made of an election's results."));
	}
	put_head(&g);
	put_figures(&g);
	put_projects(&g);
	put_steps(&g);
	if (r.opened) {
		put_void(&g);
		put_lot(&g);
		put_opening(&g);
	}
	put_answers(&g);
	put_check(&g);
	put_summary(&g);
	put_markup(&g, "</main>\n</body>\n</html>\n");
	yihu_published_free(&r);
	return 0;
}

int yihu_results_html(struct yihu_buf *out, const void *json, size_t len, const char *language,
		      struct yihu_error *err)
{
	return yihu_results_page(out, json, len, NULL, language, err);
}
