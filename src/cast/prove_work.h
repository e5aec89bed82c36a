/* SPDX-License-Identifier: Apache-2.0
 *
 * The work that a server with too much to do asks for before it takes a ballot.
 */
#ifndef YIHU_CAST_PROVE_WORK_H
#define YIHU_CAST_PROVE_WORK_H

#include "crypto/proof_of_work.h"
#include "fetch/http.h"

/* Does the answer ask for work, and for no more than one does? */
bool asked_for_work(const struct http_answer *a, struct work_ask *ask);
/* Does it; the header to send the same ballot with. Caller frees. */
char *prove_work_header(const struct work_ask *ask, const struct yihu_buf *ballot);

#endif
