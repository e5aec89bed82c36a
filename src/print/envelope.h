/* SPDX-License-Identifier: Apache-2.0
 *
 * The form that a passphrase is written on by hand, to lie in a sealed
 * envelope. No program ever writes a passphrase onto it.
 */
#ifndef YIHU_PRINT_ENVELOPE_H
#define YIHU_PRINT_ENVELOPE_H

#include <yihu/definition.h>

#include "print/pdf.h"
#include "print/titles.h"

struct envelope {
	enum language language;
	const struct yihu_definition *definition;
	const char *short_print; /* NULL: not known yet, a line to write on */
	uint32_t holder;         /* 0: the clerk */
	const char *name;        /* empty: a line to write on */
};
/* One page; to is opened as A4. */
int envelope_print(struct pdf *to, const struct envelope *e, struct yihu_error *err);

#endif
