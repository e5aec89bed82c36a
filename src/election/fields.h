/* SPDX-License-Identifier: Apache-2.0
 *
 * A line of a known number of fields.
 */
#ifndef YIHU_ELECTION_FIELDS_H
#define YIHU_ELECTION_FIELDS_H

#include <yihu/text.h>

/* Exactly n fields, one space between, none outside. */
bool yihu_fields(struct yihu_span line, struct yihu_span *out, size_t n);

#endif
