/* SPDX-License-Identifier: Apache-2.0
 *
 * Two files on a stick.
 */
#include "issue/archived.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#include "folder/paper_options.h"
#include "folder/step_table.h"
#include "issue/archive_words.h"
#include "issue/on_stick.h"

static const struct {
	const char *suffix;
	mode_t mode;
} parts[ARCHIVE_PARTS] = {
	[ARCHIVE_OPEN] = {"-public.zip", 0644},
	[ARCHIVE_PERSONAL] = {"-personal.zip", 0600},
};

static char *part_path(const struct yihu_folder *f, const char *stick, enum issue_archive_part part)
{
	return yihu_printf("%s/%s%s", stick, f->slug, parts[part].suffix);
}

void issue_archived_finish(struct issue_archived made[static ARCHIVE_PARTS])
{
	for (int i = 0; i < ARCHIVE_PARTS; i++) {
		free(made[i].path);
		made[i] = (struct issue_archived){0};
	}
}

/* ---- may it be made ---- */

int issue_archive_check(const struct yihu_view *v, struct yihu_error *err)
{
	const struct yihu_audit *a = v->audit;
	if (a->stage == YIHU_STAGE_PUBLISHED || a->called_off)
		return 0;
	return yihu_fail(err, YIHU_ESTATE,
			 _("the results are not published yet: an archive is made of an election "
			   "that is over"));
}

/* The public part tells whose they are. */
static int check_free(const struct yihu_folder *f, const char *open, const char *personal,
		      struct yihu_error *err)
{
	struct yihu_public *p = NULL;
	if (!yihu_file_exists(open))
		return yihu_file_exists(personal) ? on_stick_in_the_way(personal, err) : 0;
	bool ours = archive_read_public(&p, open, NULL) == 0 &&
		    on_stick_is_ours(f, yihu_public_get(p, "charter"));
	yihu_public_free(p);
	return ours ? 0 : on_stick_in_the_way(open, err);
}

int issue_archive_check_stick(const struct yihu_folder *f, const char *stick,
			      struct yihu_error *err)
{
	char *open = part_path(f, stick, ARCHIVE_OPEN);
	char *personal = part_path(f, stick, ARCHIVE_PERSONAL);
	int r = on_stick_check(f, stick, err);
	if (r == 0)
		r = check_free(f, open, personal, err);
	free(open);
	free(personal);
	return r;
}

/* What anybody may do at any time is never left to do, and the archive is this very step. */
static bool is_left(const struct folder_step *s, const struct folder_facts *x)
{
	enum step_state state = x->at > s->until ? STEP_NOT_NEEDED : folder_step_state(s, x);
	return (state == STEP_DUE || state == STEP_WAITING) && s->actor != STEP_AUDITOR &&
	       s->kind != STEP_AT_WILL && s->on_stick == x->stick &&
	       strcmp(s->id, STEP_ARCHIVE) != 0;
}

int issue_archive_left(char **out, const struct yihu_folder *f, struct yihu_error *err)
{
	struct folder_facts x;
	struct yihu_buf text = {0};
	size_t n;
	const struct folder_step *steps = folder_steps(&n);
	int r = folder_facts_read(&x, f, yihu_clock(), err);
	if (r != 0)
		return r;
	for (size_t i = 0; i < n; i++) {
		if (!is_left(&steps[i], &x))
			continue;
		char *words = folder_step_words(&steps[i], &x);
		yihu_buf_fmt(&text, "  %s\n", words);
		free(words);
	}
	folder_facts_finish(&x);
	*out = text.data ? (char *)text.data : yihu_strdup("");
	return 0;
}

/* ---- making it ---- */

static int write_checked(const char *path, const struct yihu_buf *bytes, mode_t mode,
			 struct yihu_error *err)
{
	int r = yihu_file_write(path, yihu_buf_bytes(bytes), bytes->len, mode, err);
	return r == 0 ? on_stick_read_back(path, bytes, err) : r;
}

/* made has path; the public part is made before the other, which names it. */
static int make_part(struct issue_archived made[static ARCHIVE_PARTS], enum issue_archive_part part,
		     const struct yihu_view *v, enum language l, struct yihu_error *err)
{
	struct archive a = {0};
	struct yihu_buf bytes = {0};
	int r = archive_gather(&a, v, part, err);
	if (r == 0) {
		const struct issue_archived *open = &made[ARCHIVE_OPEN];
		archive_add_readme(&a, v, part == ARCHIVE_OPEN ? NULL : yihu_path_last(open->path),
				   open->hash, l);
		archive_add_index(&a, l);
		r = archive_pack(&bytes, &a, err);
	}
	if (r == 0)
		r = write_checked(made[part].path, &bytes, parts[part].mode, err);
	if (r == 0) {
		crypto_hash_sha256(made[part].hash, bytes.data, bytes.len);
		made[part].files = a.n;
	}
	yihu_buf_free(&bytes);
	archive_finish(&a);
	return r;
}

/* Whoever finds one of them later can tell by this whether it is the one that was made. */
static int note(const struct yihu_folder *f, const struct issue_archived made[static ARCHIVE_PARTS],
		struct yihu_error *err)
{
	struct yihu_buf text = {0};
	char hex[65];
	for (int i = 0; i < ARCHIVE_PARTS; i++)
		yihu_buf_fmt(&text, "%s  %s\n", yihu_hex_into(hex, made[i].hash, 32),
			     yihu_path_last(made[i].path));
	int r = folder_write(f, F_ARCHIVED, &text, err);
	yihu_buf_free(&text);
	return r;
}

int issue_archive(const struct yihu_view *v, const char *stick,
		  struct issue_archived made[static ARCHIVE_PARTS], struct yihu_error *err)
{
	enum language l;
	int r = issue_archive_check(v, err);
	if (r == 0)
		r = issue_archive_check_stick(v->folder, stick, err);
	if (r == 0)
		r = paper_language(&l, v->folder, NULL, err);
	for (int i = 0; i < ARCHIVE_PARTS; i++)
		made[i] = (struct issue_archived){
			.path = part_path(v->folder, stick, (enum issue_archive_part)i)};
	for (int i = 0; i < ARCHIVE_PARTS && r == 0; i++)
		r = make_part(made, (enum issue_archive_part)i, v, l, err);
	if (r == 0)
		r = note(v->folder, made, err);
	if (r != 0)
		issue_archived_finish(made);
	return r;
}
