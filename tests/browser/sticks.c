/* SPDX-License-Identifier: Apache-2.0
 *
 * The window with sticks that tests plug in and pull out: /sys, /proc and the folders of
 * sticks are looked for below YIHU_TEST_STICKS.
 */
#include <stdlib.h>

const char *__wrap_stick_root(void);

const char *__wrap_stick_root(void)
{
	const char *root = getenv("YIHU_TEST_STICKS");
	return root ? root : "/nothing is plugged in";
}
