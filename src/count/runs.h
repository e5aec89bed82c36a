/* SPDX-License-Identifier: Apache-2.0
 *
 * What each rule does, a file a rule: it decides every project that is still
 * YIHU_FUNDED (rules.h). YIHU_ERULE: not to be counted so.
 */
#ifndef YIHU_COUNT_RUNS_H
#define YIHU_COUNT_RUNS_H

#include <yihu/count.h>

/* greedy.c: behind what has a place already, with what is left. */
int yihu_run_greedy(struct yihu_outcome *o, const struct yihu_profile *p, struct yihu_error *err);
/* The same, and what does not fit ends it. */
int yihu_run_greedy_no_skip(struct yihu_outcome *o, const struct yihu_profile *p,
			    struct yihu_error *err);
/* majority.c: all that are left are funded; with a budget, or where some exclude each
 * other, they are as greedy. */
int yihu_run_majority(struct yihu_outcome *o, const struct yihu_profile *p, struct yihu_error *err);

/* equal_shares.c: at budget/n each; the same with shares raised while the
 * budget lasts (add1), and then greedy with what is left (add1u); raised no
 * further than an outcome that nothing more fits into (add1e, add1eu). */
int yihu_run_equal_shares(struct yihu_outcome *o, const struct yihu_profile *p,
			  struct yihu_error *err);
int yihu_run_equal_shares_add1(struct yihu_outcome *o, const struct yihu_profile *p,
			       struct yihu_error *err);
int yihu_run_equal_shares_add1u(struct yihu_outcome *o, const struct yihu_profile *p,
				struct yihu_error *err);
int yihu_run_equal_shares_add1e(struct yihu_outcome *o, const struct yihu_profile *p,
				struct yihu_error *err);
int yihu_run_equal_shares_add1eu(struct yihu_outcome *o, const struct yihu_profile *p,
				 struct yihu_error *err);
/* phragmen.c: fills the trace. Without ballots it funds nothing. */
int yihu_run_phragmen(struct yihu_outcome *o, const struct yihu_profile *p, struct yihu_error *err);

#endif
