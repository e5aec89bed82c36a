/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls that the box side answers, as HTTP has them.
 */
#include <string.h>
#include <yihu/ballot.h>
#include <yihu/withdraw.h>

#include "ask_box.h"
#include "calls.h"
#include "crypto/proof_of_work.h"
#include "front.h"
#include "route.h"

#define WORK_TEXT_MAX (2 * WORK_NONCE_BYTES + 1 + 20) /* its counter has 20 digits at most */

bool ballot_admit(struct exchange *x)
{
	x->limit = YIHU_BALLOT_BYTES(x->f->election->definition->width);
	return true;
}

bool entry_admit(struct exchange *x)
{
	x->limit = 1 + YIHU_WITHDRAWAL_BYTES_MAX; /* of the longest kind */
	return true;
}

/* The work that a ballot brings; what is too long is none. */
static const char *work_of(struct exchange *x)
{
	const char *value =
		MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, WORK_HEADER);
	return value && strlen(value) <= WORK_TEXT_MAX ? value : "";
}

/* A tile is asked for by its whole name. */
void box_handle(struct exchange *x)
{
	enum call call = x->route->call;
	box_ask(x, call,
		call == CALL_TILE     ? x->path + 1
		: call == CALL_BALLOT ? work_of(x)
				      : x->tail);
}
