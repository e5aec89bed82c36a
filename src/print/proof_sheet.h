/* SPDX-License-Identifier: Apache-2.0
 *
 * The proof sheet: what is being fixed, to be checked on paper and signed by those who
 * will sign the charter.
 */
#ifndef YIHU_PRINT_PROOF_SHEET_H
#define YIHU_PRINT_PROOF_SHEET_H

#include "print/paper.h"

/* As many pages as it needs; to is opened as A4. The charter may be none yet: key holders
 * without names, an id that is all zero. Of the paper only charter, definition and language
 * count. YIHU_ENOENT: a font is not installed. */
int proof_print(struct pdf *to, const struct paper *p, struct yihu_error *err);

#endif
