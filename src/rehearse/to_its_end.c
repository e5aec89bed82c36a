/* SPDX-License-Identifier: Apache-2.0
 *
 * What became of a rehearsal.
 */
#include "rehearse/rehearse.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/definition.h>

static int read_definition(struct yihu_definition **out, const struct yihu_folder *f,
			   struct yihu_error *err)
{
	struct yihu_buf file = {0};
	int r = folder_read(f, folder_definition(f), &file, err);
	if (r == 0)
		r = yihu_definition_parse(out, file.data, file.len, err);
	yihu_buf_free(&file);
	return r;
}

/* Pictures are made anew for each election, and their hashes with them. */
static void leave_out_pictures(struct yihu_definition *d)
{
	for (size_t c = 0; c < d->n_columns; c++)
		for (size_t i = 0; strcmp(d->columns[c], "image") == 0 && i < d->n_projects; i++)
			*d->projects[i].fields[c] = '\0';
}

/* As a rehearsal of it reads; the caller frees. */
static char *rehearsed_text(struct yihu_definition *d)
{
	struct yihu_buf text = {0};
	yihu_definition_rehearse(d);
	leave_out_pictures(d);
	yihu_definition_write(&text, d);
	return (char *)text.data;
}

static int check_of(const struct yihu_folder *real, const struct yihu_folder *rehearsal,
		    struct yihu_error *err)
{
	struct yihu_definition *d = NULL, *own = NULL;
	int r = read_definition(&own, rehearsal, err);
	if (r == 0)
		r = read_definition(&d, real, err);
	if (r == 0 && !yihu_definition_rehearses(own))
		r = yihu_fail(err, YIHU_ESTATE, _("%s is no rehearsal: its title does not say so"),
			      rehearsal->root);
	if (r == 0) {
		char *is = rehearsed_text(own), *should = rehearsed_text(d);
		if (strcmp(is, should) != 0)
			r = yihu_fail(err, YIHU_ESTATE,
				      _("%s rehearses another vote: its projects are not those "
					"of %s"),
				      rehearsal->root, real->root);
		free(is);
		free(should);
	}
	yihu_definition_free(own);
	yihu_definition_free(d);
	return r;
}

static int check_ended(const struct yihu_view *v, struct yihu_error *err)
{
	if (v->audit->called_off)
		return yihu_fail(err, YIHU_ESTATE,
				 _("the rehearsal %s was called off: nothing was counted in it"),
				 v->folder->root);
	if (yihu_view_stage(v->audit, yihu_clock()) < YIHU_STAGE_PUBLISHED)
		return yihu_fail(err, YIHU_ESTATE,
				 _("the rehearsal %s is not at its end: its result is not "
				   "published"),
				 v->folder->root);
	return 0;
}

static int look(uint32_t *ballots, uint8_t eid[static YIHU_EID_BYTES],
		const struct yihu_folder *rehearsal, const struct yihu_progress *progress,
		struct yihu_error *err)
{
	struct yihu_view v = {.folder = rehearsal, .progress = progress};
	int r = yihu_folder_eid(v.eid, rehearsal, err);
	if (r == 0)
		r = yihu_reach_open_public(&v.reach, rehearsal, NULL, err);
	if (r == 0)
		r = yihu_view_look(&v, err);
	if (r == 0)
		r = check_ended(&v, err);
	if (r == 0)
		*ballots = (uint32_t)yihu_ledger_counts(v.audit->ledger).ballots;
	memcpy(eid, v.eid, YIHU_EID_BYTES);
	yihu_view_finish(&v);
	return r;
}

int rehearse_held(const struct yihu_folder *real, const struct yihu_folder *rehearsal,
		  const struct yihu_progress *progress, uint32_t *ballots, struct yihu_error *err)
{
	uint8_t eid[YIHU_EID_BYTES];
	int r = check_of(real, rehearsal, err);
	if (r == 0)
		r = look(ballots, eid, rehearsal, progress, err);
	if (r == 0 && *ballots == 0)
		r = yihu_fail(err, YIHU_ESTATE, _("nobody has voted in the rehearsal %s"),
			      rehearsal->root);
	return r == 0 ? rehearsed_put_held(real, *ballots, eid, err) : r;
}
