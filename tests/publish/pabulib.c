/* SPDX-License-Identifier: Apache-2.0
 *
 * The file for the Pabulib collection, of elections of every kind, against the
 * rules of the collection's own checker (collection.c).
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/publish.h>
#include <yihu/text.h>

#include "collection.h"
#include "tally.h"
#include "test.h"

/* ---- elections ---- */

#define HEAD(country, more)                                                                        \
	"META\nkey;value\ndescription;\"A; \"\"yard\"\"\"\ncountry;" country                       \
	"\nunit;Jishan\ninstance;2025\nnum_projects;4\nnum_votes;0\n" more
#define DATES "date_begin;2025-06-01\ndate_end;2025-06-09\n"
#define PROJECTS                                                                                   \
	"PROJECTS\nproject_id;cost;name;name_en;category;district\n"                               \
	"d;100;;Lamps;a,b;x\na;100;\"x; y\";X;;\nb;150.5;z;;c;y\nc;40;w;W;;y\n"
#define VOTES "VOTES\nvoter_id;vote\n"
#define POINTS "VOTES\nvoter_id;vote;points\n"
#define APPROVAL "vote_type;approval\nballot;approval\n"
#define CONSENT "vote_type;scoring\nballot;consent\n"

static const struct sample {
	const char *name, *definition;
	uint32_t digits[16]; /* of four ballots, the last of them blank */
	const char *has, *has_not;
} samples[] = {
	{"greedy",
	 HEAD("中国", "budget;250\n" APPROVAL "rule;greedy\ncurrency;CNY\nlanguage;zh-CN\n"
		      "max_sum_cost;250\nnote;ours\n" DATES) PROJECTS VOTES,
	 {1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 1, 0},
	 "\ncountry;China\n",
	 "note"},
	{"dates and language",
	 HEAD("China", "budget;250\n" APPROVAL "rule;greedy\nlanguage;zh-CN\n" DATES)
		 PROJECTS VOTES,
	 {1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 1, 0},
	 "\ndate_begin;01.06.2025\ndate_end;09.06.2025\nmin_length;1\nmax_length;4\nlanguage;zh\n",
	 "name_en"},
	{"dates that are none are the poll's",
	 HEAD("China", "budget;250\n" APPROVAL "rule;greedy\ndate_begin;June\ndate_end;2025\n")
		 PROJECTS VOTES,
	 {1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 1, 0},
	 "\ndate_begin;01.06.2025\ndate_end;2025\n",
	 "June"},
	{"blank and void ballots, a country of nobody",
	 HEAD("吉山", "budget;250\n" APPROVAL "rule;greedy\n" DATES) PROJECTS VOTES,
	 {1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0},
	 "\ncomment;#1: The country is written “吉山”. #2: Blank ballots, which are left out here: "
	 "2. "
	 "#3: Void ballots: 1.\n",
	 "3;\n"},
	{"its own comments stay",
	 HEAD("China", "budget;250\n" APPROVAL "rule;greedy\ncomment;#1: One. #2: Two.\n" DATES)
		 PROJECTS VOTES,
	 {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0},
	 "\ncomment;#1: One. #2: Two. #3: Blank ballots, which are left out here: 1. #4: Void",
	 NULL},
	{"one project each",
	 HEAD("China", "budget;250\n" APPROVAL "rule;greedy\nmax_length;1\n" DATES) PROJECTS VOTES,
	 {1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0},
	 "\nvote_type;choose-1\n",
	 "approval"},
	{"a threshold, equal votes",
	 HEAD("China", "budget;100\n" APPROVAL "rule;greedy-threshold\nthreshold;2\n" DATES)
		 PROJECTS VOTES,
	 {1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0},
	 "\nmin_project_score_threshold;2\n",
	 "threshold;2\nthreshold"},
	{"no skip, and dearer than the budget",
	 HEAD("China", "budget;140\n" APPROVAL "rule;greedy-no-skip\n" DATES) PROJECTS VOTES,
	 {1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 0},
	 "\nb;999999999;3;",
	 "150.5;"},
	{"all of it funded",
	 HEAD("China", "budget;1000\n" APPROVAL "rule;greedy\n" DATES) PROJECTS VOTES,
	 {1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0},
	 "\nfully_funded;1\n",
	 NULL},
	{"majority without a budget",
	 HEAD("China", CONSENT "rule;majority\nsupport;>1/2 decided\nquorum;>1/2\n" DATES)
		 PROJECTS POINTS,
	 {1, 2, 0, 1, 1, 1, 2, 0, 2, 2, 1, 0},
	 "\nrule;unknown\n",
	 "threshold"},
	{"support beside votes",
	 HEAD("China", "budget;250\n" CONSENT "rule;greedy\nsupport;>1/2 cast\n" DATES)
		 PROJECTS POINTS,
	 {1, 2, 0, 1, 1, 1, 2, 0, 2, 2, 1, 0},
	 "\nrule;greedy-custom\n",
	 "support;"},
	{"points, more of them first",
	 HEAD("China",
	      "budget;250\nvote_type;scoring\nballot;scoring\nmax_points;5\nrule;greedy\n" DATES)
		 PROJECTS POINTS,
	 {1, 5, 3, 0, 0, 0, 2, 2, 4, 0, 0, 5},
	 "\n1;a,b,d;5,3,1\n",
	 NULL},
	{"a sum of points",
	 HEAD("China", "budget;250\nvote_type;cumulative\nballot;cumulative\nmax_sum_points;9\n"
		       "rule;greedy\n" DATES) PROJECTS POINTS,
	 {1, 5, 3, 0, 0, 0, 2, 2, 4, 0, 0, 5},
	 "\nmax_sum_points;9\n",
	 NULL},
	{"ranks",
	 HEAD("China", "budget;250\nvote_type;ordinal\nballot;ordinal\nrule;equalshares/add1\n"
		       "comparison;1\n" DATES) PROJECTS VOTES,
	 {2, 1, 3, 0, 0, 0, 1, 2, 1, 0, 0, 0},
	 "\n1;a,d,b\n",
	 "score"},
	{"projects that exclude each other",
	 HEAD("China", "budget;250\n" APPROVAL
		       "rule;greedy\n" DATES) "PROJECTS\nproject_id;cost;excludes\nd;100;\na;100;"
					      "d\nb;150.5;\nc;40;\n" VOTES,
	 {1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0},
	 "\nrule;greedy-exclusive\n",
	 "excludes"},
	{"a budget for each part",
	 HEAD("China",
	      "budget;250\n" APPROVAL "rule;greedy\ncategories;x,y\n"
	      "budget_per_category;150,100\nmax_length_per_category;2\n" DATES) "PROJECTS\nproject_"
										"id;cost;"
										"category\nd;100;"
										"x\na;100;y\nb;150."
										"5;x\nc;40;"
										"y\n" VOTES,
	 {1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0},
	 "\nbudget_per_category;150,100\nmax_length_per_category;2\nPROJECTS\n",
	 NULL},
	{"shares of a rule that is ours",
	 HEAD("China", "budget;250\n" APPROVAL "rule;equalshares/add1u\ncomparison;1\n" DATES)
		 PROJECTS VOTES,
	 {1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 1, 0},
	 "by the rule equalshares/add1u of Yihu, with comparison.",
	 "rule;equalshares"},
};

