/* SPDX-License-Identifier: Apache-2.0
 *
 * Setting up an election's folder.
 */
#include "issue/drafted.h"
#include "issue/intake.h"
#include "issue/internal.h"
#include "issue/new_folder.h"
#include "issue/pictures.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yihu/file.h>

/* Everything that the new folder is made of. */
struct draft {
	struct yihu_folder folder; /* the folder being made, beside its place */
	struct yihu_buf definition, households_file, roll;
	struct yihu_households households;
	struct issue_pictures pictures;
	uint8_t salt[16];
	struct yihu_plan plan;
};

static void draft_finish(struct draft *d)
{
	yihu_buf_free(&d->definition);
	yihu_buf_free(&d->households_file);
	yihu_buf_free(&d->roll);
	yihu_households_free(&d->households);
	issue_pictures_finish(&d->pictures);
	yihu_plan_finish(&d->plan);
	yihu_folder_finish(&d->folder);
}

/* ---- what the user gave ---- */

/* No letter is printed for an election that nobody could count. */
static int check_countable(const struct yihu_buf *definition, struct yihu_error *err)
{
	struct yihu_definition *d = NULL;
	int r = yihu_definition_parse(&d, definition->data, definition->len, err);
	if (r == 0)
		r = yihu_count_check(d, err);
	yihu_definition_free(d);
	return r;
}

static int read_definition(struct draft *d, const struct issue_plan_options *o,
			   struct yihu_buf *notices, struct yihu_error *err)
{
	const char *path = o->projects ? o->projects : o->definition;
	struct yihu_buf file = {0};
	int r = o->projects ? intake_projects(&file, o, notices, err)
			    : yihu_file_read(path, YIHU_DEFINITION_BYTES_MAX, &file, err);
	if (r == 0 &&
	    ((r = yihu_definition_adopt(&d->definition, notices, file.data, file.len, err)) != 0 ||
	     (r = check_countable(&d->definition, err)) != 0 ||
	     (r = issue_pictures_take(&d->pictures, &d->definition, path, o->problems, err)) != 0))
		r = yihu_fail_at(err, r, "%s", path);
	yihu_buf_free(&file);
	if (r == 0)
		issue_pictures_say(notices, &d->pictures);
	if (r == 0)
		crypto_hash_sha256(d->plan.definition_hash, d->definition.data, d->definition.len);
	return r;
}

static int read_households(struct draft *d, const struct issue_plan_options *o,
			   struct yihu_buf *notices, struct yihu_error *err)
{
	int r = intake_households(&d->households, &d->households_file, o, notices, err);
	if (r != 0)
		return r;
	uint32_t *order = yihu_calloc(d->households.n, sizeof *order);
	yihu_roll_make(&d->roll, order, &d->households);
	free(order);
	randombytes_buf(d->salt, sizeof d->salt);
	yihu_roll_hash(d->plan.roll_hash, d->salt, d->roll.data, d->roll.len);
	d->plan.households = (uint32_t)d->households.n;
	return 0;
}

static uint32_t at_least(uint32_t least, uint32_t value)
{
	return value > least ? value : least;
}

static uint32_t at_most(uint32_t most, uint32_t value)
{
	return value < most ? value : most;
}

/* A third of the households, from 3 to 10: what a small community meets, too.
 * Fewer votes hide less; more would let a few who stay away keep it shut. */
uint32_t issue_usual_min_box(uint32_t households)
{
	return at_most(households, at_least(3, at_most(10, (households + 2) / 3)));
}

static void take_numbers(struct yihu_plan *p, const struct issue_plan_options *o)
{
	uint32_t n = p->households;
	p->opens = o->opens;
	p->closes = o->closes;
	p->t = o->threshold;
	p->n = o->holders;
	p->q = o->box_quorum != 0 ? o->box_quorum : yihu_box_quorum(p->t, p->n);
	p->max_additions = o->max_additions != UINT32_MAX ? o->max_additions : at_least(5, n / 20);
	p->max_replacements =
		o->max_replacements != UINT32_MAX ? o->max_replacements : at_least(10, n / 10);
	p->max_withdrawals = o->max_withdrawals != UINT32_MAX ? o->max_withdrawals : 1;
	p->min_box = o->min_box != UINT32_MAX ? o->min_box : issue_usual_min_box(n);
}

static int check_threshold(const struct issue_plan_options *o, struct yihu_error *err)
{
	if (yihu_threshold_valid(o->threshold, o->holders))
		return 0;
	return yihu_fail(err, YIHU_EARG,
			 _("--holders %u with --threshold %u: up to %d holders, at least 2 of "
			   "whom open (1 of 1 alone)"),
			 o->holders, o->threshold, YIHU_HOLDERS_MAX);
}

