/* SPDX-License-Identifier: Apache-2.0
 *
 * What is to be printed, what was sent to a printer, and whether all of it came out.
 */
#ifndef YIHU_ISSUE_PRINT_ROOM_H
#define YIHU_ISSUE_PRINT_ROOM_H

#include "folder/folder.h"
#include "issue/spooler.h"

struct print_job {
	char *id;
	struct spooler_job is;
};
struct print_file {
	char *name;      /* "letters/pdf/001-1.pdf" */
	uint32_t sheets; /* that it has; 0: it cannot be read */
	struct print_job *jobs;
	size_t n_jobs;
	bool by_hand; /* came_out is what people counted, of all jobs together */
	uint32_t came_out, spoiled;
};
struct print_room {
	struct print_file *files; /* that are there */
	size_t n;
};
/* Asks the spooler of each job. print_room_finish frees, also after a failure. */
int print_room_read(struct print_room *out, const struct yihu_folder *f, struct yihu_error *err);
/* Leaves r empty. */
void print_room_finish(struct print_room *r);
/* NULL: none is called so. */
const struct print_file *print_room_find(const struct print_room *r, const char *name);
/* Sheets that came out, by hand or by the printer; false: nobody has said it. */
bool print_came_out(const struct print_file *f, uint32_t *sheets);
/* Good sheets more (or, below 0, fewer) than the file has; false: nobody knows. */
bool print_difference(const struct print_file *f, int64_t *sheets);

/* Sends a file, and keeps that it was sent; *job is the caller's to free. YIHU_ENOENT: no
 * such file, or no lp. YIHU_ESTATE: letters that were sent before, and not `again`. */
int print_room_send(char **job, const struct yihu_folder *f, const char *name, const char *printer,
		    bool again, struct yihu_error *err);
/* Has the spooler forget every job of letters. kept, which may be NULL, gets the names of
 * those that it may have still, a line each. */
int print_room_forget(struct yihu_buf *kept, const struct yihu_folder *f, struct yihu_error *err);
/* What people counted of a file; NULL: not said. */
int print_room_count(const struct yihu_folder *f, const char *name, const uint32_t *came_out,
		     const uint32_t *spoiled, struct yihu_error *err);

#endif
