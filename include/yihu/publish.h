/* SPDX-License-Identifier: Apache-2.0
 *
 * Results for people to read: a page and a table, drawn from results.json
 * alone. They prove nothing (PROTOCOL §10): the audit does.
 */
#ifndef YIHU_PUBLISH_H
#define YIHU_PUBLISH_H

#include <yihu/bytes.h>
#include <yihu/complaints.h>
#include <yihu/definition.h>
#include <yihu/error.h>
#include <yihu/objections.h>
#include <yihu/results.h>

/* results.json, and what is told beside it. Borrowed. */
struct yihu_results {
	const void *json;
	size_t len;
	const struct yihu_complaints *complaints; /* NULL: none were recorded */
	const struct yihu_standing *standing;     /* NULL: final at once */
	const struct yihu_definition *definition; /* with the names in other languages; or NULL */
};
/* Appends text as a page shows it: nothing of it is markup. */
void yihu_html_text(struct yihu_buf *out, const char *text);

/* Appends one self-contained page: no script, no request, its own policy
 * (default-src 'none'). language is one of src/words, "zh" or "zh-CN" (YIHU_EARG
 * otherwise); a summary in another, which its catalogue names, closes the page.
 * YIHU_ERESULTS when json is not a results.json of version 1
 * (src/count/RESULTS.md); nothing is appended then. A rule, verdict or tie of a
 * later version is shown by its own name. */
int yihu_results_page(struct yihu_buf *out, const struct yihu_results *results,
		      const char *language, struct yihu_error *err);

/* Appends the same as plain text for a terminal (a yihu-count-v1 too), in columns that line up with
 * wide characters too. Same errors. */
int yihu_results_table(struct yihu_buf *out, const void *json, size_t len, const char *language,
		       struct yihu_error *err);

/* What of site/ is drawn from results.json, election.pb and site/complaints.txt
 * alone, in the language of the letters: the page, and a table for a spreadsheet
 * (UTF-8 with BOM, commas, CRLF, no cell that a spreadsheet would run as a
 * formula). Same errors. */
struct yihu_site_file {
	const char *name;
	int (*draw)(struct yihu_buf *out, const struct yihu_results *results, const char *language,
		    struct yihu_error *err);
};
/* The i-th of them, from 0, and the one of this name ("site/results.csv");
 * static. NULL: there is none. */
const struct yihu_site_file *yihu_site_file(size_t i);
const struct yihu_site_file *yihu_site_file_find(const char *name);

/* Appends an opened tally as a file that the Pabulib collection takes: its keys and
 * columns in its order, its dates and countries, votes and winners beside the
 * projects, no blank ballots, more points first. What it has no word for is in
 * `comment`. It proves nothing; results.pb does. */
void yihu_results_pabulib(struct yihu_buf *out, const struct yihu_tally *t,
			  const struct yihu_outcome *o);

/* Appends a line for each thing in which a count (yihu-count-v1) and the file's
 * own columns differ, with the reason here, or one that says that the winners are
 * the same. told is of the count's projects, n of them (YIHU_EARG otherwise). Same
 * errors. */
int yihu_results_told(struct yihu_buf *out, const void *json, size_t len,
		      const struct yihu_told *told, size_t n, const char *language,
		      struct yihu_error *err);

/* Appends a line with the rules of n counts of one file whose winners are exactly
 * those of its column `selected`; where none has them, the rules that differ in the
 * fewest projects. Before it, a line for each project that the column tells in a way
 * of its own. Nothing where the column tells nothing. told as above, n_told of them.
 * Same errors. */
int yihu_results_agree(struct yihu_buf *out, const struct yihu_buf *jsons, size_t n,
		       const struct yihu_told *told, size_t n_told, const char *language,
		       struct yihu_error *err);

/* Appends n counts of one file side by side: a legend of rules and what each
 * spent, then a line for each project, in columns parted by tabs, its name
 * last. Same errors. */
int yihu_results_compare(struct yihu_buf *out, const struct yihu_buf *jsons, size_t n,
			 const char *language, struct yihu_error *err);

#endif
