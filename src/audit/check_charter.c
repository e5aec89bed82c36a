/* SPDX-License-Identifier: Apache-2.0
 *
 * The charter (PROTOCOL §3, §4): form, every signature, every holder's proof
 * and Y (in yihu_charter_parse), the definition it names and the eid given.
 */
#include <sodium.h>
#include <string.h>

#include "work.h"

#define NAME "charter"

static void compare_eid(struct audit_work *w)
{
	char given[YIHU_SHORT_PRINT_BYTES], here[YIHU_SHORT_PRINT_BYTES];
	if (w->o->eid_bits == 0 || memcmp(w->o->eid, w->charter->eid, YIHU_EID_BYTES) == 0)
		return;
	yihu_short_print(given, w->o->eid);
	yihu_short_print(here, w->charter->eid);
	audit_fault(w, YIHU_CHECK_CHARTER, YIHU_EELECTION, NAME,
		    _("this is another election: its id begins with %s, and the one that you gave "
		      "begins with %s"),
		    here, given);
}

/* Only a definition that the charter names goes into the election: against
 * another, every later check would tell of faults that are not there. */
static void compare_definition(struct audit_work *w)
{
	const struct yihu_buf *file = yihu_public_get(w->p, "election.pb");
	uint8_t hash[32];
	if (!file)
		return;
	crypto_hash_sha256(hash, yihu_buf_bytes(file), file->len);
	if (memcmp(hash, w->charter->definition_hash, sizeof hash) != 0)
		audit_fault(w, YIHU_CHECK_CHARTER, YIHU_EDEFINITION, "election.pb",
			    _("this is not the file that the charter names: its SHA-256 "
			      "differs"));
	else if (w->definition)
		w->election.definition = w->definition;
}

void audit_check_charter(struct audit_work *w)
{
	const struct yihu_buf *file = yihu_public_get(w->p, NAME);
	struct yihu_error err = {0};
	if (!file) {
		audit_skip_absent(w, YIHU_CHECK_CHARTER);
		return;
	}
	if (yihu_charter_parse(&w->charter, yihu_buf_bytes(file), file->len, &err) != 0) {
		audit_fault_error(w, YIHU_CHECK_CHARTER, NAME, &err);
		audit_step(w, YIHU_CHECK_CHARTER, 0, _("not a valid charter"));
		return;
	}
	const struct yihu_charter *c = w->charter;
	char print[YIHU_SHORT_PRINT_BYTES];
	yihu_short_print(print, c->eid);
	compare_eid(w);
	compare_definition(w);
	if (yihu_charter_check_looks(c, &err) != 0)
		audit_doubt(w, NAME, &err);
	if (w->election.definition) {
		w->election.charter = w->charter;
		w->a->election = &w->election;
	}
	audit_step(w, YIHU_CHECK_CHARTER, c->n + 1,
		   _("election %s; households: %u; signatures: %u; key holders with proofs: %u; to "
		     "sign the box: %u, to open it: %u"),
		   print, c->households, c->n + 1, c->n, c->q, c->t);
}
