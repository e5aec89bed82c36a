/* SPDX-License-Identifier: Apache-2.0
 *
 * Which way up a camera was held.
 */
#ifndef YIHU_EXIF_H
#define YIHU_EXIF_H

#include <stddef.h>
#include <stdint.h>

/* Of an EXIF block, with or without its first "Exif\0\0"; 1, upright, where it does
 * not say, or nothing that makes sense. */
unsigned exif_orientation(const uint8_t *bytes, size_t len);

#endif
