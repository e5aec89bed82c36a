/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory that never fails to come, growing buffers, big-endian stores.
 */
#include <assert.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/bytes.h>

void *yihu_alloc(size_t bytes)
{
	void *p = malloc(bytes ? bytes : 1);
	if (!p)
		abort();
	return p;
}

void *yihu_calloc(size_t n, size_t size)
{
	if (n > PTRDIFF_MAX) /* calloc would say so too; gcc -flto warns unless it is seen */
		abort();
	void *p = n && size ? calloc(n, size) : calloc(1, 1);
	if (!p)
		abort();
	return p;
}

void *yihu_realloc(void *p, size_t n, size_t size)
{
	if (n == 0 || size == 0)
		n = size = 1;
	void *grown = reallocarray(p, n, size);
	if (!grown)
		abort();
	return grown;
}

char *yihu_strdup(const char *s)
{
	return yihu_strndup(s, strlen(s));
}

char *yihu_strndup(const char *s, size_t len)
{
	assert(len < SIZE_MAX);
	char *copy = yihu_alloc(len + 1);
	if (len)
		memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

static char *print(const char *format, va_list args)
{
	char *text = NULL;
	if (vasprintf(&text, format, args) < 0)
		abort();
	return text;
}

char *yihu_printf(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = print(format, args);
	va_end(args);
	return text;
}

void yihu_buf_free(struct yihu_buf *b)
{
	if (b->data)
		sodium_memzero(b->data, b->cap);
	free(b->data);
	*b = (struct yihu_buf){0};
}

void yihu_buf_reset(struct yihu_buf *b)
{
	b->len = 0;
	if (b->data)
		b->data[0] = 0;
}

const void *yihu_buf_bytes(const struct yihu_buf *b)
{
	return b->data ? (const void *)b->data : "";
}

/* Not realloc: it would leave a copy of a secret behind in freed memory. */
static void reserve(struct yihu_buf *b, size_t more)
{
	assert(more < SIZE_MAX / 2 - b->len);
	size_t need = b->len + more + 1;
	if (need <= b->cap)
		return;
	size_t cap = b->cap ? b->cap : 64;
	while (cap < need)
		cap *= 2;
	uint8_t *grown = yihu_alloc(cap);
	size_t len = b->len;
	if (len)
		memcpy(grown, b->data, len);
	yihu_buf_free(b);
	*b = (struct yihu_buf){.data = grown, .len = len, .cap = cap};
}

void yihu_buf_put(struct yihu_buf *b, const void *data, size_t len)
{
	reserve(b, len);
	if (len)
		memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = 0;
}

void yihu_buf_str(struct yihu_buf *b, const char *s)
{
	yihu_buf_put(b, s, strlen(s));
}

void yihu_buf_vfmt(struct yihu_buf *b, const char *format, va_list args)
{
	char *text = print(format, args);
	size_t len = strlen(text);
	yihu_buf_put(b, text, len);
	sodium_memzero(text, len);
	free(text);
}

void yihu_buf_fmt(struct yihu_buf *b, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	yihu_buf_vfmt(b, format, args);
	va_end(args);
}

void yihu_buf_u8(struct yihu_buf *b, uint8_t v)
{
	yihu_buf_put(b, &v, 1);
}

void yihu_buf_be16(struct yihu_buf *b, uint16_t v)
{
	yihu_buf_put(b, (uint8_t[]){(uint8_t)(v >> 8), (uint8_t)v}, 2);
}

void yihu_buf_be32(struct yihu_buf *b, uint32_t v)
{
	uint8_t bytes[4];
	yihu_store_be32(bytes, v);
	yihu_buf_put(b, bytes, sizeof bytes);
}

void yihu_buf_be64(struct yihu_buf *b, uint64_t v)
{
	uint8_t bytes[8];
	yihu_store_be64(bytes, v);
	yihu_buf_put(b, bytes, sizeof bytes);
}

void yihu_store_be32(uint8_t out[static 4], uint32_t v)
{
	for (int i = 3; i >= 0; i--, v >>= 8)
		out[i] = (uint8_t)v;
}

void yihu_store_be64(uint8_t out[static 8], uint64_t v)
{
	for (int i = 7; i >= 0; i--, v >>= 8)
		out[i] = (uint8_t)v;
}

uint32_t yihu_load_be32(const uint8_t in[static 4])
{
	uint32_t v = 0;
	for (int i = 0; i < 4; i++)
		v = v << 8 | in[i];
	return v;
}

uint64_t yihu_load_be64(const uint8_t in[static 8])
{
	uint64_t v = 0;
	for (int i = 0; i < 8; i++)
		v = v << 8 | in[i];
	return v;
}
