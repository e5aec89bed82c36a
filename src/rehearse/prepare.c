/* SPDX-License-Identifier: Apache-2.0
 *
 * Making a rehearsal. Up to its charter it is made in a folder beside its place: in it the
 * files that it is made of, and the election, which is then moved there. Its letters come
 * last, for a box knows where it lives; a run that was cut off before them is ended by the
 * next.
 */
#include "rehearse/rehearse.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/definition.h>
#include <yihu/file.h>

#include "folder/facts.h"
#include "holder/holder.h"
#include "issue/new_folder.h"
#include "rehearse/free_port.h"

/* A rehearsal under way. */
struct making {
	const struct yihu_folder *real;
	const struct rehearse_options *options;
	struct yihu_plan plan;         /* the real one's */
	char *work;                    /* the folder beside its place */
	char *definition, *households; /* files in it */
	struct yihu_folder made;       /* the election in it */
	struct yihu_keyfile *issuer, *holders[YIHU_HOLDERS_MAX];
};

static void making_finish(struct making *m)
{
	yihu_keyfile_close(m->issuer);
	for (size_t i = 0; i < YIHU_HOLDERS_MAX; i++)
		yihu_keyfile_close(m->holders[i]);
	yihu_plan_finish(&m->plan);
	yihu_folder_finish(&m->made);
	free(m->definition);
	free(m->households);
	free(m->work);
}

/* ---- what refuses it ---- */

static int check_numbers(const struct rehearse_options *o, struct yihu_error *err)
{
	if (o->minutes < 1 || o->minutes > REHEARSE_MINUTES_MAX)
		return yihu_fail(err, YIHU_EARG, _("--minutes %u is not between %u and %u"),
				 o->minutes, 1u, REHEARSE_MINUTES_MAX);
	if (o->specimens < REHEARSE_SPECIMENS_MIN || o->specimens > REHEARSE_SPECIMENS_MAX)
		return yihu_fail(err, YIHU_EARG, _("--specimens %u is not between %u and %u"),
				 o->specimens, REHEARSE_SPECIMENS_MIN, REHEARSE_SPECIMENS_MAX);
	return 0;
}

static int check_real(const struct yihu_folder *real, struct yihu_error *err)
{
	struct folder_facts x;
	int r = folder_facts_read(&x, real, yihu_clock(), err);
	if (r != 0)
		return r;
	if (folder_rehearses(real))
		r = yihu_fail(err, YIHU_ESTATE,
			      _("%s is a rehearsal itself; rehearse the real election"),
			      real->root);
	else if (x.stage > YIHU_STAGE_ISSUED)
		r = yihu_fail(err, YIHU_ESTATE,
			      _("%s is beyond a rehearsal: it is held before the poll"),
			      real->root);
	folder_facts_finish(&x);
	return r;
}

/* The path that a rehearsal of it keeps; the caller frees. */
static char *path_of(const struct yihu_folder *real)
{
	char *path = realpath(real->root, NULL);
	return path ? path : yihu_strdup(real->root);
}

/* Is this a rehearsal of it, cut off before its letters? */
static bool is_begun(const struct yihu_folder *target, const struct yihu_folder *real)
{
	char *of = folder_rehearsal_of(target), *path = path_of(real);
	bool begun = of && strcmp(of, path) == 0 && !folder_shows(target, "log/checkpoint");
	free(path);
	free(of);
	return begun;
}

static int check_target(const struct yihu_folder *real, const char *to, struct yihu_error *err)
{
	struct yihu_folder target;
	yihu_folder_init(&target, to);
	int r = is_begun(&target, real) ? 0 : new_folder_check(to, err);
	yihu_folder_finish(&target);
	return r;
}

int rehearse_check(const struct yihu_folder *real, const struct rehearse_options *o,
		   struct yihu_error *err)
{
	int r = check_numbers(o, err);
	if (r == 0)
		r = check_real(real, err);
	return r == 0 ? check_target(real, o->to, err) : r;
}

