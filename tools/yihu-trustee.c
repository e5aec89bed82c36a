/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-trustee: a key holder's program.
 */
#include "trustee/trustee.h"

static const struct cli_verb *const verbs[] = {
	&trustee_verb_announce, &trustee_verb_deal,  &trustee_verb_accept, &trustee_verb_ceremony,
	&trustee_verb_copy,     &trustee_verb_check, &trustee_verb_box,    &trustee_verb_shuffle,
	&trustee_verb_open,     &trustee_verb_sign,  &trustee_verb_count,  &trustee_verb_retire,
	&trustee_verb_withdraw,
};
static const struct cli_program program = {
	.name = "yihu-trustee",
	.summary = N_("A key holder's part: the key before the vote, the count after it."),
	.verbs = verbs,
	.n = sizeof verbs / sizeof *verbs,
};

int main(int argc, char **argv)
{
	return cli_main(&program, argc, argv);
}
