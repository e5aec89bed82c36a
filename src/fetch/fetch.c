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
static int fetch_each(struct fetch_run *run, const char *const *names, size_t n)
{
	bool there;
	int r = 0;
	for (size_t i = 0; i < n && r == 0; i++)
		r = run_fetch(run, names[i], &there);
	return r;
}

/* "mix/%u" from 1 on until one is absent; of openings, which leave gaps, all. */
static int fetch_numbered(struct fetch_run *run, const char *format, bool sparse)
{
	bool there = true;
	int r = 0;
	for (uint32_t i = 1; i <= run->charter->n && r == 0 && (there || sparse); i++) {
		char *name = yihu_printf(format, i);
		r = run_fetch(run, name, &there);
		free(name);
	}
	return r;
}

/* A host that has an answer to everything would pass pages off as mixes. */
static int probe(struct fetch_run *run)
{
	struct http_answer a = {0};
	int r = run_get(run, "/mix/0", YIHU_CHARTER_BYTES_MAX, &a);
	if (r == YIHU_ETOOBIG || (r == 0 && a.status == 200))
		r = run_refuse(
			run, YIHU_ESTATE, "mix/0",
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
	r = yihu_charter_parse(&run->charter, b->len > 0 ? b->data : (const void *)"", b->len,
			       run->err);
	return r == 0 ? check_eid(run)
		      : yihu_fail_at(run->err, r, "%s/charter", http_client_url(run->client));
}

/* The definition that the charter names says how large a ballot is. */
static int fetch_definition(struct fetch_run *run)
{
	struct yihu_definition *d = NULL;
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
	yihu_definition_parse(&d, b->data, b->len, NULL);
	run->limits = yihu_limits_of(run->charter, d);
	yihu_definition_free(d);
	return 0;
}

/* results comes last of the three: without it publishing is under way. */
static int fetch_results(struct fetch_run *run)
{
	static const char *const bodies[] = {"results.json", "results.pb"};
	bool there = false;
	int r = run_fetch(run, "results", &there);
	return r == 0 && there ? fetch_each(run, bodies, sizeof bodies / sizeof *bodies) : r;
}

/* The folder grows while we read: what is written last is fetched first. */
static int fetch_all(struct fetch_run *run)
{
	bool there;
	int r = fetch_charter(run);
	if (r == 0)
		r = fetch_definition(run);
	if (r == 0)
		r = probe(run);
	if (r == 0)
		r = fetch_results(run);
	if (r == 0)
		r = run_fetch(run, "cancelled", &there);
	if (r == 0)
		r = fetch_numbered(run, "open/%u", true);
	if (r == 0)
		r = fetch_numbered(run, "mix/%u", false);
	if (r == 0)
		r = run_fetch(run, "box", &there);
	if (r == 0)
		r = fetch_log(run);
	return r == 0 ? run_fetch(run, "register", &there) : r;
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
	if (r == 0)
		*out = run.p;
	else
		yihu_public_free(run.p);
	return r;
}
