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

#include <yihu/keyfile.h>

/* Appends C over the log as it is, signed by the issuer, once the poll has
 * ended; signs again while the daemon answers that the log has grown. Done
 * before: nothing. The final log lies in box/public then. v has been looked at. */
int tally_close(const struct yihu_keyfile *issuer, struct yihu_view *v, struct yihu_error *err);

/* What publishing waits for. */
struct tally_missing {
	bool issuer;      /* the clerk's signature (yihu-issue sign) */
	uint32_t holders; /* how many more key holders (yihu-trustee sign) */
};
/* results.pb, results.json, results, site/results.html and results.csv, when the signatures
 * of ceremony/ are enough; else *missing says what is, and nothing is written.
 * Published before: writes what is absent, changes nothing. */
int tally_publish(struct yihu_view *v, struct tally_missing *missing, struct yihu_error *err);

#endif