/* ---- what it is made of ---- */

static int write_work(const char *path, const struct yihu_buf *text, struct yihu_error *err)
{
	return yihu_file_write(path, text->data, text->len, 0600, err);
}

/* Beside the definition, where init looks for them. */
static int copy_pictures(const struct making *m, const struct yihu_definition *d,
			 struct yihu_error *err)
{
	struct yihu_pictures all = yihu_pictures_of(d);
	char *room = yihu_path(m->work, "img");
	int r = all.n > 0 ? yihu_dir_make(room, 0700, err) : 0;
	for (size_t i = 0; i < all.n && r == 0; i++) {
		struct yihu_buf bytes = {0};
		char *name = yihu_printf("img/%s", all.hashes[i]);
		char *to = yihu_path(m->work, name);
		r = folder_read_public(m->real, name, YIHU_PICTURE_BYTES_MAX, &bytes, err);
		if (r == 0)
			r = write_work(to, &bytes, err);
		yihu_buf_free(&bytes);
		free(name);
		free(to);
	}
	free(room);
	yihu_pictures_free(&all);
	return r;
}

static int write_definition(const struct making *m, struct yihu_error *err)
{
	struct yihu_buf file = {0}, marked = {0};
	struct yihu_definition *d = NULL;
	int r = folder_read(m->real, folder_definition(m->real), &file, err);
	if (r == 0)
		r = yihu_definition_parse(&d, file.data, file.len, err);
	if (r == 0)
		r = copy_pictures(m, d, err);
	if (r == 0) {
		yihu_definition_rehearse(d);
		yihu_definition_write(&marked, d);
		r = write_work(m->definition, &marked, err);
	}
	yihu_definition_free(d);
	yihu_buf_free(&marked);
	yihu_buf_free(&file);
	return r;
}

static int write_households(const struct making *m, struct yihu_error *err)
{
	struct yihu_buf list = {0};
	yihu_buf_str(&list, "household\n");
	for (uint32_t i = 1; i <= m->options->specimens; i++) {
		char *name = words_say(m->options->paper, W_PAPER_SPECIMEN, say_count("n", i));
		yihu_buf_fmt(&list, "%s\n", name);
		free(name);
	}
	int r = write_work(m->households, &list, err);
	yihu_buf_free(&list);
	return r;
}

/* ---- the election ---- */

static int make_issuer(void *context, struct yihu_keyfile **out, const char *path, const char *name,
		       struct yihu_error *err)
{
	(void)context;
	return yihu_keyfile_create(out, path, YIHU_ROLE_ISSUER, name, NULL, err);
}

static int set_up(const struct making *m, const char *url, struct yihu_error *err)
{
	uint64_t now = yihu_clock();
	struct yihu_buf notices = {0};
	const struct issue_plan_options plan = {.definition = m->definition,
						.households = m->households,
						.url = url,
						.opens = now,
						.closes = now + 60ull * m->options->minutes,
						.holders = m->plan.n,
						.threshold = m->plan.t,
						.box_quorum = m->plan.q,
						.max_additions = UINT32_MAX,
						.max_replacements = UINT32_MAX,
						.max_withdrawals = UINT32_MAX,
						.min_box = 1,
						.nobody_may_miss = true};
	int r = issue_init(m->made.root, &plan, make_issuer, NULL, &notices, err);
	yihu_buf_free(&notices);
	return r;
}

static int set_up_at(const struct making *m, struct yihu_error *err)
{
	char *url = NULL;
	int r = m->options->url ? set_up(m, m->options->url, err) : free_port_url(&url, err);
	if (r == 0 && url)
		r = set_up(m, url, err);
	free(url);
	return r;
}

static int write_of(const struct making *m, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	char *real = path_of(m->real);
	yihu_buf_fmt(&text, "%s\n", real);
	int r = folder_write(&m->made, F_REHEARSAL_OF, &text, err);
	free(real);
	yihu_buf_free(&text);
	return r;
}

