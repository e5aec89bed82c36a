/* SPDX-License-Identifier: Apache-2.0
 *
 * The results poster (公示): results.json as a notice board shows it, on as
 * many sheets as its projects need.
 */
#ifndef YIHU_PRINT_RESULT_H
#define YIHU_PRINT_RESULT_H

#include "print/pdf.h"
#include "print/result_paper.h"

/* to is opened as A4 (scale 1) or A3 (POSTER_A3_SCALE). */
int result_print(struct pdf *to, const struct result_paper *paper, double scale,
		 struct yihu_error *err);

#endif
