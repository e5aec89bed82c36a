/* SPDX-License-Identifier: Apache-2.0
 *
 * As yihu-issue archive does it.
 */
#include "archives.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

void archives_look(struct yihu_view *v, struct committee *c)
{
	*v = (struct yihu_view){.folder = &c->folder};
	assert_int_equal(yihu_folder_eid(v->eid, &c->folder, &c->err), 0);
	assert_int_equal(yihu_reach_open_public(&v->reach, &c->folder, NULL, &c->err), 0);
	assert_int_equal(yihu_view_look(v, &c->err), 0);
}

int archives_make(struct committee *c, const char *stick,
		  struct issue_archived made[static ARCHIVE_PARTS])
{
	struct yihu_view v;
	char *path = yihu_path(c->temp, stick);
	archives_look(&v, c);
	int r = issue_archive(&v, path, made, &c->err);
	yihu_view_finish(&v);
	free(path);
	return r;
}

void archives_must_make(struct committee *c)
{
	struct issue_archived made[ARCHIVE_PARTS] = {0};
	if (archives_make(c, "stick", made) != 0)
		fail_msg("%s", c->err.text);
	issue_archived_finish(made);
}

void archives_assert_says(const struct committee *c, const char *text)
{
	if (!strstr(c->err.text, text))
		fail_msg("“%s” does not say “%s”", c->err.text, text);
}
