/* SPDX-License-Identifier: Apache-2.0
 *
 * One mix and one list opened, ever: what the key file remembers of the count.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yihu/file.h>

#include "committee.h"

/* Boxed by all; and mixed by holders 1 and 2. */
static struct committee *boxed, *mixed;

AROUND(make_states)
{
	boxed = committee_new(NULL);
	committee_to(boxed, YIHU_STAGE_BOXED);
	mixed = committee_copy(boxed);
	committee_to(mixed, YIHU_STAGE_MIXED);
	return 0;
}

AROUND(free_states)
{
	committee_free(boxed);
	committee_free(mixed);
	return 0;
}

/* c with the key files of another committee: two folders, the same people. */
static struct committee *with_keys_of(const struct committee *c, const struct committee *keys)
{
	struct committee *copy = committee_copy(c);
	char *command = yihu_printf("cp '%s'/keys/*.key keys/", keys->temp);
	committee_shell(copy, command);
	free(command);
	return copy;
}

static bool remembers(const struct committee *c, uint32_t holder, bool mix)
{
	struct yihu_keyfile *key = committee_holder(c, holder);
	bool yes = mix ? key->has_mix : key->has_opened;
	yihu_keyfile_close(key);
	return yes;
}

TEST(a_second_list_is_never_opened)
{
	struct committee *a = committee_copy(mixed);
	assert_int_equal(committee_count(a, 1, holder_open), 0);
	assert_true(remembers(a, 1, false));
	/* The same people, asked to count another folder: mix 2 is holder 3's there. */
	struct committee *b = with_keys_of(mixed, a);
	committee_shell(b, "rm election/box/public/mix/2");
	assert_int_equal(committee_count(b, 3, holder_shuffle), 0);
	assert_int_equal(committee_count(b, 1, holder_open), YIHU_EMARK);
	assert_non_null(strstr(b->err.text, "another list"));
	assert_false(committee_has(b, "box/public/open/1"));
	/* Nor are results of that list signed, when others have opened it. */
	assert_int_equal(committee_count(b, 2, holder_open), 0);
	assert_int_equal(committee_count(b, 3, holder_open), 0);
	assert_int_equal(committee_count(b, 1, holder_sign), YIHU_EMARK);
	assert_false(committee_has(b, "ceremony/results-1"));
	committee_free(a);
	committee_free(b);
}

TEST(the_same_list_is_opened_again)
{
	struct committee *c = committee_copy(mixed);
	assert_int_equal(committee_count(c, 1, holder_open), 0);
	committee_shell(c, "rm election/box/public/open/1");
	assert_int_equal(committee_count(c, 1, holder_open), 0);
	assert_true(committee_has(c, "box/public/open/1"));
	committee_free(c);
}

/* The folder as holder 1 sees it now, and what happens to it after that. */
static struct yihu_keyfile *look(struct committee *c, struct yihu_view *v)
{
	struct yihu_keyfile *key = committee_holder(c, 1);
	*v = (struct yihu_view){.folder = &c->folder};
	memcpy(v->eid, key->eid, sizeof v->eid);
	assert_int_equal(yihu_reach_open_public(&v->reach, &c->folder, NULL, &c->err), 0);
	assert_int_equal(yihu_view_look(v, &c->err), 0);
	return key;
}

/* Something stands where the file would go: it cannot leave, and is marked. */
TEST(the_opening_is_marked_before_it_leaves)
{
	struct committee *c = committee_copy(mixed);
	struct yihu_view v;
	struct yihu_keyfile *key = look(c, &v);
	committee_shell(c, "touch election/box/public/open");
	assert_int_not_equal(holder_open(key, &v, &c->err), 0);
	yihu_view_finish(&v);
	yihu_keyfile_close(key);
	assert_true(remembers(c, 1, false));
	committee_free(c);
}

TEST(the_mix_is_marked_before_it_leaves)
{
	struct committee *c = committee_copy(boxed);
	struct yihu_view v;
	struct yihu_keyfile *key = look(c, &v);
	committee_shell(c, "touch election/box/public/mix");
	assert_int_not_equal(holder_shuffle(key, &v, &c->err), 0);
	yihu_view_finish(&v);
	yihu_keyfile_close(key);
	assert_true(remembers(c, 1, true));
	/* The very file leaves, once it can. */
	struct yihu_buf aside = committee_read(c, "ceremony/mix-1");
	committee_shell(c, "rm election/box/public/mix");
	assert_int_equal(committee_count(c, 1, holder_shuffle), 0);
	struct yihu_buf mix = committee_read(c, "box/public/mix/1");
	assert_int_equal(mix.len, aside.len);
	assert_memory_equal(mix.data, aside.data, mix.len);
	assert_false(committee_has(c, "ceremony/mix-1"));
	yihu_buf_free(&aside);
	yihu_buf_free(&mix);
	committee_free(c);
}

