/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of an earlier election (like.h).
 */
#include "issue/like.h"

#include <stdlib.h>
#include <string.h>

#include "folder/rolls.h"
#include "lists/money.h"
#include "lists/proposal_text.h"
#include "lists/roster.h"

/* As the readers know the columns, in both languages. */
static const char *const chinese_heads[N_PROPOSAL_TEXTS] = {
	[T_NAME] = "项目名称",    [T_NAME_EN] = "英文名",  [T_TEXT] = "说明",
	[T_TEXT_EN] = "英文说明", [T_PLACE] = "地点",      [T_PROPOSER] = "提出人",
	[T_CATEGORY] = "类别",    [T_TARGET] = "受益人群", [T_CONTACT] = "联系人",
	[T_LINK] = "网址",
};

static const char *head_of(const struct like *x, enum proposal_text t)
{
	return x->chinese ? chinese_heads[t] : proposal_column(t);
}

static void put_project(const struct like *x, json_t *row, size_t p, enum proposal_text t)
{
	const char *text = yihu_definition_field(x->d, p, proposal_column(t));
	json_array_append_new(row, json_string(text ? text : ""));
}

/* Pictures are files that are not here any more under their names. */
static bool has_text(const struct like *x, enum proposal_text t)
{
	return t != T_IMAGE && yihu_definition_field(x->d, 0, proposal_column(t)) != NULL;
}

void like_projects(struct like *x)
{
	json_t *heads = json_array();
	json_array_append_new(heads, json_string(head_of(x, T_NAME)));
	json_array_append_new(heads, json_string(x->chinese ? "金额" : "cost"));
	for (int t = T_NAME + 1; t < N_PROPOSAL_TEXTS; t++)
		if (has_text(x, (enum proposal_text)t))
			json_array_append_new(heads,
					      json_string(head_of(x, (enum proposal_text)t)));
	json_array_append_new(x->projects, heads);
	for (size_t p = 0; p < x->d->n_projects; p++) {
		json_t *row = json_array();
		char *cost = money_plain(x->d->projects[p].cost);
		put_project(x, row, p, T_NAME);
		json_array_append_new(row, json_string(cost));
		for (int t = T_NAME + 1; t < N_PROPOSAL_TEXTS; t++)
			if (has_text(x, (enum proposal_text)t))
				put_project(x, row, p, (enum proposal_text)t);
		json_array_append_new(x->projects, row);
		free(cost);
	}
}

static void put_household(struct like *x, const char *label, const char *building, const char *name)
{
	json_array_append_new(x->households, json_pack("[s, s, s]", label, building, name));
}

static bool is_listed(const struct yihu_households *list, struct yihu_span label)
{
	for (size_t i = 0; i < list->n; i++)
		if (yihu_span_is(label, list->at[i].label))
			return true;
	return false;
}

/* The building of the list that the label begins with; "" none. Borrowed. */
static const char *building_of(const struct yihu_households *list, const char *label)
{
	for (size_t i = 0; i < list->n; i++) {
		const char *building = list->at[i].building;
		if (*building && strncmp(label, building, strlen(building)) == 0)
			return building;
	}
	return "";
}

/* Households that got a letter later, each once. */
static int put_added(struct like *x, const struct yihu_folder *f,
		     const struct yihu_households *list, struct yihu_error *err)
{
	struct yihu_buf rolls = {0};
	int r = rolls_read(&rolls, f, err);
	struct yihu_lines lines = yihu_lines(rolls.data, rolls.len);
	struct roll_line line;
	while (r == 0 && roll_next(&lines, &line)) {
		if (line.replaces != 0 || is_listed(list, line.label))
			continue;
		char *label = yihu_span_dup(line.label);
		put_household(x, label, building_of(list, label), "");
		x->added++;
		free(label);
	}
	yihu_buf_free(&rolls);
	return r;
}

int like_households(struct like *x, const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_buf file = {0};
	struct roster roster = {0};
	int r = folder_read(f, F_HOUSEHOLDS, &file, err);
	if (r == 0)
		r = roster_read(&roster, yihu_buf_bytes(&file), file.len, NULL, err);
	if (r == 0) {
		put_household(x, x->chinese ? "住户" : "household",
			      x->chinese ? "楼栋" : "building", x->chinese ? "户主" : "name");
		for (size_t i = 0; i < roster.list.n; i++)
			put_household(x, roster.list.at[i].label, roster.list.at[i].building,
				      roster.list.at[i].name);
		r = put_added(x, f, &roster.list, err);
	}
	roster_finish(&roster);
	yihu_buf_free(&file);
	return r;
}
