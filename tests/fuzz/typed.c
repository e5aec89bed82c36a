/* SPDX-License-Identifier: Apache-2.0
 *
 * What people type: a letter's code, an election id, a local time.
 */
#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static void read_typed(struct yihu_span text)
{
	const uint8_t *eid = fuzz_world()->charter->eid;
	struct yihu_token t;
	struct yihu_error err = fuzz_error();
	fuzz_fill(&t, sizeof t);
	if (!fuzz_ok(yihu_token_from_typed(&t, eid, text, &err), &err)) {
		assert(fuzz_untouched(&t, sizeof t));
		return;
	}
	struct yihu_token again;
	char written[YIHU_TYPED_TEXT_BYTES];
	yihu_token_typed(written, eid, &t);
	assert(yihu_token_from_typed(&again, eid, yihu_span(written), NULL) == YIHU_OK);
	assert(memcmp(&t, &again, sizeof t) == 0);
	written[strlen(written) - 1] = '\0';
	assert(yihu_token_from_typed(&again, eid, yihu_span(written), NULL) != YIHU_OK);
}

/* Any serial and seed: written, then read in lower case without hyphens. */
static void write_typed(const uint8_t *data, size_t size)
{
	const uint8_t *eid = fuzz_world()->charter->eid;
	struct yihu_reader r = yihu_reader(data, size);
	struct yihu_token t = {.serial = yihu_read_be32(&r)}, again;
	char text[YIHU_TYPED_TEXT_BYTES], plain[YIHU_TYPED_TEXT_BYTES], *to = plain;
	yihu_read_into(&r, t.seed, sizeof t.seed);
	yihu_token_typed(text, eid, &t);
	for (const char *from = text; *from; from++)
		if (*from != '-')
			*to++ = (char)tolower(*from);
	*to = '\0';
	int code = yihu_token_from_typed(&again, eid, yihu_span(plain), NULL);
	assert((code == YIHU_OK) == (t.serial != 0));
	assert(code != YIHU_OK || memcmp(&t, &again, sizeof t) == 0);
}

static void read_eid(const char *text)
{
	uint8_t eid[YIHU_EID_BYTES], again[YIHU_EID_BYTES];
	unsigned bits = 0, bits_again;
	char print[YIHU_SHORT_PRINT_BYTES], hex[2 * YIHU_EID_BYTES + 1];
	if (!yihu_eid_read(eid, &bits, text))
		return;
	assert(bits == 256 || bits == 120);
	yihu_short_print(print, eid);
	assert(yihu_eid_read(again, &bits_again, print) && bits_again == 120);
	assert(memcmp(eid, again, 15) == 0);
	yihu_hex_into(hex, eid, sizeof eid);
	assert(yihu_eid_read(again, &bits_again, hex) && bits_again == 256);
	assert(memcmp(eid, again, sizeof eid) == 0);
}

static void read_time(const char *text)
{
	uint64_t t, again;
	char written[21];
	if (yihu_time_parse(&t, yihu_span(text))) {
		yihu_time_text(written, t);
		assert(strcmp(written, text) == 0);
	}
	if (yihu_time_parse_local(&t, text)) {
		yihu_time_text(written, t);
		assert(yihu_time_parse(&again, yihu_span(written)) && again == t);
		free(yihu_time_local(t));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_string(data, size);
	read_typed((struct yihu_span){(const char *)data, size});
	write_typed(data, size);
	read_eid(text);
	read_time(text);
	free(text);
	return 0;
}
