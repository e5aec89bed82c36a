/* SPDX-License-Identifier: Apache-2.0
 *
 * The recovery mark on the disk.
 */
#include "verified.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/hash.h>
#include <yihu/sign.h>

#define MAGIC "yihu-box-verified-v1" /* 20 bytes, without its NUL */
#define MAGIC_BYTES 20
#define OPEN_FLAGS (O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)

struct claim {
	uint64_t number, size;
	struct yihu_node root;
};

/* M("box-verified"; eid, hash of the register, be64 number, be64 size, root): a
 * checkpoint is text, and no text begins so. */
static void message(struct yihu_buf *m, const struct yihu_verified_log *log, const struct claim *s)
{
	uint8_t number[8], size[8];
	yihu_store_be64(number, s->number);
	yihu_store_be64(size, s->size);
	yihu_message_label(m, "box-verified");
	yihu_message_item(m, log->charter->eid, YIHU_EID_BYTES);
	yihu_message_item(m, log->register_hash, 32);
	yihu_message_item(m, number, sizeof number);
	yihu_message_item(m, size, sizeof size);
	yihu_message_item(m, s->root.bytes, sizeof s->root.bytes);
}

static bool is_vouched_for(const struct claim *s, const uint8_t *signature,
			   const struct yihu_verified_log *log)
{
	struct yihu_buf m = {0};
	message(&m, log, s);
	bool ok = yihu_verify(signature, log->charter->log.pk, m.data, m.len);
	yihu_buf_free(&m);
	return ok;
}

static bool read_slot(struct claim *out, const uint8_t *bytes, const struct yihu_verified_log *log)
{
	struct yihu_reader r = yihu_reader(bytes, YIHU_VERIFIED_SLOT_BYTES);
	const uint8_t *magic = yihu_read(&r, MAGIC_BYTES);
	out->number = yihu_read_be64(&r);
	out->size = yihu_read_be64(&r);
	yihu_read_into(&r, out->root.bytes, sizeof out->root.bytes);
	const uint8_t *signature = yihu_read(&r, YIHU_SIGNATURE_BYTES);
	return !r.bad && memcmp(magic, MAGIC, MAGIC_BYTES) == 0 &&
	       is_vouched_for(out, signature, log);
}

static void take_newest(struct yihu_verified_mark *m, const uint8_t *bytes,
			const struct yihu_verified_log *log)
{
	struct claim s;
	for (size_t i = 0; i < 2; i++)
		if (read_slot(&s, bytes + i * YIHU_VERIFIED_SLOT_BYTES, log) && s.number % 2 == i &&
		    s.number > m->number) {
			m->number = s.number;
			m->size = s.size;
			m->root = s.root;
		}
}

static int open_in(const char *dir, int flags)
{
	char *path = yihu_path(dir, YIHU_VERIFIED_NAME);
	int fd = open(path, OPEN_FLAGS | flags, 0600);
	free(path);
	return fd;
}

void yihu_verified_open(struct yihu_verified_mark *m, const char *dir,
			const struct yihu_verified_log *log)
{
	uint8_t bytes[YIHU_VERIFIED_BYTES] = {0};
	yihu_verified_close(m);
	m->fd = open_in(dir, 0);
	if (m->fd >= 0 && pread(m->fd, bytes, sizeof bytes, 0) > 0)
		take_newest(m, bytes, log);
}

static void put_slot(struct yihu_buf *out, const struct claim *s,
		     const struct yihu_verified_log *log, const struct yihu_keypair *key)
{
	static const uint8_t zeros[YIHU_VERIFIED_SLOT_BYTES];
	uint8_t signature[YIHU_SIGNATURE_BYTES];
	struct yihu_buf m = {0};
	message(&m, log, s);
	yihu_sign(signature, key, m.data, m.len);
	yihu_buf_put(out, MAGIC, MAGIC_BYTES);
	yihu_buf_be64(out, s->number);
	yihu_buf_be64(out, s->size);
	yihu_buf_put(out, s->root.bytes, sizeof s->root.bytes);
	yihu_buf_put(out, signature, sizeof signature);
	yihu_buf_put(out, zeros, sizeof zeros - out->len);
	yihu_buf_free(&m);
}

void yihu_verified_put(struct yihu_verified_mark *m, const char *dir,
		       const struct yihu_verified_log *log, const struct yihu_keypair *key,
		       uint64_t size, const struct yihu_node *root)
{
	const struct claim s = {m->number + 1, size, *root};
	struct yihu_buf slot = {0};
	if (m->fd < 0)
		m->fd = open_in(dir, O_CREAT);
	if (m->fd < 0)
		return;
	put_slot(&slot, &s, log, key);
	off_t at = (off_t)(s.number % 2) * YIHU_VERIFIED_SLOT_BYTES;
	/* Where it fails, the other slot says what it said. */
	if (pwrite(m->fd, slot.data, slot.len, at) == (ssize_t)slot.len) {
		m->number = s.number;
		m->size = size;
		m->root = *root;
	}
	yihu_buf_free(&slot);
}

void yihu_verified_close(struct yihu_verified_mark *m)
{
	if (m->fd >= 0)
		close(m->fd);
	*m = (struct yihu_verified_mark){.fd = -1};
}

bool yihu_verified_remove(const char *dir)
{
	char *path = yihu_path(dir, YIHU_VERIFIED_NAME);
	bool gone = unlink(path) == 0 || errno == ENOENT;
	free(path);
	return gone && yihu_dir_sync(dir, NULL) == 0;
}
