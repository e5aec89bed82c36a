/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting letters, and destroying their files: printed = delivered +
 * returned + void, and after the printing nobody keeps a vote on a disk.
 */
#include "issue/internal.h"
#include "issue/print_room.h"

#include "folder/record.h"
#include "folder/rolls.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

/* ---- reconcile ---- */

static int count_printed(uint32_t *out, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_buf rolls = {0};
	struct roll_line line;
	int r = folder_shows(f, "register")
			? rolls_read(&rolls, f, err)
			: yihu_fail(err, YIHU_ESTATE, _("no letters have been made yet"));
	struct yihu_lines lines = yihu_lines(rolls.data, rolls.len);
	*out = 0;
	while (r == 0 && roll_next(&lines, &line))
		(*out)++;
	yihu_buf_free(&rolls);
	return r;
}

int64_t issue_difference(const struct issue_counts *c)
{
	return (int64_t)c->printed - c->delivered - c->returned - c->void_letters;
}

int issue_reconcile(const struct yihu_folder *f, struct issue_counts *c, struct yihu_error *err)
{
	struct yihu_buf line = {0};
	int r = count_printed(&c->printed, f, err);
	if (r == 0) {
		yihu_buf_fmt(&line, RECORD_LETTERS, c->printed, c->delivered, c->returned,
			     c->void_letters, issue_difference(c));
		r = record_add(f, &line, err);
	}
	yihu_buf_free(&line);
	return r;
}

/* ---- shred ---- */

/* Lines that begin with a number, in quotation marks: names in such hold no line ends. */
static int count_list(uint32_t *n, const struct yihu_folder *f, folder_file file,
		      struct yihu_error *err)
{
	struct yihu_buf list = {0};
	struct yihu_span line;
	int r = folder_read_if_there(f, file, &list, err);
	struct yihu_lines lines = yihu_lines(list.data, list.len);
	while (r == 0 && yihu_lines_next(&lines, &line)) {
		size_t at = 0;
		while (at < line.len && strchr("\"\t", line.p[at]))
			at++;
		*n += at < line.len && line.p[at] >= '0' && line.p[at] <= '9';
	}
	yihu_buf_free(&list);
	return r;
}

/* The codes go before the lists: a run that was cut off after that has been
 * confirmed already. */
static bool codes_are_gone(const struct yihu_folder *f)
{
	char *qr = folder_room_path(f, R_QR);
	bool gone = !yihu_file_exists(qr);
	free(qr);
	return gone;
}

static int check_confirmed(const struct yihu_folder *f, uint32_t printed, struct yihu_error *err)
{
	uint32_t n = 0;
	if (folder_has(f, F_PENDING))
		return yihu_fail(err, YIHU_ESTATE,
				 _("a change was cut off and its letter is not written yet; run "
				   "yihu-issue replace or add again first"));
	if (codes_are_gone(f))
		return 0;
	int r = count_list(&n, f, F_LIST, err);
	if (r == 0)
		r = count_list(&n, f, F_LIST_CHANGED, err);
	if (r == 0 && n != printed)
		r = yihu_fail(err, YIHU_ESTATE,
			      _("%s has %u letters, and %u were printed: nothing is removed before "
				"the numbers agree"),
			      f->letters, n, printed);
	return r;
}

/* The lists go last: they say how many letters there are, also to a run that
 * ends one that was cut off. */
static int destroy(const struct yihu_folder *f, struct yihu_error *err)
{
	int r = folder_erase(f, F_PENDING, err); /* what a killed run left of it */
	if (r == 0)
		r = folder_erase_room(f, R_LETTERS_NEW, err);
	if (r == 0)
		r = folder_erase_room(f, R_PDF, err);
	if (r == 0)
		r = folder_erase_room(f, R_QR, err);
	return r == 0 ? folder_erase_room(f, R_LETTERS, err) : r;
}

int issue_shred(const struct yihu_folder *f, uint32_t printed, struct yihu_buf *kept,
		struct yihu_error *err)
{
	struct yihu_buf line = {0};
	if (!yihu_file_exists(f->letters))
		return yihu_fail(err, YIHU_ENOENT, _("%s is not there: nothing to destroy"),
				 f->letters);
	int r = check_confirmed(f, printed, err);
	if (r == 0)
		r = print_room_forget(kept, f, err);
	if (r == 0)
		r = destroy(f, err);
	yihu_buf_fmt(&line, "shred printed %u", printed);
	if (r == 0)
		r = record_add(f, &line, err);
	yihu_buf_free(&line);
	return r;
}
