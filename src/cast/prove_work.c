/* SPDX-License-Identifier: Apache-2.0
 *
 * {"error": "work", …, "work": {"nonce": …, "bits": …}}, and what is sent then.
 */
#include "cast/prove_work.h"

#include "cast/internal.h"

bool asked_for_work(const struct http_answer *a, struct work_ask *ask)
{
	json_t *j = cast_json(a);
	const json_t *work = json_object_get(j, "work");
	const json_t *bits = json_object_get(work, "bits");
	json_int_t n = json_integer_value(bits);
	bool asked = http_refusal(a, NULL) == YIHU_EWORK && json_is_integer(bits) && n >= 0 &&
		     n <= WORK_BITS_MAX &&
		     yihu_unhex(ask->nonce, sizeof ask->nonce, cast_json_text(work, "nonce"));
	ask->bits = asked ? (unsigned)n : 0;
	json_decref(j);
	return asked;
}

char *prove_work_header(const struct work_ask *ask, const struct yihu_buf *ballot)
{
	struct yihu_buf value = {0};
	work_write(&value, ask, work_do(ask, ballot->data, ballot->len));
	char *header = yihu_printf(WORK_HEADER ": %s", (const char *)value.data);
	yihu_buf_free(&value);
	return header;
}
