/* SPDX-License-Identifier: Apache-2.0
 *
 * A finished election of many ballots, printed with what the C audit says: for
 * measuring.
 *
 * usage: large BALLOTS PROJECTS
 */
#include <string.h>

#include <sodium.h>

#include <yihu/audit.h>

#include "fixture.h"

int main(int argc, char **argv)
{
	uint64_t ballots, projects;
	if (argc != 3 || !yihu_decimal(&ballots, yihu_span(argv[1]), 100000) ||
	    !yihu_decimal(&projects, yihu_span(argv[2]), 1000) || sodium_init() < 0)
		return 2;
	struct fixture *f = fixture_new(&(struct fixture_options){
		.name = "large", .projects = (uint32_t)projects, .households = (uint32_t)ballots});
	struct fixture_log *log = fixture_log_new(f);
	fixture_log_ballots(log, (uint32_t)ballots);
	fixture_log_close(log);
	struct yihu_public *p = fixture_public_opened(log);
	struct yihu_audit_options o = {.eid_bits = 8 * YIHU_EID_BYTES};
	memcpy(o.eid, f->election->charter->eid, sizeof o.eid);
	yihu_audit_free(yihu_audit_run(p, &o)); /* prints it */
	yihu_public_free(p);
	fixture_log_free(log);
	fixture_free(f);
	return 0;
}
