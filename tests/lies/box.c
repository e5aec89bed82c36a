/* SPDX-License-Identifier: Apache-2.0
 *
 * Lies about the box (PROTOCOL §8): who signed it, and over what.
 */
#include <string.h>

#include "tale.h"

/* A box over c, signed by `who`, in the honest folder. */
static void box_of(struct scene *s, const struct yihu_checkpoint *c, const char *who)
{
	struct yihu_buf text = {0};
	yihu_box_note_text(&text, world()->c->eid, c);
	s->p = public_copy(world()->closed);
	put_note(s->p, "box", &text, who);
}

static void box_by(struct scene *s, const char *who)
{
	struct yihu_checkpoint c = fixture_log_box(world()->log);
	box_of(s, &c, who);
}

static void a_box_signed_by_too_few(struct scene *s)
{
	box_by(s, "13");
}

static void a_box_that_one_holder_signs_thrice(struct scene *s)
{
	box_by(s, "1112");
}

static void box_signatures_out_of_order(struct scene *s)
{
	box_by(s, "132");
}

static void a_box_that_the_issuer_signs_too(struct scene *s)
{
	box_by(s, "i123");
}

static void a_box_that_the_log_signs_too(struct scene *s)
{
	box_by(s, "123l");
}

static void a_box_of_another_root(struct scene *s)
{
	struct yihu_checkpoint c = fixture_log_box(world()->log);
	c.root = yihu_tree_root(yihu_ledger_tree(world()->log->ledger), c.size - 1);
	box_of(s, &c, "123");
}

static void a_box_of_another_size(struct scene *s)
{
	struct yihu_checkpoint c = fixture_log_box(world()->log);
	c.size--;
	box_of(s, &c, "123");
}

/* The log as it was before its last ballot: a true size and root. */
static void a_box_without_the_last_ballot(struct scene *s)
{
	struct yihu_checkpoint c = fixture_log_box(world()->log);
	c.size--;
	c.root = yihu_tree_root(yihu_ledger_tree(world()->log->ledger), c.size);
	box_of(s, &c, "123");
}

/* The close within: a true size and root as well. */
static void a_box_with_the_close_inside(struct scene *s)
{
	struct yihu_checkpoint c = fixture_log_box(world()->log);
	c.size++;
	c.root = yihu_tree_root(yihu_ledger_tree(world()->log->ledger), c.size);
	box_of(s, &c, "123");
}

static void a_box_of_another_election(struct scene *s)
{
	struct yihu_checkpoint c = fixture_log_box(world()->log);
	struct yihu_buf text = {0};
	yihu_box_note_text(&text, (const uint8_t[YIHU_EID_BYTES]){1}, &c);
	s->p = public_copy(world()->closed);
	put_note(s->p, "box", &text, "123");
}

static void a_box_note_with_a_line_more(struct scene *s)
{
	struct yihu_checkpoint c = fixture_log_box(world()->log);
	struct yihu_buf text = {0};
	yihu_box_note_text(&text, world()->c->eid, &c);
	yihu_buf_str(&text, "and nothing else\n");
	s->p = public_copy(world()->closed);
	put_note(s->p, "box", &text, "123");
}

/* Of the log so far, while ballots still come in. */
static void a_box_before_the_close(struct scene *s)
{
	struct tale t = tale_begin();
	struct yihu_buf text = {0};
	tale_opens(&t);
	tale_ballots(&t, 4);
	struct yihu_checkpoint c = {.size = t.n, .root = tale_root(&t, t.n)};
	tale_tell(&t, s);
	yihu_box_note_text(&text, world()->c->eid, &c);
	put_note(s->p, "box", &text, "123");
}

static void a_box_of_too_few_ballots(struct scene *s)
{
	struct tale t = tale_begin();
	struct yihu_buf text = {0};
	tale_opens(&t);
	tale_ballots(&t, 2);
	struct yihu_checkpoint c = {.size = t.n, .root = tale_root(&t, t.n)};
	tale_closes(&t);
	tale_close(&t);
	tale_tell(&t, s);
	yihu_box_note_text(&text, world()->c->eid, &c);
	put_note(s->p, "box", &text, "123");
}

#define BOX_LIE(called, code, says) LIE(called, BOX, code, "box", says)

const struct lie box_lies[] = {
	BOX_LIE(a_box_signed_by_too_few, SIGNERS, "2 key holders have signed, but 3 must"),
	BOX_LIE(a_box_that_one_holder_signs_thrice, SIGNERS,
		"only key holders sign here, each once"),
	BOX_LIE(box_signatures_out_of_order, SIGNERS, "signature line 3 is by lies-holder-2"),
	BOX_LIE(a_box_that_the_issuer_signs_too, SIGNERS, "signature line 1 is by lies-issuer"),
	BOX_LIE(a_box_that_the_log_signs_too, SIGNERS, "signature line 4 is by vote.example.org"),
	BOX_LIE(a_box_of_another_root, BOX, "log's close"),
	BOX_LIE(a_box_of_another_size, BOX, "its size or root is not that"),
	BOX_LIE(a_box_without_the_last_ballot, BOX, "its size or root is not that"),
	BOX_LIE(a_box_with_the_close_inside, BOX, "its size or root is not that"),
	BOX_LIE(a_box_of_another_election, ELECTION, "of another election"),
	BOX_LIE(a_box_note_with_a_line_more, BOX, "lines 3 and 4 of the box, its last"),
	BOX_LIE(a_box_before_the_close, BOX, "though the log is not closed"),
	BOX_LIE(a_box_of_too_few_ballots, MINBOX, "fewer than the 3 of the charter"),
	NO_MORE_LIES,
};
