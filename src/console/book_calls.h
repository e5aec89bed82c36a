/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls about what there is. Each takes of the object what stands in braces first, and
 * answers what stands after it.
 */
#ifndef YIHU_CONSOLE_BOOK_CALLS_H
#define YIHU_CONSOLE_BOOK_CALLS_H

#include "question.h"

/* {said}: the key or the code; {token} */
unsigned call_enter(const struct question *q);
/* {new_in, holder, books: [{id, name, path}]}; holder: this is a key holder's own window */
unsigned call_books(const struct question *q);
/* What `PROGRAM --verbs` prints. */
unsigned call_verbs(const struct question *q);
/* What `yihu-issue status DIR --json` prints. */
unsigned call_steps(const struct question *q);
/* {papers: [{name, bytes}]}: what lies ready to be printed */
unsigned call_papers(const struct question *q);
/* {name}: opened in this computer's viewer */
unsigned call_paper(const struct question *q);
/* {url}; null: no daemon of this computer serves it */
unsigned call_served(const struct question *q);
unsigned call_stop(const struct question *q);

#endif
