/* SPDX-License-Identifier: Apache-2.0
 *
 * Points as a JPEG file, with nothing beside them.
 */
#ifndef YIHU_PICTURE_ENCODE_H
#define YIHU_PICTURE_ENCODE_H

#include <yihu/bytes.h>

#include "raster.h"

/* Appends it; it gets coarser, then smaller, until it has at most `most` bytes. */
void picture_encode(struct yihu_buf *jpeg, const struct raster *r, size_t most);

#endif
