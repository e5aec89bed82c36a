/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of a public folder, in an order that what comes has all that it
 * stands on.
 */
#include "fetch/fetch.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "fetch/fetch_log.h"

/* Numbers from 1 on until one is absent; of those that may leave gaps, all. */
static int fetch_numbered(struct fetch_run *run, enum yihu_public_kind kind)
{
	bool there = true, gaps = yihu_public_row(kind)->gaps;
	int r = 0;
	for (uint32_t i = 1; i <= run->charter->n && r == 0 && (there || gaps); i++)
		r = run_fetch(run, yihu_public_numbered(kind, i).text, &there);
	return r;
}

/* A host that has an answer to everything would pass pages off as mixes. */
static int probe(struct fetch_run *run)
{
	struct http_answer a = {0};
	struct yihu_public_text name = yihu_public_numbered(YIHU_PUBLIC_MIX, 0);
	char *path = yihu_printf("/%s", name.text);
	int r = run_get(run, path, YIHU_CHARTER_BYTES_MAX, &a);
	free(path);
	if (r == YIHU_ETOOBIG || (r == 0 && a.status == 200))
		r = run_refuse(
			run, YIHU_ESTATE, name.text,
			_("no folder has this file, and the server gives one: it must answer "
			  "404 for what is not there"));
	http_answer_finish(&a);
	return r;
}

static int check_eid(const struct fetch_run *run)
{
	char given[YIHU_SHORT_PRINT_BYTES], here[YIHU_SHORT_PRINT_BYTES];
	if (!run->o->eid || memcmp(run->o->eid, run->charter->eid, YIHU_EID_BYTES) == 0)
		return 0;
	yihu_short_print(given, run->o->eid);
	yihu_short_print(here, run->charter->eid);
	return yihu_fail(run->err, YIHU_EELECTION,
			 _("%s shows another election: its id begins with %s, and the one that you "
			   "gave begins with %s"),
			 http_client_url(run->client), here, given);
}

static int fetch_charter(struct fetch_run *run)
{
	bool there = false;
	int r = run_fetch(run, "charter", &there);
	if (r == 0 && !there)
		r = run_refuse(run, YIHU_EMISSING, "charter",
			       _("there is no such file, so this is not a public folder"));
	if (r != 0)
		return r;
	const struct yihu_buf *b = yihu_public_get(run->p, "charter");
	r = yihu_charter_parse(&run->charter, yihu_buf_bytes(b), b->len, run->err);
	return r == 0 ? check_eid(run)
		      : yihu_fail_at(run->err, r, "%s/charter", http_client_url(run->client));
}

/* The definition that the charter names says how large a ballot is. */
static int fetch_definition(struct fetch_run *run)
{
	uint8_t hash[32];
	bool there = false;
	int r = run_fetch(run, "election.pb", &there);
	if (r != 0 || !there)
		return r;
	const struct yihu_buf *b = yihu_public_get(run->p, "election.pb");
	crypto_hash_sha256(hash, b->data, b->len);
	if (memcmp(hash, run->charter->definition_hash, sizeof hash) != 0)
		return run_refuse(run, YIHU_EDEFINITION, "election.pb",
				  _("this is not the file that the charter names"));
	yihu_definition_parse(&run->definition, b->data, b->len, NULL);
	run->limits = yihu_limits_of(run->charter, run->definition);
	return 0;
}

/* Those that the definition names; what is missing the audit tells. */
static int fetch_pictures(struct fetch_run *run)
{
	struct yihu_pictures all = yihu_pictures_of(run->definition);
	bool there;
	int r = 0;
	for (size_t i = 0; i < all.n && r == 0; i++)
		r = run_fetch(run, yihu_public_picture(all.hashes[i]).text, &there);
	yihu_pictures_free(&all);
	return r;
}

static bool has(const struct fetch_run *run, uint32_t kinds)
{
	return (run->there & kinds) == kinds;
}

static int fetch_kind(struct fetch_run *run, enum yihu_public_kind kind)
{
	const struct yihu_public_row *row = yihu_public_row(kind);
	bool there = false;
	int r = 0;
	if (kind == YIHU_PUBLIC_AT_CLOSE)
		return fetch_log(run);
	if (kind == YIHU_PUBLIC_PICTURE)
		return fetch_pictures(run);
	if (row->writer == YIHU_BY_LOG || has(run, YIHU_PUBLIC_BIT(kind)))
		return 0; /* with at-close; or the charter and the definition */
	if (row->most > 0)
		r = fetch_numbered(run, kind);
	else if (has(run, row->whole_with))
		r = run_fetch(run, row->pattern, &there);
	run->there |= there ? YIHU_PUBLIC_BIT(kind) : 0;
	return r;
}

/* The folder grows while we read: what is written last is fetched first, but for
 * the two files that say how large the others can be. */
static int fetch_all(struct fetch_run *run)
{
	int r = fetch_charter(run);
	if (r == 0)
		r = fetch_definition(run);
	if (r == 0)
		r = probe(run);
	run->there = YIHU_PUBLIC_BIT(YIHU_PUBLIC_CHARTER) | YIHU_PUBLIC_BIT(YIHU_PUBLIC_DEFINITION);
	for (int kind = YIHU_PUBLIC_SITE - 1; kind >= 0 && r == 0; kind--)
		r = fetch_kind(run, (enum yihu_public_kind)kind);
	return r;
}

int fetch_public(struct http_client *c, const struct fetch_options *o, struct yihu_public **out,
		 struct yihu_error *err)
{
	struct fetch_run run = {.client = c,
				.o = o,
				.p = yihu_public_new(),
				.limits = yihu_limits_of(NULL, NULL),
				.until_ms = yihu_clock_monotonic_ms() +
					    FETCH_SECONDS_MAX * UINT64_C(1000),
				.err = err};
	int r = fetch_all(&run);
	yihu_charter_free(run.charter);
	yihu_definition_free(run.definition);
	if (r == 0)
		*out = run.p;
	else
		yihu_public_free(run.p);
	return r;
}
