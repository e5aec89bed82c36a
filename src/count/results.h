/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared by the two files that write results.
 */
#ifndef YIHU_COUNT_RESULTS_H
#define YIHU_COUNT_RESULTS_H

#include <yihu/results.h>

/* The tally as the rules see it: the lot is the opening's. Borrows t. */
struct yihu_profile yihu_tally_profile(const struct yihu_tally *t);

#endif
