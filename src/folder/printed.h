/* SPDX-License-Identifier: Apache-2.0
 *
 * paper/printed: which files were sent to a printer as which job, and what people
 * counted of them.
 */
#ifndef YIHU_FOLDER_PRINTED_H
#define YIHU_FOLDER_PRINTED_H

#include "folder/folder.h"

enum printed_kind {
	PRINTED_JOB,      /* value: the spooler's name of it, "Brother-12" */
	PRINTED_CAME_OUT, /* value: sheets, counted by hand; the last one holds */
	PRINTED_SPOILED,  /* value: of these, jammed or spoiled; likewise */
	N_PRINTED_KINDS
};
struct printed_line {
	enum printed_kind kind;
	struct yihu_span file;  /* "letters/pdf/001-1.pdf" */
	struct yihu_span value; /* both in struct printed */
};
struct printed {
	struct yihu_buf text;
	size_t n;
	struct printed_line *at;
};
/* Lines of another form are passed over; none when there is no such file. */
int printed_read(struct printed *out, const struct yihu_folder *f, struct yihu_error *err);
/* Frees, and leaves p empty. */
void printed_finish(struct printed *p);
/* The last number of this kind that was counted of a file; false: none. */
bool printed_count(const struct printed *p, enum printed_kind kind, const char *file, uint32_t *n);
/* A line more. file and value are one line each without tabs. */
int printed_add(const struct yihu_folder *f, enum printed_kind kind, const char *file,
		const char *value, struct yihu_error *err);

#endif
