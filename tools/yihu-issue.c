/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue: the clerk's program.
 */
#include "issue/verbs.h"

static const struct cli_verb *const verbs[] = {
	&issue_verb_init,     &issue_verb_like,      &issue_verb_charter,   &issue_verb_hand_out,
	&issue_verb_collect,  &issue_verb_letters,   &issue_verb_walklist,  &issue_verb_poster,
	&issue_verb_envelope, &issue_verb_proof,     &issue_verb_rehearse,  &issue_verb_rehearsed,
	&issue_verb_backup,   &issue_verb_restore,   &issue_verb_reconcile, &issue_verb_shred,
	&issue_verb_replace,  &issue_verb_add,       &issue_verb_void,      &issue_verb_withdraw,
	&issue_verb_cancel,   &issue_verb_sign,      &issue_verb_handover,  &issue_verb_copy_public,
	&issue_verb_archive,  &issue_verb_test_page, &issue_verb_print,     &issue_verb_reprint,
	&issue_verb_find,     &issue_verb_status,
};
static const struct cli_program program = {
	.name = "yihu-issue",
	.summary = N_("The clerk's part: the folder, the charter, the letters."),
	.verbs = verbs,
	.n = sizeof verbs / sizeof *verbs,
};

int main(int argc, char **argv)
{
	return cli_main(&program, argc, argv);
}