static void keeps_the_rules(void **state)
{
	const struct sample *s = *state;
	struct tally x;
	struct yihu_buf file = {0};
	tally_make(&x, s->definition);
	x.t.digits = s->digits;
	x.t.n_valid = 4;
	x.t.n_void = 1;
	x.t.cast = x.t.entitled = 5;
	tally_count(&x);
	yihu_results_pabulib(&file, &x.t, x.o);
	yihu_buf_u8(&file, 0);
	file.len--;
	collection_hold(&file);
	if (s->has && !strstr((const char *)file.data, s->has))
		fail_msg("“%s” is not in\n%s", s->has, (const char *)file.data);
	if (s->has_not && strstr((const char *)file.data, s->has_not))
		fail_msg("“%s” is in\n%s", s->has_not, (const char *)file.data);
	yihu_buf_free(&file);
	tally_free(&x);
}

/* And it counts again, by the reader of other cities' files, to the same winners. */
TEST(it_counts_again)
{
	const struct sample *s = &samples[0];
	struct tally x;
	struct yihu_told *told = NULL;
	struct yihu_buf file = {0}, strict = {0};
	struct yihu_definition *d = NULL;
	struct yihu_votes read = {0};
	struct yihu_error err = {0};
	size_t n = 0;
	tally_make(&x, s->definition);
	x.t.digits = s->digits;
	x.t.n_valid = x.t.cast = x.t.entitled = 4;
	tally_count(&x);
	yihu_results_pabulib(&file, &x.t, x.o);
	if (yihu_definition_held(&strict, NULL, file.data, file.len, &err) ||
	    yihu_definition_parse(&d, strict.data, strict.len, &err) ||
	    yihu_votes_read(&read, d, file.data, file.len, &err) ||
	    yihu_told_read(&told, &n, file.data, file.len, &err))
		fail_msg("%s", err.text);
	assert_int_equal(read.n, 3);
	for (size_t i = 0; i < n; i++) {
		long k = yihu_definition_find(x.t.definition, d->projects[i].id);
		assert_int_equal(told[i].selected, x.o->projects[k].verdict == YIHU_FUNDED);
	}
	free(told);
	yihu_votes_free(&read);
	yihu_definition_free(d);
	yihu_buf_free(&strict);
	yihu_buf_free(&file);
	tally_free(&x);
}

int main(void)
{
	enum { N = sizeof samples / sizeof *samples };
	struct CMUnitTest tests[N + 1] = {0};
	for (size_t i = 0; i < N; i++)
		tests[i] = (struct CMUnitTest){samples[i].name, keeps_the_rules, NULL, NULL,
					       (void *)(uintptr_t)&samples[i]};
	tests[N] = (struct CMUnitTest)cmocka_unit_test(it_counts_again);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
