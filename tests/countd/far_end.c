/* SPDX-License-Identifier: Apache-2.0
 *
 * The test plays one side of the daemon.
 */
#include "far_end.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "test.h"

void far_say(int fd, enum message_kind kind, uint32_t id, uint64_t at_ms, const void *body,
	     size_t len)
{
	struct yihu_buf out = {0};
	message_head(&out, &(struct message){.kind = kind, .id = id, .at_ms = at_ms, .len = len});
	yihu_buf_put(&out, body, len);
	/* The other end may have had enough. */
	for (size_t sent = 0; sent < out.len;) {
		ssize_t n = send(fd, out.data + sent, out.len - sent, MSG_NOSIGNAL);
		if (n <= 0)
			break;
		sent += (size_t)n;
	}
	yihu_buf_free(&out);
}

void far_say_buf(int fd, enum message_kind kind, uint32_t id, struct yihu_buf body)
{
	far_say(fd, kind, id, 0, body.data, body.len);
	yihu_buf_free(&body);
}

void far_ask_at(int fd, enum call call, uint32_t id, uint64_t at_ms, const char *tail,
		struct yihu_buf body)
{
	struct yihu_buf all = {0};
	message_put_tail(&all, tail);
	yihu_buf_put(&all, body.data, body.len);
	far_say(fd, (enum message_kind)call, id, at_ms, all.data, all.len);
	yihu_buf_free(&all);
	yihu_buf_free(&body);
}

void far_ask(int fd, enum call call, uint32_t id, const char *tail, struct yihu_buf body)
{
	far_ask_at(fd, call, id, yihu_clock_monotonic_ms(), tail, body);
}

static bool read_all(int fd, void *out, size_t len)
{
	size_t got = 0;
	for (ssize_t n; got < len; got += (size_t)n)
		if ((n = recv(fd, (uint8_t *)out + got, len - got, 0)) <= 0)
			return false;
	return true;
}

struct message far_hear(int fd, enum message_way way, struct yihu_buf *bytes)
{
	uint8_t head[MESSAGE_HEAD_BYTES];
	struct message m;
	size_t used;
	assert_true(read_all(fd, head, sizeof head));
	yihu_buf_reset(bytes);
	yihu_buf_put(bytes, head, sizeof head);
	int r = message_read(&m, &used, bytes->data, bytes->len, way,
			     CALLS_AT_ONCE(FAR_CONNECTIONS));
	assert_true(r == 0 || r == YIHU_EMISSING);
	if (r == 0)
		return m;
	uint8_t *rest = yihu_calloc(1, used - sizeof head);
	assert_true(read_all(fd, rest, used - sizeof head));
	yihu_buf_put(bytes, rest, used - sizeof head);
	free(rest);
	assert_int_equal(message_read(&m, &used, bytes->data, bytes->len, way,
				      CALLS_AT_ONCE(FAR_CONNECTIONS)),
			 0);
	return m;
}

void far_hear_kind(int fd, enum message_way way, unsigned kind)
{
	struct yihu_buf bytes = {0};
	assert_int_equal(far_hear(fd, way, &bytes).kind, kind);
	yihu_buf_free(&bytes);
}

unsigned far_answer(int fd, uint32_t id, char slug[static 64])
{
	struct yihu_buf bytes = {0};
	struct answer a;
	struct message m;
	do
		m = far_hear(fd, MESSAGE_TO_FRONT, &bytes);
	while (m.kind != MESSAGE_ANSWER);
	assert_int_equal(m.id, id);
	assert_true(message_answer_read(&a, &m));
	json_t *j = json_loadb((const char *)a.body.data, a.body.len, 0, NULL);
	const char *error = json_string_value(json_object_get(j, "error"));
	snprintf(slug, 64, "%s", error ? error : "");
	json_decref(j);
	yihu_buf_free(&a.body);
	yihu_buf_free(&bytes);
	return a.status;
}
