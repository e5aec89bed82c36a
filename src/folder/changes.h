/* SPDX-License-Identifier: Apache-2.0
 *
 * paper/changes: why letters were replaced or made void, and who said yes to that, or
 * to an addition (why a household is added is in paper/additions). What is said of a
 * change stands there before its entry is sent, and holds once the log has it.
 */
#ifndef YIHU_FOLDER_CHANGES_H
#define YIHU_FOLDER_CHANGES_H

#include "folder/folder.h"
#include "folder/reasons.h"

enum changed_why {
	CHANGED_LOST,
	CHANGED_SPOILED,
	CHANGED_SEEN,
	CHANGED_UNDELIVERED,
	CHANGED_GONE,
	CHANGED_OTHER, /* in somebody's own words */
	N_CHANGED_WHY
};
extern const struct reasons changed_reasons; /* by the above */

enum change_kind { CHANGE_ADD, CHANGE_REPLACE, CHANGE_VOID, N_CHANGE_KINDS };

struct change_note {
	enum change_kind kind;
	uint32_t serial;       /* the letter that ended; of an addition, the new one */
	const char *why;       /* a reason's name, or own words; NULL: not said */
	const char *const *by; /* names of those who said yes */
	size_t n_by;
};
/* Says it, instead of what was said of this change before; nothing when neither reason
 * nor names are said. YIHU_EREASON, YIHU_EARG: as reason_parse and names_check say. */
int changes_put(const struct yihu_folder *f, const struct change_note *note,
		struct yihu_error *err);
/* Says nothing of it any more. */
int changes_drop(const struct yihu_folder *f, enum change_kind kind, uint32_t serial,
		 struct yihu_error *err);

/* A line as it was read; the texts are in struct changes. */
struct change_line {
	enum change_kind kind;
	uint32_t serial;
	bool reasoned;
	struct given_reason reason;
	struct yihu_span by[NAMES_MAX];
	size_t n_by;
};
struct changes {
	struct yihu_buf text;
	size_t n;
	struct change_line *at;
};
/* All lines; none when there is no such file. YIHU_EFORMAT names the line. */
int changes_read(struct changes *out, const struct yihu_folder *f, struct yihu_error *err);
/* Frees, and leaves c empty. */
void changes_finish(struct changes *c);
/* What is said of this change; NULL: nothing. */
const struct change_line *changes_of(const struct changes *c, enum change_kind kind,
				     uint32_t serial);

#endif
