/* SPDX-License-Identifier: Apache-2.0
 *
 * What a box has, it has verified: its recovery mark says so.
 */
#include "internal.h"

static void vouch_for(struct yihu_box *b, const struct yihu_box *of, const struct yihu_node *root)
{
	const struct yihu_verified_log log = {b->election->charter, b->election->reg->file_hash};
	yihu_verified_put(&b->verified, b->dir, &log, &b->key->keypair,
			  yihu_ledger_size(of->ledger), root);
}

void yihu_box_vouch(struct yihu_box *b)
{
	const struct yihu_tree *tree = yihu_ledger_tree(b->ledger);
	const struct yihu_node root = yihu_tree_root(tree, yihu_tree_size(tree));
	vouch_for(b, b, &root);
	if (b->mirror)
		vouch_for(b->mirror, b, &root);
}
