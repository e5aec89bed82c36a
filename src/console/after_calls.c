/* SPDX-License-Identifier: Apache-2.0
 *
 * The book of objections.
 */
#include "after_calls.h"

unsigned call_objections(const struct question *q)
{
	const char *words[] = {"objection", q->book->path, "--json", NULL};
	return reply_by_program(q, "yihu-tally", words);
}
