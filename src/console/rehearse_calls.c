/* SPDX-License-Identifier: Apache-2.0
 *
 * Specimens of letters, so that they can be voted with from the window.
 */
#include "rehearse_calls.h"

#include <yihu/text.h>

#include "folder/rehearsed.h"

/* Columns of letters/list.csv (print/letter_files.c). */
enum { COLUMN_SERIAL, COLUMN_HOUSEHOLD, COLUMN_TYPED = 7, COLUMN_LINK = 8, COLUMNS = 10 };

/* Takes the next cell of a line: as its text, or in quotation marks that are none of it;
 * households of a rehearsal are named by us, and have none. */
static struct yihu_span next_cell(struct yihu_span *line)
{
	bool quoted = line->len > 0 && *line->p == '"';
	size_t from = quoted ? 1 : 0, n = from;
	while (n < line->len && line->p[n] != (quoted ? '"' : ','))
		n++;
	struct yihu_span cell = {line->p + from, n - from};
	n += quoted && n < line->len ? 1 : 0;
	n += n < line->len ? 1 : 0;
	line->p += n;
	line->len -= n;
	return cell;
}

static json_t *specimen(struct yihu_span line)
{
	struct yihu_span cells[COLUMNS];
	for (size_t i = 0; i < COLUMNS; i++)
		cells[i] = next_cell(&line);
	/* Behind the tabulator that keeps it a text in a spreadsheet. */
	size_t tab = cells[COLUMN_SERIAL].len > 0 ? 1 : 0;
	struct yihu_span serial = {cells[COLUMN_SERIAL].p + tab, cells[COLUMN_SERIAL].len - tab};
	const struct yihu_span *name = &cells[COLUMN_HOUSEHOLD], *typed = &cells[COLUMN_TYPED],
			       *link = &cells[COLUMN_LINK];
	return json_pack("{s:s%, s:s%, s:s%, s:s%}", "serial", serial.p, serial.len, "household",
			 name->p, name->len, "typed", typed->p, typed->len, "link", link->p,
			 link->len);
}

/* Behind its first line, which names the columns. */
static json_t *specimens(const struct yihu_buf *list)
{
	struct yihu_lines lines = yihu_lines(list->data, list->len);
	struct yihu_span line;
	json_t *letters = json_array();
	for (bool first = true; yihu_lines_next(&lines, &line); first = false)
		if (!first)
			json_array_append_new(letters, specimen(line));
	return letters;
}

static unsigned answer(const struct question *q, const struct yihu_folder *f)
{
	struct yihu_buf list = {0};
	struct yihu_error err;
	unsigned status = folder_read(f, F_LIST, &list, &err) != 0
				  ? reply_refuse(q, MHD_HTTP_CONFLICT, &err)
				  : reply_with(q, json_pack("{s:o}", "letters", specimens(&list)));
	yihu_buf_free(&list);
	return status;
}

unsigned call_specimens(const struct question *q)
{
	struct yihu_folder f;
	yihu_folder_init(&f, q->book->path);
	unsigned status =
		folder_rehearses(&f)
			? answer(q, &f)
			: reply_refuse_with(q, MHD_HTTP_CONFLICT, YIHU_ESTATE,
					    _("this is no rehearsal: its letters are votes"));
	yihu_folder_finish(&f);
	return status;
}