static int check_numbers(const struct yihu_plan *p, bool nobody_may_miss, uint64_t now,
			 struct yihu_error *err)
{
	if (p->q < p->t || p->q > p->n)
		return yihu_fail(err, YIHU_EARG, _("--box-quorum %u is not between %u and %u"),
				 p->q, p->t, p->n);
	if (p->n == 1 && !nobody_may_miss)
		return yihu_fail(err, YIHU_EARG,
				 _("these numbers make one key holder, who must come to the count: "
				   "one lost stick, and the votes stay shut for ever; take more "
				   "(--holders 4 --threshold 2), or say --nobody-may-miss"));
	if (p->q == p->n && !nobody_may_miss)
		return yihu_fail(err, YIHU_EARG,
				 _("all %u key holders must come to the count with these numbers: "
				   "one lost stick, and the votes stay shut for ever; take more "
				   "(--holders 4 --threshold 2), or say --nobody-may-miss"),
				 p->n);
	if (p->closes <= p->opens)
		return yihu_fail(err, YIHU_EARG, _("--closes is not later than --opens"));
	if (p->closes <= now)
		return yihu_fail(err, YIHU_EARG, _("--closes is in the past"));
	if (p->min_box < 1)
		return yihu_fail(err, YIHU_EARG, _("--min-box is at least 1"));
	return 0;
}

/* ---- names ---- */

/* The folder's name in the few bytes that every URL and key name takes. */
static char *slug_of(const char *name)
{
	char *slug = yihu_strdup(name);
	for (char *c = slug; *c != '\0'; c++)
		if (!isalnum((unsigned char)*c) && *c != '.' && *c != '_')
			*c = '-';
	return slug;
}

/* Two elections never share a log's name, not those of two years in folders
 * that are called alike either: whoever watches logs keeps one state a name. */
#define MARK_SIGNS 8
static void random_mark(char out[static MARK_SIGNS + 1])
{
	static const char signs[] = "0123456789abcdefghjkmnpqrstvwxyz"; /* Crockford's */
	for (size_t i = 0; i < MARK_SIGNS; i++)
		out[i] = signs[randombytes_uniform(sizeof signs - 1)];
	out[MARK_SIGNS] = '\0';
}

/* HOST[:PORT]/slug-YEAR-MARK, of "https://HOST". */
static int make_origin(struct yihu_plan *p, const char *url, const char *name,
		       struct yihu_error *err)
{
	struct yihu_buf prefix = {0};
	int r = url ? yihu_token_url_prefix(&prefix, url, err) : 0;
	if (r == 0 && url && prefix.len == 0)
		r = yihu_fail(err, YIHU_EARG,
			      _("--url is empty; leave it out for the count desk only"));
	if (r != 0)
		return r;
	char *slug = slug_of(name);
	const char *host = url ? strstr((const char *)prefix.data, "://") + 3 : YIHU_DESK_HOST "/";
	char mark[MARK_SIGNS + 1], opens[21];
	random_mark(mark);
	p->origin = yihu_printf("%.*s/%s-%.4s-%s", (int)strcspn(host, "/"), host, slug,
				yihu_time_text(opens, p->opens), mark);
	if (url)
		p->url = yihu_strndup((const char *)prefix.data, prefix.len - strlen("/v#"));
	if (!yihu_origin_valid(p->origin))
		r = yihu_fail(err, YIHU_EARG,
			      _("“%s” cannot name a log; choose another folder name"), p->origin);
	free(slug);
	yihu_buf_free(&prefix);
	return r;
}

/* ---- the folder ---- */

static int make_keys(struct draft *d, issue_make_key *make_key, void *context,
		     struct yihu_error *err)
{
	struct yihu_keyfile *issuer = NULL, *log = NULL;
	char *issuer_path = folder_path(&d->folder, F_ISSUER_KEY);
	char *log_path = folder_path(&d->folder, F_LOG_KEY);
	int r = make_key(context, &issuer, issuer_path, "issuer", err);
	if (r == 0)
		r = yihu_keyfile_create(&log, log_path, YIHU_ROLE_LOG, d->plan.origin, NULL, err);
	if (r == 0) {
		d->plan.issuer = issuer->vkey;
		d->plan.log = log->vkey;
	}
	yihu_keyfile_close(issuer);
	yihu_keyfile_close(log);
	free(issuer_path);
	free(log_path);
	return r;
}

static int write_salt(const struct draft *d, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	yihu_hex(&text, d->salt, sizeof d->salt);
	yihu_buf_str(&text, "\n");
	int r = folder_write(&d->folder, F_ROLL_SALT, &text, err);
	yihu_buf_free(&text);
	return r;
}

static int make_folders(const struct yihu_folder *f, struct yihu_error *err)
{
	int r = folder_make(f, R_CEREMONY, err);
	if (r == 0)
		r = folder_make(f, R_SECRET, err);
	return r == 0 ? folder_make(f, R_PUBLIC, err) : r;
}

