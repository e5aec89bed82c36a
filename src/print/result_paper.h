/* SPDX-License-Identifier: Apache-2.0
 *
 * What the results poster (公示) is made of, and where its edges are.
 */
#ifndef YIHU_PRINT_RESULT_PAPER_H
#define YIHU_PRINT_RESULT_PAPER_H

#include "print/page.h"
#include "print/sender.h"
#include "publish/sentences.h"

#define RESULT_LEFT 18.0
#define RESULT_RIGHT (A4_WIDTH - RESULT_LEFT)
#define RESULT_INNER (RESULT_RIGHT - RESULT_LEFT)

/* All borrowed. */
struct result_paper {
	const struct published *results;
	const struct yihu_complaints *complaints; /* or NULL */
	const struct yihu_standing *standing;     /* or NULL */
	enum language language;
	const char *title, *community; /* in this language */
	const char *url;               /* of the results page; NULL: there is none */
	struct sender sender;
	const char *holders; /* who signed, beside the clerk; "" when not opened */
	const char *added;   /* why letters were added, how many for each reason; or NULL */
};

#endif
