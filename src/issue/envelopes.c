/* SPDX-License-Identifier: Apache-2.0
 *
 * Forms for everybody who has a passphrase: the clerk, and each key holder.
 * They are of use from the first day on, so they need no charter.
 */
#include "issue/papers.h"

#include "folder/paper_options.h"
#include "print/envelope.h"

#include <stdlib.h>

struct forms {
	struct yihu_ceremony ceremony;
	struct yihu_definition *definition;
	enum language language;
};

static int forms_open(struct forms *x, const struct yihu_folder *f, const char *language,
		      struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	int r = paper_language(&x->language, f, language, err);
	if (r == 0)
		r = yihu_ceremony_read(&x->ceremony, f, err);
	if (r == 0)
		r = folder_read(f, F_OWN_DEFINITION, &bytes, err);
	if (r == 0)
		r = folder_fail_at(
			err, yihu_definition_parse(&x->definition, bytes.data, bytes.len, err), f,
			F_OWN_DEFINITION);
	yihu_buf_free(&bytes);
	return r;
}

static void forms_finish(struct forms *x)
{
	yihu_ceremony_finish(&x->ceremony);
	yihu_definition_free(x->definition);
}

static int print_all(struct pdf *to, const struct forms *x, struct yihu_error *err)
{
	const struct yihu_ceremony *c = &x->ceremony;
	char print[YIHU_SHORT_PRINT_BYTES];
	struct envelope e = {.language = x->language, .definition = x->definition, .name = ""};
	if (c->charter) {
		yihu_short_print(print, c->charter->eid);
		e.short_print = print;
	}
	int r = envelope_print(to, &e, err);
	for (uint32_t i = 1; i <= c->plan.n && r == 0; i++) {
		e.holder = i;
		e.name = c->holders[i - 1].key.name;
		r = envelope_print(to, &e, err);
	}
	return r == 0 ? pdf_end(to, err) : r;
}

int issue_envelopes(const struct yihu_folder *f, const struct issue_paper_options *o,
		    struct yihu_error *err)
{
	struct forms x = {0};
	struct pdf to = {.fd = -1};
	int r = forms_open(&x, f, o->language, err);
	if (r == 0)
		r = pdf_open(&to, NULL, 210, 297,
			     translated_meta(x.language, x.definition, "description"),
			     x.ceremony.plan.opens, err);
	to.says = (struct pdf_says){words_tag(x.language), .one_sided = true};
	if (r == 0)
		r = print_all(&to, &x, err);
	if (r == 0)
		r = folder_write(f, F_ENVELOPES, &to.bytes, err);
	pdf_finish(&to);
	forms_finish(&x);
	return r;
}
