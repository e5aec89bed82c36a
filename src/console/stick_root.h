/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the machine's tables of devices and mounts begin.
 */
#ifndef YIHU_CONSOLE_STICK_ROOT_H
#define YIHU_CONSOLE_STICK_ROOT_H

/* "", below which /sys, /proc, /dev, /run and the folders of sticks are. The program of the
 * browser tests has another, with a machine in it that they make up. */
const char *stick_root(void);

#endif
