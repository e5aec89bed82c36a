/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of this module share.
 */
#ifndef YIHU_CAST_INTERNAL_H
#define YIHU_CAST_INTERNAL_H

#include "cast/cast.h"

#include <jansson.h>

/* The body as JSON; NULL when it is none. json_decref. */
json_t *cast_json(const struct http_answer *a);
/* A member that is a string, borrowed; "" when there is none. */
struct yihu_span cast_json_text(const json_t *j, const char *key);

#endif
