/* SPDX-License-Identifier: Apache-2.0
 *
 * A path at which there is nothing.
 */
#ifndef YIHU_COUNTD_NOWHERE_H
#define YIHU_COUNTD_NOWHERE_H

#include "exchange.h"

/* Fills the answer in: 303 to the voting page for a letter's link that was
 * mangled on its way ("/V", "/v/"), else 404: a page for people, in every
 * language, and not-found for programs. */
void nowhere_answer(struct exchange *x, const char *method);

#endif
