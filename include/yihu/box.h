/* SPDX-License-Identifier: Apache-2.0
 *
 * The ballot box: one folder, one SQLite file, one writer (PROTOCOL §7, §16).
 * Entries go in by groups; a group is there whole, with the checkpoint that
 * covers it, or not at all.
 *
 * box.db is WAL with synchronous=FULL on the single connection that this
 * handle owns; every constraint of §6 that says "no other" is a UNIQUE in it.
 * A handle belongs to one thread at a time. Readers of what is committed use
 * yihu_box_entry & co. under the owner's own lock.
 */
#ifndef YIHU_BOX_H
#define YIHU_BOX_H

#include <stdatomic.h>
#include <yihu/checkpoint.h>
#include <yihu/ledger.h>
#include <yihu/progress.h>

struct yihu_box;

/* Is DIR where the box lives? A copy that were served too would be a second
 * history under the same log key, so a box that finds itself on another
 * machine, under another path or in another folder than it says is refused
 * with YIHU_ESTATE until a person says YIHU_BOX_MOVED (nobody can prove it). */
enum yihu_box_move {
	YIHU_BOX_STAYS,
	YIHU_BOX_MOVED,   /* every other copy is stopped for good: it lives here now */
	YIHU_BOX_LEAVES,  /* handover: the folder that it is unpacked to is its home */
	YIHU_BOX_FOLLOWS, /* a mirror lives wherever its box does */
};
/* How a box is opened; all zero is the usual way. */
struct yihu_box_opening {
	const char *mirror; /* a second box folder (below), or NULL */
	enum yihu_box_move move;
	/* Files that a person has: receipts or checkpoints that the log must
	 * contain. YIHU_EHISTORY, and both sizes, when it does not. */
	const char *const *not_before;
	size_t n_not_before;
	/* Told how many entries of how many are read, every thousand; of both halves
	 * one after the other, and once more where the recovery mark did not hold. */
	const struct yihu_progress *progress;
};
/* Opens DIR in that way; what is verified and refused: yihu_box_open, and
 * yihu_box_open_mirrored for a mirror. yihu_box_close frees *out. */
int yihu_box_open_as(struct yihu_box **out, const char *dir, const struct yihu_box_opening *how,
		     uint64_t now, struct yihu_error *err);

/* Takes the exclusive lock on DIR (DIR/.lock), reads DIR/log.key and
 * DIR/public/{election.pb,charter,register}, and opens DIR/box.db; makes it
 * with the O entry when there is none. Everything is re-verified: every entry
 * by the ledger, tree, checkpoint and its signature, log key against charter,
 * rows against entries. Proofs and signatures of ballots and register are believed
 * up to where DIR/verified, the recovery mark, says that this log key's program
 * verified these very entries (PROTOCOL §16; yihu_box_verify_again). Any disagreement refuses with
 * YIHU_EDATABASE (or the entry's own code) and says which two differ. YIHU_ELOCKED when a daemon or
 * tool has it. now is the wall clock.
 *
 * DIR/mark says what the log key has signed last (src/box/mark.h): a box that
 * does not hold that is an older copy, or lost its WAL, and is refused with
 * YIHU_EHISTORY; so is one whose mark is missing. A box of an older program,
 * without mark and home, is given both. */
int yihu_box_open(struct yihu_box **out, const char *dir, uint64_t now, struct yihu_error *err);
/* Frees the box with its mirror and gives up their locks. NULL is fine. */
void yihu_box_close(struct yihu_box *b);

/* How many entries' proofs the box believed when it was opened; 0: none. */
uint64_t yihu_box_believed(const struct yihu_box *b);
/* Verifies these, the register's signatures and the database's indexes; beside the
 * owner, from any thread, which is nice from then on. It is long; *stop ends it soon,
 * with 0. *found: what failed is a fault, which err names; nothing more may be
 * acknowledged, and the recovery mark is gone, so that the next start says the same.
 * Else it could not be read. */
int yihu_box_verify_again(const struct yihu_box *b, const atomic_bool *stop, bool *found,
			  struct yihu_error *err);

/* The box as it is on the disk, verified in full and held against mark and
 * exported log. Nothing is made or changed by it, and it cannot be written:
 * YIHU_EREADONLY. YIHU_ENOENT: there is no box.db. */
int yihu_box_look(struct yihu_box **out, const char *dir, struct yihu_error *err);

/* Makes DIR/box.db again: from what of it can still be read, the exported log,
 * and whatever `from` names (a box folder or mirror, a public folder, a folder
 * of receipts and checkpoints, one file of these). Each entry is covered by a
 * signed checkpoint and replayed; the old database is kept aside. It ends at
 * the largest signed size all of whose entries are there.
 * YIHU_EHISTORY: the log key has signed two histories, and which files show it. */
struct yihu_rebuilt {
	uint64_t size;        /* entries of the new box */
	uint64_t known;       /* as many are known to have been signed */
	bool whole;           /* it may be written; else err says why not */
	bool at_home;         /* the old database said that it lives here; else it is
			       * opened as YIHU_BOX_MOVED once */
	struct yihu_buf told; /* lines for people: what was damaged, what is missing */
};
/* n names in `from`, or none. 0 also when the new box is not whole: err says
 * why then. The caller frees out->told, also after a failure. */
