/* SPDX-License-Identifier: Apache-2.0
 *
 * A project that is withdrawn after the charter (PROTOCOL §7.5): a note with the
 * issuer's reason, cosigned by as many key holders as sign the box. The note is the
 * body of a log entry. What was voted for the project stays a vote, and funds
 * nothing.
 */
#ifndef YIHU_WITHDRAW_H
#define YIHU_WITHDRAW_H

#include <yihu/api.h>
#include <yihu/charter.h>
#include <yihu/note.h>

YIHU_API_BEGIN

#define YIHU_WITHDRAWAL_BYTES_MAX (8u << 10)

struct yihu_withdrawal {
	uint32_t project;        /* in file order, from 0 */
	struct yihu_span reason; /* borrows the bytes */
};
/* Appends what issuer and holders sign. The reason has passed yihu_reason_check. */
void yihu_withdrawal_text(struct yihu_buf *out, const uint8_t eid[YIHU_AT_LEAST(YIHU_EID_BYTES)],
			  const struct yihu_withdrawal *w);
/* The note as the issuer alone has signed it: what holders are asked to cosign. */
int yihu_withdrawal_request_parse(struct yihu_withdrawal *out, const void *bytes, size_t len,
				  const struct yihu_charter *c, struct yihu_error *err);
/* The whole note, but for its signatures: YIHU_EFORMAT, YIHU_EVERSION, YIHU_EWITHDRAWAL,
 * YIHU_EELECTION, YIHU_EREASON. Whether there is such a project is not asked. */
int yihu_withdrawal_parse(struct yihu_withdrawal *out, struct yihu_note *note, const void *bytes,
			  size_t len, const struct yihu_charter *c, struct yihu_error *err);
/* These: the issuer's, then at least q holders' in index order (YIHU_ESIGNERS,
 * YIHU_ESIGNATURE). */
int yihu_withdrawal_signed(const struct yihu_note *note, const struct yihu_charter *c,
			   struct yihu_error *err);

YIHU_API_END

#endif
