/* SPDX-License-Identifier: Apache-2.0
 *
 * What is put and appended through a daemon.
 */
#include "client/remote.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

int remote_put(struct http_client *c, const char *name, const void *bytes, size_t len,
	       struct yihu_error *err)
{
	struct http_answer a = {0};
	char *path = yihu_printf("/api/public/%s", name);
	int r = http_post(c, path, bytes, len, &a, err);
	if (r == 0 && a.status / 100 != 2)
		r = http_refusal(&a, err);
	http_answer_finish(&a);
	free(path);
	return r;
}

static int index_of_answer(const struct http_answer *a, uint64_t *index, struct yihu_error *err)
{
	json_t *j =
		json_loadb((const char *)a->body.data, a->body.len, JSON_REJECT_DUPLICATES, NULL);
	json_t *at = json_object_get(j, "index");
	int r = 0;
	if (json_is_integer(at) && json_integer_value(at) >= 0)
		*index = (uint64_t)json_integer_value(at);
	else
		r = yihu_fail(err, YIHU_ENET, _("the daemon's answer has no index"));
	json_decref(j);
	return r;
}

int remote_append(struct http_client *c, char type, const void *body, size_t len, uint64_t *index,
		  struct yihu_error *err)
{
	struct http_answer a = {0};
	struct yihu_buf message = {0};
	yihu_buf_u8(&message, (uint8_t)type);
	yihu_buf_put(&message, body, len);
	int r = http_post(c, "/api/entry", message.data, message.len, &a, err);
	if (r == 0)
		r = a.status / 100 == 2 ? index_of_answer(&a, index, err) : http_refusal(&a, err);
	http_answer_finish(&a);
	yihu_buf_free(&message);
	return r;
}
