/* SPDX-License-Identifier: Apache-2.0
 *
 * An election that is being prepared (draft_calls.h).
 */
#include "draft_calls.h"

#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>
#include <yihu/secret.h>

#include "desktop.h"
#include "draft.h"
#include "lists/csv_cell.h"
#include "orders.h"
#include "table/table.h"

#define KEPT "draft.json"
#define ANSWERS "answers.csv"
#define PROOF "proof.pdf"
#define ROWS_MAX 20000
#define CELLS_MAX 64

static const char *shelf_of(const struct question *q)
{
	return q->c->options.shelves[0];
}

static unsigned reply_path(const struct question *q, int r, const char *name,
			   const struct yihu_error *err)
{
	char *path = draft_path(shelf_of(q), name);
	unsigned status = r == 0 ? reply_with(q, json_pack("{s:s}", "path", path))
				 : reply_refuse(q, MHD_HTTP_CONFLICT, err);
	free(path);
	return status;
}

static int keep(const struct question *q, const char *name, const struct yihu_buf *bytes,
		struct yihu_error *err)
{
	pthread_mutex_lock(&q->c->draft_lock);
	int r = draft_write(shelf_of(q), name, yihu_buf_bytes(bytes), bytes->len, err);
	pthread_mutex_unlock(&q->c->draft_lock);
	return r;
}

unsigned call_draft(const struct question *q)
{
	struct yihu_error err;
	json_t *draft;
	char *dir = draft_dir(shelf_of(q));
	pthread_mutex_lock(&q->c->draft_lock);
	int r = draft_read(&draft, shelf_of(q), &err);
	pthread_mutex_unlock(&q->c->draft_lock);
	const char *warning = yihu_medium_warning(yihu_medium_of(shelf_of(q)));
	unsigned status = r == 0 ? reply_with(q, json_pack("{s:o?, s:s, s:s?}", "draft", draft,
							   "dir", dir, "medium", warning))
				 : reply_refuse(q, MHD_HTTP_CONFLICT, &err);
	free(dir);
	return status;
}

unsigned call_draft_keep(const struct question *q)
{
	const json_t *draft = json_object_get(q->asked, "draft");
	struct yihu_error err;
	struct yihu_buf bytes = {0};
	if (!json_is_object(draft))
		return reply_refuse_with(q, MHD_HTTP_BAD_REQUEST, YIHU_EARG,
					 _("nothing is asked for"));
	char *text = json_dumps(draft, JSON_COMPACT);
	yihu_buf_str(&bytes, text);
	int r = keep(q, KEPT, &bytes, &err);
	yihu_buf_free(&bytes);
	free(text);
	return reply_path(q, r, KEPT, &err);
}

/* ---- files ---- */

/* The file of one of the two tables; NULL: it is neither. */
static char *file_of(const struct question *q, const char *end)
{
	const char *which = question_text(q, "which");
	if (!which || (strcmp(which, "projects") != 0 && strcmp(which, "households") != 0))
		return NULL;
	return yihu_printf("%s%s", which, end);
}

/* Cells of one row; text of any other kind is none. */
static void put_row(struct yihu_buf *out, const json_t *row)
{
	const char *cells[CELLS_MAX];
	size_t n = json_array_size(row);
	n = n < CELLS_MAX ? n : CELLS_MAX;
	for (size_t i = 0; i < n; i++) {
		const char *text = json_string_value(json_array_get(row, i));
		cells[i] = text ? text : "";
	}
	csv_row(out, cells, n);
}

/* Keeps the bytes under that name, if r is 0; takes both. */
static unsigned keep_table(const struct question *q, char *name, struct yihu_buf *bytes, int r,
			   struct yihu_error *err)
{
	if (r == 0)
		r = keep(q, name, bytes, err);
	unsigned status = reply_path(q, r, name ? name : "", err);
	yihu_buf_free(bytes);
	free(name);
	return status;
}

unsigned call_draft_table(const struct question *q)
{
	const json_t *rows = json_object_get(q->asked, "rows");
	char *name = file_of(q, "-typed.csv");
	struct yihu_buf bytes = {0};
	struct yihu_error err;
	int r = name && json_is_array(rows) && json_array_size(rows) <= ROWS_MAX
			? 0
			: yihu_fail(&err, YIHU_EARG, _("this table cannot be taken"));
	csv_begin(&bytes);
	for (size_t i = 0; r == 0 && i < json_array_size(rows); i++)
		put_row(&bytes, json_array_get(rows, i));
	return keep_table(q, name, &bytes, r, &err);
}

