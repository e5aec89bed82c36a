/* SPDX-License-Identifier: Apache-2.0
 *
 * The election as the server's bytes prove it.
 */
#include "cast/cast.h"

#include <stdlib.h>
#include <string.h>

static int fetch(struct http_client *c, const char *path, size_t max, struct yihu_buf *out,
		 struct yihu_error *err)
{
	struct http_answer a = {0};
	int r = http_get(c, path, max, &a, err);
	if (r != 0)
		return r;
	if (a.status == 200) {
		*out = a.body;
		a.body = (struct yihu_buf){0};
	} else {
		http_refusal(&a, err);
		r = yihu_fail_at(err, err->code, "%s%s", http_client_url(c), path);
	}
	http_answer_finish(&a);
	return r;
}

int cast_fetch_election(struct yihu_election **out, struct http_client *c, struct yihu_error *err)
{
	struct yihu_buf charter = {0}, definition = {0};
	int r = fetch(c, "/charter", YIHU_CHARTER_BYTES_MAX, &charter, err);
	if (r == 0)
		r = fetch(c, "/election.pb", YIHU_DEFINITION_BYTES_MAX, &definition, err);
	if (r == 0)
		r = yihu_election_parse(out, definition.data, definition.len, charter.data,
					charter.len, NULL, 0, err);
	yihu_buf_free(&charter);
	yihu_buf_free(&definition);
	return r;
}

int cast_expect_election(const struct yihu_election *e, const char *wanted, struct yihu_error *err)
{
	uint8_t eid[YIHU_EID_BYTES];
	char print[YIHU_SHORT_PRINT_BYTES];
	unsigned bits;
	if (!yihu_eid_read(eid, &bits, wanted))
		return yihu_fail(err, YIHU_EARG,
				 _("“%.100s” is not an election id: give the letter's 24 large "
				   "signs in fours, or its 64 small digits"),
				 wanted);
	if (memcmp(eid, e->charter->eid, bits / 8) == 0)
		return 0;
	yihu_short_print(print, e->charter->eid);
	return yihu_fail(err, YIHU_EELECTION,
			 _("the server holds another election, %s. Ask the "
			   "committee for the address"),
			 print);
}
