/* SPDX-License-Identifier: Apache-2.0
 *
 * The results posters, into paper/ beside the poster before the vote.
 */
#include "tally/tally.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "folder/additions.h"
#include "folder/paper_options.h"
#include "print/paper.h"
#include "print/result.h"

struct posters {
	const struct yihu_view *view;
	struct published results;
	struct tally_shown shown;
	char *url;                    /* of the results page; NULL: count desk only */
	char *sender, *phone, *place; /* as on the letters; NULL: not said */
};

static int open_posters(struct posters *x, const struct yihu_view *v, struct yihu_error *err)
{
	const struct yihu_audit *a = v->audit;
	struct yihu_plan plan = {0};
	*x = (struct posters){.view = v,
			      .sender = paper_option(v->folder, "sender"),
			      .phone = paper_option(v->folder, "phone"),
			      .place = paper_option(v->folder, "place")};
	if (a->stage != YIHU_STAGE_PUBLISHED)
		return yihu_fail(err, YIHU_ESTATE, _("the results are not published yet"));
	int r = yihu_plan_read(&plan, v->folder, err);
	if (r == 0 && plan.url)
		x->url = yihu_printf("%s/site/results.html", plan.url);
	if (r == 0)
		r = tally_shown_read(&x->shown, v, err);
	if (r == 0)
		r = yihu_published_read(&x->results, a->results_json.data, a->results_json.len,
					err);
	if (r == 0)
		yihu_published_know(&x->results, a->election->definition);
	yihu_plan_finish(&plan);
	return r;
}

static void close_posters(struct posters *x)
{
	yihu_published_free(&x->results);
	tally_shown_finish(&x->shown);
	free(x->url);
	free(x->sender);
	free(x->phone);
	free(x->place);
}

/* Those who signed the results; "" when nobody but the issuer did. */
static char *holders_text(const struct yihu_audit *a, enum language l)
{
	const struct yihu_charter *c = a->election->charter;
	struct yihu_buf names = {0};
	yihu_buf_str(&names, "");
	for (uint32_t i = 0; i < c->n; i++)
		if ((a->result_signers >> i & 1) != 0)
			yihu_buf_fmt(&names, "%s%s", names.len > 0 ? word(l, W_FORM_LIST) : "",
				     c->holders[i].key.name);
	return (char *)names.data;
}

/* All are drawn before one is written. */
struct results_poster {
	enum language language;
	double scale;
	char *name; /* of the file */
	struct pdf pdf;
};

static int draw(struct results_poster *p, struct posters *x, struct yihu_error *err)
{
	const struct yihu_audit *a = x->view->audit;
	const struct yihu_definition *d = a->election->definition;
	enum language l = p->language;
	char *community = translated_community(l, d), *holders = holders_text(a, l), *added = NULL;
	int r = additions_sentence(&added, x->view->folder, a->ledger,
				   a->election->charter->households, l, err);
	const struct result_paper paper = {
		.results = &x->results,
		.complaints = yihu_standing_complaints(&x->shown.standing, &x->shown.recorded),
		.standing = &x->shown.standing,
		.language = l,
		.title = translated_meta(l, d, "description"),
		.community = community,
		.url = x->url,
		.sender = {x->sender, x->phone, x->place},
		.holders = holders,
		.added = added};
	if (r == 0)
		r = pdf_open(&p->pdf, NULL, A4_WIDTH * p->scale, A4_HEIGHT * p->scale, paper.title,
			     a->election->charter->closes, err);
	p->pdf.says = (struct pdf_says){.language = words_tag(l)};
	if (r == 0)
		cairo_pdf_surface_set_metadata(p->pdf.surface, CAIRO_PDF_METADATA_CREATOR,
					       "yihu-tally");
	if (r == 0)
		r = result_print(&p->pdf, &paper, p->scale, err);
	if (r == 0)
		r = pdf_end(&p->pdf, err);
	free(community);
	free(holders);
	free(added);
	return r;
}

/* ---- which ---- */

struct poster_list {
	struct results_poster *at;
	size_t n;
};

static void add(struct poster_list *list, enum language l, const char *ending)
{
	static const struct {
		const char *size;
		double scale;
	} sizes[] = {{"a4", 1}, {"a3", POSTER_A3_SCALE}};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		list->at = yihu_realloc(list->at, list->n + 1, sizeof *list->at);
		list->at[list->n++] = (struct results_poster){
			.language = l,
			.scale = sizes[i].scale,
			.name = yihu_printf("%s%s", sizes[i].size, ending),
			.pdf = {.fd = -1},
		};
	}
}

static bool has_names_in(const struct posters *x, enum language l)
{
	const struct yihu_definition *d = x->view->audit->election->definition;
	char *column = yihu_printf("name_%s", words_brief(l));
	bool has = false;
	for (size_t i = 0; i < d->n_projects && !has; i++) {
		const char *name = yihu_definition_field(d, i, column);
		has = name && *name != '\0';
	}
	free(column);
	return has;
}

/* The language asked for; else that of the letters, and after it each other in
 * which the election has names. */
static int choose(struct poster_list *out, const struct posters *x, const char *asked,
		  struct yihu_error *err)
{
	enum language first;
	int r = paper_language(&first, x->view->folder, asked, err);
	if (r != 0)
		return r;
	add(out, first, "");
	for (size_t i = 0; !asked && i < words_languages(); i++) {
		enum language l = (enum language)i;
		char *ending = yihu_printf("-%s", words_brief(l));
		if (l != first && has_names_in(x, l))
			add(out, l, ending);
		free(ending);
	}
	return 0;
}

int tally_poster(const struct yihu_view *v, const char *language, struct yihu_error *err)
{
	struct posters x;
	struct poster_list list = {0};
	int r = open_posters(&x, v, err);
	if (r == 0)
		r = choose(&list, &x, language, err);
	for (size_t i = 0; i < list.n && r == 0; i++)
		r = draw(&list.at[i], &x, err);
	for (size_t i = 0; i < list.n && r == 0; i++)
		r = folder_write_named(v->folder, F_RESULTS, list.at[i].name, &list.at[i].pdf.bytes,
				       err);
	for (size_t i = 0; i < list.n; i++) {
		pdf_finish(&list.at[i].pdf);
		free(list.at[i].name);
	}
	free(list.at);
	close_posters(&x);
	return r;
}
