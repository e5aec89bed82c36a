/* SPDX-License-Identifier: Apache-2.0
 *
 * The pages that the daemon serves, made by src/web/build.mjs into one C file;
 * none when the build is without pages.
 */
#ifndef YIHU_COUNTD_BUILT_PAGES_H
#define YIHU_COUNTD_BUILT_PAGES_H

#include <stddef.h>

enum page_policy {
	PAGE_PAGE,   /* script, style and calls of our own origin, nothing else */
	PAGE_CAMERA, /* the count desk: WebAssembly and the camera too */
};
struct built_page {
	const char *path; /* "/v" */
	const char *content_type;
	enum page_policy policy;
	const char *csp;  /* of a page with its scripts within; NULL: its policy's */
	const char *etag; /* of the plain bytes, as etag_of_bytes has it */
	const unsigned char *plain;
	size_t plain_len;
	const unsigned char *gzip; /* the same, compressed; NULL: it would be no smaller */
	size_t gzip_len;
};
extern const struct built_page pages[];
extern const size_t n_pages;

#endif
