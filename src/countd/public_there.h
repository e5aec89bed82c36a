/* SPDX-License-Identifier: Apache-2.0
 *
 * A public file that is brought, beside what the folder has.
 */
#ifndef YIHU_COUNTD_PUBLIC_THERE_H
#define YIHU_COUNTD_PUBLIC_THERE_H

#include "exchange.h"

enum meeting {
	MEETS_NOTHING,    /* it is new, or may go over the one that is there */
	MEETS_SAME,       /* these very bytes are there */
	MEETS_LESSER_BOX, /* a box note with some of these signatures */
	MEETS_OTHER       /* another file has the name */
};
/* What is there under the name of x->body? */
int public_meet(struct exchange *x, enum meeting *out, struct yihu_error *err);
/* Is a mix or an opening with this signature there, under another name than r's?
 * YIHU_EEXIST. */
int public_elsewhere(const struct exchange *x, const uint8_t signature[YIHU_SIGNATURE_BYTES],
		     struct yihu_error *err);
/* YIHU_ESTATE or YIHU_EMISSING: it comes too late, or too early. */
int public_check_stage(struct exchange *x, struct yihu_error *err);
/* results.pb or results.json: kept aside until the note `results` comes. */
bool public_is_staged(const struct exchange *x);
/* Answers 200 of a file that is there already, 409 of another one. */
void public_answer_met(struct exchange *x, enum meeting met);

#endif
