/* SPDX-License-Identifier: Apache-2.0
 *
 * The high-water mark on the disk: two slots, written in turn.
 */
#include "mark.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/hash.h>

#include "rebuilt.h"

#define MAGIC "yihu-box-mark-v1" /* 16 bytes, without its NUL */
#define MAGIC_BYTES 16
#define SUM_BYTES 32
#define BODY_BYTES (YIHU_MARK_SLOT_BYTES - SUM_BYTES)

/* What one slot says; the notes borrow from it. */
struct slot {
	uint64_t number;
	const uint8_t *latest, *at_close;
	uint32_t latest_len, at_close_len;
};

static void sum_up(uint8_t out[static SUM_BYTES], const uint8_t body[static BODY_BYTES])
{
	struct yihu_frame f;
	yihu_frame_init(&f, "box-mark");
	yihu_frame_item(&f, body, BODY_BYTES);
	yihu_frame_hash32(&f, out);
}

static void put_note(struct yihu_buf *slot, const struct yihu_buf *note)
{
	yihu_buf_be32(slot, (uint32_t)note->len);
	yihu_buf_put(slot, note->data, note->len);
}

/* Two notes of the log's own are far shorter than a slot: a name has at most
 * YIHU_NAME_MAX bytes, and stands three times in each. */
static void put_slot(struct yihu_buf *out, uint64_t number, const struct yihu_buf *latest,
		     const struct yihu_buf *at_close)
{
	static const uint8_t zeros[BODY_BYTES];
	uint8_t sum[SUM_BYTES];
	yihu_buf_put(out, MAGIC, MAGIC_BYTES);
	yihu_buf_be64(out, number);
	put_note(out, latest);
	put_note(out, at_close);
	assert(out->len <= BODY_BYTES);
	yihu_buf_put(out, zeros, BODY_BYTES - out->len);
	sum_up(sum, out->data);
	yihu_buf_put(out, sum, sizeof sum);
}

static const uint8_t *read_note(struct yihu_reader *r, uint32_t *len)
{
	*len = yihu_read_be32(r);
	return yihu_read(r, *len);
}

/* False: torn, never written, or no slot of ours. */
static bool read_slot(struct slot *out, const uint8_t *bytes)
{
	uint8_t sum[SUM_BYTES];
	struct yihu_reader r = yihu_reader(bytes, BODY_BYTES);
	sum_up(sum, bytes);
	if (memcmp(sum, bytes + BODY_BYTES, SUM_BYTES) != 0)
		return false;
	const uint8_t *magic = yihu_read(&r, MAGIC_BYTES);
	out->number = yihu_read_be64(&r);
	out->latest = read_note(&r, &out->latest_len);
	out->at_close = read_note(&r, &out->at_close_len);
	return !r.bad && memcmp(magic, MAGIC, MAGIC_BYTES) == 0;
}

static int fail_damaged(const struct yihu_mark *m, const char *dir, struct yihu_error *err)
{
	char *rebuild = yihu_box_rebuild_command(dir);
	int r = yihu_fail(err, YIHU_EDATABASE,
			  _("%s is damaged: how far the log was signed cannot be read from it. Put "
			    "the file back from the box's mirror, or make the box again: %s"),
			  m->path, rebuild);
	free(rebuild);
	return r;
}

static int read_newest(struct yihu_mark *m, const char *dir, const struct yihu_buf *bytes,
		       struct yihu_error *err)
{
	struct slot slots[2], *newest = NULL;
	for (size_t i = 0; i < 2 && bytes->len == YIHU_MARK_BYTES; i++)
		if (read_slot(&slots[i], bytes->data + i * YIHU_MARK_SLOT_BYTES) &&
		    slots[i].number % 2 == i && (!newest || slots[i].number > newest->number))
			newest = &slots[i];
	if (!newest)
		return fail_damaged(m, dir, err);
	m->number = newest->number;
	yihu_buf_put(&m->latest, newest->latest, newest->latest_len);
	yihu_buf_put(&m->at_close, newest->at_close, newest->at_close_len);
	return 0;
}

int yihu_mark_make(const char *dir, struct yihu_error *err)
{
	static const uint8_t zeros[YIHU_MARK_SLOT_BYTES];
	struct yihu_buf nothing = {0}, slot = {0}, bytes = {0};
	char *path = yihu_path(dir, YIHU_MARK_NAME);
	put_slot(&slot, 1, &nothing, &nothing);
	yihu_buf_put(&bytes, zeros, sizeof zeros);
	yihu_buf_put(&bytes, slot.data, slot.len);
	int r = yihu_file_create(path, bytes.data, bytes.len, 0600, err);
	yihu_buf_free(&slot);
	yihu_buf_free(&bytes);
	free(path);
	return r;
}

int yihu_mark_open(struct yihu_mark *m, const char *dir, bool for_writing, struct yihu_error *err)
{
	struct yihu_buf bytes = {0};
	yihu_mark_close(m);
	m->path = yihu_path(dir, YIHU_MARK_NAME);
	int r = yihu_file_read(m->path, YIHU_MARK_BYTES, &bytes, err);
	if (r == 0)
		r = read_newest(m, dir, &bytes, err);
	if (r == 0 && for_writing) {
		m->fd = open(m->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
		if (m->fd < 0)
			r = yihu_fail(err, YIHU_EIO, _("%s cannot be written: %s"), m->path,
				      strerror(errno));
	}
	yihu_buf_free(&bytes);
	if (r != 0)
		yihu_mark_close(m);
	return r;
}

static bool write_slot(const struct yihu_mark *m, const struct yihu_buf *slot, uint64_t number)
{
	off_t at = (off_t)(number % 2) * YIHU_MARK_SLOT_BYTES;
	for (size_t done = 0; done < slot->len;) {
		ssize_t n = pwrite(m->fd, slot->data + done, slot->len - done, at + (off_t)done);
		if (n < 0 && errno != EINTR)
			return false;
		done += n > 0 ? (size_t)n : 0;
	}
	return fdatasync(m->fd) == 0;
}

int yihu_mark_put(struct yihu_mark *m, const struct yihu_buf *latest,
		  const struct yihu_buf *at_close, struct yihu_error *err)
{
	struct yihu_buf slot = {0};
	put_slot(&slot, m->number + 1, latest, at_close);
	bool written = write_slot(m, &slot, m->number + 1);
	int why = errno;
	yihu_buf_free(&slot);
	if (!written)
		return yihu_fail(err, YIHU_EUNKNOWN,
				 _("%s cannot be written: %s. It is not known whether the last "
				   "entries count as signed: open the box again"),
				 m->path, strerror(why));
	m->number++;
	return 0;
}

void yihu_mark_close(struct yihu_mark *m)
{
	if (m->fd >= 0)
		close(m->fd);
	yihu_buf_free(&m->latest);
	yihu_buf_free(&m->at_close);
	free(m->path);
	*m = (struct yihu_mark){.fd = -1};
}
