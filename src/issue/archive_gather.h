/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of an archive.
 */
#ifndef YIHU_ISSUE_ARCHIVE_GATHER_H
#define YIHU_ISSUE_ARCHIVE_GATHER_H

#include "archive/archive.h"
#include "client/view.h"

enum issue_archive_part { ARCHIVE_OPEN, ARCHIVE_PERSONAL, ARCHIVE_PARTS };

/* The files of a part, as they lie in the folder, the public one as it was audited. */
int archive_gather(struct archive *a, const struct yihu_view *v, enum issue_archive_part part,
		   struct yihu_error *err);
/* The public folder alone, with site/. */
int archive_gather_public(struct archive *a, const struct yihu_view *v, struct yihu_error *err);

#endif
