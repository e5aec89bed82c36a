/* SPDX-License-Identifier: Apache-2.0
 *
 * The proof sheet of an election that is still to be fixed, as its plan and its
 * announcements have it; of one that has its charter, of that.
 */
#include "issue/internal.h"
#include "issue/papers.h"

#include "folder/paper_options.h"
#include "print/proof_sheet.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

struct proved {
	struct yihu_ceremony ceremony;
	struct yihu_charter *made; /* until there is one that is signed */
	struct yihu_definition *definition;
	enum language language;
};

/* With an id once all names are known, and with the names that are. */
static int make_charter(struct proved *x, struct yihu_error *err)
{
	const struct yihu_ceremony *c = &x->ceremony;
	if (c->charter)
		return 0;
	if (c->n_announced == c->plan.n)
		return issue_charter_of(&x->made, c, err);
	x->made = yihu_calloc(1, sizeof *x->made);
	yihu_plan_charter(x->made, &c->plan);
	x->made->origin = yihu_strdup(c->plan.origin); /* it is freed as a charter */
	memcpy(x->made->holders, c->holders, sizeof c->holders);
	return 0;
}

static int proof_open(struct proved *x, const struct yihu_folder *f, const char *language,
		      struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	int r = paper_language(&x->language, f, language, err);
	if (r == 0)
		r = yihu_ceremony_read(&x->ceremony, f, err);
	if (r == 0)
		r = make_charter(x, err);
	if (r == 0)
		r = issue_definition_read(&bytes, f, x->ceremony.plan.definition_hash, err);
	if (r == 0)
		r = yihu_definition_parse(&x->definition, bytes.data, bytes.len, err);
	yihu_buf_free(&bytes);
	return r;
}

static void proof_finish(struct proved *x)
{
	yihu_ceremony_finish(&x->ceremony);
	yihu_charter_free(x->made);
	yihu_definition_free(x->definition);
}

static int print(struct pdf *to, const struct paper *paper, uint64_t opens, struct yihu_error *err)
{
	int r = pdf_open(to, NULL, 210, 297,
			 translated_meta(paper->language, paper->definition, "description"), opens,
			 err);
	to->says = (struct pdf_says){.language = words_tag(paper->language)};
	if (r == 0)
		r = proof_print(to, paper, err);
	return r == 0 ? pdf_end(to, err) : r;
}

int issue_proof_early(const char *path, const struct yihu_definition *d,
		      const struct yihu_charter *c, const char *language, struct yihu_error *err)
{
	struct pdf to = {.fd = -1};
	struct paper paper = {.charter = c, .definition = d};
	int r = words_language(&paper.language, language, err);
	if (r == 0)
		r = print(&to, &paper, c->opens, err);
	if (r == 0)
		r = yihu_file_write(path, to.bytes.data, to.bytes.len, 0600, err);
	pdf_finish(&to);
	return r;
}

int issue_proof(const struct yihu_folder *f, const struct issue_paper_options *o,
		struct yihu_error *err)
{
	struct proved x = {0};
	struct pdf to = {.fd = -1};
	int r = proof_open(&x, f, o->language, err);
	if (r == 0)
		r = print(&to,
			  &(struct paper){.charter = x.made ? x.made : x.ceremony.charter,
					  .definition = x.definition,
					  .language = x.language},
			  x.ceremony.plan.opens, err);
	if (r == 0)
		r = folder_write(f, F_PROOF, &to.bytes, err);
	pdf_finish(&to);
	proof_finish(&x);
	return r;
}
