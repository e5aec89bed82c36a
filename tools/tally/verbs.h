/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally's verbs, each beside what it does.
 */
#ifndef YIHU_TOOLS_TALLY_VERBS_H
#define YIHU_TOOLS_TALLY_VERBS_H

#include "cli/program.h"

extern const struct cli_verb tally_verb_close, tally_verb_publish, tally_verb_poster,
	tally_verb_complaints, tally_verb_count, tally_verb_export;

#endif
