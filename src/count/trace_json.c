/* SPDX-License-Identifier: Apache-2.0
 *
 * The trace of equal shares and phragmen in results.json (RESULTS.md).
 */
#include <stdlib.h>
#include <string.h>

#include "rules.h"
#include "trace_json.h"

static void put_text(struct yihu_json *j, const char *key, const char *text)
{
	yihu_json_key(j, key);
	if (text)
		yihu_json_string(j, text);
	else
		yihu_json_null(j);
}

static void put_number(struct yihu_json *j, const char *key, uint64_t n)
{
	yihu_json_key(j, key);
	yihu_json_integer(j, n);
}

static void put_round(struct yihu_json *j, const struct yihu_definition *d,
		      const struct yihu_round *r)
{
	yihu_json_open(j, '{');
	put_text(j, "project", d->projects[r->project].id);
	put_text(j, "cap", r->cap);
	put_text(j, "effective", r->effective);
	put_number(j, "payers", r->payers);
	put_number(j, "emptied", r->emptied);
	put_text(j, "by", yihu_tiebreak_name(r->by));
	yihu_json_close(j, '}');
}

static void put_left(struct yihu_json *j, const struct yihu_definition *d,
		     const struct yihu_trace *t)
{
	yihu_json_key(j, "left");
	yihu_json_open(j, '[');
	for (size_t k = 0; k < d->n_projects; k++) {
		if (!t->have[k])
			continue;
		yihu_json_open(j, '{');
		put_text(j, "project", d->projects[k].id);
		put_text(j, "have", t->have[k]);
		yihu_json_close(j, '}');
	}
	yihu_json_close(j, ']');
}

static void put_comparison(struct yihu_json *j, const struct yihu_trace *t)
{
	yihu_json_key(j, "comparison");
	if (!t->compared) {
		yihu_json_null(j);
		return;
	}
	yihu_json_open(j, '{');
	put_number(j, "greedy", t->prefer_greedy);
	put_number(j, "shares", t->prefer_shares);
	put_text(j, "taken", t->greedy_taken ? "greedy" : "shares");
	yihu_json_close(j, '}');
}

void yihu_json_trace(struct yihu_json *j, const struct yihu_definition *d,
		     const struct yihu_trace *t)
{
	static const char *const ends[YIHU_N_RAISE_ENDS] = {
		[YIHU_RAISE_EXHAUSTIVE] = "exhaustive", [YIHU_RAISE_OVER] = "over"};
	yihu_json_key(j, "trace");
	if (!t) {
		yihu_json_null(j);
		return;
	}
	yihu_json_open(j, '{');
	put_text(j, "share", t->share);
	put_number(j, "raises", t->raises);
	put_text(j, "raise_end", ends[t->raise_end]);
	yihu_json_key(j, "rounds");
	yihu_json_open(j, '[');
	for (size_t i = 0; i < t->n_rounds; i++)
		put_round(j, d, &t->rounds[i]);
	yihu_json_close(j, ']');
	put_left(j, d, t);
	put_comparison(j, t);
	yihu_json_close(j, '}');
}
