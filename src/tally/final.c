/* SPDX-License-Identifier: Apache-2.0
 *
 * From the result that is open to objections to the final one (PROTOCOL §10.1).
 */
#include "tally/tally.h"

#include <stdlib.h>

#include <sodium.h>

static int still_taken(uint64_t until, struct yihu_error *err)
{
	char *when = yihu_time_local(until);
	int r = yihu_fail(err, YIHU_ENOTOVER, _("objections are taken until %s: not final before"),
			  when);
	free(when);
	return r;
}

static int check_time(const struct yihu_view *v, uint64_t now, struct yihu_error *err)
{
	const struct yihu_audit *a = v->audit;
	int r = yihu_view_check_on(v, err);
	if (r != 0)
		return r;
	if (a->stage != YIHU_STAGE_PUBLISHED)
		return yihu_fail(err, YIHU_ESTATE, _("the results are not published yet"));
	if (a->final_at > 0)
		return yihu_fail(err, YIHU_ESTATE, _("the result is final already"));
	if (a->objections_until == 0)
		return yihu_fail(err, YIHU_ESTATE,
				 _("this result was final when it was published: no objections "
				   "were to be taken"));
	return now < a->objections_until ? still_taken(a->objections_until, err) : 0;
}

static int check_upheld(const struct yihu_complaints *c, uint32_t upheld, struct yihu_error *err)
{
	if (upheld <= c->filed)
		return 0;
	return yihu_fail(err, YIHU_EARG,
			 _("%u objections are upheld, and %u were filed: record them first with "
			   "yihu-tally complaints --filed"),
			 upheld, c->filed);
}

int tally_final_look(struct tally_shown *out, const struct yihu_view *v, uint32_t upheld,
		     uint64_t now, struct yihu_error *err)
{
	*out = (struct tally_shown){0};
	int r = check_time(v, now, err);
	if (r == 0)
		r = tally_shown_read(out, v, err);
	return r == 0 ? check_upheld(&out->recorded, upheld, err) : r;
}

/* f borrows the complaints. */
static int put_final(const struct yihu_keyfile *issuer, struct yihu_view *v, struct yihu_final *f,
		     struct yihu_error *err)
{
	const struct yihu_buf *preliminary = yihu_public_get(v->pub, "preliminary");
	const struct yihu_buf *json = &v->audit->results_json;
	struct yihu_buf note = {0};
	crypto_hash_sha256(f->preliminary, preliminary->data, preliminary->len);
	crypto_hash_sha256(f->results_json, json->data, json->len);
	yihu_final_sign(&note, v->audit->election->charter, f, &issuer->keypair);
	int r = yihu_view_put(v, "final", note.data, note.len, false, err);
	yihu_buf_free(&note);
	return r;
}

int tally_final(const struct yihu_keyfile *issuer, struct yihu_view *v, uint32_t upheld,
		struct yihu_error *err)
{
	struct tally_shown shown = {0};
	uint64_t now = yihu_clock();
	int r = tally_is_issuer(issuer, v->audit->election->charter, err);
	if (r == 0)
		r = tally_final_look(&shown, v, upheld, now, err);
	if (r == 0) {
		struct yihu_final f = {.upheld = upheld, .complaints = shown.recorded};
		f.complaints.made = now;
		r = put_final(issuer, v, &f, err);
	}
	tally_shown_finish(&shown);
	if (r == 0)
		r = yihu_view_look(v, err);
	return r == 0 ? tally_publish_site(v, err) : r;
}
