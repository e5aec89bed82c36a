/* SPDX-License-Identifier: Apache-2.0
 *
 * Messages between the daemon's two sides: whatever is read encodes back to the same
 * bytes, and what is not read says how many bytes it waits for, or nothing.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "countd/message.h"
#include "fuzz.h"

#define IDS 64

/* Is this what the body was? */
static void same_body(const struct message *m, struct yihu_buf *again)
{
	assert(again->len == m->len);
	assert(m->len == 0 || memcmp(again->data, m->body, m->len) == 0);
	yihu_buf_free(again);
}

static void read_call(const struct message *m)
{
	struct message_call c;
	struct yihu_buf again = {0};
	if (!message_call_read(&c, m))
		return;
	message_put_tail(&again, c.tail);
	yihu_buf_put(&again, c.body, c.len);
	same_body(m, &again);
	free(c.tail);
}

static void read_answer(const struct message *m)
{
	struct answer a;
	struct yihu_buf again = {0};
	if (!message_answer_read(&a, m))
		return;
	assert(a.made && a.content_type && a.fd < 0);
	message_put_answer(&again, &a);
	yihu_buf_put(&again, a.body.data, a.body.len);
	same_body(m, &again);
	yihu_buf_free(&a.body);
}

static void read_figures(const struct message *m)
{
	struct figures f;
	struct yihu_buf again = {0};
	if (!message_figures_read(&f, m))
		return;
	message_put_figures(&again, &f);
	same_body(m, &again);
}

static void read_error(const struct message *m)
{
	struct yihu_error err = {0};
	int code;
	if (message_error_read(&code, &err, m))
		fuzz_ok(code, &err);
}

static void read_progress(const struct message *m)
{
	uint64_t done, total;
	if (message_progress_read(&done, &total, m))
		assert(m->len == 16 && done <= total);
}

static void read_body(const struct message *m)
{
	if ((enum call)m->kind < N_CALLS)
		read_call(m);
	else if (m->kind == MESSAGE_ANSWER)
		read_answer(m);
	else if (m->kind == MESSAGE_FIGURES)
		read_figures(m);
	else if (m->kind == MESSAGE_FRONT)
		read_error(m);
	else if (m->kind == MESSAGE_PROGRESS)
		read_progress(m);
}

static void check_whole(const struct message *m, const uint8_t *bytes, size_t used)
{
	struct yihu_buf head = {0};
	message_head(&head, m);
	assert(used == MESSAGE_HEAD_BYTES + m->len && head.len == MESSAGE_HEAD_BYTES);
	assert(memcmp(head.data, bytes, head.len) == 0);
	assert(m->id < IDS);
	yihu_buf_free(&head);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum message_way way = fuzz_take(&data, &size) % 2 ? MESSAGE_TO_FRONT : MESSAGE_TO_BOX;
	struct message m;
	size_t used;
	int r;
	while ((r = message_read(&m, &used, data, size, way, IDS)) == 0) {
		check_whole(&m, data, used);
		read_body(&m);
		data += used;
		size -= used;
	}
	assert(r == YIHU_EFORMAT || r == YIHU_EMISSING);
	assert(r == YIHU_EFORMAT || used > size || (used == 0 && size < MESSAGE_HEAD_BYTES));
	return 0;
}
