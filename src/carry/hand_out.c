/* SPDX-License-Identifier: Apache-2.0
 *
 * To the holder: the ceremony's files, and later the public folder.
 */
#include "carry/internal.h"

#include <yihu/file.h>

#include "fetch/elsewhere.h"
#include "folder/withdrawal.h"

/* The rounds that need a file of ceremony/, one or one a holder. After the vote
 * the ceremony goes along whole: a second copy of a key file learns from it. */
static const struct outgoing {
	folder_file file;
	enum carry_round from, to;
} carried[] = {
	{F_PLAN, CARRY_ANNOUNCE, CARRY_RETIRE},     {F_DEFINITION, CARRY_ANNOUNCE, CARRY_ACCEPT},
	{F_ANNOUNCE, CARRY_ANNOUNCE, CARRY_RETIRE}, {F_DEAL, CARRY_ACCEPT, CARRY_RETIRE},
	{F_CHARTER, CARRY_ACCEPT, CARRY_RETIRE},    {F_CHARTER_LINE, CARRY_WITHDRAW, CARRY_RETIRE},
};

/* What only a holder makes, and may be on the stick alone. */
static const folder_file made[] = {F_ANNOUNCE, F_DEAL,         F_CHARTER_LINE,
				   F_BOX_LINE, F_RESULTS_LINE, F_RETIRED};
static const char *const made_public[] = {"mix", "open"};

static int refuse_waiting(const struct carry *k, struct carry_pair *p, int r,
			  struct yihu_error *err)
{
	if (r == 0 && carry_pair_waits(p))
		r = yihu_fail(err, YIHU_EEXIST,
			      _("%s is not here, or differs: first take what is on that "
				"stick: yihu-issue collect %s %s"),
			      p->theirs_path, k->folder->word, k->stick.word);
	carry_pair_finish(p);
	return r;
}

/* What holder or number i has made. */
static int check_collected(const struct carry *k, uint32_t i, struct yihu_error *err)
{
	struct carry_pair p;
	int r = 0;
	for (size_t m = 0; m < sizeof made / sizeof *made && r == 0; m++)
		r = refuse_waiting(k, &p, carry_pair_read(&p, k, folder_nth(made[m], i), err), err);
	for (size_t m = 0; m < sizeof made_public / sizeof *made_public && r == 0; m++)
		r = refuse_waiting(k, &p, carry_pair_read_public(&p, k, made_public[m], i, err),
				   err);
	return r;
}

static int check_empty_or_ours(const struct carry *k, uint32_t n, struct yihu_error *err)
{
	if (!yihu_file_exists(k->stick.ceremony))
		return 0;
	int r = carry_check_stick(k, err);
	if (r == YIHU_ENOENT) /* cut off before the plan */
		r = 0;
	for (uint32_t i = 1; i <= n && r == 0; i++)
		r = check_collected(k, i, err);
	return r;
}

static int copy_one(const struct carry *k, folder_file file, struct yihu_error *err)
{
	struct carry_pair p;
	int r = carry_pair_read(&p, k, file, err);
	if (r == 0 && p.ours.len > 0 && p.theirs.len == 0)
		r = carry_give(k, &p, err);
	else if (r == 0 && p.ours.len > 0 && !carry_pair_same(&p))
		r = yihu_fail(
			err, YIHU_EEXIST,
			_("%s is there already, with other bytes, and stays as it is. Take an "
			  "empty folder on the stick"),
			p.theirs_path);
	carry_pair_finish(&p);
	return r;
}

static int copy_ceremony(const struct carry *k, enum carry_round round, uint32_t n,
			 struct yihu_error *err)
{
	int r = folder_make(&k->stick, R_CEREMONY, err);
	for (size_t i = 0; i < sizeof carried / sizeof *carried; i++) {
		const struct outgoing *c = &carried[i];
		if (round < c->from || round > c->to)
			continue;
		bool each = folder_is_family(c->file);
		for (uint32_t j = each ? 1 : 0; j <= (each ? n : 0) && r == 0; j++)
			r = copy_one(k, folder_nth(c->file, j), err);
	}
	return r;
}

/* A folder of before keeps its definition beside ceremony/ alone. */
static int copy_definition(const struct carry *k, struct yihu_error *err)
{
	struct yihu_buf file = {0};
	if (folder_has(&k->stick, F_DEFINITION))
		return 0;
	int r = folder_read(k->folder, folder_definition(k->folder), &file, err);
	if (r == 0)
		r = folder_write(&k->stick, F_DEFINITION, &file, err);
	yihu_buf_free(&file);
	return r;
}

/* An earlier one on the stick was sent or dropped: this one takes its place. */
static int copy_withdrawal(const struct carry *k, struct yihu_error *err)
{
	struct carry_pair p;
	int r = carry_pair_read(&p, k, F_WITHDRAWAL, err);
	if (r == 0 && carry_pair_waits(&p))
		r = folder_withdrawal_erase(&k->stick, err);
	if (r == 0 && !carry_pair_same(&p))
		r = carry_give(k, &p, err);
	carry_pair_finish(&p);
	return r;
}

static int copy_all(const struct carry *k, enum carry_round round, uint32_t n,
		    struct yihu_error *err)
{
	int r = copy_ceremony(k, round, n, err);
	if (r == 0 && round <= CARRY_ACCEPT)
		r = copy_definition(k, err);
	if (r == 0 && round == CARRY_WITHDRAW)
		r = copy_withdrawal(k, err);
	if (r == 0 && k->view)
		r = folder_make(&k->stick, R_PUBLIC, err);
	return r == 0 && k->view ? mirror_write(k->stick.pub, k->view->pub, err) : r;
}

int carry_hand_out(const struct yihu_folder *f, const struct yihu_view *v, const char *stick,
		   enum carry_round round, struct yihu_error *err)
{
	struct yihu_view view = v ? *v : (struct yihu_view){0};
	struct carry k = {.folder = f, .view = v ? &view : NULL};
	struct yihu_plan plan;
	int r = yihu_plan_read(&plan, f, err);
	if (r != 0)
		return r;
	yihu_folder_init(&k.stick, stick);
	r = check_empty_or_ours(&k, plan.n, err);
	if (r == 0)
		r = copy_all(&k, round, plan.n, err);
	yihu_folder_finish(&k.stick);
	yihu_plan_finish(&plan);
	return r;
}
