/* SPDX-License-Identifier: Apache-2.0
 *
 * The printer's test page, and what became of it.
 */
#include "issue/issue.h"
#include "issue/papers.h"

#include "folder/record.h"
#include "print/test_page.h"

#include <string.h>

/* Letters are next, so the charter is accepted; whoever looks earlier publishes it. */
static int open_papers(struct papers *x, const struct yihu_folder *f,
		       const struct issue_paper_options *o, struct yihu_error *err)
{
	int r = folder_shows(f, "charter") ? 0 : issue_charter_published(f, err);
	return r == 0 ? papers_open(x, f, o, err) : r;
}

int issue_test_page(const struct yihu_folder *f, const struct issue_paper_options *o,
		    struct yihu_error *err)
{
	struct papers x = {0};
	struct pdf to = {.fd = -1};
	int r = open_papers(&x, f, o, err);
	if (r == 0)
		r = pdf_open(&to, NULL, 210, 297, word(x.language, W_PAPER_TEST), x.charter->opens,
			     err);
	to.says = (struct pdf_says){.language = words_tag(x.language),
				    .one_sided = !x.paper.blank_backs,
				    .two_sided = x.paper.blank_backs};
	if (r == 0)
		r = test_page_print(&to, &x.paper, err);
	if (r == 0)
		r = pdf_end(&to, err);
	if (r == 0)
		r = folder_write(f, F_TEST_PAGE, &to.bytes, err);
	pdf_finish(&to);
	papers_finish(&x);
	return r;
}

static int note(const struct yihu_folder *f, const char *what, struct yihu_error *err)
{
	struct yihu_buf line = {0};
	yihu_buf_fmt(&line, RECORD_TEST "%s", what);
	int r = record_add(f, &line, err);
	yihu_buf_free(&line);
	return r;
}

int issue_test_read(const struct yihu_folder *f, struct yihu_span text, struct yihu_error *err)
{
	struct papers x = {0};
	struct yihu_buf wanted = {0};
	int r = open_papers(&x, f, NULL, err);
	if (r == 0)
		r = test_page_text(&wanted, &x.style, err);
	if (r == 0 && (wanted.len != text.len || memcmp(wanted.data, text.p, text.len) != 0))
		r = yihu_fail(err, YIHU_EARG,
			      _("this is not the code of this election's test page"));
	if (r == 0)
		r = note(f, RECORD_TEST_READ, err);
	yihu_buf_free(&wanted);
	papers_finish(&x);
	return r;
}

int issue_test_seen(const struct yihu_folder *f, struct yihu_error *err)
{
	if (!folder_has(f, F_TEST_PAGE))
		return yihu_fail(err, YIHU_ENOENT,
				 _("there is no test page yet: 'yihu-issue test-page' makes it"));
	return note(f, RECORD_TEST_SEEN, err);
}