int yihu_box_rebuild(const char *dir, const char *const *from, size_t n, struct yihu_rebuilt *out,
		     struct yihu_error *err);
/* A box that was made again and does not hold all that its log key is known to
 * have signed, or whose mark is gone, is never written: yihu_box_open says
 * YIHU_EREADONLY. This opens it to be read. */
int yihu_box_open_rebuilt(struct yihu_box **out, const char *dir, struct yihu_error *err);
/* 0; YIHU_EREADONLY, why, and what to do. */
int yihu_box_check_rebuilt(const char *dir, struct yihu_error *err);

/* Who serves the box of DIR; each a URL that the caller frees, or NULL. The
 * daemon that has it at this moment (DIR/.lock is held, DIR/address names it);
 * the address that a daemon had here last, running or killed; where the last one served
 * (DIR/served), whatever ended it but a person; where handover moved the box (DIR/url). */
char *yihu_box_daemon(const char *dir);
char *yihu_box_last_address(const char *dir);
char *yihu_box_served_at(const char *dir);
char *yihu_box_moved_to(const char *dir);
/* The exclusive lock on DIR/.lock alone. YIHU_ELOCKED says at which URL the
 * daemon runs that has it; YIHU_ESTATE says where the box was moved to. */
int yihu_box_lock(const char *dir, int *fd, struct yihu_error *err);
/* Has anybody that lock? Takes it not for a moment, so that whoever looks keeps no daemon
 * from starting. YIHU_ESTATE as above. */
int yihu_box_is_taken(const char *dir, bool *taken, struct yihu_error *err);

/* A box on two disks: the same, and MIRROR is a second box folder that gets
 * every group and checkpoint before this one does, durably; nothing is
 * acknowledged that is not in both. Either folder alone can go on with all that
 * was acknowledged (src/box/mirror.c has the argument). A MIRROR without
 * box.db is made, log key included; of two that are there, the shorter one is
 * given what it lacks. Refuses with
 * YIHU_EHISTORY: neither is a beginning of the other, they were written apart;
 * YIHU_ESTATE: DIR had a mirror and MIRROR is empty (a disk not mounted?);
 * YIHU_EDATABASE: DIR has no box.db and MIRROR has: begin from MIRROR;
 * YIHU_EELECTION: MIRROR is of another election. */
int yihu_box_open_mirrored(struct yihu_box **out, const char *dir, const char *mirror, uint64_t now,
			   struct yihu_error *err);
/* 0; YIHU_ESTATE, and what to do, when DIR is one half of a mirrored box.
 * yihu_box_open opens a half alone (to look, to copy), but yihu_box_commit and
 * yihu_box_end_poll refuse it likewise. */
int yihu_box_check_whole(const char *dir, struct yihu_error *err);
/* Where the other half of DIR's box was, as far as the mark can be read ("?"); NULL: it
 * is no half. The caller frees. */
char *yihu_box_other_half(const char *dir);
/* Removes the mark of a half. Only when the operator says that the other half is
 * lost for good: if both halves ran, one log key would sign two histories. */
int yihu_box_stand_alone(const char *dir, struct yihu_error *err);
/* The box's election, and its ledger, which has exactly the committed entries.
 * Borrowed while the box is open; the ledger grows with each commit. */
const struct yihu_election *yihu_box_election(const struct yihu_box *b);
const struct yihu_ledger *yihu_box_ledger(const struct yihu_box *b);

/* How long after a poll's end an entry can still be written that was received before
 * it; and how far back any time of reception is believed. */
#define YIHU_RECEPTION_S 30
/* One candidate of a group. In: type, body, verified; received: when the whole of it
 * was here, by the same clock as `now`, or 0: at `now`. Out: code (0, or why
 * not), index and time of the entry (its own; of the earlier one for EVOTED
 * and ESAME), err. */
struct yihu_submission {
	enum yihu_entry_type type;
	const uint8_t *body;
	size_t body_len;
	enum yihu_verified verified;
	uint64_t received;
	int code;
	uint64_t index, time;
	struct yihu_error err;
};
/* Appends the entry that a submission became: of code 0, or YIHU_ESAME, whose
 * entry has been there before. */
void yihu_submission_entry(struct yihu_buf *out, const struct yihu_submission *s);
/* The wall clock, for the next two; YIHU_ECLOCK, and what to do, when it may
 * not write now, or not end the poll though it says that its end has come
 * (yihu/clock.h). Long-lived programs keep a watch of their own. */
int yihu_box_clock(const struct yihu_box *b, uint64_t *now, struct yihu_error *err);
/* Tries the n submissions in order, each at the time at which it was received, or the
 * last entry's where that is later, appends those that pass, and commits them with a fresh signed
 * checkpoint in one transaction, durably. Returns 0 when the commit is done (each submission has
 * its own code), YIHU_EUNKNOWN when the commit failed: then nothing may be acknowledged, the box is
 * unusable and must be closed and reopened; YIHU_EIO/EBUSY with nothing written when the disk is
 * full (usable on). Before anything leaves, the mark covers it too. From `closes` on: one that has
 * no time of reception ends the poll first (yihu_box_end_poll). Who gives these times knows what
 * else was received before, and ends the poll when that is done; until then C is refused with
 * YIHU_EROOT. */
