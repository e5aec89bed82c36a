/* SPDX-License-Identifier: Apache-2.0
 *
 * Logs and ballots as a liar writes them.
 */
#include "tale.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct tale tale_empty(void)
{
	return (struct tale){.time = FIXTURE_OPENS - 3600};
}

struct tale tale_begin(void)
{
	struct tale t = tale_empty();
	yihu_entry_open(&t.entries[t.n++], t.time++, world()->f->election);
	return t;
}

void tale_opens(struct tale *t)
{
	t->time = FIXTURE_OPENS;
}

void tale_closes(struct tale *t)
{
	t->time = FIXTURE_CLOSES;
}

void tale_put(struct tale *t, enum yihu_entry_type type, struct yihu_buf *body)
{
	assert(t->n < ENTRIES_MAX);
	yihu_entry_put(&t->entries[t->n++], type, t->time++, body->data, body->len);
	yihu_buf_free(body);
}

void tale_ballot(struct tale *t, uint32_t serial)
{
	struct yihu_buf body = {0};
	fixture_ballot(world()->f, serial, (const uint32_t[]){1, 0, 1, 0}, &body);
	tale_put(t, YIHU_ENTRY_BALLOT, &body);
}

void tale_ballots(struct tale *t, uint32_t last)
{
	for (uint32_t serial = 1; serial <= last; serial++)
		tale_ballot(t, serial);
}

void tale_change_with(struct tale *t, uint32_t old, uint32_t new,
		      const struct yihu_credential *credential, const struct yihu_keypair *issuer)
{
	struct yihu_buf body = {0};
	yihu_change_body(&body, world()->c->eid, old, new, credential, issuer);
	tale_put(t, YIHU_ENTRY_CHANGE, &body);
}

void tale_change(struct tale *t, uint32_t old, uint32_t new)
{
	struct yihu_credential credential;
	if (new != 0)
		credential = fixture_credential(world()->f, new);
	tale_change_with(t, old, new, new != 0 ? &credential : NULL, &world()->f->issuer);
}

struct yihu_node tale_root(const struct tale *t, size_t size)
{
	struct yihu_tree *tree = yihu_tree_new();
	for (size_t i = 0; i < size; i++)
		yihu_tree_append(tree, yihu_leaf_hash(t->entries[i].data, t->entries[i].len));
	struct yihu_node root = yihu_tree_root(tree, size);
	yihu_tree_free(tree);
	return root;
}

void tale_close_with(struct tale *t, uint64_t size, struct yihu_node root,
		     const struct yihu_keypair *issuer)
{
	struct yihu_buf body = {0};
	yihu_close_body(&body, world()->c->eid, size, root.bytes, issuer);
	tale_put(t, YIHU_ENTRY_CLOSE, &body);
}

void tale_close(struct tale *t)
{
	tale_close_with(t, t->n, tale_root(t, t->n), &world()->f->issuer);
}

void tale_cancel_with(struct tale *t, uint64_t size, struct yihu_node root, const char *reason,
		      const struct yihu_keypair *issuer)
{
	struct yihu_buf body = {0};
	yihu_cancel_body(&body, world()->c->eid, size, root.bytes, yihu_span(reason), issuer);
	tale_put(t, YIHU_ENTRY_CANCEL, &body);
}

void tale_cancel(struct tale *t, const char *reason)
{
	tale_cancel_with(t, t->n, tale_root(t, t->n), reason, &world()->f->issuer);
}

void tale_free(struct tale *t)
{
	for (size_t i = 0; i < t->n; i++)
		yihu_buf_free(&t->entries[i]);
	t->n = 0;
}

void tale_tell(struct tale *t, struct scene *s)
{
	s->p = public_copy(world()->issued);
	put_forged_log(s->p, world()->f, t->entries, t->n);
	tale_free(t);
}

void tale_tell_closed_at(struct tale *t, struct scene *s, size_t size)
{
	struct yihu_node root = tale_root(t, size);
	tale_tell(t, s);
	put_checkpoint(s->p, "log/at-close", world()->f, size, root);
}

void draft_encrypt(struct draft *d, const struct fixture *f)
{
	static const uint32_t words[2] = {5, 1};
	for (uint32_t j = 0; j < d->b.w; j++)
		d->b.words[j] = yihu_encrypt(f->election->charter->y, words[j], d->r[j]);
	draft_prove(d);
}

void draft_prove(struct draft *d)
{
	const struct yihu_scalar k[2] = {yihu_scalar_random(), yihu_scalar_random()};
	yihu_ballot_prove(d->eid, d->b.serial, d->b.pk, d->b.w, d->b.words, d->r, k,
			  d->b.commitments, d->b.responses);
}

void draft_make(struct draft *d, const struct fixture *f, uint32_t serial)
{
	struct yihu_token token = fixture_token(f, serial);
	*d = (struct draft){.version = 1, .b = {.serial = serial}};
	memcpy(d->eid, f->election->charter->eid, sizeof d->eid);
	yihu_token_keypair(&d->kp, d->eid, &token);
	memcpy(d->b.pk, d->kp.pk, sizeof d->b.pk);
	memcpy(d->b.token_signature, token.signature, sizeof token.signature);
	d->b.w = f->election->definition->width;
	assert(d->b.w <= 2);
	d->r[0] = yihu_scalar_random();
	d->r[1] = yihu_scalar_random();
	draft_encrypt(d, f);
}

void draft_sign(const struct draft *d, struct yihu_buf *out)
{
	uint8_t signature[YIHU_SIGNATURE_BYTES];
	struct yihu_buf bytes = {0}, m = {0};
	const struct yihu_ballot *b = &d->b;
	yihu_buf_u8(&bytes, d->version);
	yihu_buf_be32(&bytes, b->serial);
	yihu_buf_put(&bytes, b->pk, sizeof b->pk);
	yihu_buf_put(&bytes, b->token_signature, sizeof b->token_signature);
	yihu_buf_u8(&bytes, (uint8_t)b->w);
	yihu_buf_put(&bytes, b->words, b->w * sizeof *b->words);
	yihu_buf_put(&bytes, b->commitments, b->w * sizeof *b->commitments);
	yihu_buf_put(&bytes, b->responses, b->w * sizeof *b->responses);
	yihu_message_label(&m, "ballot");
	yihu_message_item(&m, d->eid, sizeof d->eid);
	yihu_message_item(&m, bytes.data, bytes.len);
	yihu_sign(signature, &d->kp, m.data, m.len);
	yihu_buf_put(&bytes, signature, sizeof signature);
	yihu_buf_put(out, bytes.data, bytes.len);
	yihu_buf_free(&bytes);
	yihu_buf_free(&m);
}
