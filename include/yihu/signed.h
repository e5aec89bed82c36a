/* SPDX-License-Identifier: Apache-2.0
 *
 * Who signed a public file. Cheap: nothing else of it is verified, so that whoever
 * takes files from others first asks whether it is by somebody who may bring it.
 */
#ifndef YIHU_SIGNED_H
#define YIHU_SIGNED_H

#include <yihu/charter.h>
#include <yihu/names.h>

/* Besides a bit i−1 for holder i. */
#define YIHU_SIGNER_ISSUER (UINT32_C(1) << 31)
#define YIHU_SIGNER_LOG (UINT32_C(1) << 30)

/* The signers of a file of this kind, each verified, in *who (may be NULL). By all
 * who must sign it: of box at least q holders; of results the issuer and the
 * holders that are there, whose number the audit knows. 0 signers of what nobody
 * signs: the definition, tiles, the two bodies of the results, site/. Else what
 * the reader of the note says, or YIHU_ESIGNATURE. */
int yihu_public_signed_by(uint32_t *who, enum yihu_public_kind kind, const void *bytes, size_t len,
			  const struct yihu_charter *c, struct yihu_error *err);

#endif
