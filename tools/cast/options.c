/* SPDX-License-Identifier: Apache-2.0
 *
 * What both ways of working ask of the options.
 */
#include "cast/options.h"

#define DEFAULT_PATIENCE_S 60

struct cast_options opt;

unsigned cast_patience(void)
{
	return opt.patience.given ? opt.patience.value : DEFAULT_PATIENCE_S;
}

int cast_nothing_sent(const struct yihu_error *err)
{
	cli_error(err);
	if (!opt.check)
		cli_say(_("Not recorded: nothing was sent."));
	return CLI_FAILED;
}
