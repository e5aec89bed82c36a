/* SPDX-License-Identifier: Apache-2.0
 *
 * What is put and appended through a daemon.
 */
#include "client/remote.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "public/authority.h"

/* NULL: none is needed. Caller frees. */
static char *authority_header(const char *name, const void *bytes, size_t len,
			      const struct yihu_buf *note)
{
	struct yihu_buf value = {0};
	public_authority_make(&value, yihu_public_name(name).kind, bytes, len, note);
	char *header = value.len > 0 ? yihu_printf(PUBLIC_AUTHORITY_HEADER ": %s",
						   (const char *)value.data)
				     : NULL;
	yihu_buf_free(&value);
	return header;
}

int remote_put(struct http_client *c, const char *name, const void *bytes, size_t len,
	       const struct yihu_buf *note, struct yihu_error *err)
{
	struct http_answer a = {0};
	char *path = yihu_printf("/api/public/%s", name);
	char *header = authority_header(name, bytes, len, note);
	int r = http_post_with(c, path, header, bytes, len, &a, err);
	if (r == 0 && a.status / 100 != 2)
		r = http_refusal(&a, err);
	http_answer_finish(&a);
	free(header);
	free(path);
	return r;
}

/* With the notes of what was withdrawn. */
#define STATE_BYTES_MAX (1u << 17)

static bool number_of_answer(const struct http_answer *a, const char *name, uint64_t *number)
{
	json_t *j =
		json_loadb((const char *)a->body.data, a->body.len, JSON_REJECT_DUPLICATES, NULL);
	json_t *at = json_object_get(j, name);
	bool there = json_is_integer(at) && json_integer_value(at) >= 0;
	if (there)
		*number = (uint64_t)json_integer_value(at);
	json_decref(j);
	return there;
}

static int index_of_answer(const struct http_answer *a, uint64_t *index, struct yihu_error *err)
{
	return number_of_answer(a, "index", index)
		       ? 0
		       : yihu_fail(err, YIHU_ENET, _("the daemon's answer has no index"));
}

bool remote_votes(const char *url, uint64_t *votes)
{
	struct http_client *c;
	struct http_answer a = {0};
	if (http_client_new(&c, url, NULL) != 0)
		return false;
	http_client_timeout(c, 3);
	bool told = http_get(c, "/api/state", STATE_BYTES_MAX, &a, NULL) == 0 && a.status == 200 &&
		    number_of_answer(&a, "cast", votes);
	http_answer_finish(&a);
	http_client_free(c);
	return told;
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
