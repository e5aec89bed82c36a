/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing the results (PROTOCOL §10), and until when objections to them are taken
 * (§10.1).
 */
#include "issue/internal.h"

#include <stdlib.h>

#include <sodium.h>

#include <yihu/objections.h>

#include "words/words.h"

static int check_until(uint64_t until, uint64_t now, struct yihu_error *err)
{
	if (until == 0 || until > now)
		return 0;
	char *when = yihu_time_local(until);
	yihu_fail(err, YIHU_EARG,
		  _("the time for objections, %s, has passed: give a later one with "
		    "--objections-until"),
		  when);
	free(when);
	return YIHU_EARG;
}

int issue_sign_check(const struct yihu_view *v, uint64_t until, struct yihu_error *err)
{
	int r = yihu_view_check_on(v, err);
	if (r == 0 && !yihu_audit_has_result(v->audit))
		r = yihu_fail(err, YIHU_ESTATE, _("the box is not open yet: nothing to sign"));
	return r == 0 ? check_until(until, yihu_clock(), err) : r;
}

uint64_t issue_objections_until(uint64_t now, unsigned days)
{
	uint64_t day = 86400, zone = (uint64_t)words_zone(LANGUAGE_DEFAULT);
	uint64_t today = (now + zone) / day;
	return (today + days + 1) * day - zone - 60;
}

/* One that is public stays as it is. */
static int write_preliminary(const struct yihu_keyfile *key, const struct yihu_view *v,
			     const struct yihu_buf *results, uint64_t until, struct yihu_error *err)
{
	struct yihu_preliminary p = {.made = yihu_clock(), .until = until};
	struct yihu_buf note = {0};
	if (yihu_public_get(v->pub, "preliminary"))
		return 0;
	if (until == 0)
		return folder_erase(v->folder, F_PRELIMINARY, err);
	crypto_hash_sha256(p.results, results->data, results->len);
	yihu_preliminary_sign(&note, v->audit->election->charter, &p, &key->keypair);
	int r = folder_write(v->folder, F_PRELIMINARY, &note, err);
	yihu_buf_free(&note);
	return r;
}

int issue_sign(const struct yihu_keyfile *key, const struct yihu_view *v, uint64_t until,
	       struct yihu_error *err)
{
	const struct yihu_audit *a = v->audit;
	struct yihu_buf text = {0}, line = {0};
	int r = issue_is_issuer(key, &a->election->charter->issuer, err);
	if (r == 0)
		r = issue_sign_check(v, until, err);
	if (r == 0)
		r = yihu_view_check_shown(v, YIHU_TEXT_RESULTS, err);
	if (r != 0)
		return r;
	yihu_view_text(&text, v, YIHU_TEXT_RESULTS);
	yihu_note_sign_line(&line, (struct yihu_span){(const char *)text.data, text.len},
			    &key->vkey, &key->keypair);
	r = write_preliminary(key, v, &text, until, err);
	if (r == 0)
		r = folder_write(v->folder, F_RESULTS_ISSUER, &line, err);
	yihu_buf_free(&line);
	yihu_buf_free(&text);
	return r;
}
