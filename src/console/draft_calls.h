/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls about the election that is being prepared: what was typed and chosen, kept in a
 * hidden folder of the first shelf until its own folder is made.
 */
#ifndef YIHU_CONSOLE_DRAFT_CALLS_H
#define YIHU_CONSOLE_DRAFT_CALLS_H

#include "question.h"

/* {} → {"draft": what was kept, or null, "dir": where its files lie,
 * "medium": what its disk cannot promise of files that are overwritten, or null}. One whose
 * election is made by now is destroyed first. */
unsigned call_draft(const struct question *q);
/* {"draft": {"folder": the name that its folder is to have, …}} keeps it. */
unsigned call_draft_keep(const struct question *q);
/* {"which": "projects", "rows": [["…"]]} → {"path"}: a table that was typed, as CSV. */
unsigned call_draft_table(const struct question *q);
/* {"which": "households", "path": "…"} → {"path"}: a copy of a file. */
unsigned call_draft_file(const struct question *q);
/* {"answers": [{"id", "choice": "A"} or {"id", "text"}]} → {"path"}: the sheet of answers. */
unsigned call_draft_answers(const struct question *q);
/* {"options": {…}, "new": "name", "language"} → what yihu-issue init --json says of them. */
unsigned call_draft_look(const struct question *q);
/* About an election that is there → what yihu-issue like --json says of it. */
unsigned call_draft_like(const struct question *q);
/* {} opens the proof sheet in this computer's viewer. */
unsigned call_draft_proof(const struct question *q);
/* {} destroys it. */
unsigned call_draft_drop(const struct question *q);

#endif
