/* SPDX-License-Identifier: Apache-2.0
 *
 * With YIHU_TEST_TAKES_ANY_TEXT, the programs as they were before they refused
 * text that deceives: elections of then go on, and pages show their texts.
 */
#include <stdlib.h>

#include <yihu/definition.h>

int __real_yihu_definition_check_looks(const struct yihu_definition *d, struct yihu_error *err);
int __wrap_yihu_definition_check_looks(const struct yihu_definition *d, struct yihu_error *err);

int __wrap_yihu_definition_check_looks(const struct yihu_definition *d, struct yihu_error *err)
{
	if (getenv("YIHU_TEST_TAKES_ANY_TEXT") != NULL)
		return YIHU_OK;
	return __real_yihu_definition_check_looks(d, err);
}
