/* SPDX-License-Identifier: Apache-2.0
 *
 * Files, jobs and counts, put together (print_room.h).
 */
#include "issue/print_room.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "folder/paper_options.h"
#include "folder/printable.h"
#include "folder/printed.h"
#include "print/pdf_pages.h"

#define LETTERS "letters/"

/* Two sheets, and a page more where their backs are pages too. */
#define TEST_PAGES 2

static uint32_t pages_of(const struct yihu_folder *f, const char *name)
{
	char *path = folder_path_of_name(f, name);
	uint32_t pages = pdf_pages(path);
	free(path);
	return pages;
}

static bool is_of_letters(struct yihu_span name)
{
	return name.len > strlen(LETTERS) && memcmp(name.p, LETTERS, strlen(LETTERS)) == 0;
}

/* Letters whose sheets have blank backs, and the test page of such. */
static bool is_two_sided(const struct yihu_folder *f, const char *name)
{
	if (strcmp(name, folder_row(F_TEST_PAGE)->name) == 0)
		return pages_of(f, name) > TEST_PAGES;
	char *duplex = paper_option(f, "duplex");
	bool two = duplex && is_of_letters(yihu_span(name));
	free(duplex);
	return two;
}

static uint32_t sheets_of(const struct yihu_folder *f, const char *name)
{
	uint32_t pages = pages_of(f, name);
	return is_two_sided(f, name) ? (pages + 1) / 2 : pages;
}

/* *answers: the spooler has so far. */
static void add_jobs(struct print_file *file, const struct printed *printed, bool *answers)
{
	for (size_t i = 0; i < printed->n; i++) {
		const struct printed_line *l = &printed->at[i];
		if (l->kind != PRINTED_JOB || !yihu_span_is(l->file, file->name))
			continue;
		file->jobs = yihu_realloc(file->jobs, file->n_jobs + 1, sizeof *file->jobs);
		struct print_job *job = &file->jobs[file->n_jobs++];
		job->id = yihu_span_dup(l->value);
		job->is = (struct spooler_job){.state = SPOOLER_UNKNOWN};
		*answers = *answers && spooler_ask(&job->is, job->id);
	}
}

int print_room_read(struct print_room *out, const struct yihu_folder *f, struct yihu_error *err)
{
	struct printables names;
	struct printed printed;
	bool answers = true;
	*out = (struct print_room){0};
	int r = printed_read(&printed, f, err);
	printables_list(&names, f);
	out->files = yihu_calloc(names.n + 1, sizeof *out->files);
	for (; r == 0 && out->n < names.n; out->n++) {
		struct print_file *file = &out->files[out->n];
		file->name = yihu_strdup(names.names[out->n]);
		file->sheets = sheets_of(f, file->name);
		add_jobs(file, &printed, &answers);
		file->by_hand =
			printed_count(&printed, PRINTED_CAME_OUT, file->name, &file->came_out);
		printed_count(&printed, PRINTED_SPOILED, file->name, &file->spoiled);
	}
	printables_finish(&names);
	printed_finish(&printed);
	return r;
}

void print_room_finish(struct print_room *r)
{
	for (size_t i = 0; i < r->n; i++) {
		for (size_t k = 0; k < r->files[i].n_jobs; k++)
			free(r->files[i].jobs[k].id);
		free(r->files[i].jobs);
		free(r->files[i].name);
	}
	free(r->files);
	*r = (struct print_room){0};
}

const struct print_file *print_room_find(const struct print_room *r, const char *name)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->files[i].name, name) == 0)
			return &r->files[i];
	return NULL;
}

bool print_came_out(const struct print_file *f, uint32_t *sheets)
{
	bool known = f->n_jobs > 0;
	uint32_t sum = 0;
	for (size_t i = 0; i < f->n_jobs; i++) {
		known = known && f->jobs[i].is.counted;
		sum += f->jobs[i].is.sheets;
	}
	*sheets = f->by_hand ? f->came_out : sum;
	return f->by_hand || known;
}