/* It may lie on a stick that is pulled out: from now on the copy is read. */
unsigned call_draft_file(const struct question *q)
{
	const char *path = question_text(q, "path"), *end = path ? strrchr(path, '.') : NULL;
	bool plain = end && strlen(end) < 8 && !strchr(end, '/');
	char *name = file_of(q, plain ? end : "");
	struct yihu_buf bytes = {0};
	struct yihu_error err;
	int r = name && path ? yihu_file_read(path, TABLE_FILE_BYTES_MAX, &bytes, &err)
			     : yihu_fail(&err, YIHU_EARG, _("this file cannot be taken"));
	return keep_table(q, name, &bytes, r, &err);
}

/* As the sheet has them (lists/asks.h): the number first, the answers last. */
unsigned call_draft_answers(const struct question *q)
{
	struct yihu_buf bytes = {0};
	struct yihu_error err;
	size_t i;
	json_t *one;
	const char *const heads[] = {"number", "", "", "", "", "cell", "answer"};
	csv_begin(&bytes);
	csv_row(&bytes, heads, 7);
	json_array_foreach(json_object_get(q->asked, "answers"), i, one)
	{
		const char *id = json_string_value(json_object_get(one, "id"));
		const char *choice = json_string_value(json_object_get(one, "choice"));
		const char *text = json_string_value(json_object_get(one, "text"));
		const char *const cells[] = {id ? id : "",        "", "", "", "", text ? text : "",
					     choice ? choice : ""};
		csv_row(&bytes, cells, 7);
	}
	int r = keep(q, ANSWERS, &bytes, &err);
	yihu_buf_free(&bytes);
	return reply_path(q, r, ANSWERS, &err);
}

/* ---- what it comes to ---- */

/* The program's own words for it; what it cannot read it says. */
static int run_look(const struct question *q, const struct order *o, struct yihu_error *err)
{
	const struct run_order order = order_run(o);
	struct yihu_buf told = {0};
	int status = 0, r = run_whole(&order, q->out, &told, &status, err);
	if (r == 0 && status != 0)
		r = yihu_fail(err, YIHU_EARG, "%.*s", (int)told.len,
			      (const char *)yihu_buf_bytes(&told));
	yihu_buf_free(&told);
	return r;
}

unsigned call_draft_look(const struct question *q)
{
	json_t *asked = json_deep_copy(q->asked), *options = json_object_get(asked, "options");
	if (!json_is_object(options)) {
		options = json_object();
		json_object_set_new(asked, "options", options);
	}
	struct order o;
	struct shelf s = {0};
	struct yihu_error err;
	json_object_set_new(asked, "program", json_string("yihu-issue"));
	json_object_set_new(asked, "words", json_pack("[s, s]", "init", "{dir}"));
	json_object_set_new(options, "json", json_true());
	json_object_del(asked, "passphrases");
	json_object_del(asked, "book");
	int r = order_read(&o, asked, q->c->options.programs, &s, shelf_of(q), &err);
	if (r == 0)
		r = run_look(q, &o, &err);
	order_finish(&o);
	json_decref(asked);
	if (r == 0)
		return MHD_HTTP_OK;
	yihu_buf_reset(q->out);
	return reply_refuse(q, MHD_HTTP_CONFLICT, &err);
}

unsigned call_draft_like(const struct question *q)
{
	const char *words[] = {"like", q->book->path, "--json", NULL};
	return reply_by_program(q, "yihu-issue", words);
}

unsigned call_draft_proof(const struct question *q)
{
	char *path = draft_path(shelf_of(q), PROOF);
	bool opened = yihu_file_exists(path) && desktop_open(path);
	free(path);
	return opened ? reply_with(q, json_object())
		      : reply_refuse_with(q, MHD_HTTP_CONFLICT, YIHU_EIO,
					  _("the proof sheet cannot be shown: this computer has no "
					    "program for PDF files, or no screen"));
}

unsigned call_draft_drop(const struct question *q)
{
	struct yihu_error err;
	pthread_mutex_lock(&q->c->draft_lock);
	int r = draft_destroy(shelf_of(q), &err);
	pthread_mutex_unlock(&q->c->draft_lock);
	return r == 0 ? reply_with(q, json_object()) : reply_refuse(q, MHD_HTTP_CONFLICT, &err);
}
