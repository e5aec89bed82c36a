/* SPDX-License-Identifier: Apache-2.0
 *
 * The steps of yihu_medium_of, for its tests: they bring a tree of their own in
 * the form of /sys.
 */
#ifndef YIHU_BASE_MEDIUM_H
#define YIHU_BASE_MEDIUM_H

#include <stdbool.h>
#include <yihu/secret.h>

/* By statfs's f_type. YIHU_MEDIUM_OVERWRITES: as its device does. */
enum yihu_medium medium_of_type(unsigned long type);
/* By the device's folder in sysfs (or a link to it). */
enum yihu_medium medium_of_device(const char *folder);
/* By the text of /proc/swaps. */
bool medium_swaps(const char *swaps);

#endif
