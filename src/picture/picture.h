/* SPDX-License-Identifier: Apache-2.0
 *
 * Pictures of projects: what somebody's camera or program made, made anew as a
 * small JPEG that says nothing but what is seen.
 *
 * Trust: the file may come from anybody. It is read by a child that can do
 * nothing but compute (confined.h); what comes back are points, of which a new
 * file is made. No byte of the old one is in it: no place, time or name either.
 */
#ifndef YIHU_PICTURE_H
#define YIHU_PICTURE_H

#include <yihu/bytes.h>
#include <yihu/error.h>

/* The most bytes of a file that is given. */
#define PICTURE_FILE_BYTES_MAX (64u << 20)
/* The longer side of what is made, in points. */
#define PICTURE_SIDE_MAX 1280

/* Appends to jpeg the picture in bytes, upright, of at most `most` bytes and
 * PICTURE_SIDE_MAX points a side. *sealed: the kernel held the child to a filter of
 * its system calls; else to limits alone. Words begin with what the file is. */
int picture_make(struct yihu_buf *jpeg, bool *sealed, const void *bytes, size_t len, size_t most,
		 struct yihu_error *err);

#endif
