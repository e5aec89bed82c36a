/* SPDX-License-Identifier: Apache-2.0
 *
 * Audits of the whole folder, in a process of their own: it has neither the log
 * key nor a socket, is served last by processor and memory, and ends when the
 * daemon says so. A helper without threads is made before the daemon has any, and
 * makes a child for each audit.
 */
#ifndef YIHU_COUNTD_AUDIT_CHILD_H
#define YIHU_COUNTD_AUDIT_CHILD_H

#include <yihu/bytes.h>
#include <yihu/error.h>
#include <yihu/hash.h>

struct audit_child;
/* Before the daemon has threads or the log key. Copies public_dir. */
int audit_child_start(struct audit_child **out, const char *public_dir, struct yihu_error *err);
/* From any thread: whatever runs is ended, and nothing is audited any more. NULL is
 * fine. */
void audit_child_stop(struct audit_child *c);
/* When no thread runs an audit. Waits for the helper. NULL is fine. */
void audit_child_free(struct audit_child *c);

#define AUDIT_FILES_MAX 3
struct audit_file {
	const char *name;
	const struct yihu_buf *bytes;
};
struct audit_job {
	uint8_t eid[YIHU_EID_BYTES];
	uint64_t cpu_s;                           /* it may take so much, on all cores together */
	struct audit_file files[AUDIT_FILES_MAX]; /* besides those in the folder, or instead */
	size_t n;
};
/* Caller frees. Empty where the folder has no result yet. */
struct audit_found {
	bool has_result;
	struct yihu_buf pb, json;
};
/* The folder's first fault as an error, by its code. YIHU_EBUSY: it was stopped;
 * YIHU_EIO: it could not be run to its end. From one thread at a time. */
int audit_child_run(struct audit_child *c, const struct audit_job *job, struct audit_found *out,
		    struct yihu_error *err);

#endif
