/* SPDX-License-Identifier: Apache-2.0
 *
 * An estate whose flats are known, and lists of it, written out in many ways and
 * spoilt in some. Nothing of the reader is used.
 */
#ifndef YIHU_TEST_ESTATE_H
#define YIHU_TEST_ESTATE_H

#include <yihu/bytes.h>

#define FLATS_MAX 200

/* A row of the list, as it was meant. */
struct meant {
	char building[24], unit[24], room[24], name[24];
	char note[48], part[8];
	char label[80]; /* what its letter must have */
	char spelt[80]; /* the same as this row writes it */
	bool in;
	uint32_t line; /* of the file */
	int twin;      /* the same flat as that one; -1: none */
};
extern struct meant flats[FLATS_MAX];
extern size_t n_flats;

/* Which lists come next. */
void estate_seed(uint64_t seed);
/* The next list: flats and file. *whole: nothing in it is lost, so that it must go
 * in. The caller frees. */
struct yihu_buf write_list(bool *whole);
/* The row of that line; NULL: none. */
const struct meant *flat_on(uint32_t line);
/* Is there a flat whose row has no room now? */
bool is_one_lost(void);

#endif
