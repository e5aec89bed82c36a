/* SPDX-License-Identifier: Apache-2.0
 *
 * An election as every program sees it: definition, charter and register,
 * each verified and agreeing with the others.
 */
#ifndef YIHU_ELECTION_H
#define YIHU_ELECTION_H

#include <yihu/api.h>
#include <yihu/token.h>

YIHU_API_BEGIN

struct yihu_election {
	struct yihu_definition *definition;
	struct yihu_charter *charter;
	struct yihu_register *reg; /* NULL before it is issued */
};
/* reg may be NULL with reg_len 0. Checks that the definition's SHA-256 is the
 * charter's (YIHU_EDEFINITION). */
int yihu_election_parse(struct yihu_election **out, const void *definition, size_t definition_len,
			const void *charter, size_t charter_len, const void *reg, size_t reg_len,
			struct yihu_error *err);
/* election.pb, charter and (when there) register of a public folder. */
int yihu_election_load(struct yihu_election **out, const char *public_dir, struct yihu_error *err);
/* With its definition, charter and register. NULL is fine. */
void yihu_election_free(struct yihu_election *e);

YIHU_API_END

#endif
