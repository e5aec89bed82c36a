/* SPDX-License-Identifier: Apache-2.0
 *
 * A Pabulib file of an election that was held, by whomever, as it is counted:
 * by its own rule or by another, and what has to be said of the file itself.
 */
#ifndef YIHU_TALLY_HELD_H
#define YIHU_TALLY_HELD_H

#include <yihu/definition.h>

#include "cli/cli.h"

struct held {
	struct yihu_buf file;
	struct yihu_buf notices; /* of the last reading */
	struct yihu_votes votes; /* of the last reading */
	struct yihu_told *told;  /* NULL: the file tells no outcome */
	size_t n_told;
	bool said;
};
/* The file, and what it tells of its outcome; an error of reading alone. */
int held_read(struct held *h, const char *path, struct yihu_error *err);
/* Leaves nothing of it. */
void held_finish(struct held *h);

/* Its definition under this rule, NULL: its own; and h->votes. Errors name the
 * file's own lines. Freed by the caller. */
int held_by_rule(struct yihu_definition **d, struct held *h, const char *rule,
		 struct yihu_error *err);

/* Does it say that it cannot name its rule (yihu_rule_is_unnamed)? */
bool held_is_unnamed(const struct held *h);

/* Says on standard error, once for a file, what was passed over and which
 * ballots are void. */
void held_say(struct held *h);
/* The same of a count that was just made: whether it is the file's own outcome,
 * and where not and why. */
void held_say_told(const struct held *h, const struct yihu_buf *json);
/* The same of n counts by several rules: which of them have the file's own outcome. */
void held_say_agree(const struct held *h, const struct yihu_buf *jsons, size_t n);

#endif