bool print_difference(const struct print_file *f, int64_t *sheets)
{
	uint32_t out;
	bool known = print_came_out(f, &out) && f->sheets > 0;
	*sheets = known ? (int64_t)out - f->spoiled - f->sheets : 0;
	return known;
}

/* ---- acts ---- */

static int check_file(const struct yihu_folder *f, const char *name, struct yihu_error *err)
{
	char *path = folder_path_of_name(f, name);
	bool there = printable_is(name) && yihu_file_exists(path);
	free(path);
	return there ? 0
		     : yihu_fail(err, YIHU_ENOENT,
				 _("there is no paper %s in this folder; 'yihu-issue print' lists "
				   "those that there are"),
				 name);
}

/* Either copy of a letter votes: a second one is nobody's slip of the hand. */
static int check_sent(const struct yihu_folder *f, const char *name, struct yihu_error *err)
{
	struct printed printed;
	int r = printed_read(&printed, f, err);
	for (size_t i = 0; r == 0 && i < printed.n; i++) {
		const struct printed_line *l = &printed.at[i];
		if (l->kind == PRINTED_JOB && yihu_span_is(l->file, name))
			r = yihu_fail(err, YIHU_ESTATE,
				      _("%s was sent to a printer before, as %.*s: look there "
					"first, since either copy of a letter can vote. --again "
					"sends it once more"),
				      name, (int)l->value.len, l->value.p);
	}
	printed_finish(&printed);
	return r;
}

static bool is_large(const char *name)
{
	const char *end = strstr(name, "-a3");
	return end && (end[3] == '.' || end[3] == '-');
}

int print_room_send(char **job, const struct yihu_folder *f, const char *name, const char *printer,
		    bool again, struct yihu_error *err)
{
	int r = check_file(f, name, err);
	if (r == 0 && (*printer == '\0' || *printer == '-' || strpbrk(printer, "\t\n")))
		r = yihu_fail(err, YIHU_EARG, _("“%s” is not the name of a printer"), printer);
	if (r == 0 && !again && strncmp(name, LETTERS, strlen(LETTERS)) == 0)
		r = check_sent(f, name, err);
	if (r != 0)
		return r;
	char *path = folder_path_of_name(f, name);
	const struct spooler_sheet sheet = {.two_sided = is_two_sided(f, name),
					    .media = is_large(name) ? "A3" : "A4"};
	r = spooler_send(job, printer, path, yihu_path_last(name), &sheet, err);
	if (r == 0)
		r = printed_add(f, PRINTED_JOB, name, *job, err);
	free(path);
	return r;
}

int print_room_forget(struct yihu_buf *kept, const struct yihu_folder *f, struct yihu_error *err)
{
	struct printed printed;
	int r = printed_read(&printed, f, err);
	for (size_t i = 0; r == 0 && i < printed.n; i++) {
		const struct printed_line *l = &printed.at[i];
		if (l->kind != PRINTED_JOB || !is_of_letters(l->file))
			continue;
		char *job = yihu_span_dup(l->value);
		if (!spooler_forget(job) && kept)
			yihu_buf_fmt(kept, "%s\n", job);
		free(job);
	}
	printed_finish(&printed);
	return r;
}

static int add_count(const struct yihu_folder *f, enum printed_kind kind, const char *name,
		     const uint32_t *n, struct yihu_error *err)
{
	char *text = n ? yihu_printf("%u", *n) : NULL;
	int r = n ? printed_add(f, kind, name, text, err) : 0;
	free(text);
	return r;
}

int print_room_count(const struct yihu_folder *f, const char *name, const uint32_t *came_out,
		     const uint32_t *spoiled, struct yihu_error *err)
{
	int r = check_file(f, name, err);
	if (r == 0)
		r = add_count(f, PRINTED_CAME_OUT, name, came_out, err);
	return r == 0 ? add_count(f, PRINTED_SPOILED, name, spoiled, err) : r;
}
