/* SPDX-License-Identifier: Apache-2.0
 *
 * The answers.
 */
#include "question.h"

#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "orders.h"
#include "program_run.h"
#include "stick_root.h"
#include "sticks.h"

const char *question_text(const struct question *q, const char *name)
{
	return json_string_value(json_object_get(q->asked, name));
}

unsigned reply_with(const struct question *q, json_t *j)
{
	if (!j)
		return reply_refuse_with(q, MHD_HTTP_CONFLICT, YIHU_EFORMAT,
					 _("a name here is not written in UTF-8: give the folder "
					   "or the file another one"));
	char *text = json_dumps(j, JSON_COMPACT);
	yihu_buf_str(q->out, text);
	free(text);
	json_decref(j);
	return MHD_HTTP_OK;
}

unsigned reply_refuse(const struct question *q, unsigned status, const struct yihu_error *err)
{
	reply_with(q, json_pack("{s:s, s:s}", "error", yihu_code_slug(err->code), "message",
				err->text));
	return status;
}

unsigned reply_refuse_with(const struct question *q, unsigned status, int code, const char *text)
{
	struct yihu_error err;
	yihu_fail(&err, code, "%s", text);
	return reply_refuse(q, status, &err);
}

unsigned reply_by_program(const struct question *q, const char *program, const char *const *words)
{
	struct yihu_error err;
	struct yihu_buf told = {0};
	int status = 0;
	char *path = yihu_path(q->c->options.programs, program);
	int r = run_whole(&(struct run_order){.path = path,
					      .words = words,
					      .language = order_language(q->call->language)},
			  q->out, &told, &status, &err);
	if (r == 0 && status != 0)
		r = yihu_fail(&err, YIHU_ESTATE, _("this folder cannot be read: %.*s"),
			      (int)told.len, (const char *)yihu_buf_bytes(&told));
	yihu_buf_free(&told);
	free(path);
	if (r == 0)
		return MHD_HTTP_OK;
	yihu_buf_reset(q->out);
	return reply_refuse(q, MHD_HTTP_CONFLICT, &err);
}

void question_shelf(struct shelf *s, const struct console *c)
{
	shelf_read(s, c->options.shelves, c->options.n_shelves);
}

static void read_with_sticks(struct shelf *s, const struct console_options *o)
{
	struct sticks sticks;
	sticks_read(&sticks, stick_root());
	size_t n = o->n_shelves;
	const char **folders = yihu_calloc(n + sticks.n, sizeof *folders);
	memcpy(folders, o->shelves, n * sizeof *folders);
	for (size_t i = 0; i < sticks.n; i++)
		folders[n++] = sticks.at[i].where;
	shelf_read(s, folders, n);
	free(folders);
	sticks_finish(&sticks);
}

void question_shelf_for(struct shelf *s, const struct console_options *o, const char *id)
{
	shelf_read(s, o->shelves, o->n_shelves);
	if (!id || shelf_find(s, id))
		return;
	shelf_finish(s);
	read_with_sticks(s, o);
}

json_t *reply_books(const struct shelf *s)
{
	json_t *list = json_array();
	for (size_t i = 0; i < s->n; i++) {
		json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "id", s->books[i].id,
						      "name", yihu_path_last(s->books[i].path),
						      "path", s->books[i].path));
	}
	return list;
}
