/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing the results (PROTOCOL §10).
 */
#include "holder/internal.h"

int holder_sign(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	int r = holder_is_in(key, v, err);
	if (r == 0)
		r = holder_check_turn(HOLDER_SIGN, v, err);
	if (r == 0)
		r = yihu_view_check_shown(v, YIHU_TEXT_RESULTS, err);
	if (r != 0)
		return r;
	yihu_view_text(&text, v, YIHU_TEXT_RESULTS);
	r = holder_write_line(key, v->folder, F_RESULTS_LINE,
			      (struct yihu_span){(const char *)text.data, text.len}, err);
	yihu_buf_free(&text);
	return r;
}
