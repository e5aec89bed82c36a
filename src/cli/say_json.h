/* SPDX-License-Identifier: Apache-2.0
 *
 * What a program says to other programs.
 */
#ifndef YIHU_CLI_SAY_JSON_H
#define YIHU_CLI_SAY_JSON_H

#include <jansson.h>

/* A line on standard output; takes j, whose strings are UTF-8. `flags` are jansson's:
 * JSON_COMPACT, or JSON_INDENT(1) for what people look at, too. */
void cli_say_json(json_t *j, size_t flags);

#endif
