/* SPDX-License-Identifier: Apache-2.0
 *
 * Files of a stick beside those of the committee.
 */
#include "carry/internal.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

/* Mixes and openings of the largest box are the largest files that travel. */
#define CARRIED_BYTES_MAX (UINT64_C(2) << 30)

static int read_if_there(struct yihu_buf *out, const char *path, struct yihu_error *err)
{
	int r = yihu_file_read(path, CARRIED_BYTES_MAX, out, err);
	return r == YIHU_ENOENT ? 0 : r;
}

int carry_pair_read(struct carry_pair *p, const struct carry *k, const char *name, uint32_t number,
		    struct yihu_error *err)
{
	*p = (struct carry_pair){.name = number > 0 ? yihu_printf("%s%u", name, number)
						    : yihu_strdup(name)};
	p->theirs_path = yihu_path(k->stick.root, p->name);
	p->ours_path = yihu_path(k->folder->root, p->name);
	int r = read_if_there(&p->theirs, p->theirs_path, err);
	return r == 0 ? read_if_there(&p->ours, p->ours_path, err) : r;
}

void carry_pair_finish(struct carry_pair *p)
{
	yihu_buf_free(&p->theirs);
	yihu_buf_free(&p->ours);
	free(p->theirs_path);
	free(p->ours_path);
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
	static const char *const names[] = {"ceremony/plan", "ceremony/charter"};
	int r = 0;
	for (size_t i = 0; i < sizeof names / sizeof *names && r == 0; i++) {
		struct carry_pair p;
		r = carry_pair_read(&p, k, names[i], 0, err);
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
static int put(const char *path, const struct yihu_buf *bytes, struct yihu_error *err)
{
	return yihu_file_exists(path) ? yihu_file_write(path, bytes->data, bytes->len, 0644, err)
				      : yihu_file_create(path, bytes->data, bytes->len, 0644, err);
}

int carry_give(const struct carry_pair *p, struct yihu_error *err)
{
	return put(p->theirs_path, &p->ours, err);
}

int carry_take(const struct carry *k, const struct carry_pair *p, const char *whose,
	       struct yihu_error *err)
{
	int r = put(p->ours_path, &p->theirs, err);
	if (r == 0)
		yihu_buf_fmt(k->report, _("taken: %s, by “%s”\n"), p->name, whose);
	return r;
}

int carry_replace(const struct carry *k, const struct carry_pair *p, const char *whose,
		  struct yihu_error *err)
{
	int r = yihu_file_write(p->ours_path, p->theirs.data, p->theirs.len, 0644, err);
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
