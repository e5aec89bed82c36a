/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading and writing messages.
 */
#include "message.h"

#include <string.h>
#include <yihu/text.h>
#include <yihu/withdraw.h>

/* A bundle of 256 of the largest ballots, and room for what goes around it. */
#define ANSWER_BYTES_MAX (256 * (YIHU_BALLOT_BYTES_MAX + 64) + 4096)
#define ERROR_BYTES_MAX 1100u
#define FIGURES_BYTES 17u

static const struct {
	enum message_way way;
	size_t most; /* bytes of the body */
	bool of_call;
} kinds[N_MESSAGES] = {
#define CALL(most)                                                                                 \
	{                                                                                          \
		MESSAGE_TO_BOX, 2 + MESSAGE_TAIL_MAX + (most), true                                \
	}
	[CALL_BALLOT] = CALL(YIHU_BALLOT_BYTES_MAX),
	[CALL_ENTRY] = CALL(1 + YIHU_WITHDRAWAL_BYTES_MAX),
	[CALL_STATE] = CALL(0),
	[CALL_TURNOUT] = CALL(0),
	[CALL_CREDENTIAL] = CALL(0),
	[CALL_SERIAL] = CALL(0),
	[CALL_CODE] = CALL(0),
	[CALL_CHECKPOINT] = CALL(0),
	[CALL_AT_CLOSE] = CALL(0),
	[CALL_TILE] = CALL(0),
	[CALL_HEALTH] = CALL(0),
	[CALL_METRICS] = CALL(0),
	[CALL_EXPORT] = CALL(0),
#undef CALL
	[MESSAGE_GONE] = {MESSAGE_TO_BOX, 0, true},
	[MESSAGE_FRONT] = {MESSAGE_TO_BOX, ERROR_BYTES_MAX, false},
	[MESSAGE_PROGRESS] = {MESSAGE_TO_FRONT, 16, false},
	[MESSAGE_FIGURES] = {MESSAGE_TO_FRONT, FIGURES_BYTES, false},
	[MESSAGE_SERVES] = {MESSAGE_TO_FRONT, 0, false},
	[MESSAGE_ANSWER] = {MESSAGE_TO_FRONT, ANSWER_BYTES_MAX, true},
	[MESSAGE_RELOAD] = {MESSAGE_TO_FRONT, 0, false},
	[MESSAGE_STOPS] = {MESSAGE_TO_FRONT, 0, false},
	[MESSAGE_MARK] = {MESSAGE_TO_FRONT, 0, false},
	[MESSAGE_MARKED] = {MESSAGE_TO_BOX, 0, false},
};

void message_head(struct yihu_buf *out, const struct message *m)
{
	yihu_buf_be32(out, (uint32_t)m->len);
	yihu_buf_be32(out, m->id);
	yihu_buf_u8(out, (uint8_t)m->kind);
	yihu_buf_u8(out, m->second);
	yihu_buf_put(out, "\0\0", 2);
	yihu_buf_be64(out, m->at_ms);
}

/* Calls alone have a time, and with their answers an id. */
static bool head_ok(const struct message *m, const uint8_t zeros[static 2], enum message_way way,
		    uint32_t n_ids)
{
	if (m->kind == 0 || m->kind >= N_MESSAGES || kinds[m->kind].way != way ||
	    m->len > kinds[m->kind].most)
		return false;
	bool id_ok = kinds[m->kind].of_call ? m->id < n_ids : m->id == 0;
	bool time_ok = (enum call)m->kind < N_CALLS || (m->at_ms == 0 && m->second == 0);
	return id_ok && time_ok && zeros[0] == 0 && zeros[1] == 0;
}

int message_read(struct message *out, size_t *used, const void *bytes, size_t len,
		 enum message_way way, uint32_t n_ids)
{
	struct yihu_reader r = yihu_reader(bytes, len);
	struct message m = {0};
	uint8_t zeros[2];
	*used = 0;
	if (len < MESSAGE_HEAD_BYTES)
		return YIHU_EMISSING;
	m.len = yihu_read_be32(&r);
	m.id = yihu_read_be32(&r);
	m.kind = yihu_read_u8(&r);
	m.second = yihu_read_u8(&r);
	yihu_read_into(&r, zeros, sizeof zeros);
	m.at_ms = yihu_read_be64(&r);
	if (!head_ok(&m, zeros, way, n_ids))
		return YIHU_EFORMAT;
	*used = MESSAGE_HEAD_BYTES + m.len;
	if (len < *used)
		return YIHU_EMISSING;
	m.body = yihu_read(&r, m.len);
	*out = m;
	return 0;
}

/* ---- calls ---- */

