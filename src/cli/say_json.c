/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON on standard output.
 */
#include "cli/say_json.h"

#include <stdlib.h>

#include "cli/cli.h"

void cli_say_json(json_t *j, size_t flags)
{
	char *text = json_dumps(j, flags);
	json_decref(j);
	if (!text)
		abort(); /* memory, or a string that its caller has not looked at */
	cli_say("%s", text);
	free(text);
}
