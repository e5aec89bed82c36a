/* SPDX-License-Identifier: Apache-2.0
 *
 * Text as spreadsheets save it, made UTF-8.
 */
#ifndef YIHU_ELECTION_DECODE_H
#define YIHU_ELECTION_DECODE_H

#include <yihu/bytes.h>
#include <yihu/error.h>

/* UTF-8 as it is; UTF-16 by its mark, as "Unicode text" is saved; else GB18030
 * (and so GBK and GB2312), Excel's default in China. Anything else is refused,
 * and so is a file whose lines are of two encodings, as lists are that were
 * joined: the error names the first line that is not like the others before.
 * At most 64 MiB. */
int yihu_decode(struct yihu_buf *out, const void *bytes, size_t len, struct yihu_error *err);

#endif
