/* SPDX-License-Identifier: Apache-2.0
 *
 * Sticks for tests.
 */
#include "sticks.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

struct committee *sticks_new(void)
{
	return committee_new(&(struct committee_options){.n = HOLDERS, .t = 2});
}

char *stick_path(const struct committee *c, uint32_t holder)
{
	return yihu_printf("%s/棒 %u", c->temp, holder);
}

struct committee stick_of(const struct committee *c, uint32_t holder)
{
	struct committee at = *c;
	char *path = stick_path(c, holder);
	yihu_folder_init(&at.folder, path);
	free(path);
	return at;
}

void stick_finish(struct committee *at)
{
	yihu_folder_finish(&at->folder);
}

/* NULL in *v: there is no public folder yet. */
static int look(struct committee *c, struct yihu_view *v)
{
	*v = (struct yihu_view){.folder = &c->folder};
	if (!committee_has(c, "box/public/register"))
		return 0;
	int r = yihu_folder_eid(v->eid, &c->folder, &c->err);
	if (r == 0)
		r = yihu_reach_open_public(&v->reach, &c->folder, NULL, &c->err);
	return r == 0 ? yihu_view_look(v, &c->err) : r;
}

int hand_out(struct committee *c, uint32_t holder)
{
	struct yihu_view v;
	char *path = stick_path(c, holder);
	int r = look(c, &v);
	if (r == 0)
		r = carry_hand_out(&c->folder, v.reach != NULL ? &v : NULL, path,
				   carry_round_now(&c->folder, committee_state(c)), &c->err);
	yihu_view_finish(&v);
	free(path);
	return r;
}

int collect(struct committee *c, uint32_t holder, struct yihu_buf *report)
{
	struct yihu_view v;
	struct yihu_buf said = {0};
	char *path = stick_path(c, holder);
	int r = look(c, &v);
	if (r == 0)
		r = carry_collect(&c->folder, v.reach != NULL ? &v : NULL, path, &said, &c->err);
	yihu_view_finish(&v);
	if (report != NULL)
		yihu_buf_put(report, said.data, said.len);
	yihu_buf_free(&said);
	free(path);
	return r;
}

void must_hand_out(struct committee *c, uint32_t holder)
{
	if (hand_out(c, holder) != 0)
		fail_msg("hand-out %u: %s", holder, c->err.text);
}

void must_collect(struct committee *c, uint32_t holder)
{
	if (collect(c, holder, NULL) != 0)
		fail_msg("collect %u: %s", holder, c->err.text);
}

void assert_says(const struct committee *c, const char *text)
{
	if (strstr(c->err.text, text) == NULL)
		fail_msg("it does not say “%s”: %s", text, c->err.text);
}

void by_all(struct committee *c, stick_act *act)
{
	for (uint32_t i = 1; i <= HOLDERS; i++)
		must_hand_out(c, i);
	for (uint32_t i = 1; i <= HOLDERS; i++) {
		struct committee at = stick_of(c, i);
		if (act(&at, i) != 0)
			fail_msg("holder %u: %s", i, at.err.text);
		stick_finish(&at);
	}
	for (uint32_t i = 1; i <= HOLDERS; i++)
		must_collect(c, i);
}

void announce_all(struct committee *c)
{
	by_all(c, committee_announce);
}

void to_closed(struct committee *c)
{
	announce_all(c);
	by_all(c, committee_deal);
	assert_int_equal(committee_charter(c), 0);
	by_all(c, committee_accept);
	committee_to(c, YIHU_STAGE_CLOSED);
}
