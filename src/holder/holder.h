/* SPDX-License-Identifier: Apache-2.0
 *
 * A key holder's acts (PROTOCOL §3, §8, §9, §10), each whole: it checks all
 * that the protocol asks before, saves the mark in the key file, and only then
 * lets anything leave. Killed at any moment and run again it goes on or says
 * why not; nothing that may be done once is done twice.
 *
 * Trust: whoever controls a holder's key file and passphrase has one share; t
 * of them open the box.
 */
#ifndef YIHU_HOLDER_H
#define YIHU_HOLDER_H

#include "client/view.h"
#include "folder/withdrawal.h"

#include <yihu/keyfile.h>

/* ---- the ceremony: works on files of DIR/ceremony alone ---- */

/* Refuses when ceremony/ shows an act by this key that the key file does not
 * know: then it is an old copy (YIHU_EMARK). A file that knows it is one of
 * several (yihu_keyfile_copy) learns such an act instead, when its signature and
 * all that it stands for verify, and is saved. The acts below do so themselves. */
int holder_check_marks(struct yihu_keyfile *key, const struct yihu_folder *f,
		       const struct yihu_ceremony *c, struct yihu_error *err);
/* Is key one of the election eid, whose ceremony lies in f? YIHU_EELECTION says
 * which it belongs to. */
int holder_check_election(struct yihu_keyfile *key, const struct yihu_folder *f,
			  const uint8_t eid[static YIHU_EID_BYTES], struct yihu_error *err);
/* A second file of the key at `to`, read back (see yihu_keyfile_copy). Only of a
 * key that has announced in this ceremony, and is not retired. */
int holder_copy(struct yihu_keyfile *key, const struct yihu_folder *f, const char *to, bool *made,
		struct yihu_error *err);

/* May they deal, or accept, whoever they are? Asked before any passphrase. */
int holder_check_dealing(const struct yihu_ceremony *c, struct yihu_error *err);
int holder_check_accepting(const struct yihu_ceremony *c, struct yihu_error *err);

/* A key holder to be: a number, a key file that is there or will be made, and
 * the name that was given (NULL: none, the file knows it). */
struct holder_claim {
	uint32_t index;
	const char *path;
	const char *name;
};
/* Before any key file is made or opened: does each claim fit its file, the
 * others, and those who have announced? One file or key under two holders, a
 * number or a name that is taken, a name that no key may have, a file of
 * another name: each is refused with the way out. */
int holder_check_claims(const struct holder_claim *claims, size_t n, const struct yihu_folder *f,
			struct yihu_error *err);

/* May `name` be holder `index`, with this key (NULL: one that is not made yet)?
 * YIHU_EARG, YIHU_EEXIST, YIHU_EKEYS say with whom it clashes, and the way out. */
int holder_check_place(const struct yihu_ceremony *c, uint32_t index, const char *name,
		       const struct yihu_vkey *key, struct yihu_error *err);

/* May this key announce as holder `index`? One that was used in another
 * ceremony, or is retired, may not. */
int holder_check_announcing(const struct yihu_keyfile *key, const struct yihu_folder *f,
			    uint32_t index, struct yihu_error *err);
/* Draws a fresh polynomial and writes announce-i. Doing it again before
 * dealing, when the file is gone, draws anew; a key that has dealt is refused. */
int holder_announce(struct yihu_keyfile *key, const struct yihu_folder *f, uint32_t index,
		    struct yihu_error *err);

#define HOLDER_DIGEST_BYTES 30
/* The first 120 bits of S in groups, as holders read them to each other. */
void holder_digest(char out[static HOLDER_DIGEST_BYTES], const struct yihu_ceremony *c);

#define HOLDER_HEARD_BYTES 15
#define HOLDER_HEARD_BITS ((size_t)8 * HOLDER_HEARD_BYTES)
/* Deals over the S of the n announcements, which must begin with the bytes that
 * were heard (YIHU_ESHARE); NULL: all sit at one table. */
int holder_deal(struct yihu_keyfile *key, const struct yihu_folder *f, const uint8_t *heard,
		struct yihu_error *err);

/* Shows the charter and definition that are there to be accepted, by the charter's id, once
 * they have been checked; the codes of holder_check_accepting, and those of look. */
int holder_look(uint8_t eid[static YIHU_EID_BYTES], const struct yihu_folder *f, yihu_look *look,
		void *context, struct yihu_error *err);
