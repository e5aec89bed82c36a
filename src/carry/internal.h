/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared by both ways that a stick goes.
 */
#ifndef YIHU_CARRY_INTERNAL_H
#define YIHU_CARRY_INTERNAL_H

#include "carry/carry.h"

/* One stick at the committee's table. */
struct carry {
	const struct yihu_folder *folder; /* the committee's */
	struct yihu_folder stick;
	struct yihu_view *view;  /* NULL before the letters */
	struct yihu_buf *report; /* lines for the user */
};

/* A file of the same name on the stick and at the committee's; the bytes are
 * empty where it is not there. */
struct carry_pair {
	folder_file file;  /* of the committee's own */
	char *name;        /* "ceremony/announce-3"; of a public one "mix/2" */
	char *theirs_path; /* for words */
	struct yihu_buf theirs, ours;
};
/* Both sides of one of the committee's files. The caller finishes p in any
 * case. */
int carry_pair_read(struct carry_pair *p, const struct carry *k, folder_file file,
		    struct yihu_error *err);
/* mix/NUMBER or open/NUMBER of both public folders; kind: "mix". */
int carry_pair_read_public(struct carry_pair *p, const struct carry *k, const char *kind,
			   uint32_t number, struct yihu_error *err);
/* Frees names and bytes. */
void carry_pair_finish(struct carry_pair *p);
/* Have both sides the same bytes, or neither any? */
bool carry_pair_same(const struct carry_pair *p);
/* Is there something to take? */
bool carry_pair_waits(const struct carry_pair *p);

/* Is the stick of this election? YIHU_ENOENT: it has none; YIHU_EELECTION. */
int carry_check_stick(const struct carry *k, struct yihu_error *err);
/* Where the other side has nothing: one file onto the stick; one into the
 * committee's folder, which is said. */
int carry_give(const struct carry *k, const struct carry_pair *p, struct yihu_error *err);
int carry_take(const struct carry *k, const struct carry_pair *p, const char *whose,
	       struct yihu_error *err);
/* A word of the same holder that stands for an earlier one of its own. */
int carry_replace(const struct carry *k, const struct carry_pair *p, const char *whose,
		  struct yihu_error *err);

/* The files of the ceremony, and those of the count. */
int carry_collect_ceremony(const struct carry *k, struct yihu_error *err);
int carry_collect_count(const struct carry *k, struct yihu_error *err);
/* A file that came too early: what it waits for is not done here yet. */
int carry_too_early(const struct carry_pair *p, struct yihu_error *err);
/* A file of a round whose turn it is not at all. */
int carry_refuse_count(const struct carry *k, struct yihu_error *err);

#endif
