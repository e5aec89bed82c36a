/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters with their ballot slips, by the thousand.
 */
#ifndef YIHU_PRINT_SHEETS_H
#define YIHU_PRINT_SHEETS_H

#include "print/paper.h"

/* What every letter has alike is laid out once. */
struct sheets;
/* paper is copied, and what it borrows must stay. YIHU_ENOENT: a font is not
 * installed. Freed by sheets_close. */
int sheets_open(struct sheets **out, const struct paper *p, struct yihu_error *err);
/* NULL is fine. */
void sheets_close(struct sheets *s);
/* Sheets of one letter, its slip's included. */
size_t sheets_each(const struct sheets *s);
/* Side of the letters' code, in mm. */
double sheets_code_mm(const struct sheets *s);
/* Letter and slip of one household; a file of these is opened as A4. SECRET. Errors name
 * letter and household; the household alone where the serial is 0, as on a trial. */
int sheets_print(struct sheets *s, struct pdf *to, const struct letter *l, struct yihu_error *err);
/* The two parts that cost time, left out: for the benchmark. */
void sheets_leave_out(struct sheets *s, bool codes, bool texts);

#endif
