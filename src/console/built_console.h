/* SPDX-License-Identifier: Apache-2.0
 *
 * The page, made by src/web/build.mjs: all of it in one file but what reads codes, its
 * scripts and styles allowed by their hashes.
 */
#ifndef YIHU_CONSOLE_BUILT_CONSOLE_H
#define YIHU_CONSOLE_BUILT_CONSOLE_H

#include <stddef.h>

extern const unsigned char console_page[];
extern const size_t console_page_len;
extern const char console_csp[];
/* WebAssembly: it reads codes before the camera. */
extern const unsigned char console_scanner[];
extern const size_t console_scanner_len;

/* The handbook: static pages and pictures, beside each other. */
struct console_file {
	const char *path; /* "/handbook/zh.html" */
	const char *content_type;
	const unsigned char *bytes;
	size_t len;
};
extern const struct console_file console_handbook[];
extern const size_t console_handbook_n;
extern const char console_handbook_csp[];

#endif
