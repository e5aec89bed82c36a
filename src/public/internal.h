/* SPDX-License-Identifier: Apache-2.0
 *
 * How large files can be in an election (limits.c), for the table of names.
 */
#ifndef YIHU_PUBLIC_INTERNAL_H
#define YIHU_PUBLIC_INTERNAL_H

#include <yihu/names.h>

typedef uint64_t public_bytes(const struct yihu_limits *l, const struct yihu_public_name *name);
public_bytes public_bytes_register, public_bytes_tile, public_bytes_mix, public_bytes_opening,
	public_bytes_results_pb, public_bytes_results_json;

#endif
