/* SPDX-License-Identifier: Apache-2.0
 *
 * A bucket a kind of line.
 */
#include "line_rate.h"

void line_rate_init(struct line_rate *r)
{
	*r = (struct line_rate){0};
	pthread_mutex_init(&r->lock, NULL);
}

void line_rate_finish(struct line_rate *r)
{
	pthread_mutex_destroy(&r->lock);
}

/* The last place is for all that find no other. */
static struct line_kind *kind_of(struct line_rate *r, const char *format)
{
	size_t i = 0;
	while (i < LINE_KINDS - 1 && r->kinds[i].format && r->kinds[i].format != format)
		i++;
	r->kinds[i].format = format;
	return &r->kinds[i];
}

bool line_rate_take(struct line_rate *r, const char *format, uint64_t second, unsigned *more)
{
	pthread_mutex_lock(&r->lock);
	struct line_kind *k = kind_of(r, format);
	*more = 0;
	if (k->second != second) {
		*more = k->more;
		k->more = k->lines = 0;
		k->second = second;
	}
	bool may = k->lines < LINES_A_SECOND;
	k->lines += may;
	k->more += !may;
	pthread_mutex_unlock(&r->lock);
	return may;
}

unsigned line_rate_rest(struct line_rate *r, uint64_t second, bool all, const char **format)
{
	unsigned more = 0;
	pthread_mutex_lock(&r->lock);
	for (size_t i = 0; i < LINE_KINDS && more == 0; i++) {
		struct line_kind *k = &r->kinds[i];
		if (!all && k->second == second)
			continue;
		more = k->more;
		*format = k->format;
		k->more = 0;
	}
	pthread_mutex_unlock(&r->lock);
	return more;
}
