/* SPDX-License-Identifier: Apache-2.0
 *
 * An election whose register was verified before, by somebody who is believed: a
 * million signatures cost a minute. Its form, its own signature, and that no key
 * is there twice are looked at as ever.
 */
#ifndef YIHU_ELECTION_KNOWN_REGISTER_H
#define YIHU_ELECTION_KNOWN_REGISTER_H

#include <yihu/election.h>

/* Was the register of this SHA-256, under this charter, verified before? */
typedef bool yihu_register_known(void *context, const struct yihu_charter *c,
				 const uint8_t hash[static 32]);
/* yihu_election_load, but that the letters' signatures of a known register are not
 * verified again. known NULL: none is. */
int yihu_election_load_known(struct yihu_election **out, const char *public_dir,
			     yihu_register_known *known, void *context, struct yihu_error *err);
/* yihu_register_parse, likewise. */
int yihu_register_parse_known(struct yihu_register **out, const struct yihu_charter *c,
			      const void *bytes, size_t len, yihu_register_known *known,
			      void *context, struct yihu_error *err);
/* The signatures of (at most) n letters, the first of them reg->credentials[from], on
 * all cores: what was left out. */
int yihu_register_check_letters(const struct yihu_register *reg, uint32_t from, uint32_t n,
				const struct yihu_charter *c, struct yihu_error *err);

#endif
