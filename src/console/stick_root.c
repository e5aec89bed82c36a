/* SPDX-License-Identifier: Apache-2.0
 *
 * Alone here, so that a test can put its own in the place.
 */
#include "stick_root.h"

const char *stick_root(void)
{
	return "";
}
