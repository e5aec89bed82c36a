/* SPDX-License-Identifier: Apache-2.0
 *
 * The hashes of the shuffle proof (PROTOCOL §8, steps 2, 3 and 6). Every value
 * that an equation names enters one of them.
 */
#include "shuffle_common.h"

void yihu_shuffle_digest(uint8_t d[static YIHU_HASH_BYTES], const struct yihu_mix_context *x,
			 const struct yihu_ciphertext *in, const struct yihu_mix *m)
{
	size_t list_bytes = (size_t)x->n * x->w * sizeof *in;
	struct yihu_frame f;
	yihu_frame_init(&f, "shuffle");
	yihu_frame_item(&f, x->eid, sizeof x->eid);
	yihu_frame_be32(&f, x->k);
	yihu_frame_be32(&f, x->holder);
	yihu_frame_be64(&f, x->n);
	yihu_frame_be32(&f, x->w);
	yihu_frame_item(&f, &x->y, sizeof x->y);
	yihu_frame_item(&f, in, list_bytes);
	yihu_frame_item(&f, m->list, list_bytes);
	yihu_frame_item(&f, m->c, (size_t)x->n * sizeof *m->c);
	yihu_frame_hash(&f, d);
}

struct yihu_scalar yihu_shuffle_u(const uint8_t d[static YIHU_HASH_BYTES], uint64_t i)
{
	struct yihu_frame f;
	yihu_frame_init(&f, "shuffle-u");
	yihu_frame_item(&f, d, YIHU_HASH_BYTES);
	yihu_frame_be64(&f, i);
	return yihu_frame_scalar(&f);
}

struct yihu_scalar yihu_shuffle_challenge(const uint8_t d[static YIHU_HASH_BYTES],
					  const struct yihu_mix *m)
{
	struct yihu_frame f;
	yihu_frame_init(&f, "shuffle-proof");
	yihu_frame_item(&f, d, YIHU_HASH_BYTES);
	yihu_frame_item(&f, m->chat, (size_t)m->n * sizeof *m->chat);
	yihu_frame_open(&f, 3 * sizeof(struct yihu_point));
	yihu_frame_more(&f, &m->t1, sizeof m->t1);
	yihu_frame_more(&f, &m->t2, sizeof m->t2);
	yihu_frame_more(&f, &m->t3, sizeof m->t3);
	yihu_frame_item(&f, m->t4, 2 * (size_t)m->w * sizeof *m->t4);
	yihu_frame_item(&f, m->that, (size_t)m->n * sizeof *m->that);
	return yihu_frame_scalar(&f);
}
