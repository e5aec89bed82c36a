/* SPDX-License-Identifier: Apache-2.0
 *
 * A holder's share of the election's key, out of the deals (PROTOCOL §3).
 */
#include "holder/internal.h"

#include <sodium.h>
#include <string.h>

static int fail_share(const struct yihu_folder *f, folder_file deal,
		      const struct yihu_holder *dealer, struct yihu_error *err)
{
	return folder_fail_at(
		err,
		yihu_fail(err, YIHU_ESHARE,
			  _("the share that %s dealt to this key is wrong; stop the ceremony and "
			    "find out why before it starts anew"),
			  dealer->key.name),
		f, deal);
}

/* x_j = Σ_i f_i(j), each share checked against its dealer's announcement. */
static int sum_shares(struct yihu_scalar *sum, const struct yihu_keyfile *key,
		      const struct yihu_folder *f, const struct yihu_ceremony *c,
		      struct yihu_error *err)
{
	struct yihu_scalar share;
	int r = 0;
	*sum = yihu_scalar_u64(0);
	for (uint32_t i = 1; i <= c->plan.n && r == 0; i++) {
		const struct yihu_holder *dealer = &c->holders[i - 1];
		folder_file file = folder_nth(F_DEAL, i);
		struct yihu_buf deal = {0};
		r = folder_read(f, file, &deal, err);
		if (r == 0)
			r = yihu_deal_open(&share, deal.data, deal.len, c->s, dealer, c->plan.n,
					   key->index, &key->keypair, err);
		if (r == 0 && !yihu_holder_share_ok(dealer, c->plan.t, key->index, share))
			r = fail_share(f, file, dealer, err);
		if (r == 0)
			*sum = yihu_scalar_add(*sum, share);
		yihu_buf_free(&deal);
	}
	sodium_memzero(&share, sizeof share);
	return r;
}

int holder_collect_share(struct yihu_scalar *out, const struct yihu_keyfile *key,
			 const struct yihu_folder *f, const struct yihu_ceremony *c,
			 struct yihu_error *err)
{
	struct yihu_scalar sum;
	int r = sum_shares(&sum, key, f, c, err);
	if (r == 0) {
		struct yihu_point x = yihu_point_base(sum);
		if (!yihu_point_equal(&x, &c->charter->share_keys[key->index - 1]))
			r = yihu_fail(err, YIHU_ESHARE,
				      _("the charter's key for holder %u is not that of the shares "
					"dealt"),
				      key->index);
	}
	if (r == 0)
		*out = sum;
	sodium_memzero(&sum, sizeof sum);
	return r;
}

void holder_keep_charter(struct yihu_keyfile *key, const struct yihu_charter *charter,
			 const struct yihu_scalar *share)
{
	key->share = *share;
	key->has_share = true;
	memcpy(key->eid, charter->eid, YIHU_EID_BYTES);
	key->has_charter = true;
}
