/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes: memory that grows, and a bounded cursor over bytes somebody sent.
 * Wire and file formats are read and written with these alone; no struct is
 * ever cast onto bytes. All integers are big-endian (PROTOCOL §1).
 */
#ifndef YIHU_BYTES_H
#define YIHU_BYTES_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <yihu/api.h>

YIHU_API_BEGIN

/* Never return NULL: a failed allocation aborts. yihu_calloc and yihu_realloc
 * check n*size. The caller frees, by free(). */
void *yihu_alloc(size_t bytes);
void *yihu_calloc(size_t n, size_t size);
void *yihu_realloc(void *p, size_t n, size_t size);
char *yihu_strdup(const char *s);
char *yihu_strndup(const char *s, size_t len);
char *yihu_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A growing buffer. All zero is an empty one. The bytes are always followed
 * by one NUL that is not counted, so text can be read as a C string. What is
 * put in must not lie in the buffer itself. Outgrown memory is wiped. */
struct yihu_buf {
	uint8_t *data;
	size_t len, cap;
};
void yihu_buf_free(struct yihu_buf *b);  /* wipes, frees, makes it empty */
void yihu_buf_reset(struct yihu_buf *b); /* len = 0, memory kept */
/* The bytes, borrowed until the buffer changes. Never NULL, so that a parser
 * may take it. */
const void *yihu_buf_bytes(const struct yihu_buf *b);
/* Each appends: bytes, a string without its NUL, a formatted text, an integer. */
void yihu_buf_put(struct yihu_buf *b, const void *data, size_t len);
void yihu_buf_str(struct yihu_buf *b, const char *s);
void yihu_buf_fmt(struct yihu_buf *b, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void yihu_buf_vfmt(struct yihu_buf *b, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
void yihu_buf_u8(struct yihu_buf *b, uint8_t v);
void yihu_buf_be16(struct yihu_buf *b, uint16_t v);
void yihu_buf_be32(struct yihu_buf *b, uint32_t v);
void yihu_buf_be64(struct yihu_buf *b, uint64_t v);
/* Integers in bytes that the caller has. */
void yihu_store_be32(uint8_t out[YIHU_AT_LEAST(4)], uint32_t v);
void yihu_store_be64(uint8_t out[YIHU_AT_LEAST(8)], uint64_t v);
uint32_t yihu_load_be32(const uint8_t in[YIHU_AT_LEAST(4)]);
uint64_t yihu_load_be64(const uint8_t in[YIHU_AT_LEAST(8)]);

/* A reader over borrowed bytes. After the first short read every read gives
 * zeros (or NULL) and yihu_reader_end says false: check once, at the end. */
struct yihu_reader {
	const uint8_t *p;
	size_t left;
	bool bad;
};
/* Begins at the first byte. The bytes must outlive the reader. */
struct yihu_reader yihu_reader(const void *data, size_t len);
/* The next len bytes, borrowed from what is read; NULL when fewer are left. */
const uint8_t *yihu_read(struct yihu_reader *r, size_t len);
/* The next len bytes, copied; zeros when fewer are left. */
void yihu_read_into(struct yihu_reader *r, void *out, size_t len);
/* The next integer; 0 when fewer bytes are left. */
uint8_t yihu_read_u8(struct yihu_reader *r);
uint16_t yihu_read_be16(struct yihu_reader *r);
uint32_t yihu_read_be32(struct yihu_reader *r);
uint64_t yihu_read_be64(struct yihu_reader *r);
bool yihu_reader_end(const struct yihu_reader *r); /* all read, nothing short */

YIHU_API_END

#endif
