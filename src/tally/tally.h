/* SPDX-License-Identifier: Apache-2.0
 *
 * The tally team's acts: close the box, publish the results. Each audits the
 * whole folder first and acts on a pass alone.
 *
 * Trust: whoever controls this can refuse to publish; a wrong result does not
 * survive the audit.
 */
#ifndef YIHU_TALLY_H
#define YIHU_TALLY_H

#include "client/view.h"

#include <yihu/complaints.h>
#include <yihu/keyfile.h>
#include <yihu/objections.h>

/* What would refuse the close, whoever's key it is: asked before any
 * passphrase. v has been looked at. */
int tally_close_check(const struct yihu_view *v, uint64_t now, struct yihu_error *err);
/* Appends C over the log as it is, signed by the issuer, once the poll has
 * ended; signs again while the daemon answers that the log has grown. Done
 * before: nothing. The final log lies in box/public then. */
int tally_close(const struct yihu_keyfile *issuer, struct yihu_view *v, struct yihu_error *err);

/* What publishing waits for. */
struct tally_missing {
	bool issuer;      /* the clerk's signature (yihu-issue sign) */
	uint32_t holders; /* how many more key holders (yihu-trustee sign) */
};
/* results.pb, results.json, results, preliminary where objections are taken, and in site/
 * results.html, results.csv and complaints.txt, when the signatures of ceremony/ are enough; else
 * *missing says what is, and nothing is written. Published before: site/ alone. */
int tally_publish(struct yihu_view *v, struct tally_missing *missing, struct yihu_error *err);

/* paper/results-a4.pdf and -a3.pdf of the published results, for the notice
 * board; in Chinese with English names beside, -en.pdf of both too. language
 * NULL: that of the letters. All or, when drawing fails, none (YIHU_ENOENT: a
 * font is not installed). YIHU_ESTATE: not published. */
int tally_poster(const struct yihu_view *v, const char *language, struct yihu_error *err);

/* ---- objections ---- */

/* How the published result stands, and the complaints that are shown with it: those
 * of the final statement, else the clerk's note, which comes at *note (empty: there is
 * none). Both out to be finished. */
struct tally_shown {
	struct yihu_standing standing;
	struct yihu_complaints recorded;
	struct yihu_buf note;
};
/* Of a view that has been looked at. */
int tally_shown_read(struct tally_shown *out, const struct yihu_view *v, struct yihu_error *err);
/* Frees both, and the note. */
void tally_shown_finish(struct tally_shown *s);

/* What would become final now; out to be finished, also after a failure. YIHU_ESTATE:
 * not published, final already, or no objections were ever taken. YIHU_ENOTOVER: they
 * still are. YIHU_EARG: more are upheld than were filed. */
int tally_final_look(struct tally_shown *out, const struct yihu_view *v, uint32_t upheld,
		     uint64_t now, struct yihu_error *err);
/* Publishes `final`: the objections recorded, how many of them are upheld, and by
 * this whether the result stands. Then site/ anew. Fails as tally_final_look does. */
int tally_final(const struct yihu_keyfile *issuer, struct yihu_view *v, uint32_t upheld,
		struct yihu_error *err);

/* ---- complaints ---- */

/* YIHU_EKEYS: it is not. */
int tally_is_issuer(const struct yihu_keyfile *issuer, const struct yihu_charter *charter,
		    struct yihu_error *err);
/* site/ of published results, drawn anew. */
int tally_publish_site(struct yihu_view *v, struct yihu_error *err);

/* The clerk's note, ceremony/complaints, at *note and taken apart; both empty
 * when none were recorded. */
int tally_complaints_read(struct yihu_complaints *out, struct yihu_buf *note,
			  const struct yihu_folder *f, const struct yihu_charter *c,
			  struct yihu_error *err);
/* YIHU_EARG: more answers than were filed. */
int tally_complaints_check(const struct yihu_complaints *c, struct yihu_error *err);
/* Signs c anew into ceremony/complaints, later than the one that is there; sets
 * c->made. Publishing shows it. */
int tally_complaints_write(const struct yihu_keyfile *issuer, const struct yihu_folder *f,
			   const struct yihu_charter *charter, struct yihu_complaints *c,
			   struct yihu_error *err);

#endif
