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
/* results.pb, results.json, results, and in site/ results.html, results.csv and
 * complaints.txt, when the signatures of ceremony/ are enough; else *missing
 * says what is, and nothing is written. Published before: site/ alone. */
int tally_publish(struct yihu_view *v, struct tally_missing *missing, struct yihu_error *err);

/* paper/results-a4.pdf and -a3.pdf of the published results, for the notice
 * board; in Chinese with English names beside, -en.pdf of both too. language
 * NULL: that of the letters. All or, when drawing fails, none (YIHU_ENOENT: a
 * font is not installed). YIHU_ESTATE: not published. */
int tally_poster(const struct yihu_view *v, const char *language, struct yihu_error *err);

/* ---- complaints ---- */

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