/* Opens every deal, checks every share, reads definition and charter, signs.
 * charter-j is written; the key keeps its share and the eid. seen: the id of what was looked
 * at, and nothing else is signed (YIHU_ECHARTER); NULL: nobody looks. */
int holder_accept(struct yihu_keyfile *key, const struct yihu_folder *f, const uint8_t *seen,
		  struct yihu_error *err);

/* ---- the count: works on the public folder, audited under the election's eid ---- */

/* Is it time for this act, whoever's key it is? Asked before any passphrase. */
enum holder_act {
	HOLDER_BOX,
	HOLDER_SHUFFLE,
	HOLDER_OPEN,
	HOLDER_SIGN,
	HOLDER_RETIRE,
};
/* v has been looked at. YIHU_ESTATE: what it waits for; YIHU_EMINBOX: the box
 * stays closed; YIHU_ECANCELLED. */
int holder_check_turn(enum holder_act act, const struct yihu_view *v, struct yihu_error *err);

/* Would any of these keys sign the box in its next act, whichever that is: is its signature
 * not there yet? Asked before any passphrase. */
bool holder_signs_box(const struct yihu_vkey *keys, size_t n, const struct yihu_view *v);
/* Signs the box: ceremony/box-j. Here and below, what v says was shown is all that is
 * signed: YIHU_EBOX, YIHU_ERESULTS. */
int holder_box(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err);
/* Puts public/box when q lines are there, in ceremony/ or in it already (it
 * gains lines until results exist). *placed: whether public/box has every line now. Looks again. */
int holder_place_box(struct yihu_view *v, bool *placed, struct yihu_error *err);
/* mix/k, open/j: made, checked, marked, put. Each looks again. The mix waits in
 * ceremony/mix-j until public/ has it: a run that was cut off hands over that
 * very file. Another list is never opened. */
int holder_shuffle(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err);
/* For a mix that is lost for good, as somebody says: makes another one, which
 * the key file then knows as its one. */
int holder_shuffle_again(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err);
/* open/j, in the same way. YIHU_EMARK: this key has opened another list. */
int holder_open(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err);
/* Signs the results as the audit recomputes them: ceremony/results-j. */
int holder_sign(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err);
/* What the clerk asks to be withdrawn, when it may be now; its caller finishes it.
 * Asked before any passphrase. YIHU_ESTATE: nothing is asked; YIHU_EOVER,
 * YIHU_EWITHDRAWAL, YIHU_ECANCELLED. */
int holder_withdrawal(struct folder_withdrawal *out, const struct yihu_view *v, uint64_t now,
		      struct yihu_error *err);
/* Signs it: ceremony/withdrawal-j. */
int holder_withdraw(struct yihu_keyfile *key, const struct yihu_view *v,
		    const struct folder_withdrawal *w, struct yihu_error *err);
/* Once results are complete: erases share and polynomial in all n files of one
 * key, and says so in ceremony/retired-j. *out: how many of its files are erased
 * by now, of those that are known of. */
int holder_retire(struct yihu_keyfile *const *files, size_t n, struct yihu_view *v,
		  struct yihu_retired *out, struct yihu_error *err);

/* ---- all at one table: every key open at once, in index order ---- */

/* Announces and deals with every key, and accepts with every key when
 * ceremony/charter is there (*charter_made); what is done already is skipped. Before a
 * charter is accepted, look shows it once; NULL: nobody looks. */
int holder_table_ceremony(struct yihu_keyfile *const *keys, size_t n, const struct yihu_folder *f,
			  yihu_look *look, void *context, bool *charter_made,
			  struct yihu_error *err);
/* Are they enough to sign the box, with those who have signed it already? Asked
 * of their public keys, before any passphrase: YIHU_ESIGNERS. */
int holder_check_table(const struct yihu_vkey *keys, size_t n, const struct yihu_view *v,
		       struct yihu_error *err);
typedef int holder_look_result(void *context, struct yihu_view *v, struct yihu_error *err);
/* Box by all, t shuffles, t openings, signatures by all, from wherever the
 * count stands. Fewer than q keys: YIHU_ESIGNERS unless the box is there. Before the result
 * is signed, look shows it once; NULL: nobody looks. */
int holder_table_count(struct yihu_keyfile *const *keys, size_t n, struct yihu_view *v,
		       holder_look_result *look, void *context, struct yihu_error *err);

/* The bit of this key's holder in an audit's sets. */
static inline uint32_t holder_bit(const struct yihu_keyfile *key)
{
	return UINT32_C(1) << (key->index - 1);
}

#endif
