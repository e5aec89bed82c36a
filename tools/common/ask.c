/* SPDX-License-Identifier: Apache-2.0
 *
 * What is signed is shown, and asked for.
 */
#include "common/act.h"

#include "publish/readback.h"

int tool_show(void *context, const struct yihu_definition *d, const struct yihu_charter *c,
	      struct yihu_error *err)
{
	const char *const *question = context;
	struct yihu_buf text = {0};
	enum language l;
	int r = words_language(&l, cli_language(), err);
	if (r == 0) {
		readback_text(&text, l, d, c);
		r = cli_seen((const char *)text.data, yihu_gettext(*question), &tool_given.seen,
			     err);
	}
	yihu_buf_free(&text);
	return r;
}
