/* SPDX-License-Identifier: Apache-2.0
 *
 * A ballot, against what is known of its letter.
 */
#ifndef YIHU_COUNTD_KNOWN_BALLOT_H
#define YIHU_COUNTD_KNOWN_BALLOT_H

#include "request.h"

/* Size, letter, key and token signature, whether the letter is void or has voted, and
 * whether these bytes were found false: by what is known, so that nobody waits for it.
 * True: r is answered, refused or with its receipt once more. Else r->serial is its
 * letter, which may vote as far as is known. */
bool known_ballot_answers(struct request *r);
/* True: they were found false since then, and r is refused. */
bool known_ballot_is_false(struct request *r);
/* Refuses r, and its bytes whenever they come again. */
void known_ballot_refuse_for_good(struct request *r, const struct yihu_error *err);
/* The refusal, counted. */
void known_ballot_refuse(struct request *r, const struct yihu_error *err);

#endif
