/* SPDX-License-Identifier: Apache-2.0
 *
 * A letter's codes as files for mail merge. SECRET: whoever has one votes.
 */
#include "issue/papers.h"

int codes_write(const struct yihu_folder *f, folder_put *put, const struct letter_style *s,
		const struct letter *l, struct yihu_error *err)
{
	struct yihu_buf svg = {0}, png = {0};
	uint32_t serial = l->token->serial;
	int r = letter_qr_svg(&svg, s, l->token, err);
	if (r == 0)
		r = letter_qr_png(&png, s, l->token, err);
	if (r == 0)
		r = put(f, folder_nth(F_LETTER_SVG, serial), &svg, err);
	if (r == 0)
		r = put(f, folder_nth(F_LETTER_PNG, serial), &png, err);
	yihu_buf_free(&svg);
	yihu_buf_free(&png);
	return r;
}
