/* SPDX-License-Identifier: Apache-2.0
 *
 * What the letters' states answer by themselves.
 */
#include "known_ballot.h"

#include <sodium.h>
#include <string.h>

#include "daemon.h"
#include "receipt_answer.h"

void known_ballot_refuse(struct request *r, const struct yihu_error *err)
{
	atomic_fetch_add(&r->d->metrics.refused[err->code], 1);
	answer_refusal(&r->answer, err);
}

/* The very ballot of a letter that has voted gets its receipt again. */
static bool is_repeated(const struct request *r, const struct known_letter *l)
{
	uint8_t hash[sizeof l->known.voted_hash];
	if (!l->known.voted)
		return false;
	crypto_hash_sha256(hash, r->body.data, r->body.len);
	return memcmp(hash, l->known.voted_hash, sizeof hash) == 0;
}

/* False: it was committed this moment, and is not shown yet. */
static bool answer_repeated(struct request *r, const struct known_letter *l)
{
	struct yihu_buf entry = {0};
	yihu_entry_put(&entry, YIHU_ENTRY_BALLOT, l->known.voted_time, r->body.data, r->body.len);
	bool shown = receipt_answer(r, HTTP_OK, l->known.voted_index, &entry);
	yihu_buf_free(&entry);
	if (shown)
		atomic_fetch_add(&r->d->metrics.repeated, 1);
	return shown;
}

/* With index and time of what stands in the way. */
static void refuse_letter(struct request *r, const struct known_letter *l,
			  const struct yihu_error *err)
{
	bool voided = err->code == YIHU_EVOIDED;
	if (err->code == YIHU_ECREDENTIAL) {
		known_ballot_refuse(r, err);
		return;
	}
	atomic_fetch_add(&r->d->metrics.refused[err->code], 1);
	answer_earlier(&r->answer, err, voided ? l->changed_time : l->known.voted_time,
		       voided ? l->known.changed_index : l->known.voted_index);
}

bool known_ballot_is_false(struct request *r)
{
	struct yihu_error err = {0};
	bool is = known_false_find(r->d->known_false, r->tag, &err);
	if (is)
		known_ballot_refuse(r, &err);
	return is;
}

void known_ballot_refuse_for_good(struct request *r, const struct yihu_error *err)
{
	known_false_add(r->d->known_false, r->tag, err);
	known_ballot_refuse(r, err);
}

bool known_ballot_answers(struct request *r)
{
	const uint32_t w = r->d->election->definition->width;
	struct yihu_error err = {0};
	struct yihu_ballot b;
	struct known_letter l;
	if (yihu_ballot_read(&b, yihu_buf_bytes(&r->body), r->body.len, w, &err) ||
	    letters_find(r->d->letters, b.serial, &l, &err)) {
		known_ballot_refuse(r, &err);
		return true;
	}
	r->serial = b.serial;
	if (is_repeated(r, &l))
		return answer_repeated(r, &l);
	if (yihu_credential_lets(&l.known, &b, &err) != 0) {
		refuse_letter(r, &l, &err);
		return true;
	}
	known_false_tag(r->d->known_false, r->tag, r->body.data, r->body.len);
	return known_ballot_is_false(r);
}
