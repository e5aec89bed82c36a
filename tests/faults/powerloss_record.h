/* SPDX-License-Identifier: Apache-2.0
 *
 * What the VFS wrote down, call by call.
 */
#ifndef YIHU_TEST_POWERLOSS_RECORD_H
#define YIHU_TEST_POWERLOSS_RECORD_H

#include <stdint.h>
#include <yihu/bytes.h>

enum call_kind {
	CALL_CREATE, /* name gets a new, empty file */
	CALL_WRITE,
	CALL_TRUNCATE, /* at: the new size */
	CALL_SYNC,
	CALL_SYNC_FOLDER,
	CALL_DELETE,  /* of a name */
	CALL_PROMISE, /* at: what was promised */
};
struct call {
	enum call_kind kind;
	int name; /* of powerloss_names */
	int file; /* a number of its own for each file that ever had the name */
	uint64_t at;
	struct yihu_buf data;
};
struct record {
	struct call *calls;
	size_t n;
	int files; /* numbers given so far */
};
extern struct record powerloss_record;

#endif
