/* SPDX-License-Identifier: Apache-2.0
 *
 * Which call is done by what.
 */
#include "take.h"

#include <assert.h>

#include "box_calls.h"
#include "hand_over.h"

static const struct {
	void (*handle)(struct request *r);
	bool hands_on; /* else its answer is made when it returns */
} calls[N_CALLS] = {
	[CALL_BALLOT] = {ballot_handle, true},
	[CALL_ENTRY] = {entry_handle, true},
	[CALL_STATE] = {state_handle, false},
	[CALL_TURNOUT] = {turnout_handle, false},
	[CALL_CREDENTIAL] = {credential_handle, false},
	[CALL_SERIAL] = {serial_handle, false},
	[CALL_CODE] = {code_handle, false},
	[CALL_CHECKPOINT] = {log_checkpoint_handle, false},
	[CALL_AT_CLOSE] = {log_at_close_handle, false},
	[CALL_TILE] = {log_tile_handle, false},
	[CALL_HEALTH] = {health_handle, false},
	[CALL_METRICS] = {metrics_handle, false},
	[CALL_EXPORT] = {log_export_handle, false},
};

void countd_take(struct request *r)
{
	enum call call = r->call; /* handed on, r is another thread's */
	assert(call > 0 && call < N_CALLS);
	calls[call].handle(r);
	if (!calls[call].hands_on)
		countd_finish(r);
}
