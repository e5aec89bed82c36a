/* SPDX-License-Identifier: Apache-2.0
 *
 * The results posters, into paper/ beside the poster before the vote.
 */
#include "tally/tally.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "print/paper.h"
#include "print/result.h"

struct posters {
	const struct yihu_view *view;
	struct published results;
	struct yihu_complaints complaints;
	char *url; /* of the results page; NULL: count desk only */
};

static int open_posters(struct posters *x, const struct yihu_view *v, struct yihu_error *err)
{
	const struct yihu_audit *a = v->audit;
	struct yihu_plan plan = {0};
	struct yihu_buf note = {0};
	*x = (struct posters){.view = v};
	if (a->stage != YIHU_STAGE_PUBLISHED)
		return yihu_fail(err, YIHU_ESTATE, _("the results are not published yet"));
	int r = yihu_plan_read(&plan, v->folder, err);
	if (r == 0 && plan.url)
		x->url = yihu_printf("%s/site/results.html", plan.url);
	if (r == 0)
		r = tally_complaints_read(&x->complaints, &note, v->folder, a->election->charter,
					  err);
	if (r == 0)
		r = yihu_published_read(&x->results, a->results_json.data, a->results_json.len,
					err);
	yihu_plan_finish(&plan);
	yihu_buf_free(&note);
	return r;
}

static void close_posters(struct posters *x)
{
	yihu_published_free(&x->results);
	yihu_complaints_free(&x->complaints);
	free(x->url);
}

/* Those who signed the results; "" when nobody but the issuer did. */
static char *holders_text(const struct yihu_audit *a, enum language l)
{
	const struct yihu_charter *c = a->election->charter;
	struct yihu_buf names = {0};
	yihu_buf_str(&names, "");
	for (uint32_t i = 0; i < c->n; i++)
		if ((a->result_signers >> i & 1) != 0)
			yihu_buf_fmt(&names, "%s%s", names.len > 0 ? yihu_word(l, W_COMMA) : "",
				     c->holders[i].key.name);
	return (char *)names.data;
}

static int draw(struct pdf *to, const struct posters *x, enum language l, double scale,
		struct yihu_error *err)
{
	const struct yihu_audit *a = x->view->audit;
	const struct yihu_definition *d = a->election->definition;
	const struct print_words words = {.chinese = l == ZH};
	char *community = print_community(&words, d), *holders = holders_text(a, l);
	const struct result_paper paper = {.results = &x->results,
					   .complaints = &x->complaints,
					   .language = l,
					   .title = print_meta(&words, d, "description"),
					   .community = community,
					   .url = x->url,
					   .holders = holders};
	int r = pdf_open(to, NULL, A4_WIDTH * scale, A4_HEIGHT * scale, paper.title,
			 a->election->charter->closes, err);
	if (r == 0)
		cairo_pdf_surface_set_metadata(to->surface, CAIRO_PDF_METADATA_CREATOR,
					       "yihu-tally");
	if (r == 0)
		r = result_print(to, &paper, scale, err);
	if (r == 0)
		r = pdf_end(to, err);
	free(community);
	free(holders);
	return r;
}

/* ---- which ---- */

/* Two sizes, and perhaps two languages. All are drawn before one is written. */
#define POSTERS_MAX 4
struct poster {
	enum language language;
	double scale;
	const char *name;
	struct pdf pdf;
};

static bool speaks_english(const struct posters *x)
{
	for (size_t i = 0; i < x->results.n_projects; i++)
		if (x->results.projects[i].name_en && *x->results.projects[i].name_en)
			return true;
	return false;
}

/* The language asked for; else that of the letters, and English after it where
 * the election has English names. */
static int choose(struct poster *out, size_t *n, const struct posters *x, const char *asked,
		  struct yihu_error *err)
{
	enum language l = ZH;
	char *letters = paper_option(x->view->folder->root, "language");
	const char *name = asked ? asked : letters ? letters : "zh";
	int r = yihu_language_find(&l, name, err);
	bool both = !asked && l == ZH && speaks_english(x);
	out[0] = (struct poster){.language = l, .scale = 1, .name = "results-a4.pdf"};
	out[1] = (struct poster){.language = l, .scale = POSTER_A3_SCALE, .name = "results-a3.pdf"};
	out[2] = (struct poster){.language = EN, .scale = 1, .name = "results-a4-en.pdf"};
	out[3] = (struct poster){
		.language = EN, .scale = POSTER_A3_SCALE, .name = "results-a3-en.pdf"};
	*n = both ? 4 : 2;
	free(letters);
	return r;
}

static int keep(const struct posters *x, const struct poster *p, struct yihu_error *err)
{
	char *dir = yihu_folder_path(x->view->folder, "paper"), *path = yihu_path(dir, p->name);
	int r = yihu_dir_make(dir, 0700, err);
	if (r == 0)
		r = yihu_file_write(path, p->pdf.bytes.data, p->pdf.bytes.len, 0600, err);
	free(dir);
	free(path);
	return r;
}

int tally_poster(const struct yihu_view *v, const char *language, struct yihu_error *err)
{
	struct posters x;
	struct poster posters[POSTERS_MAX];
	size_t n = 0, drawn = 0;
	int r = open_posters(&x, v, err);
	if (r == 0)
		r = choose(posters, &n, &x, language, err);
	for (; drawn < n && r == 0; drawn++)
		r = draw(&posters[drawn].pdf, &x, posters[drawn].language, posters[drawn].scale,
			 err);
	for (size_t i = 0; i < n && r == 0; i++)
		r = keep(&x, &posters[i], err);
	for (size_t i = 0; i < drawn; i++)
		pdf_finish(&posters[i].pdf);
	close_posters(&x);
	return r;
}
