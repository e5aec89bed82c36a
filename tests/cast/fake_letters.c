/* SPDX-License-Identifier: Apache-2.0
 *
 * The letters of a fixture's election, as households and the clerk have them.
 */
#include "fake.h"

struct yihu_buf fake_scan(const struct fixture *f, uint32_t serial)
{
	struct yihu_buf out = {0};
	struct yihu_token t = fixture_token(f, serial);
	char digits[YIHU_TOKEN_DIGITS + 1];
	yihu_token_digits(digits, &t);
	yihu_buf_fmt(&out, "https://vote.example.org/v#%s\n", digits);
	return out;
}

struct yihu_buf fake_typed(const struct fixture *f, uint32_t serial)
{
	struct yihu_buf out = {0};
	struct yihu_token t = fixture_token(f, serial);
	char typed[YIHU_TYPED_TEXT_BYTES];
	yihu_token_typed(typed, f->election->charter->eid, &t);
	yihu_buf_fmt(&out, "%s\n", typed);
	return out;
}

struct yihu_buf fake_list(const struct fixture *f, uint32_t n)
{
	struct yihu_buf out = {0};
	yihu_buf_str(&out,
		     "\ufeffserial,household,building,name,replaces,election,election_id,typed,"
		     "scan,qr\n");
	for (uint32_t i = 1; i <= n; i++) {
		struct yihu_buf scan = fake_scan(f, i);
		yihu_buf_fmt(
			&out,
			"\"\t%04u\",\"\t3-1-%u\",\"3, east\",\"the \"\"old\"\" one\",,e,id,typed,"
			"%.*s,qr/%04u.svg\n",
			i, i, (int)scan.len - 1, (const char *)scan.data, i);
		yihu_buf_free(&scan);
	}
	return out;
}
