/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue's verbs, each beside what it does.
 */
#ifndef YIHU_TOOLS_ISSUE_VERBS_H
#define YIHU_TOOLS_ISSUE_VERBS_H

#include "common/act.h"

extern const struct cli_verb issue_verb_init, issue_verb_like;
extern const struct cli_verb issue_verb_charter, issue_verb_letters, issue_verb_sign;
extern const struct cli_verb issue_verb_hand_out, issue_verb_collect;
extern const struct cli_verb issue_verb_walklist, issue_verb_poster, issue_verb_envelope,
	issue_verb_proof, issue_verb_reconcile, issue_verb_shred, issue_verb_test_page,
	issue_verb_print, issue_verb_reprint;
extern const struct cli_verb issue_verb_rehearse, issue_verb_rehearsed;
extern const struct cli_verb issue_verb_backup, issue_verb_restore;
extern const struct cli_verb issue_verb_archive, issue_verb_copy_public;
extern const struct cli_verb issue_verb_replace, issue_verb_add, issue_verb_void, issue_verb_find;
extern const struct cli_verb issue_verb_cancel, issue_verb_withdraw, issue_verb_handover,
	issue_verb_status;

/* Says how the clerk's backup stands, when the folder has something worth one:
 * all that is to know, or only what is to be done. */
void copies_say(const struct yihu_folder *f, bool all);
/* The second, as the last word of a verb that changed something. */
void copies_say_due(struct tool_call *c);

#endif