static int make_keys(struct making *m, struct yihu_error *err)
{
	int r = 0;
	for (uint32_t i = 1; i <= m->plan.n && r == 0; i++) {
		char *path = folder_path(&m->made, folder_nth(F_REHEARSAL_KEY, i));
		char *name =
			words_say(m->options->paper, W_PAPER_SPECIMEN_HOLDER, say_count("n", i));
		r = yihu_keyfile_create(&m->holders[i - 1], path, YIHU_ROLE_TRUSTEE, name, NULL,
					err);
		free(path);
		free(name);
	}
	return r;
}

static int open_issuer(struct yihu_keyfile **key, const struct yihu_folder *f,
		       struct yihu_error *err)
{
	char *path = folder_path(f, F_ISSUER_KEY);
	int r = yihu_keyfile_open(key, path, NULL, err);
	free(path);
	return r;
}

/* All sit at one table: twice, with the charter in between. */
static int hold_ceremony(struct making *m, struct yihu_error *err)
{
	bool charter;
	size_t n = m->plan.n;
	int r = holder_table_ceremony(m->holders, n, &m->made, NULL, NULL, &charter, err);
	if (r == 0)
		r = open_issuer(&m->issuer, &m->made, err);
	if (r == 0)
		r = issue_charter_draft(m->issuer, &m->made, NULL, err);
	if (r == 0)
		r = holder_table_ceremony(m->holders, n, &m->made, NULL, NULL, &charter, err);
	return r;
}

static int make_all(struct making *m, struct yihu_error *err)
{
	int r = yihu_dir_make(m->work, 0700, err);
	if (r == 0)
		r = write_definition(m, err);
	if (r == 0)
		r = write_households(m, err);
	if (r == 0)
		r = set_up_at(m, err);
	if (r == 0)
		r = write_of(m, err);
	if (r == 0)
		r = make_keys(m, err);
	return r == 0 ? hold_ceremony(m, err) : r;
}

/* Its place is a name below the work folder: what the box and its files are called by has
 * the election's own name. */
static void begin(struct making *m, const struct yihu_folder *target)
{
	m->work = new_folder_path(target);
	m->definition = yihu_path(m->work, "election.pb");
	m->households = yihu_path(m->work, "households.csv");
	char *made = yihu_path(m->work, target->slug);
	yihu_folder_init(&m->made, made);
	free(made);
}

static int make(const struct yihu_folder *real, const struct rehearse_options *o,
		const struct yihu_folder *target, struct yihu_error *err)
{
	struct making m = {.real = real, .options = o};
	begin(&m, target);
	int r = yihu_plan_read(&m.plan, real, err);
	if (r == 0)
		r = new_folder_clear(m.work, err);
	if (r == 0)
		r = make_all(&m, err);
	if (r == 0)
		r = new_folder_place(m.made.root, target->root, err);
	new_folder_clear(m.work, NULL);
	making_finish(&m);
	return r;
}

static int make_letters(const struct yihu_folder *f, const struct rehearse_options *o,
			struct yihu_error *err)
{
	struct yihu_keyfile *issuer = NULL;
	struct yihu_buf report = {0};
	const struct issue_paper_options paper = {.language = words_brief(o->paper)};
	int r = open_issuer(&issuer, f, err);
	if (r == 0)
		r = issue_letters(issuer, f, &paper, o->progress, &report, err);
	yihu_keyfile_close(issuer);
	yihu_buf_free(&report);
	return r;
}

int rehearse_prepare(const struct yihu_folder *real, const struct rehearse_options *o,
		     struct yihu_error *err)
{
	struct yihu_folder target;
	int r = rehearse_check(real, o, err);
	if (r != 0)
		return r;
	yihu_folder_init(&target, o->to);
	if (!is_begun(&target, real))
		r = make(real, o, &target, err);
	if (r == 0)
		r = make_letters(&target, o, err);
	yihu_folder_finish(&target);
	return r;
}
