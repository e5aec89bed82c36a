/* SPDX-License-Identifier: Apache-2.0
 *
 * The real elections of tests/data/pb, for the tests of counting.
 */
#ifndef TEST_COUNT_REAL_H
#define TEST_COUNT_REAL_H

#include <jansson.h>
#include <yihu/count.h>

struct real {
	struct yihu_definition *d;
	struct yihu_votes votes;
	struct yihu_told *told; /* or NULL */
	size_t n_told;
	struct yihu_outcome *o;
};

/* What other programs and the cities made of them: tests/data/pb/NAME.json, by a
 * set-up; 0, or −1. The tear-down is real_forget. */
extern json_t *real_expected;
int real_expect(const char *name);
int real_forget(void **state);
/* Its ballots are as the city's own rules have them. */
void real_read(struct real *x, const char *name);
/* Every file that is there, without its ".pb". */
extern const char *const real_names[];
extern const size_t real_names_n;
/* Under a rule, or the file's own; a lot of zeros under an empty eid. */
void real_count(struct real *x, const char *rule);
void real_free(struct real *x);

#endif
