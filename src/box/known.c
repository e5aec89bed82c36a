/* SPDX-License-Identifier: Apache-2.0
 *
 * What a person has: a receipt or a checkpoint that the log must contain. An
 * older copy of a whole folder agrees with itself; only what is elsewhere
 * shows that it is older.
 */
#include <yihu/file.h>

#include "internal.h"

/* A receipt ends with the checkpoint that covers it. */
static int read_known(struct yihu_checkpoint *out, const struct yihu_box *b, const char *path,
		      struct yihu_error *err)
{
	const struct yihu_vkey *log = &b->election->charter->log;
	struct yihu_receipt receipt;
	struct yihu_buf bytes = {0};
	int r = yihu_file_read(path, YIHU_RECEIPT_BYTES_MAX, &bytes, err);
	if (r != 0)
		return r;
	if (!yihu_receipt_parse(&receipt, bytes.data, bytes.len, log, NULL)) {
		*out = receipt.checkpoint;
		yihu_receipt_free(&receipt);
	} else if (yihu_checkpoint_parse(out, bytes.data, bytes.len, log, NULL)) {
		r = yihu_fail(err, YIHU_EFORMAT,
			      _("%s is neither a receipt nor a checkpoint of this election's log"),
			      path);
	}
	yihu_buf_free(&bytes);
	return r;
}

int yihu_box_check_known(const struct yihu_box *b, const char *path, struct yihu_error *err)
{
	struct yihu_checkpoint c;
	int r = read_known(&c, b, path, err);
	if (r != 0 || yihu_box_covers(b, &c))
		return r;
	unsigned long long known = c.size, has = yihu_ledger_size(b->ledger);
	if (known > has)
		return yihu_fail(
			err, YIHU_EHISTORY,
			_("%s: the log had %llu entries already, but %s has only %llu: this "
			  "folder is an older copy. Put the newest one back, or go on from "
			  "its mirror"),
			path, known, b->dir, has);
	return yihu_fail(err, YIHU_EHISTORY,
			 _("%s (%llu entries) and %s (%llu entries) are two histories of one log. "
			   "Never start this folder again"),
			 path, known, b->dir, has);
}
