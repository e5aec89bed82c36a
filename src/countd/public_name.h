/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of the public folder that the daemon serves or takes. A name is one
 * of these spellings or it is none: no path of a request ever reaches the
 * disk unread.
 */
#ifndef YIHU_COUNTD_PUBLIC_NAME_H
#define YIHU_COUNTD_PUBLIC_NAME_H

#include <stdbool.h>
#include <stdint.h>

enum public_kind {
	PUBLIC_FIXED, /* election.pb, charter, register: there from the start; cancelled */
	PUBLIC_BOX,
	PUBLIC_MIX,  /* mix/1 … mix/15 */
	PUBLIC_OPEN, /* open/1 … open/15 */
	PUBLIC_RESULTS_PB,
	PUBLIC_RESULTS_JSON,
	PUBLIC_RESULTS,
	PUBLIC_SITE, /* site/NAME, site/DIR/NAME */
};
struct public_name {
	enum public_kind kind;
	uint32_t number;          /* of a mix or an opening */
	const char *content_type; /* static */
};
bool public_name_parse(struct public_name *out, const char *name);

#endif
