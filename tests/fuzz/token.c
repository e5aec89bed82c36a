/* SPDX-License-Identifier: Apache-2.0
 *
 * What a scan gives: digits, a link, the address of a letter.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static void read_digits(struct yihu_span text)
{
	struct yihu_token t;
	struct yihu_error err = fuzz_error();
	char again[YIHU_TOKEN_DIGITS + 1];
	fuzz_fill(&t, sizeof t);
	if (!fuzz_ok(yihu_token_from_digits(&t, text, &err), &err)) {
		assert(fuzz_untouched(&t, sizeof t));
		return;
	}
	yihu_token_digits(again, &t);
	assert(yihu_span_is(text, again));
	assert(t.serial > 0);
	text.len--;
	assert(yihu_token_from_digits(&t, text, NULL) != YIHU_OK);
}

static void read_scan(struct yihu_span text)
{
	struct yihu_token t;
	struct yihu_error err = fuzz_error();
	char again[YIHU_TOKEN_DIGITS + 1];
	fuzz_fill(&t, sizeof t);
	if (!fuzz_ok(yihu_token_from_scan(&t, text, &err), &err)) {
		assert(fuzz_untouched(&t, sizeof t));
		return;
	}
	yihu_token_digits(again, &t);
	assert(memmem(text.p, text.len, again, YIHU_TOKEN_DIGITS));
}

/* The prefix that an address has makes a link that is read again. */
static void read_url(const char *url)
{
	struct yihu_token t = fixture_token(fuzz_world()->f, 1), again;
	struct yihu_buf link = {0};
	struct yihu_error err = fuzz_error();
	char digits[YIHU_TOKEN_DIGITS + 1];
	if (fuzz_ok(yihu_token_url_prefix(&link, url, &err), &err)) {
		yihu_token_digits(digits, &t);
		yihu_buf_str(&link, digits);
		struct yihu_span text = {(const char *)link.data, link.len};
		assert(yihu_token_from_scan(&again, text, NULL) == YIHU_OK);
		assert(again.serial == t.serial);
	} else {
		assert(link.len == 0);
	}
	yihu_buf_free(&link);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yihu_span text = {(const char *)data, size};
	char *url = fuzz_string(data, size);
	read_digits(text);
	read_scan(text);
	read_url(url);
	free(url);
	return 0;
}
