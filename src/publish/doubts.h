/* SPDX-License-Identifier: Apache-2.0
 *
 * What a definition allows and nobody can have meant, said before it is signed.
 */
#ifndef YIHU_PUBLISH_DOUBTS_H
#define YIHU_PUBLISH_DOUBTS_H

#include <yihu/charter.h>

#include "words/words.h"

struct doubts {
	char **at; /* a sentence each */
	size_t n;
};
/* META keys that nothing reads; projects that cost more than there is; dates that are not
 * the poll's; more votes wanted than there are households; settings under which a ballot
 * can only be blank. doubts_finish frees. */
void doubts_find(struct doubts *out, enum language l, const struct yihu_definition *d,
		 const struct yihu_charter *c);
/* Leaves x empty. */
void doubts_finish(struct doubts *x);

#endif
