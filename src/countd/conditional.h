/* SPDX-License-Identifier: Apache-2.0
 *
 * What a request asks of a thing that may have changed since, and which part of it
 * (RFC 9110 §13, §14). Only texts and numbers: no connection, no file.
 */
#ifndef YIHU_COUNTD_CONDITIONAL_H
#define YIHU_COUNTD_CONDITIONAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/* An entity tag with its quotes. Empty: none. */
struct etag {
	char text[40];
};
/* Of these bytes: their SHA-256, shortened. */
struct etag etag_of_bytes(const void *bytes, size_t len);
/* Of a file that is only ever replaced as a whole, as those of public/ are: of which
 * file it is, how large, and when it was last written. So it changes when the bytes
 * do, and none of them is read for it; 141 MB would be otherwise. It may change
 * without them, when a folder is copied: then they are sent once more. */
struct etag etag_of_file(const struct stat *st);
/* The same thing compressed is other bytes: "…-gzip". */
struct etag etag_compressed(const struct etag *tag);
/* If-None-Match: does the list have the tag, or "*"? A mark W/ that a proxy set is
 * passed over. NULL: no. */
bool etag_listed(const char *list, const struct etag *tag);

enum range { RANGE_WHOLE, RANGE_PART, RANGE_BEYOND };
/* Range, of a thing of `size` bytes: RANGE_PART sets *first and *n. More than one
 * range, another unit and what is misspelt are as if nothing was asked; RANGE_BEYOND:
 * there is no such byte. */
enum range range_of(const char *header, uint64_t size, uint64_t *first, uint64_t *n);
/* If-Range: is the part still of the thing that the asker has the rest of? NULL: yes. */
bool range_still(const char *if_range, const struct etag *tag);

#endif