TEST(another_mix_wants_a_word)
{
	struct committee *c = committee_copy(mixed);
	struct yihu_buf before = committee_read(c, "box/public/mix/2");
	committee_shell(c, "rm election/box/public/mix/2");
	assert_int_equal(committee_count(c, 2, holder_shuffle), YIHU_EMARK);
	assert_non_null(strstr(c->err.text, "--again"));
	assert_false(committee_has(c, "box/public/mix/2"));
	assert_int_equal(committee_count(c, 2, holder_shuffle_again), 0);
	struct yihu_buf after = committee_read(c, "box/public/mix/2");
	assert_memory_not_equal(before.data, after.data, after.len);
	/* From now on the first one is the other history. */
	committee_write(c, "box/public/mix/2", before.data, before.len);
	assert_int_equal(committee_count(c, 2, holder_open), YIHU_EMARK);
	assert_non_null(strstr(c->err.text, "shuffled once"));
	yihu_buf_free(&before);
	yihu_buf_free(&after);
	committee_free(c);
}

TEST(who_has_opened_shuffles_no_more)
{
	struct committee *c = committee_copy(mixed);
	assert_int_equal(committee_count(c, 2, holder_open), 0);
	committee_shell(c, "rm -r election/box/public/open election/box/public/mix/2");
	assert_int_equal(committee_count(c, 2, holder_shuffle), YIHU_EMARK);
	assert_int_equal(committee_count(c, 2, holder_shuffle_again), YIHU_EMARK);
	assert_false(committee_has(c, "box/public/mix/2"));
	committee_free(c);
}

/* Another holder's mix/1 gets there between the look and the hand-over. */
TEST(who_comes_second_shuffles_what_is_left)
{
	struct committee *c = committee_copy(boxed), *other = committee_copy(boxed);
	struct yihu_view v;
	struct yihu_keyfile *key = look(c, &v);
	assert_int_equal(committee_count(other, 2, holder_shuffle), 0);
	char *copy =
		yihu_printf("cp -r '%s'/election/box/public/mix election/box/public/", other->temp);
	committee_shell(c, copy);
	assert_int_equal(holder_shuffle(key, &v, &c->err), YIHU_EEXIST);
	assert_false(key->has_mix);
	yihu_view_finish(&v);
	yihu_keyfile_close(key);
	assert_false(remembers(c, 1, true));
	assert_false(committee_has(c, "ceremony/mix-1"));
	assert_int_equal(committee_count(c, 1, holder_shuffle), 0);
	assert_true(committee_has(c, "box/public/mix/2"));
	free(copy);
	committee_free(other);
	committee_free(c);
}

/* Key files of programs that had no place for it, in the middle of a count. */
TEST(what_an_older_program_did_is_learnt)
{
	struct committee *c = committee_copy(mixed);
	assert_int_equal(committee_count(c, 1, holder_open), 0);
	struct yihu_keyfile *key = committee_holder(c, 1);
	key->has_mix = key->has_opened = false;
	assert_int_equal(yihu_keyfile_save(key, &c->err), 0);
	yihu_keyfile_close(key);
	assert_int_equal(committee_count(c, 2, holder_open), 0);
	assert_int_equal(committee_count(c, 1, holder_sign), 0);
	assert_true(remembers(c, 1, true) && remembers(c, 1, false));
	committee_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_second_list_is_never_opened),
		cmocka_unit_test(the_same_list_is_opened_again),
		cmocka_unit_test(the_opening_is_marked_before_it_leaves),
		cmocka_unit_test(the_mix_is_marked_before_it_leaves),
		cmocka_unit_test(another_mix_wants_a_word),
		cmocka_unit_test(who_has_opened_shuffles_no_more),
		cmocka_unit_test(who_comes_second_shuffles_what_is_left),
		cmocka_unit_test(what_an_older_program_did_is_learnt),
	};
	return cmocka_run_group_tests_name("holder once", tests, make_states, free_states);
}
