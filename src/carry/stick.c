/* SPDX-License-Identifier: Apache-2.0
 *
 * Files of a stick beside those of the committee.
 */
#include "carry/internal.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

/* Mixes and openings of the largest box are the largest files that travel. */
#define PUBLIC_BYTES_MAX (UINT64_C(2) << 30)

int carry_pair_read(struct carry_pair *p, const struct carry *k, folder_file file,
		    struct yihu_error *err)
{
	*p = (struct carry_pair){.file = file,
				 .name = folder_name(file),
				 .theirs_path = folder_path(&k->stick, file)};
	int r = folder_read_if_there(&k->stick, file, &p->theirs, err);
	return r == 0 ? folder_read_if_there(k->folder, file, &p->ours, err) : r;
}

static int read_shown(struct yihu_buf *out, const struct yihu_folder *f, const char *name,
		      struct yihu_error *err)
{
	int r = folder_read_public(f, name, PUBLIC_BYTES_MAX, out, err);
	return r == YIHU_ENOENT ? 0 : r;
}

int carry_pair_read_public(struct carry_pair *p, const struct carry *k, const char *kind,
			   uint32_t number, struct yihu_error *err)
{
	*p = (struct carry_pair){.name = yihu_printf("%s/%u", kind, number)};
	p->theirs_path = yihu_path(k->stick.pub, p->name);
	int r = read_shown(&p->theirs, &k->stick, p->name, err);
	return r == 0 ? read_shown(&p->ours, k->folder, p->name, err) : r;
}

void carry_pair_finish(struct carry_pair *p)
{
	yihu_buf_free(&p->theirs);
	yihu_buf_free(&p->ours);
	free(p->theirs_path);
	free(p->name);
}

bool carry_pair_same(const struct carry_pair *p)
{
	return p->theirs.len == p->ours.len &&
	       (p->ours.len == 0 || memcmp(p->theirs.data, p->ours.data, p->ours.len) == 0);
}

bool carry_pair_waits(const struct carry_pair *p)
{
	return p->theirs.len > 0 && !carry_pair_same(p);
}

/* The plan names the election before there is a charter; both must be ours. */
int carry_check_stick(const struct carry *k, struct yihu_error *err)
{
	static const folder_file files[] = {F_PLAN, F_CHARTER};
	int r = 0;
	for (size_t i = 0; i < sizeof files / sizeof *files && r == 0; i++) {
		struct carry_pair p;
		r = carry_pair_read(&p, k, files[i], err);
		if (r == 0 && i == 0 && p.theirs.len == 0)
			r = yihu_fail(
				err, YIHU_ENOENT,
				_("%s: no ceremony is on this stick; first: yihu-issue hand-out "
				  "%s %s"),
				k->stick.root, k->folder->word, k->stick.word);
		else if (r == 0 && carry_pair_waits(&p))
			r = yihu_fail(
				err, YIHU_EELECTION,
				_("%s is not this election's (%s). Take the stick that belongs "
				  "to it, or an empty folder on this one"),
				p.theirs_path, k->folder->root);
		carry_pair_finish(&p);
	}
	return r;
}

/* An empty file is what a power cut leaves on a FAT disk. */
static int put(const struct yihu_folder *f, folder_file file, const struct yihu_buf *bytes,
	       struct yihu_error *err)
{
	return folder_has(f, file) ? folder_write(f, file, bytes, err)
				   : folder_create(f, file, bytes, err);
}

int carry_give(const struct carry *k, const struct carry_pair *p, struct yihu_error *err)
{
	return put(&k->stick, p->file, &p->ours, err);
}

int carry_take(const struct carry *k, const struct carry_pair *p, const char *whose,
	       struct yihu_error *err)
{
	int r = put(k->folder, p->file, &p->theirs, err);
	if (r == 0)
		yihu_buf_fmt(k->report, _("taken: %s, by “%s”\n"), p->name, whose);
	return r;
}

int carry_replace(const struct carry *k, const struct carry_pair *p, const char *whose,
		  struct yihu_error *err)
{
	int r = folder_write(k->folder, p->file, &p->theirs, err);
	if (r == 0)
		yihu_buf_fmt(k->report, _("taken in place of an older one: %s, by “%s”\n"), p->name,
			     whose);
	return r;
}

int carry_too_early(const struct carry_pair *p, struct yihu_error *err)
{
	return yihu_fail(err, YIHU_ESTATE,
			 _("%s: it is not its turn; what comes before it is not here yet. Collect "
			   "the other sticks first"),
			 p->theirs_path);
}
