/* SPDX-License-Identifier: Apache-2.0
 *
 * The loop on all cores: every item once, and progress as its header says.
 */
#include "vectors.h"

#include <yihu/parallel.h>

#include <pthread.h>
#include <stdatomic.h>

#define ITEMS 5000

struct run {
	pthread_t caller;
	size_t n, piece, told;
	bool bad;
	atomic_int done[ITEMS];
	atomic_bool misaligned;
};

static void work(void *context, size_t from, size_t to)
{
	struct run *r = context;
	if (from % r->piece != 0 || to <= from || to - from > r->piece || to > r->n)
		r->misaligned = true;
	for (size_t i = from; i < to; i++)
		r->done[i]++;
}

static void told(void *context, size_t done)
{
	struct run *r = context;
	if (!pthread_equal(r->caller, pthread_self()) || done < r->told || done > r->n)
		r->bad = true;
	r->told = done;
}

static void check(size_t n, size_t piece, yihu_parallel_told *tell)
{
	struct run *r = yihu_calloc(1, sizeof *r);
	r->caller = pthread_self();
	r->n = n;
	r->piece = piece;
	yihu_parallel(n, piece, work, tell, r);
	for (size_t i = 0; i < ITEMS; i++)
		assert_int_equal(r->done[i], i < n);
	assert_false(r->misaligned || r->bad);
	assert_int_equal(r->told, tell != NULL ? n : 0);
	free(r);
}

TEST(every_item_is_done_once)
{
	static const size_t sizes[] = {0, 1, 2, 63, 64, 65, 1000, ITEMS};
	static const size_t pieces[] = {1, 2, 64, ITEMS, 2 * ITEMS};
	for (size_t i = 0; i < COUNT(sizes); i++)
		for (size_t k = 0; k < COUNT(pieces); k++) {
			check(sizes[i], pieces[k], told);
			check(sizes[i], pieces[k], NULL);
		}
}

static int no_piece(void *arg)
{
	(void)arg;
	check(1, 0, NULL);
	return 0;
}

TEST(a_piece_has_items)
{
	assert_aborts(no_piece, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_item_is_done_once),
		cmocka_unit_test(a_piece_has_items),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
