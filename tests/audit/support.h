/* SPDX-License-Identifier: Apache-2.0
 *
 * What the audit's tests share.
 */
#ifndef YIHU_TEST_AUDIT_SUPPORT_H
#define YIHU_TEST_AUDIT_SUPPORT_H

#include <yihu/audit.h>

#include "fixture.h"
#include "test.h"

/* An audit under the fixture's own eid, with the m·G table of all tests. */
struct yihu_audit_options audit_options(const struct fixture *f);
struct yihu_audit *audit_under(const struct yihu_public *p, const struct fixture *f);

/* Prints the faults when there are any, and fails. */
void assert_passes(const struct yihu_audit *a);
void assert_passes_at(const struct yihu_public *p, const struct fixture *f, enum yihu_stage stage);
/* The first fault is this one. */
void assert_first_fault(const struct yihu_audit *a, enum yihu_check check, int code,
			const char *file);
void assert_refused(const struct yihu_public *p, const struct fixture *f, enum yihu_check check,
		    int code, const char *file);
bool has_fault(const struct yihu_audit *a, enum yihu_check check, int code);

struct yihu_public *public_copy(const struct yihu_public *p);
/* Signs and puts results.pb, results.json and results as this audit makes them. */
void publish(struct yihu_public *p, const struct fixture *f, uint32_t holders);
/* Log files of any entries, whether a ledger takes them or not, under the log's key. */
void put_forged_log(struct yihu_public *p, const struct fixture *f, const struct yihu_buf *entries,
		    size_t n);
/* Replaces a file by a checkpoint of this size and root, log-signed. */
void put_checkpoint(struct yihu_public *p, const char *name, const struct fixture *f, uint64_t size,
		    struct yihu_node root);

#endif
