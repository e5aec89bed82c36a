/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-tally: close the box after the poll, publish the results after the
 * count; and count any file.
 */
#include "tally/verbs.h"

static const struct cli_verb *const verbs[] = {
	&tally_verb_sheets, &tally_verb_close,     &tally_verb_results,    &tally_verb_publish,
	&tally_verb_poster, &tally_verb_objection, &tally_verb_complaints, &tally_verb_final,
	&tally_verb_count,  &tally_verb_export,
};
static const struct cli_program program = {
	.name = "yihu-tally",
	.summary = N_("The tally team's part: close the box, publish the results."),
	.verbs = verbs,
	.n = sizeof verbs / sizeof *verbs,
};

int main(int argc, char **argv)
{
	return cli_main(&program, argc, argv);
}
