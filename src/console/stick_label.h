/* SPDX-License-Identifier: Apache-2.0
 *
 * What a file system is called, as udev has read it.
 */
#ifndef YIHU_CONSOLE_STICK_LABEL_H
#define YIHU_CONSOLE_STICK_LABEL_H

/* Of the device with these numbers and this name ("sdb1"). root: see stick_root.h. NULL: it
 * has none, or nobody knows. The caller frees. */
char *stick_label(const char *root, unsigned major, unsigned minor, const char *device);

#endif
