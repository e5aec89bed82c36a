/* SPDX-License-Identifier: Apache-2.0
 *
 * What a PDF says to readers and printers beyond what cairo can write.
 */
#ifndef YIHU_PRINT_PDF_CATALOG_H
#define YIHU_PRINT_PDF_CATALOG_H

#include <yihu/bytes.h>
#include <yihu/error.h>

struct pdf_says {
	const char *language; /* a tag: "zh-CN"; NULL: nothing is said */
	bool one_sided;       /* and unscaled: codes and window are to measure */
	bool two_sided;       /* likewise: pages are front and back */
};
/* Reads `len` bytes of the finished file from `at` on. */
typedef bool pdf_read(void *context, uint64_t at, void *out, size_t len);
/* Appends to out what comes behind a file of `size` bytes as cairo writes it (an
 * incremental update): its catalogue once more, with what is said, and its
 * Figures with their texts in place of what is to be seen, in their order, each
 * ending in NUL. YIHU_EIO: it is not such a file. */
int pdf_again(struct yihu_buf *out, uint64_t size, const struct pdf_says *says,
	      const struct yihu_buf *alts, pdf_read *read, void *context, struct yihu_error *err);

#endif
