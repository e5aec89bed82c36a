/* SPDX-License-Identifier: Apache-2.0
 *
 * From projects and the words of a vote to an election file (PROTOCOL §2).
 */
#include <stdlib.h>
#include <string.h>

#include <yihu/definition.h>

#include "lists/money.h"
#include "lists/vote_words.h"

#define KEYS_MAX 32
#define COLUMNS (2 + N_PROPOSAL_TEXTS)

struct pb {
	struct yihu_definition d;
	struct yihu_meta meta[KEYS_MAX];
	char *columns[COLUMNS];
	enum proposal_text text_of[COLUMNS]; /* from the third column on */
};

/* value is taken; NULL: the key is left out. */
static void put(struct pb *pb, const char *key, char *value)
{
	if (!value)
		return;
	pb->meta[pb->d.n_meta++] = (struct yihu_meta){.key = yihu_strdup(key), .value = value};
}

static void put_text(struct pb *pb, const char *key, const char *value)
{
	put(pb, key, value ? yihu_strdup(value) : NULL);
}

static void put_number(struct pb *pb, const char *key, const struct vote_number *n)
{
	put(pb, key, n->given ? yihu_printf("%u", n->value) : NULL);
}

/* ---- META ---- */

static enum yihu_ballot_kind kind_of(const struct vote_words *w)
{
	return w->agree_or_against        ? YIHU_CONSENT
	       : w->points_each.given     ? YIHU_SCORING
	       : w->points_to_share.given ? YIHU_CUMULATIVE
	       : w->rank_up_to.given      ? YIHU_ORDINAL
					  : YIHU_APPROVAL;
}

static char *within(const struct vote_words *w)
{
	if (!w->choose_within)
		return NULL;
	bool budget = strcmp(w->choose_within, "budget") == 0;
	return money_plain(budget ? vote_words_budget(w) : money_read(w->choose_within, 1).fen);
}

static void put_about(struct pb *pb, const struct vote_words *w, const struct proposals *p,
		      const char *first_day, const char *last_day)
{
	put_text(pb, "description", w->title);
	put_text(pb, "description_en", w->title_en);
	put_text(pb, "country", w->country ? w->country : p->chinese ? "中国" : "-");
	put_text(pb, "unit", w->community);
	put(pb, "instance", yihu_printf("%.4s", first_day));
	put(pb, "num_projects", yihu_printf("%zu", p->n));
	put_text(pb, "num_votes", "0");
	put(pb, "budget", w->budget ? money_plain(vote_words_budget(w)) : NULL);
	put_text(pb, "date_begin", first_day);
	put_text(pb, "date_end", last_day);
	put_text(pb, "language", p->chinese ? "zh" : "en");
	put_text(pb, "currency", w->currency ? w->currency : p->chinese ? "CNY" : NULL);
}

/* What a household may mark. */
static void put_ballot(struct pb *pb, const struct vote_words *w)
{
	enum yihu_ballot_kind kind = kind_of(w);
	pb->d.kind = kind;
	put_text(pb, "vote_type", kind == YIHU_CONSENT ? "scoring" : yihu_ballot_kind_name(kind));
	put_text(pb, "ballot", yihu_ballot_kind_name(kind));
	put_number(pb, "min_length", &w->at_least);
	put_number(pb, "max_length", w->rank_up_to.given ? &w->rank_up_to : &w->choose_up_to);
	put(pb, "max_sum_cost", within(w));
	put_number(pb, "max_points", &w->points_each);
	put_number(pb, "max_sum_points", &w->points_to_share);
}

/* Who wins. */
static void put_count(struct pb *pb, const struct vote_words *w)
{
	put_text(pb, "rule", vote_rule_named(w->winners)->rule);
	put_number(pb, "threshold", &w->votes_at_least);
	put(pb, "quorum", w->turnout ? vote_share(w->turnout) : NULL);
	if (!w->support)
		return;
	char *share = vote_share(w->support);
	put(pb, "support", yihu_printf("%s %s", share, w->support_of ? w->support_of : "cast"));
	free(share);
}

/* ---- projects ---- */

static bool is_said(const struct proposals *p, int t)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->at[i].text[t][0])
			return true;
	return false;
}

static void put_columns(struct pb *pb, const struct proposals *p)
{
	size_t n = 2;
	pb->columns[0] = yihu_strdup("project_id");
	pb->columns[1] = yihu_strdup("cost");
	for (int t = 0; t < N_PROPOSAL_TEXTS; t++)
		if (is_said(p, t)) {
			pb->text_of[n] = (enum proposal_text)t;
			pb->columns[n++] = yihu_strdup(proposal_column((enum proposal_text)t));
		}
	pb->d.n_columns = n;
}

static void put_project(struct pb *pb, struct yihu_project *to, size_t number,
			const struct proposal *from)
{
	to->fields = yihu_calloc(pb->d.n_columns, sizeof *to->fields);
	to->fields[0] = yihu_printf("%zu", number);
	to->fields[1] = money_plain(from->fen);
	for (size_t c = 2; c < pb->d.n_columns; c++)
		to->fields[c] = yihu_strdup(from->text[pb->text_of[c]]);
}

static void finish(struct pb *pb)
{
	for (size_t i = 0; i < pb->d.n_meta; i++) {
		free(pb->meta[i].key);
		free(pb->meta[i].value);
	}
	for (size_t i = 0; i < pb->d.n_projects; i++) {
		for (size_t c = 0; c < pb->d.n_columns; c++)
			free(pb->d.projects[i].fields[c]);
		free(pb->d.projects[i].fields);
	}
	for (size_t c = 0; c < pb->d.n_columns; c++)
		free(pb->columns[c]);
	free(pb->d.projects);
}

void vote_words_write(struct yihu_buf *out, const struct vote_words *w, const struct proposals *p,
		      const char *first_day, const char *last_day)
{
	struct pb pb = {0};
	pb.d.meta = pb.meta;
	pb.d.columns = pb.columns;
	put_about(&pb, w, p, first_day, last_day);
	put_ballot(&pb, w);
	put_count(&pb, w);
	put_columns(&pb, p);
	pb.d.projects = yihu_calloc(p->n, sizeof *pb.d.projects);
	pb.d.n_projects = p->n;
	for (size_t i = 0; i < p->n; i++)
		put_project(&pb, &pb.d.projects[i], i + 1, &p->at[i]);
	yihu_definition_write(out, &pb.d);
	finish(&pb);
}
