/* SPDX-License-Identifier: Apache-2.0
 *
 * How many pages a finished PDF of ours has.
 */
#ifndef YIHU_PRINT_PDF_PAGES_H
#define YIHU_PRINT_PDF_PAGES_H

#include <stdint.h>

/* 0: there is no such file, or it is none of ours. Nothing of it is copied. */
uint32_t pdf_pages(const char *path);

#endif
