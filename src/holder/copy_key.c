/* SPDX-License-Identifier: Apache-2.0
 *
 * A second file of a key (PROTOCOL §3, "Copies").
 */
#include "holder/internal.h"

#include <stdlib.h>

/* A copy without the polynomial could never catch up: it is the key's secret. */
static int check_may_copy(struct yihu_keyfile *key, const struct yihu_folder *f,
			  const struct yihu_ceremony *c, struct yihu_error *err)
{
	int r = holder_is_of(key, c, err);
	return r == 0 ? holder_check_marks(key, f, c, err) : r;
}

int holder_copy(struct yihu_keyfile *key, const struct yihu_folder *f, const char *to, bool *made,
		struct yihu_error *err)
{
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	int r = yihu_ceremony_read(c, f, err);
	if (r == 0) {
		r = check_may_copy(key, f, c, err);
		yihu_ceremony_finish(c);
	}
	free(c);
	return r == 0 ? yihu_keyfile_copy(key, to, made, err) : r;
}
