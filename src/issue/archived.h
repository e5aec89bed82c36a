/* SPDX-License-Identifier: Apache-2.0
 *
 * A finished election as two files to be kept: what is public, and what has personal
 * data. folder/files.h says of each file of the folder in which part it is, or in none;
 * keys, letters, and what could tie a vote to a household are in none.
 *
 * Trust: whoever has the public part has what everybody could see. Whoever has the other
 * one knows the households, and who objected; not who voted, and no vote.
 */
#ifndef YIHU_ISSUE_ARCHIVED_H
#define YIHU_ISSUE_ARCHIVED_H

#include "issue/archive_gather.h"

struct issue_archived {
	char *path; /* STICK/NAME-public.zip, STICK/NAME-personal.zip */
	uint8_t hash[32];
	size_t files; /* with index, read-me and SHA256SUMS */
};
/* Frees, and leaves them empty. */
void issue_archived_finish(struct issue_archived made[static ARCHIVE_PARTS]);

/* YIHU_ESTATE: the election is neither published nor called off. By the view. */
int issue_archive_check(const struct yihu_view *v, struct yihu_error *err);
/* May the stick have them? YIHU_EEXIST: an archive of another election is there under the
 * name, or no archive. */
int issue_archive_check_stick(const struct yihu_folder *f, const char *stick,
			      struct yihu_error *err);
/* What of the election is not done yet, a line each, by its steps; "" when nothing is. Caller
 * frees. */
int issue_archive_left(char **out, const struct yihu_folder *f, struct yihu_error *err);

/* Writes both, reads them back from the stick, and says in paper/archived what they are. The
 * same folder gives the same bytes. */
int issue_archive(const struct yihu_view *v, const char *stick,
		  struct issue_archived made[static ARCHIVE_PARTS], struct yihu_error *err);

#endif
