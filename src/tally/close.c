/* SPDX-License-Identifier: Apache-2.0
 *
 * Closing the box (PROTOCOL §7, the C entry).
 */
#include "tally/tally.h"

#include <assert.h>
#include <stdlib.h>
#include <time.h>

/* Ballots that were received before the end are written for half a minute after it
 * (YIHU_RECEPTION_S); each try signs the root of a fresh look. */
#define CLOSE_TRIES 40
#define BETWEEN_S 1

int tally_close_check(const struct yihu_view *v, uint64_t now, struct yihu_error *err)
{
	int r = yihu_view_check_on(v, err);
	if (r != 0 || yihu_stage_lets(yihu_view_stage(v->audit, now), YIHU_STAGE_CLOSED))
		return r;
	char *closes = yihu_time_local(v->audit->election->charter->closes);
	r = yihu_fail(err, YIHU_ENOTOVER, _("the poll is open until %s"), closes);
	free(closes);
	return r;
}

static int append_close(const struct yihu_keyfile *issuer, struct yihu_view *v, uint64_t now,
			struct yihu_error *err)
{
	struct yihu_buf body = {0};
	assert(yihu_stage_may(yihu_view_stage(v->audit, now), YIHU_STAGE_CLOSED));
	uint64_t index, size = yihu_ledger_size(v->audit->ledger);
	struct yihu_node root = yihu_tree_root(yihu_ledger_tree(v->audit->ledger), size);
	yihu_close_body(&body, v->eid, size, root.bytes, &issuer->keypair);
	int r = yihu_reach_append(v->reach, YIHU_ENTRY_CLOSE, body.data, body.len, &index, err);
	yihu_buf_free(&body);
	return r;
}

static int check_may_close(const struct yihu_keyfile *issuer, const struct yihu_view *v,
			   uint64_t now, struct yihu_error *err)
{
	const struct yihu_charter *c = v->audit->election->charter;
	if (issuer->role != YIHU_ROLE_ISSUER || !yihu_vkey_same(&issuer->vkey, &c->issuer))
		return yihu_fail(err, YIHU_EKEYS, _("this is not the issuer key of this election"));
	return tally_close_check(v, now, err);
}

int tally_close(const struct yihu_keyfile *issuer, struct yihu_view *v, struct yihu_error *err)
{
	uint64_t now = yihu_clock();
	int r = check_may_close(issuer, v, now, err);
	if (r == 0)
		r = yihu_reach_end_poll(v->reach, err);
	for (int i = 0; i < CLOSE_TRIES && r == 0 && !v->audit->closed; i++) {
		r = append_close(issuer, v, now, err);
		if (r == YIHU_EROOT)
			nanosleep(&(struct timespec){.tv_sec = BETWEEN_S}, NULL);
		if (r == 0 || r == YIHU_EROOT)
			r = yihu_view_look(v, err);
		if (r == 0)
			r = tally_close_check(v, now, err);
	}
	if (r == 0 && !v->audit->closed)
		r = yihu_fail(err, YIHU_EROOT, _("the log kept growing; run this again"));
	return r == 0 ? yihu_reach_export(v->reach, err) : r;
}
