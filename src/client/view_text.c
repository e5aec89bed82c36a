/* SPDX-License-Identifier: Apache-2.0
 *
 * What is signed over a view is what somebody was shown.
 */
#include "client/view.h"

#include <sodium.h>
#include <string.h>

void yihu_view_text(struct yihu_buf *out, const struct yihu_view *v, enum yihu_view_text what)
{
	const struct yihu_audit *a = v->audit;
	if (what == YIHU_TEXT_BOX)
		yihu_box_note_text(out, v->eid, &a->box);
	else
		yihu_results_note_text(out, v->eid, yihu_public_get(v->pub, "box"), &a->results_pb,
				       &a->results_json);
}

static void hash_text(uint8_t out[static YIHU_SHOWN_BYTES], const struct yihu_view *v,
		      enum yihu_view_text what)
{
	struct yihu_buf text = {0};
	yihu_view_text(&text, v, what);
	crypto_hash_sha256(out, text.data, text.len);
	yihu_buf_free(&text);
}

void yihu_view_show_text(struct yihu_view *v, enum yihu_view_text what)
{
	v->shown[what].there = true;
	hash_text(v->shown[what].hash, v, what);
}

int yihu_view_check_shown(const struct yihu_view *v, enum yihu_view_text what,
			  struct yihu_error *err)
{
	uint8_t hash[YIHU_SHOWN_BYTES];
	if (!v->shown[what].there)
		return 0;
	hash_text(hash, v, what);
	if (memcmp(hash, v->shown[what].hash, sizeof hash) == 0)
		return 0;
	return what == YIHU_TEXT_BOX
		       ? yihu_fail(err, YIHU_EBOX,
				   _("the box is not the one that was shown: look at it again"))
		       : yihu_fail(err, YIHU_ERESULTS,
				   _("the result is not the one that was shown: look at it again"));
}

void yihu_view_number(char out[static YIHU_SHORT_PRINT_BYTES], const struct yihu_view *v,
		      enum yihu_view_text what)
{
	uint8_t hash[YIHU_SHOWN_BYTES];
	hash_text(hash, v, what);
	yihu_short_print(out, hash);
}