static int write_files(const struct draft *d, const struct paper_kept *paper,
		       struct yihu_error *err)
{
	struct yihu_buf plan = {0};
	const struct yihu_folder *f = &d->folder;
	yihu_plan_text(&plan, &d->plan);
	int r = folder_write(f, F_OWN_DEFINITION, &d->definition, err);
	if (r == 0)
		r = folder_write(f, F_DEFINITION, &d->definition, err);
	if (r == 0)
		r = issue_pictures_write(&d->pictures, f, err);
	if (r == 0)
		r = folder_write(f, F_HOUSEHOLDS, &d->households_file, err);
	if (r == 0)
		r = folder_write(f, F_ROLL, &d->roll, err);
	if (r == 0)
		r = write_salt(d, err);
	if (r == 0 && paper)
		r = paper_options_write(f, paper, err);
	if (r == 0)
		r = folder_write(f, F_PLAN, &plan, err);
	yihu_buf_free(&plan);
	return r;
}

/* The folder is made beside its place and moved there whole. */
static int make_folder(struct draft *d, const char *dir, const struct paper_kept *paper,
		       issue_make_key *make_key, void *context, struct yihu_error *err)
{
	int r = make_folders(&d->folder, err);
	if (r == 0)
		r = make_keys(d, make_key, context, err);
	if (r == 0)
		r = write_files(d, paper, err);
	return r == 0 ? new_folder_place(d->folder.root, dir, err) : r;
}

/* What both tables leave open is asked at once. */
static int ask_households_too(struct draft *d, const struct issue_plan_options *o,
			      struct yihu_error *err)
{
	struct yihu_buf notices = {0};
	size_t open = o->asks->n_open;
	int r = read_households(d, o, &notices, err);
	yihu_buf_free(&notices);
	return r == 0 || o->asks->n_open > open ? intake_fail_open(o, YIHU_EPROJECT, err) : r;
}

/* All that can be refused before anything is made. */
static int read_all(struct draft *d, const struct yihu_folder *target,
		    const struct issue_plan_options *o, struct yihu_buf *notices,
		    struct yihu_error *err)
{
	int r = check_threshold(o, err);
	if (r == 0 && o->paper)
		r = paper_options_check(o->paper, err);
	if (r == 0)
		r = read_definition(d, o, notices, err);
	if (r == 0)
		r = read_households(d, o, notices, err);
	else if (o->asks && o->asks->n_open > 0)
		r = ask_households_too(d, o, err);
	if (r != 0)
		return r;
	take_numbers(&d->plan, o);
	r = check_numbers(&d->plan, o->nobody_may_miss, yihu_clock(), err);
	if (r == 0)
		r = make_origin(&d->plan, o->url, target->slug, err);
	return r == 0 ? new_folder_check(target->root, err) : r;
}

int issue_foretell(struct yihu_definition **out, const struct issue_plan_options *o,
		   struct yihu_error *err)
{
	struct issue_plan_options timed = *o;
	struct draft d = {0};
	struct yihu_buf notices = {0};
	timed.opens = o->opens ? o->opens : yihu_clock();
	timed.closes = o->closes ? o->closes : timed.opens;
	*out = NULL;
	int r = read_definition(&d, &timed, &notices, err);
	if (r == 0)
		r = yihu_definition_parse(out, d.definition.data, d.definition.len, err);
	yihu_buf_free(&notices);
	draft_finish(&d);
	return r;
}

int issue_init_check(const char *dir, const struct issue_plan_options *o, struct yihu_error *err)
{
	struct issue_plan_options asked_later = *o;
	struct draft d = {0};
	struct yihu_folder target;
	struct yihu_buf notices = {0};
	asked_later.nobody_may_miss = true;
	yihu_folder_init(&target, dir);
	int r = read_all(&d, &target, &asked_later, &notices, err);
	if (r == 0)
		r = drafted_lay_out(&d.plan, &d.definition, &d.households, err);
	if (r == 0 && o->look)
		r = drafted_look(&d.plan, &d.definition, o->look, o->look_context, err);
	yihu_buf_free(&notices);
	draft_finish(&d);
	yihu_folder_finish(&target);
	return r;
}

static int init_in(struct draft *d, const struct yihu_folder *target,
		   const struct issue_plan_options *o, issue_make_key *make_key, void *context,
		   struct yihu_buf *notices, struct yihu_error *err)
{
	int r = read_all(d, target, o, notices, err);
	if (r != 0)
		return r;
	issue_advise(notices, &d->plan, o->min_box != UINT32_MAX);
	if (o->look &&
	    (r = drafted_look(&d->plan, &d->definition, o->look, o->look_context, err)) != 0)
		return r;
	if ((r = new_folder_clear(d->folder.root, err)) != 0)
		return r;
	return make_folder(d, target->root, o->paper, make_key, context, err);
}

int issue_init(const char *dir, const struct issue_plan_options *o, issue_make_key *make_key,
	       void *context, struct yihu_buf *notices, struct yihu_error *err)
{
	struct draft d = {0};
	struct yihu_folder target;
	yihu_folder_init(&target, dir);
	char *beside = new_folder_path(&target);
	yihu_folder_init(&d.folder, beside);
	int r = init_in(&d, &target, o, make_key, context, notices, err);
	if (r != 0)
		new_folder_clear(beside, NULL);
	draft_finish(&d);
	free(beside);
	yihu_folder_finish(&target);
	return r;
}
