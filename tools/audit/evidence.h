/* SPDX-License-Identifier: Apache-2.0
 *
 * What the command line brings to hold against the folder: the election id,
 * receipts, checkpoints, the roll.
 */
#ifndef YIHU_TOOLS_AUDIT_EVIDENCE_H
#define YIHU_TOOLS_AUDIT_EVIDENCE_H

#include <yihu/audit.h>

#include "cli/cli.h"

/* The options. */
struct audit_given {
	const char *eid, *at_close, *roll, *salt, *keep;
	struct cli_list receipts, checkpoints;
	bool json;
};

/* What they name, read into memory. */
struct evidence {
	struct yihu_evidence receipts[CLI_LIST_MAX], checkpoints[CLI_LIST_MAX], at_close, roll;
	struct yihu_audit_options o;
};
/* −1, or the exit status of what cannot be meant. */
int evidence_eid(struct yihu_audit_options *o, const struct audit_given *given);
int evidence_salt(struct yihu_audit_options *o, const struct audit_given *given);
/* Reads the files and points o to them. e is freed whatever comes back. */
int evidence_read(struct evidence *e, const struct audit_given *given, struct yihu_error *err);
/* Frees what was read, also after a failure. */
void evidence_finish(struct evidence *e);

#endif
