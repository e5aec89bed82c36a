/* SPDX-License-Identifier: Apache-2.0
 *
 * The letters' PDF files, a building each, and the summary that reconciles
 * them. A file is written while it is made: memory does not grow with it.
 */
#include "issue/papers.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/secret.h>

#include "print/cover.h"
#include "print/sheets.h"

#define NAME_BYTES_MAX 80
/* What an envelope's middle third was designed for: version 7. */
#define CODE_USUAL_MM (53 * PAGE_MODULE_MM)

struct batch {
	const struct papers *papers;
	struct sheets *sheets;
	const struct yihu_folder *folder;
	const struct stop *stops;
	size_t n, files, letters;
	const struct yihu_token *tokens;
	uint32_t per_file;
	const struct yihu_progress *progress;
	struct yihu_buf *report;
};

/* A building's name as part of a file's: no separators, no controls, cut
 * between characters. */
static void put_name(struct yihu_buf *out, const char *building)
{
	char *name = yihu_strdup(building);
	yihu_text_make_printable(name);
	for (char *c = name; *c != '\0'; c++)
		if (strchr("/\\:*?\"<>|", *c))
			*c = '_';
	size_t len = strlen(name) > NAME_BYTES_MAX ? NAME_BYTES_MAX : strlen(name);
	while (len > 0 && !yihu_utf8_valid(name, len))
		len--;
	yihu_buf_put(out, name, len);
	free(name);
}

static char *file_name(const struct batch *b, size_t first)
{
	struct yihu_buf name = {0};
	yihu_buf_fmt(&name, "%03zu", b->files + 1);
	if (b->per_file == 0 && b->stops[first].building[0] != '\0') {
		yihu_buf_str(&name, "-");
		put_name(&name, b->stops[first].building);
	}
	yihu_buf_str(&name, ".pdf");
	return (char *)name.data;
}

static size_t end_of_file(const struct batch *b, size_t first)
{
	size_t end = first;
	while (end < b->n &&
	       (b->per_file != 0 ? end - first < b->per_file
				 : strcmp(b->stops[end].building, b->stops[first].building) == 0))
		end++;
	return end;
}

static int print_stop(struct batch *b, struct pdf *to, const struct stop *s, struct yihu_error *err)
{
	const struct letter l = {.token = &b->tokens[s->serial - 1],
				 .household = s->household,
				 .building = s->building,
				 .name = s->name};
	int r = sheets_print(b->sheets, to, &l, err);
	b->letters += r == 0;
	yihu_progress_step(b->progress, _("Printing the letters"), b->letters, b->n);
	return r;
}

static int open_letters(struct pdf *to, const struct papers *x, const char *path,
			struct yihu_error *err)
{
	int r = pdf_open(to, path, 210, 297,
			 translated_meta(x->language, x->definition, "description"),
			 x->charter->opens, err);
	to->says = (struct pdf_says){.language = words_tag(x->language),
				     .one_sided = !x->paper.blank_backs,
				     .two_sided = x->paper.blank_backs};
	return r;
}

/* Frees the line. */
static void put_line(struct batch *b, char *line)
{
	yihu_buf_fmt(b->report, "%s\n", line);
	free(line);
}

static int print_file(struct batch *b, size_t first, size_t end, struct yihu_error *err)
{
	struct pdf to = {.fd = -1};
	char *name = file_name(b, first), *path = folder_path_named(b->folder, F_LETTERS_PDF, name);
	int r = open_letters(&to, b->papers, path, err);
	if (r == 0)
		r = cover_print(&to, &b->papers->paper,
				b->per_file == 0 ? b->stops[first].building : "", end - first,
				(end - first) * sheets_each(b->sheets), err);
	for (size_t i = first; i < end && r == 0; i++)
		r = print_stop(b, &to, &b->stops[i], err);
	if (r == 0)
		r = pdf_end(&to, err);
	if (r != 0)
		r = yihu_fail_at(err, r, "%s", name);
	else
		put_line(b, words_say(b->papers->language, W_PAPER_SUMMARY_FILE,
				      say_text("name", name), say_count("letters", end - first),
				      say_count("sheets", (end - first) * sheets_each(b->sheets))));
	b->files++;
	pdf_finish(&to);
	free(name);
	free(path);
	return r;
}

static int put_summary(struct batch *b, struct yihu_error *err)
{
	enum language l = b->papers->language;
	size_t roll = b->papers->charter->households;
	char *difference = yihu_printf("%ld", (long)roll - (long)b->letters);
	put_line(b, words_say(l, W_PAPER_SUMMARY_TOTAL, say_count("files", b->files),
			      say_count("letters", b->letters),
			      say_count("sheets", b->letters * sheets_each(b->sheets))));
	put_line(b,
		 words_say(l, W_PAPER_SUMMARY_ROLL, say_count("households", roll),
			   say_count("letters", b->letters), say_taken("difference", difference)));
	int r = folder_stage(b->folder, F_SUMMARY, b->report, err);
	double side = sheets_code_mm(b->sheets);
	if (side > CODE_USUAL_MM + 0.1)
		yihu_buf_fmt(b->report,
			     _("warning: the address is long, so the codes are %.1f mm wide, %.1f "
			       "mm more than usual; a shorter host makes them smaller\n"),
			     side, side - CODE_USUAL_MM);
	return r;
}

static int print_files(struct batch *b, struct yihu_error *err)
{
	int r = 0;
	for (size_t first = 0, end; first < b->n && r == 0; first = end) {
		end = end_of_file(b, first);
		r = print_file(b, first, end, err);
	}
	return r == 0 ? put_summary(b, err) : r;
}

int batches_print(const struct papers *x, const struct yihu_folder *f, const struct stop *stops,
		  size_t n, const struct yihu_token *tokens, uint32_t per_file,
		  const struct yihu_progress *progress, struct yihu_buf *report,
		  struct yihu_error *err)
{
	struct batch b = {.papers = x,
			  .folder = f,
			  .stops = stops,
			  .n = n,
			  .tokens = tokens,
			  .per_file = per_file,
			  .progress = progress,
			  .report = report};
	int r = folder_make(f, R_PDF, err);
	if (r == 0)
		r = sheets_open(&b.sheets, &x->paper, err);
	if (r == 0)
		r = print_files(&b, err);
	sheets_close(b.sheets);
	return r;
}

int batch_print_single(const struct papers *x, const struct yihu_folder *f, const struct letter *l,
		       struct yihu_error *err)
{
	struct sheets *sheets = NULL;
	struct pdf to = {.fd = -1};
	char *name = yihu_printf("%04u.pdf", l->token->serial);
	char *path = folder_path_named(f, F_LETTERS_PDF, name);
	int r = folder_make(f, R_PDF, err);
	if (r == 0)
		r = sheets_open(&sheets, &x->paper, err);
	if (r == 0)
		r = open_letters(&to, x, NULL, err);
	if (r == 0)
		r = sheets_print(sheets, &to, l, err);
	if (r == 0)
		r = pdf_end(&to, err);
	if (r == 0)
		r = yihu_secret_write(path, to.bytes.data, to.bytes.len, err);
	pdf_finish(&to);
	sheets_close(sheets);
	free(name);
	free(path);
	return r;
}
