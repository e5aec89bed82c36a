/* SPDX-License-Identifier: Apache-2.0
 *
 * With YIHU_TEST_TAKES_ANY_TEXT, the issuer's program as it was before it laid out
 * the paper of an election before making it.
 */
#include <stdlib.h>

#include "issue/layout.h"

int __real_layout_check(const struct yihu_definition *d, const struct yihu_charter *c,
			const char *url, const struct yihu_households *list,
			struct yihu_error *err);
int __wrap_layout_check(const struct yihu_definition *d, const struct yihu_charter *c,
			const char *url, const struct yihu_households *list,
			struct yihu_error *err);

int __wrap_layout_check(const struct yihu_definition *d, const struct yihu_charter *c,
			const char *url, const struct yihu_households *list, struct yihu_error *err)
{
	if (getenv("YIHU_TEST_TAKES_ANY_TEXT") != NULL)
		return YIHU_OK;
	return __real_layout_check(d, c, url, list, err);
}
