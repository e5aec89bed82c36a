/* SPDX-License-Identifier: Apache-2.0
 *
 * A project's withdrawal on its way (PROTOCOL §7.5): what the issuer asks for, and
 * the lines of the key holders who have signed it since.
 */
#ifndef YIHU_FOLDER_WITHDRAWAL_H
#define YIHU_FOLDER_WITHDRAWAL_H

#include <yihu/withdraw.h>

#include "folder/files.h"

struct folder_withdrawal {
	struct yihu_buf request; /* ceremony/withdrawal: the note, signed by the issuer */
	struct yihu_withdrawal what;
	struct yihu_span text; /* that is signed */
	uint32_t signers;      /* bit i−1: holder i */
	struct yihu_buf note;  /* the request with their lines: the log's entry, once enough sign */
};
/* Reads and verifies all of it; a line that is over another text is an error that
 * names its file. YIHU_ENOENT: nothing is asked for. folder_withdrawal_finish frees. */
int folder_withdrawal_read(struct folder_withdrawal *out, const struct yihu_folder *f,
			   const struct yihu_charter *c, struct yihu_error *err);
/* Frees both notes and leaves w empty. */
void folder_withdrawal_finish(struct folder_withdrawal *w);
/* Have as many signed as must? */
bool folder_withdrawal_whole(const struct folder_withdrawal *w, const struct yihu_charter *c);
/* Removes it, first the lines; none there is fine. */
int folder_withdrawal_erase(const struct yihu_folder *f, struct yihu_error *err);

#endif
