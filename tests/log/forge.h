/* SPDX-License-Identifier: Apache-2.0
 *
 * Entries that a ledger must refuse, and the logs to try them on. Each row of
 * a table breaks one rule of PROTOCOL §6 or §7 and is right, and rightly
 * signed, in all else.
 */
#ifndef YIHU_TEST_FORGE_H
#define YIHU_TEST_FORGE_H

#include <fixture.h>

enum stage { EMPTY, OPENED, POLL, CLOSED, SEALED, CALLED_OFF };

#define NEW 13      /* the next serial at OPENED */
#define REPLACED 12 /* at POLL, by 13 */
#define VOIDED 11   /* at POLL */
#define VOTED 1     /* at POLL, its ballot is VOTED_AT */
#define VOTED_AT 4  /* after O and three changes */
#define LAST 14     /* the last serial at POLL */
#define FREE 5      /* has not voted */

struct world {
	const struct fixture *f, *other; /* other: wider ballots, other keys */
	struct fixture_log *log;
	uint64_t now; /* fit for the stage */
};
/* The elections of every world, as a cmocka group's fixture. */
int forge_set_up(void **state);
int forge_tear_down(void **state);
struct world world_at(enum stage stage); /* its log is the caller's to free */

typedef void bad_entry(const struct world *w, struct yihu_buf *out);
#define BAD(name) static void name(const struct world *w, struct yihu_buf *out)

struct bad_row {
	const char *name;
	bad_entry *make;
	enum stage stage;
	int code;
	int spared; /* the code when proofs are taken as verified before */
};
#define ROW(stage, name, code)                                                                     \
	{                                                                                          \
#name, name, stage, code, code                                                     \
	}
#define PROOF_ROW(stage, name, code, spared)                                                       \
	{                                                                                          \
#name, name, stage, code, spared                                                   \
	}
/* Runs a table as a test program; returns main's value. */
int bad_rows(const char *title, const struct bad_row *rows, size_t n);

/* Honest at POLL, bad elsewhere. */
bad_entry nothing;
bad_entry free_ballot;
bad_entry free_ballot_at_opens;
bad_entry void_of_free;
bad_entry close_now;
bad_entry open_now;
bad_entry same_ballot_at;

/* What entries are made of. */
const uint8_t *eid(const struct world *w);
void ballot_entry(struct yihu_buf *out, uint64_t time, const struct yihu_buf *ballot);
void ballot_of(const struct world *w, uint32_t serial, uint64_t seed, struct yihu_buf *out);
void ballot_at(const struct world *w, uint32_t serial, uint64_t time, struct yihu_buf *out);
void ballot_with(const struct world *w, const struct yihu_token *t, const struct yihu_scalar *r,
		 struct yihu_buf *out);
/* Signs again, as the voter who changed its own ballot would. */
void resign(const struct world *w, uint32_t serial, struct yihu_buf *ballot);
/* A ballot of FREE with `len` bytes at `at` replaced and signed again. */
void patched_ballot(const struct world *w, size_t at, const void *bytes, size_t len,
		    struct yihu_buf *out);
void change_entry(const struct world *w, uint64_t time, uint32_t old_serial, uint32_t new_serial,
		  const struct yihu_credential *credential, struct yihu_buf *out);
/* With an honest new credential, if any. */
void change(const struct world *w, uint32_t old_serial, uint32_t new_serial, struct yihu_buf *out);
void credential_for(const struct world *w, uint32_t serial,
		    const uint8_t pk[static YIHU_PUBKEY_BYTES], struct yihu_credential *c);
/* An addition of NEW with a key that the issuer did sign for it. */
void addition_of_key(const struct world *w, const uint8_t pk[static YIHU_PUBKEY_BYTES],
		     struct yihu_buf *out);
/* A body of 104 bytes, signed by whom and for which election one likes. */
void signed_change(const struct world *w, const uint8_t part[static 104],
		   const uint8_t of[static YIHU_EID_BYTES], const struct yihu_keypair *by,
		   struct yihu_buf *out);
void void_of(uint8_t part[static 104], uint32_t serial);
void close_entry(uint64_t time, const uint8_t of[static 32], uint64_t size, struct yihu_node root,
		 const struct yihu_keypair *by, struct yihu_buf *out);
struct yihu_node root_of(const struct world *w);
void honest_close(const struct world *w, uint64_t time, struct yihu_buf *out);
/* Whoever knows r can prove a repeated A; it is refused all the same. */
struct yihu_scalar known_r(uint8_t n);

#endif
