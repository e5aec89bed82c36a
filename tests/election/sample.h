/* SPDX-License-Identifier: Apache-2.0
 *
 * Sample texts for the tests of definitions, votes and households: a good one
 * of each kind, and edits that break them.
 */
#ifndef YIHU_TESTS_SAMPLE_H
#define YIHU_TESTS_SAMPLE_H

#include <yihu/definition.h>

#include "test.h"

/* A good definition of each kind in the strict form, four projects a, b, c, d. */
extern const char *const sample[YIHU_N_KINDS];

/* base with its only occurrence of find replaced; fails the test when find is
 * not there once, so that no case is empty. NULL replace: the bytes up to find. */
char *edited(const char *base, const char *find, const char *replace);

/* The sample of a kind with n projects p1, p2, …; `extra` META lines. */
char *sample_of(enum yihu_ballot_kind kind, size_t n, const char *extra);

struct yihu_definition *parsed(const char *text); /* fails the test when refused */
void assert_error(const struct yihu_error *err, int code, int want, const char *text);
/* A file below YIHU_TEST_DATA. */
void test_file(struct yihu_buf *out, const char *name);

/* One named test for each row of a table. */
void add_test(const char *name, CMUnitTestFunction function, void *row);
int run_table(const char *group);

#endif
