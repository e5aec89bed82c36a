/* SPDX-License-Identifier: Apache-2.0
 *
 * The names of a public folder: what belongs, what is missing (PROTOCOL §11).
 * Names only; which tiles a log of this size has, is the tiles' check.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

static uint32_t bit_of(uint32_t number)
{
	assert(number >= 1 && number <= YIHU_HOLDERS_MAX);
	return UINT32_C(1) << (number - 1);
}

struct audit_inventory audit_inventory(const struct yihu_public *p)
{
	struct audit_inventory v = {0};
	for (size_t i = 0; i < p->n; i++) {
		struct yihu_public_name n = yihu_public_name(p->files[i].name);
		v.kinds[n.kind]++;
		if (n.kind == YIHU_PUBLIC_MIX)
			v.mixes |= bit_of(n.number);
		if (n.kind == YIHU_PUBLIC_OPENING)
			v.openings |= bit_of(n.number);
	}
	return v;
}

uint32_t audit_highest(uint32_t bits)
{
	uint32_t i = 0;
	while (bits >> i != 0)
		i++;
	return i;
}

static void missing(struct audit_work *w, const char *name)
{
	audit_fault(w, YIHU_CHECK_FILES, YIHU_EMISSING, name,
		    _("this file is missing. Fetch the folder again; if it stays missing, its "
		      "publisher has left it out"));
}

/* The first of a kind that has numbers. */
static void missing_kind(struct audit_work *w, enum yihu_public_kind kind)
{
	const struct yihu_public_row *row = yihu_public_row(kind);
	missing(w, row->most > 0 ? yihu_public_numbered(kind, 1).text : row->pattern);
}

static void find_missing(struct audit_work *w, const struct audit_inventory *v)
{
	uint32_t there = 0;
	for (int kind = 0; kind < YIHU_N_PUBLIC_KINDS; kind++)
		there |= v->kinds[kind] > 0 ? YIHU_PUBLIC_BIT(kind) : 0;
	uint32_t absent = yihu_public_needed(there) & ~there;
	for (int kind = 0; kind < YIHU_N_PUBLIC_KINDS; kind++)
		if ((absent & YIHU_PUBLIC_BIT(kind)) != 0)
			missing_kind(w, (enum yihu_public_kind)kind);
	for (uint32_t k = 1; k <= audit_highest(v->mixes); k++)
		if ((v->mixes >> (k - 1) & 1) == 0)
			missing(w, yihu_public_numbered(YIHU_PUBLIC_MIX, k).text);
}

static void find_strays(struct audit_work *w)
{
	for (size_t i = 0; i < w->p->n; i++) {
		const char *name = w->p->files[i].name;
		if (yihu_public_name(name).kind == YIHU_PUBLIC_STRAY)
			audit_fault(w, YIHU_CHECK_FILES, YIHU_ESTRAY, name,
				    _("this file does not belong in a public folder. Nothing "
				      "says what it is, so look at it, and remove it"));
	}
}

static char *join_notices(const struct yihu_public *p)
{
	struct yihu_buf b = {0};
	for (size_t i = 0; i < p->n_notices; i++)
		yihu_buf_fmt(&b, "%s%s", i == 0 ? "" : ", ", p->notices[i]);
	char *out = yihu_strdup((const char *)yihu_buf_bytes(&b));
	yihu_buf_free(&b);
	return out;
}

void audit_check_files(struct audit_work *w)
{
	struct audit_inventory v = audit_inventory(w->p);
	uint64_t n = w->p->n - v.kinds[YIHU_PUBLIC_SITE] - v.kinds[YIHU_PUBLIC_HIDDEN] -
		     v.kinds[YIHU_PUBLIC_STRAY];
	find_missing(w, &v);
	find_strays(w);
	if (w->p->n_notices == 0) {
		audit_step(w, YIHU_CHECK_FILES, n, _("protocol files: %llu"),
			   (unsigned long long)n);
		return;
	}
	char *notices = join_notices(w->p);
	audit_step(w, YIHU_CHECK_FILES, n, _("protocol files: %llu; passed over: %s"),
		   (unsigned long long)n, notices);
	free(notices);
}
