/* SPDX-License-Identifier: Apache-2.0
 *
 * A rehearsal: an election of its own, with the real one's projects and a handful of
 * specimen households, which is whole in ten minutes. Its title says so, and with it
 * every page and sheet (PROTOCOL §2.6). Its keys lie in its own folder, without
 * passphrases: they open nothing but specimens.
 *
 * Trust: none is asked for. Its eid differs, so no real box takes its letters.
 */
#ifndef YIHU_REHEARSE_H
#define YIHU_REHEARSE_H

#include "folder/rehearsed.h"
#include "issue/issue.h"

#define REHEARSE_MINUTES 10
#define REHEARSE_MINUTES_MAX 600
#define REHEARSE_SPECIMENS 5
#define REHEARSE_SPECIMENS_MIN 3
#define REHEARSE_SPECIMENS_MAX 50

struct rehearse_options {
	const char *to;      /* the new folder */
	const char *url;     /* where the letters lead; NULL: a free port of this computer */
	uint32_t minutes;    /* so long is the poll, which opens at once */
	uint32_t specimens;  /* so many households */
	enum language paper; /* of letters, of households and key holders */
	const struct yihu_progress *progress;
};
/* What would refuse it: YIHU_ESTATE of a rehearsal, or of an election that has begun its
 * poll or was called off; YIHU_EARG of numbers; YIHU_EEXIST. */
int rehearse_check(const struct yihu_folder *real, const struct rehearse_options *o,
		   struct yihu_error *err);
/* Makes the folder o->to: set up, its charter signed by all, its letters made, its poll
 * open. What a killed run left is removed, or, where only letters are missing, ended. */
int rehearse_prepare(const struct yihu_folder *real, const struct rehearse_options *o,
		     struct yihu_error *err);

/* Was this rehearsal of the real election held to its end? Audits it, and remembers it in
 * the real folder: *ballots gets how many were cast. YIHU_ESTATE: it is no rehearsal, not
 * of these projects, not published yet, or nobody has voted; and the first fault of the
 * audit. */
int rehearse_held(const struct yihu_folder *real, const struct yihu_folder *rehearsal,
		  const struct yihu_progress *progress, uint32_t *ballots, struct yihu_error *err);

#endif
