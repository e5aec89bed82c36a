/* SPDX-License-Identifier: Apache-2.0
 *
 * Points out of a file that somebody made: this is what runs in the child.
 */
#ifndef YIHU_PICTURE_POINTS_H
#define YIHU_PICTURE_POINTS_H

#include "decoder.h"

/* Of whatever kind it is: upright, and no side longer than s->side. */
enum picture_found picture_decode(struct raster *r, const struct picture_source *s);

#endif
