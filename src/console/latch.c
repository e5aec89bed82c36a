/* SPDX-License-Identifier: Apache-2.0
 *
 * Key, code and token.
 */
#include "latch.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

static void draw(char out[static LATCH_KEY_TEXT])
{
	uint8_t bytes[LATCH_KEY_BYTES];
	randombytes_buf(bytes, sizeof bytes);
	yihu_hex_into(out, bytes, sizeof bytes);
	sodium_memzero(bytes, sizeof bytes);
}

static void draw_code(char out[static LATCH_CODE_TEXT])
{
	for (size_t i = 0; i < LATCH_CODE_TEXT - 1; i++)
		out[i] = (char)('0' + randombytes_uniform(10));
	out[LATCH_CODE_TEXT / 2 - 1] = ' ';
	out[LATCH_CODE_TEXT - 1] = '\0';
}

void latch_init(struct latch *d)
{
	*d = (struct latch){0};
	pthread_mutex_init(&d->lock, NULL);
	draw(d->key);
	draw(d->token);
	draw_code(d->code);
}

static void remove_entry(struct latch *d)
{
	if (d->entry)
		unlink(d->entry);
	free(d->entry);
	d->entry = NULL;
}

void latch_finish(struct latch *d)
{
	remove_entry(d);
	sodium_memzero(d->key, sizeof d->key);
	sodium_memzero(d->code, sizeof d->code);
	sodium_memzero(d->token, sizeof d->token);
	pthread_mutex_destroy(&d->lock);
}

/* A folder of the user's own. */
static const char *own_folder(void)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR"), *home = getenv("HOME");
	return runtime && *runtime ? runtime : home && *home ? home : "/tmp";
}

char *latch_entry_of(pid_t pid)
{
	return yihu_printf("%s/.yihu-%ld.html", own_folder(), (long)pid);
}

int latch_write_entry(struct latch *d, const char *url, struct yihu_error *err)
{
	struct yihu_buf page = {0};
	char *path = latch_entry_of(getpid());
	pthread_mutex_lock(&d->lock);
	remove_entry(d);
	draw(d->key);
	yihu_buf_fmt(&page,
		     "<!doctype html><meta charset=\"utf-8\"><title>一户</title>"
		     "<meta http-equiv=\"refresh\" content=\"0;url=%s#%s\">"
		     "<p><a href=\"%s#%s\">一户</a></p>\n",
		     url, d->key, url, d->key);
	unlink(path); /* of a console that was killed under this number */
	int r = yihu_file_create(path, page.data, page.len, 0600, err);
	yihu_buf_free(&page);
	d->entry = r == 0 ? path : NULL;
	pthread_mutex_unlock(&d->lock);
	if (r != 0)
		free(path);
	return r;
}

static bool is_same(const char *a, const char *b, size_t len)
{
	return strlen(a) == len && strlen(b) == len && sodium_memcmp(a, b, len) == 0;
}

/* The code as it is typed: blanks do not count. */
static bool is_code(const struct latch *d, const char *said)
{
	char digits[2][LATCH_CODE_TEXT] = {{0}};
	const char *texts[2] = {d->code, said};
	for (int i = 0; i < 2; i++) {
		size_t n = 0;
		for (const char *p = texts[i]; *p; p++)
			if (*p != ' ' && n < LATCH_CODE_TEXT - 1)
				digits[i][n++] = *p;
	}
	return is_same(digits[0], digits[1], LATCH_CODE_TEXT - 2);
}

static bool opens(struct latch *d, const char *said)
{
	if (*d->key && is_same(d->key, said, LATCH_KEY_TEXT - 1)) {
		sodium_memzero(d->key, sizeof d->key);
		remove_entry(d);
		return true;
	}
	if (d->wrong >= LATCH_TRIES)
		return false;
	if (is_code(d, said)) {
		draw_code(d->code);
		return true;
	}
	d->wrong++;
	return false;
}

const char *latch_open(struct latch *d, const char *said)
{
	pthread_mutex_lock(&d->lock);
	bool open = opens(d, said);
	pthread_mutex_unlock(&d->lock);
	return open ? d->token : NULL;
}

bool latch_knows(struct latch *d, const char *authorization)
{
	static const char scheme[] = "Bearer ";
	return authorization && strncmp(authorization, scheme, strlen(scheme)) == 0 &&
	       is_same(d->token, authorization + strlen(scheme), LATCH_KEY_TEXT - 1);
}