int yihu_box_commit(struct yihu_box *b, struct yihu_submission *subs, size_t n, uint64_t now,
		    struct yihu_error *err);

/* Are database, WAL, lock and mark still the files with those names, the
 * mirror's too? Every commit asks it first. YIHU_EUNKNOWN when not: what is
 * written is lost with the process; the box is unusable. */
int yihu_box_check_names(struct yihu_box *b, struct yihu_error *err);
/* Is DIR still the folder that was opened (its lock file)? */
bool yihu_box_in_place(const struct yihu_box *b);
/* At a quiet moment: moves what the WAL holds into box.db, so that box.db by
 * itself has nearly everything. */
int yihu_box_rest(struct yihu_box *b, struct yihu_error *err);

/* now is a clock that can be believed, here and in yihu_box_commit from closes
 * on. When now ≥ closes and there is none yet: signs and stores the at-close
 * checkpoint; from then on no B and no R. 0 also when it was there already;
 * YIHU_ENOTOVER before; YIHU_ECANCELLED: it was called off, and has no end. */
int yihu_box_end_poll(struct yihu_box *b, uint64_t now, struct yihu_error *err);

/* Was the election called off: by X in the log, or by the note in DIR/public,
 * which lets nothing be appended either? Words and time (0: the note's, which has
 * none) live as long as the box. */
bool yihu_box_called_off(const struct yihu_box *b, struct yihu_span *reason, uint64_t *time);
/* Reads the note, where it is: opening does, and a daemon that serves a box that
 * is never written again. One that does not hold is an error: somebody meant
 * something by it. */
int yihu_box_read_note(struct yihu_box *b, struct yihu_error *err);

/* Committed bytes. */
int yihu_box_entry(struct yihu_box *b, uint64_t index, struct yihu_buf *out,
		   struct yihu_error *err);
/* The signed note; at_close: false when there is none yet. */
void yihu_box_checkpoint(const struct yihu_box *b, struct yihu_buf *out);
bool yihu_box_at_close(const struct yihu_box *b, struct yihu_buf *out);
/* A tile of the committed tree; YIHU_ENOENT when the tree has none such. */
int yihu_box_tile(struct yihu_box *b, const struct yihu_tile *t, struct yihu_buf *out,
		  struct yihu_error *err);
/* What was committed, for other threads than the owner's: a connection of its own,
 * and a copy of the tree. Nobody who reads waits for a commit, and no commit for
 * them. Opened while the owner has the box, and closed before it. */
struct yihu_box_view;
/* It shows the box as it is. */
int yihu_box_view_open(struct yihu_box_view **out, const struct yihu_box *b,
		       struct yihu_error *err);
/* NULL is fine. */
void yihu_box_view_close(struct yihu_box_view *v);
/* By the owner, after each commit: it shows the box as it is now. */
void yihu_box_view_update(struct yihu_box_view *v, const struct yihu_box *b);
/* As their namesakes, of the box as it was shown last. yihu_box_view_find_code: the
 * index of the ballot with this code (80 bits, upper case, grouped).
 * yihu_box_view_receipt appends the receipt of a committed entry, whose bytes the
 * caller has (yihu_box_entry, or yihu_submission_entry), against the checkpoint that
 * is shown; false where the entry is beyond that. */
int yihu_box_view_entry(struct yihu_box_view *v, uint64_t index, struct yihu_buf *out,
			struct yihu_error *err);
int yihu_box_view_tile(struct yihu_box_view *v, const struct yihu_tile *t, struct yihu_buf *out,
		       struct yihu_error *err);
int yihu_box_view_find_code(struct yihu_box_view *v, const char *code, uint64_t *index,
			    struct yihu_error *err);
bool yihu_box_view_receipt(struct yihu_box_view *v, uint64_t index, const struct yihu_buf *entry,
			   struct yihu_buf *out);
/* The root of its first `size` entries; false where it has fewer. */
bool yihu_box_view_root(struct yihu_box_view *v, uint64_t size, struct yihu_node *out);

/* Writes log/checkpoint, log/at-close and all tiles of the committed size
 * into DIR/public, and removes tiles of other sizes. Of full tiles only those that it
 * does not show yet: often, it is little, also in the poll's last second. */
int yihu_box_export(struct yihu_box *b, struct yihu_error *err);
/* How many entries it has filled full tiles with since. */
uint64_t yihu_box_to_export(const struct yihu_box *b);
/* A consistent copy of box.db in a new file (VACUUM INTO). */
int yihu_box_backup(struct yihu_box *b, const char *path, struct yihu_error *err);
/* The same while another program has the box: through a connection that only
 * reads, so no lock is needed and nothing is verified. */
int yihu_box_backup_live(const char *dir, const char *path, struct yihu_error *err);

#endif
