/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters, by yihu-issue.
 */
#include "letter_calls.h"

#include <string.h>

unsigned call_printing(const struct question *q)
{
	const char *words[] = {"print", q->book->path, "--json", NULL};
	return reply_by_program(q, "yihu-issue", words);
}

unsigned call_find(const struct question *q)
{
	const char *asked = question_text(q, "words");
	const char *words[] = {"find", q->book->path, "--json", "--", asked, NULL};
	if (!asked)
		return reply_refuse_with(q, MHD_HTTP_BAD_REQUEST, YIHU_EARG,
					 _("nothing is asked for"));
	words[3] = *asked != '\0' ? "--" : NULL;
	return reply_by_program(q, "yihu-issue", words);
}

unsigned call_delivery(const struct question *q)
{
	const char *words[] = {"reconcile", q->book->path, "--json", NULL};
	return reply_by_program(q, "yihu-issue", words);
}
