/* SPDX-License-Identifier: Apache-2.0
 *
 * A box of this computer that takes no ballot, whoever serves it: it was made
 * again and is not whole, or its database is gone.
 */
#include "folder/lost_box.h"

#include <stdlib.h>

#include <yihu/box.h>

/* The log was begun, and what it was kept in is not there. */
static bool is_gone(const struct yihu_folder *f)
{
	return !folder_has(f, F_BOX_DB) &&
	       (folder_has(f, F_BOX_MARK) || folder_shows(f, "log/checkpoint"));
}

char *folder_next_at_lost_box(const struct yihu_folder *f)
{
	struct yihu_error err = {0};
	char *moved = yihu_box_moved_to(f->box), *daemon = yihu_box_daemon(f->box), *next = NULL;
	if (!moved && yihu_box_check_rebuilt(f->box, &err) != 0)
		next = yihu_strdup(err.text);
	else if (!moved && !daemon && is_gone(f))
		next = yihu_printf(_("%s/box/box.db is gone: nobody can vote, and nothing can be "
				     "counted. Bring it back from the computer or stick where the "
				     "box is, or make it again from what is left: yihu-countd "
				     "%s/box --rebuild"),
				   f->word, f->word);
	free(daemon);
	free(moved);
	return next;
}
