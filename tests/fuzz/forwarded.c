/* SPDX-License-Identifier: Apache-2.0
 *
 * Whom a trusted proxy names, a range of addresses, and what a browser asks of a file
 * that it has: texts of headers.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "countd/addresses.h"
#include "countd/conditional.h"
#include "fuzz.h"

static void read_hop(const char *text)
{
	struct address a, again;
	fuzz_fill(&a, sizeof a);
	if (!address_forwarded(&a, text)) {
		assert(fuzz_untouched(&a, sizeof a));
		return;
	}
	assert(a.kind == ADDRESS_V4 || a.kind == ADDRESS_V6);
	struct address household = address_household(&a);
	again = address_household(&household);
	assert(address_same(&household, &again));
	/* Whatever stands before it. */
	char *longer = yihu_printf("192.0.2.1, %s", text);
	assert(address_forwarded(&again, longer) && address_same(&a, &again));
	free(longer);
}

static void read_address_range(const char *text)
{
	struct address_range r;
	struct yihu_error err = fuzz_error();
	if (fuzz_ok(address_range_parse(&r, text, &err), &err)) {
		assert(r.bits <= 128);
		assert(address_within(&r.from, &r, 1));
	}
}

static void read_conditions(const char *text)
{
	struct etag tag = etag_of_bytes(text, strlen(text));
	uint64_t first = 0, n = 0;
	assert(!etag_listed(text, &tag) || strcmp(text, "*") == 0);
	if (range_of(text, 1000, &first, &n) == RANGE_PART)
		assert(n > 0 && first < 1000 && n <= 1000 - first);
	assert(range_of(text, 0, &first, &n) != RANGE_PART);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_string(data, size);
	read_hop(text);
	read_address_range(text);
	read_conditions(text);
	free(text);
	return 0;
}
