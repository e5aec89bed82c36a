/* SPDX-License-Identifier: Apache-2.0
 *
 * What a reader sees of a text: signs that nobody sees, and texts that look
 * alike (PROTOCOL §1.4, "Hidden signs"). By Unicode's own properties, as the
 * library libunistring has them.
 */
#ifndef YIHU_LOOKS_H
#define YIHU_LOOKS_H

#include <yihu/bytes.h>
#include <yihu/error.h>

/* What text looks like: in compatibility form, without case and hidden signs,
 * every run of space one space. Two texts of one look are easily taken for each
 * other. Caller frees. */
char *yihu_look(const char *text);

/* YIHU_ELOOKS, with its code point, when text (valid UTF-8) has a sign that nobody
 * sees. A variation selector behind a sign that is seen only picks its shape, as
 * rare names need it: not hidden where `shapes` is set. */
int yihu_check_hidden(const char *text, bool shapes, struct yihu_error *err);

#endif
