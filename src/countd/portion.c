/* SPDX-License-Identifier: Apache-2.0
 *
 * Conditions and ranges, on answers.
 */
#include "portion.h"

#include <string.h>
#include <unistd.h>

uint64_t answer_bytes(const struct answer *a)
{
	return a->fd >= 0 ? a->fd_bytes : a->fixed ? a->fixed_len : a->body.len;
}

static void drop_bytes(struct answer *a)
{
	if (a->fd >= 0)
		close(a->fd);
	a->fd = -1;
	a->fixed = NULL;
	yihu_buf_free(&a->body);
}

static void keep_part(struct answer *a, uint64_t first, uint64_t n)
{
	a->status = HTTP_PARTIAL_CONTENT;
	a->first = first;
	if (a->fd >= 0) {
		a->fd_bytes = n;
	} else if (a->fixed) {
		a->fixed = (const uint8_t *)a->fixed + first;
		a->fixed_len = (size_t)n;
	} else {
		memmove(a->body.data, a->body.data + first, (size_t)n);
		a->body.len = (size_t)n;
	}
}

static void answer_beyond(struct answer *a)
{
	drop_bytes(a);
	a->etag.text[0] = '\0';
	a->cache = NULL;
	answer_error(a, HTTP_RANGE_NOT_SATISFIABLE, YIHU_EARG, _("there are only %llu bytes"),
		     (unsigned long long)a->whole);
}

void answer_portion(struct answer *a, const struct portion_asked *asked)
{
	uint64_t first = 0, n = 0;
	if (a->status != HTTP_OK || a->etag.text[0] == '\0')
		return;
	if (etag_listed(asked->if_none_match, &a->etag)) {
		a->status = HTTP_NOT_MODIFIED; /* the bytes stay: their number is in its head */
		return;
	}
	/* The parts of what is compressed for the way are nothing to go on from. */
	a->parts = !a->content_encoding;
	if (!a->parts || !asked->parts || !range_still(asked->if_range, &a->etag))
		return;
	a->whole = answer_bytes(a);
	enum range range = range_of(asked->range, a->whole, &first, &n);
	if (range == RANGE_PART)
		keep_part(a, first, n);
	else if (range == RANGE_BEYOND)
		answer_beyond(a);
}
