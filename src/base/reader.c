/* SPDX-License-Identifier: Apache-2.0
 *
 * The bounded cursor over bytes that somebody sent.
 */
#include <string.h>
#include <yihu/bytes.h>

struct yihu_reader yihu_reader(const void *data, size_t len)
{
	return (struct yihu_reader){.p = data, .left = len};
}

const uint8_t *yihu_read(struct yihu_reader *r, size_t len)
{
	if (r->bad || len > r->left) {
		r->bad = true;
		return NULL;
	}
	const uint8_t *p = r->p;
	if (len)
		r->p += len;
	r->left -= len;
	return p;
}

void yihu_read_into(struct yihu_reader *r, void *out, size_t len)
{
	const uint8_t *p = yihu_read(r, len);
	if (len == 0)
		return;
	if (p)
		memcpy(out, p, len);
	else
		memset(out, 0, len);
}

uint8_t yihu_read_u8(struct yihu_reader *r)
{
	const uint8_t *p = yihu_read(r, 1);
	return p ? p[0] : 0;
}

uint16_t yihu_read_be16(struct yihu_reader *r)
{
	const uint8_t *p = yihu_read(r, 2);
	return p ? (uint16_t)(p[0] << 8 | p[1]) : 0;
}

uint32_t yihu_read_be32(struct yihu_reader *r)
{
	const uint8_t *p = yihu_read(r, 4);
	return p ? yihu_load_be32(p) : 0;
}

uint64_t yihu_read_be64(struct yihu_reader *r)
{
	const uint8_t *p = yihu_read(r, 8);
	return p ? yihu_load_be64(p) : 0;
}

bool yihu_reader_end(const struct yihu_reader *r)
{
	return !r->bad && r->left == 0;
}