void message_put_tail(struct yihu_buf *out, const char *tail)
{
	size_t len = strnlen(tail, MESSAGE_TAIL_MAX);
	yihu_buf_be16(out, (uint16_t)len);
	yihu_buf_put(out, tail, len);
}

static bool has_body(enum message_kind kind)
{
	return (enum call)kind == CALL_BALLOT || (enum call)kind == CALL_ENTRY;
}

bool message_call_read(struct message_call *out, const struct message *m)
{
	struct yihu_reader r = yihu_reader(m->body, m->len);
	size_t len = yihu_read_be16(&r);
	const uint8_t *tail = len <= r.left && len <= MESSAGE_TAIL_MAX ? yihu_read(&r, len) : NULL;
	if (!tail || r.bad || (len > 0 && memchr(tail, '\0', len)) ||
	    (r.left > 0 && !has_body(m->kind)))
		return false;
	*out = (struct message_call){.tail = yihu_strndup((const char *)tail, len)};
	out->len = r.left;
	out->body = yihu_read(&r, r.left);
	return true;
}

/* ---- answers ---- */

/* What the box side answers is one of these. */
static const char *const types[] = {
	"application/json",
	"text/plain; charset=utf-8",
	"application/octet-stream",
	"text/plain; version=0.0.4",
};
#define N_TYPES (sizeof types / sizeof *types)

static uint8_t number_of(const char *type)
{
	uint8_t i = 0;
	while (i < N_TYPES - 1 && strcmp(types[i], type) != 0)
		i++;
	return i;
}

void message_put_answer(struct yihu_buf *out, const struct answer *a)
{
	yihu_buf_be16(out, (uint16_t)a->status);
	yihu_buf_be16(out, (uint16_t)a->retry_after_s);
	yihu_buf_u8(out, number_of(a->content_type));
	yihu_buf_u8(out, a->closes);
}

bool message_answer_read(struct answer *out, const struct message *m)
{
	struct yihu_reader r = yihu_reader(m->body, m->len);
	struct answer a = ANSWER_NONE;
	a.status = yihu_read_be16(&r);
	a.retry_after_s = yihu_read_be16(&r);
	uint8_t type = yihu_read_u8(&r), closes = yihu_read_u8(&r);
	if (r.bad || a.status < 200 || a.status > 599 || type >= N_TYPES || closes > 1)
		return false;
	a.content_type = types[type];
	a.closes = closes;
	a.made = true;
	size_t len = r.left;
	yihu_buf_put(&a.body, yihu_read(&r, len), len);
	*out = a;
	return true;
}

/* ---- figures, progress, errors ---- */

void message_put_figures(struct yihu_buf *out, const struct figures *f)
{
	yihu_buf_be64(out, f->counts.ballots);
	yihu_buf_be64(out, f->size);
	yihu_buf_u8(out, (uint8_t)(f->ended | f->closed << 1 | f->called_off << 2));
}

bool message_figures_read(struct figures *out, const struct message *m)
{
	struct yihu_reader r = yihu_reader(m->body, m->len);
	struct figures f = {0};
	f.counts.ballots = yihu_read_be64(&r);
	f.size = yihu_read_be64(&r);
	uint8_t flags = yihu_read_u8(&r);
	f.ended = flags & 1;
	f.closed = flags >> 1 & 1;
	f.called_off = flags >> 2 & 1;
	if (!yihu_reader_end(&r) || flags > 7)
		return false;
	*out = f;
	return true;
}

bool message_progress_read(uint64_t *done, uint64_t *total, const struct message *m)
{
	struct yihu_reader r = yihu_reader(m->body, m->len);
	uint64_t of = yihu_read_be64(&r), all = yihu_read_be64(&r);
	if (!yihu_reader_end(&r) || of > all)
		return false;
	*done = of;
	*total = all;
	return true;
}

void message_put_error(struct yihu_buf *out, int code, const struct yihu_error *err)
{
	yihu_buf_be16(out, (uint16_t)code);
	yihu_buf_str(out, code ? err->text : "");
}

/* A terminal may be shown them. */
static bool is_words(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
			return false;
	return yihu_utf8_valid(text, len);
}

bool message_error_read(int *code, struct yihu_error *err, const struct message *m)
{
	struct yihu_reader r = yihu_reader(m->body, m->len);
	int is = yihu_read_be16(&r);
	size_t len = r.left;
	const char *text = (const char *)yihu_read(&r, len);
	if (r.bad || is >= YIHU_N_CODES || (is == 0) != (len == 0) || !is_words(text, len))
		return false;
	*code = is == 0 ? 0 : yihu_fail(err, is, "%.*s", (int)len, text);
	return true;
}
