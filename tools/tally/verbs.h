/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally's verbs, each beside what it does.
 */
#ifndef YIHU_TOOLS_TALLY_VERBS_H
#define YIHU_TOOLS_TALLY_VERBS_H

#include "common/act.h"

extern const struct cli_verb tally_verb_sheets, tally_verb_close, tally_verb_results,
	tally_verb_publish, tally_verb_poster, tally_verb_complaints, tally_verb_objection,
	tally_verb_final, tally_verb_count, tally_verb_export;

/* Of published results; says where they are. */
tool_step tally_make_posters;

#endif
