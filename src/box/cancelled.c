/* SPDX-License-Identifier: Apache-2.0
 *
 * A box whose election was called off (PROTOCOL §7.4): it is shown, and takes
 * nothing more.
 */
#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>

#include "internal.h"

static void keep_words(struct yihu_box *b, struct yihu_span reason)
{
	memcpy(b->reason, reason.p, reason.len);
	b->reason[reason.len] = '\0';
}

int yihu_box_read_note(struct yihu_box *b, struct yihu_error *err)
{
	struct yihu_buf file = {0};
	struct yihu_cancelled_note note = {0};
	char *path = yihu_path(b->dir, "public/cancelled");
	int r = yihu_file_read(path, YIHU_CANCELLED_NOTE_BYTES_MAX, &file, err);
	if (r == 0) {
		r = yihu_cancelled_note_parse(&note, file.data, file.len, b->election->charter,
					      err);
		if (r != 0)
			yihu_fail_at(err, r, "%s", path);
	} else if (r == YIHU_ENOENT) {
		r = 0;
	}
	b->noted = r == 0 && file.len > 0;
	if (b->noted)
		keep_words(b, note.reason);
	yihu_buf_free(&file);
	free(path);
	return r;
}

int yihu_box_keep_reason(struct yihu_box *b, const struct yihu_buf *entry, struct yihu_error *err)
{
	struct yihu_entry e;
	int r = yihu_entry_parse(&e, entry->data, entry->len, err);
	if (r == 0 && e.type == YIHU_ENTRY_CANCEL)
		keep_words(b, e.u.cancel.reason);
	return r;
}

int yihu_box_read_reason(struct yihu_box *b, struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	if (!yihu_ledger_called_off(b->ledger))
		return 0;
	int r = yihu_box_entry(b, yihu_ledger_size(b->ledger) - 1, &bytes, err);
	if (r == 0)
		r = yihu_box_keep_reason(b, &bytes, err);
	yihu_buf_free(&bytes);
	return r;
}

bool yihu_box_called_off(const struct yihu_box *b, struct yihu_span *reason, uint64_t *time)
{
	bool entry = yihu_ledger_called_off(b->ledger);
	if (!entry && !b->noted)
		return false;
	*reason = yihu_span(b->reason);
	*time = entry ? yihu_ledger_last_time(b->ledger) : 0;
	return true;
}

/* By X the ledger refuses by itself. */
int yihu_box_refuse_called_off(const struct yihu_box *b, struct yihu_error *err)
{
	if (!b->noted)
		return 0;
	return yihu_fail(err, YIHU_ECANCELLED, _("this election was called off: %s"), b->reason);
}
