/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-trustee: a key holder's program.
 */
#include "trustee/trustee.h"

static const struct cli_verb verbs[] = {
	{"announce", N_("make your key and announce it"), run_announce},
	{"deal", N_("deal the shares"), run_deal},
	{"accept", N_("check the deals and sign the charter"), run_accept},
	{"ceremony", N_("announce, deal and accept, all at one table"), run_ceremony},
	{"copy", N_("make a second file of your key"), run_copy},
	{"check", N_("show which election your key belongs to"), run_check},
	{"box", N_("sign the closed box"), run_box},
	{"shuffle", N_("shuffle the ballots"), run_shuffle},
	{"open", N_("open the shuffled ballots"), run_open},
	{"sign", N_("sign the results"), run_sign},
	{"count", N_("box, shuffle, open and sign, all at one table"), run_count},
	{"retire", N_("erase your share after publication"), run_retire},
};

int main(int argc, char **argv)
{
	cli_init("yihu-trustee");
	return cli_dispatch(N_("A key holder's part: the key before the vote, the count after it."),
			    verbs, sizeof verbs / sizeof *verbs, argc, argv);
}
