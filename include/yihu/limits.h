/* SPDX-License-Identifier: Apache-2.0
 *
 * How large the files of a public folder can be, by their names alone: what
 * somebody else's disk or server holds is measured before it is read.
 */
#ifndef YIHU_LIMITS_H
#define YIHU_LIMITS_H

#include <yihu/api.h>
#include <yihu/charter.h>

YIHU_API_BEGIN

/* The note of complaints, site/complaints.txt, in the public folder and where the
 * committee keeps it. */
#define YIHU_COMPLAINTS_BYTES_MAX (64u << 10)

struct yihu_limits {
	uint64_t households;   /* N and the additions: so many ballots at most */
	uint64_t changes;      /* R entries */
	uint64_t withdrawals;  /* W entries */
	uint32_t width;        /* w */
	uint64_t row_bytes;    /* of a ballot in results.pb */
	uint64_t result_bytes; /* results.json */
};
/* Of this election; where a part is not known (NULL), the protocol's most. */
struct yihu_limits yihu_limits_of(const struct yihu_charter *c, const struct yihu_definition *d);
/* Of a file by this name; a little more than it can have, so that one which is
 * wrong by some bytes is still told by its own check. 0: no file has the name. */
size_t yihu_limits_bytes(const struct yihu_limits *l, const char *name);
/* The longest log: O, each ballot, each change and withdrawal, what calls it
 * off, C. */
uint64_t yihu_limits_entries(const struct yihu_limits *l);

YIHU_API_END

#endif
