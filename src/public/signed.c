/* SPDX-License-Identifier: Apache-2.0
 *
 * Who signed a public file, of every kind.
 */
#include <string.h>

#include <yihu/cancel.h>
#include <yihu/opening.h>
#include <yihu/shuffle.h>
#include <yihu/signed.h>

struct asked {
	const void *bytes;
	size_t len;
	const struct yihu_charter *c;
};

static int by_issuer(uint32_t *who, const struct asked *a, struct yihu_error *err)
{
	struct yihu_note note;
	int r = yihu_note_split(&note, a->bytes, a->len, err);
	if (r == 0)
		r = yihu_note_verify(&note, &a->c->issuer, 1, err);
	*who = YIHU_SIGNER_ISSUER;
	return r;
}

static int by_log(uint32_t *who, const struct asked *a, struct yihu_error *err)
{
	struct yihu_checkpoint checkpoint;
	*who = YIHU_SIGNER_LOG;
	return yihu_checkpoint_parse(&checkpoint, a->bytes, a->len, &a->c->log, err);
}

static int by_box(uint32_t *who, const struct asked *a, struct yihu_error *err)
{
	struct yihu_checkpoint box;
	return yihu_box_note_parse(&box, who, a->bytes, a->len, a->c, err);
}

/* least: how many holders, in index order, after the issuer. */
static int by_issuer_and_holders(uint32_t *who, const struct asked *a, uint32_t least,
				 struct yihu_error *err)
{
	struct yihu_note note;
	int r = yihu_note_split(&note, a->bytes, a->len, err);
	if (r == 0)
		r = yihu_note_verify_holders(&note, a->c, true, least, who, err);
	*who |= YIHU_SIGNER_ISSUER;
	return r;
}

/* The holder that the file names, if it is theirs. */
static int by_holder(uint32_t *who, const struct asked *a, enum yihu_public_kind kind,
		     struct yihu_error *err)
{
	bool mix = kind == YIHU_PUBLIC_MIX;
	uint32_t j =
		mix ? yihu_mix_holder(a->bytes, a->len) : yihu_opening_holder(a->bytes, a->len);
	bool ok = j >= 1 && j <= a->c->n;
	if (ok) {
		const uint8_t *pk = a->c->holders[j - 1].key.pk;
		ok = mix ? yihu_mix_signed_by(a->bytes, a->len, a->c->eid, pk)
			 : yihu_opening_signed_by(a->bytes, a->len, a->c->eid, pk);
	}
	if (!ok)
		return yihu_fail(err, YIHU_ESIGNATURE,
				 _("the file is not signed by the key holder it names"));
	*who = UINT32_C(1) << (j - 1);
	return 0;
}

int yihu_public_signed_by(uint32_t *who, enum yihu_public_kind kind, const void *bytes, size_t len,
			  const struct yihu_charter *c, struct yihu_error *err)
{
	const struct asked a = {.bytes = bytes, .len = len, .c = c};
	uint32_t signers = 0;
	int r = 0;
	switch (kind) {
	case YIHU_PUBLIC_CHARTER:
		r = by_issuer_and_holders(&signers, &a, c->n, err);
		break;
	case YIHU_PUBLIC_REGISTER:
	case YIHU_PUBLIC_CANCELLED:
	case YIHU_PUBLIC_PRELIMINARY:
	case YIHU_PUBLIC_FINAL:
		r = by_issuer(&signers, &a, err);
		break;
	case YIHU_PUBLIC_CHECKPOINT:
	case YIHU_PUBLIC_AT_CLOSE:
		r = by_log(&signers, &a, err);
		break;
	case YIHU_PUBLIC_BOX:
		r = by_box(&signers, &a, err);
		break;
	case YIHU_PUBLIC_MIX:
	case YIHU_PUBLIC_OPENING:
		r = by_holder(&signers, &a, kind, err);
		break;
	case YIHU_PUBLIC_RESULTS:
		r = by_issuer_and_holders(&signers, &a, 0, err);
		break;
	default:
		break;
	}
	if (r == 0 && who)
		*who = signers;
	return r;
}
