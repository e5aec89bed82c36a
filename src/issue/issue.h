/* SPDX-License-Identifier: Apache-2.0
 *
 * The clerk's acts: set up an election, make its charter, issue the letters,
 * replace, add and void, sign the results, hand the box over to a server.
 *
 * Trust: whoever controls the issuer key and the letters can vote for
 * households that do not; it shows under their serial. It can add nobody
 * unseen and read no vote.
 */
#ifndef YIHU_ISSUE_H
#define YIHU_ISSUE_H

#include "client/view.h"
#include "folder/additions.h"
#include "folder/paper_options.h"
#include "lists/vote_words.h"

#include <yihu/households.h>
#include <yihu/keyfile.h>
#include <yihu/withdraw.h>

/* ---- init ---- */

struct issue_plan_options {
	const char *definition, *households; /* files to read */
	const char *projects;                /* a table, in place of a definition; with vote */
	const struct vote_words *vote;
	const char *const *sheets; /* of workbooks, named by hand */
	size_t n_sheets;
	uint64_t *sheets_found; /* gets a bit for each that a file has; NULL: nobody asks */
	const char *url;        /* NULL: count desk only */
	uint64_t opens, closes;
	uint32_t holders, threshold;
	uint32_t box_quorum;                               /* 0: by default */
	uint32_t max_additions, max_replacements, min_box; /* UINT32_MAX: by default */
	uint32_t max_withdrawals;                          /* of projects; likewise */
	/* Said by hand: all holders must come to the count (YIHU_EARG without). */
	bool nobody_may_miss;
	/* Gets a line for each picture of a project that cannot be taken. */
	struct yihu_buf *problems;
	/* What columns of the tables hold, said by hand (lists/columns.h); NULL: by their names. */
	const char *columns, *project_columns;
	const struct paper_kept *paper; /* how letters and posters are to look; NULL: not said */
	const struct list_answers *answers; /* to what the lists leave open; NULL: none */
	struct list_asks *asks;             /* gets all that they ask; NULL: nobody is there */
	/* Asked, once all is read and before anything is made: is it what is meant? NULL: not
	 * asked. By then notices has all its lines. */
	yihu_look *look;
	void *look_context;
};
/* The fewest ballots that are opened, when nobody gives a number. */
uint32_t issue_usual_min_box(uint32_t households);
/* What init asks its caller for: the issuer's key file, made at path. */
typedef int issue_make_key(void *context, struct yihu_keyfile **out, const char *path,
			   const char *name, struct yihu_error *err);
/* Would these files and numbers be taken, and can all paper of them be printed? Asked
 * before any question is; that nobody may be missing is asked after it. An empty DIR goes.
 * With o->look, what would be made is shown to it.
 * Besides the codes of issue_init, those of layout_check (issue/layout.h). */
int issue_init_check(const char *dir, const struct issue_plan_options *o, struct yihu_error *err);
/* What is voted on, of o's table and words, or of its election file, as init would have it;
 * times that are not given are today's. For what is to be shown before all is known; freed by
 * yihu_definition_free. */
int issue_foretell(struct yihu_definition **out, const struct issue_plan_options *o,
		   struct yihu_error *err);
/* The proof sheet of what would be made, to the file at path. */
int issue_proof_early(const char *path, const struct yihu_definition *d,
		      const struct yihu_charter *c, const char *language, struct yihu_error *err);
/* Makes DIR whole or not at all; DIR must not be there, or be empty. notices
 * gets lines for the user: what was converted, what to know of the choice. */
int issue_init(const char *dir, const struct issue_plan_options *o, issue_make_key *make_key,
	       void *context, struct yihu_buf *notices, struct yihu_error *err);

/* Each …_check says what would refuse the act whoever's key it is: asked before
 * anybody types a passphrase. The act asks again. */

/* ---- charter and letters ---- */

/* Of issue_charter_draft. YIHU_ESTATE: key holders have yet to announce. */
int issue_charter_check(const struct yihu_folder *f, struct yihu_error *err);
/* Of issue_letters. YIHU_EEXIST: they are issued already; YIHU_ESTATE names who
 * has not accepted the charter; YIHU_ECANCELLED. */
int issue_letters_check(const struct yihu_folder *f, struct yihu_error *err);

/* Shows what issue_charter_draft would sign, by its id; what is signed already is not shown
 * again. The codes of issue_charter_check, of layout_check (a key holder's name that cannot
 * be printed), and those of look. */
int issue_charter_look(uint8_t eid[static YIHU_EID_BYTES], const struct yihu_folder *f,
		       yihu_look *look, void *context, struct yihu_error *err);
/* Signs ceremony/charter once all holders have announced. seen: the id of what was looked
 * at, and nothing else is signed (YIHU_ECHARTER); NULL: nobody looks. */
int issue_charter_draft(const struct yihu_keyfile *key, const struct yihu_folder *f,
			const uint8_t *seen, struct yihu_error *err);
/* Once all have accepted: public/election.pb and public/charter. missing gets
 * the names of those who have not (caller frees), and then nothing is done. */
int issue_charter_publish(const struct yihu_folder *f, char **missing, struct yihu_error *err);
/* The same, for what needs it published: YIHU_ESTATE names them. */
int issue_charter_published(const struct yihu_folder *f, struct yihu_error *err);

/* How paper looks. What is NULL is as `letters` had it, or the default. */
struct issue_paper_options {
	const char *language; /* of a catalogue ("zh", "en"); [zh] */
	const char *desk;     /* where and when the count desk is; [the notice board says] */
	const char *sender, *phone, *place; /* who answers for it; [not said] */
	uint32_t per_file;                  /* letters a PDF file; 0: a file a building */
	bool duplex;                        /* letters and slips with blank backs */
};

/* SECRET files: letters/, with for each serial qr/NNNN.svg and .png, list.csv
 * for mail merge, and pdf/ with letters and ballot slips in walking order; then
 * public/register, then the box with its O entry. A killed run leaves either
 * all with the register, or no register and letters that the next run throws
 * away. report gets summary.txt and what to know of it. YIHU_EEXIST when issued
 * before. */
int issue_letters(const struct yihu_keyfile *key, const struct yihu_folder *f,
		  const struct issue_paper_options *o, const struct yihu_progress *progress,
		  struct yihu_buf *report, struct yihu_error *err);

/* ---- paper ---- */

/* paper/poster-a3.pdf and -a4.pdf, once the charter is accepted: publishes it. */
int issue_poster(const struct yihu_folder *f, const struct issue_paper_options *o,
		 struct yihu_error *err);
/* paper/walklist.pdf, a new page for each building. */
int issue_walklist(const struct yihu_folder *f, const struct issue_paper_options *o,
		   struct yihu_error *err);

/* paper/envelopes.pdf: a form for the clerk's passphrase and each key holder's,
 * to be written on by hand. Needs no charter. */
int issue_envelopes(const struct yihu_folder *f, const struct issue_paper_options *o,
		    struct yihu_error *err);

/* paper/proof.pdf: what the charter will fix, or fixes, to be checked and signed on paper.
 * Needs no charter. */
int issue_proof(const struct yihu_folder *f, const struct issue_paper_options *o,
		struct yihu_error *err);

/* letters/pdf/NNNN.pdf of a letter whose files are there yet: the same letter again, for
 * one that the printer spoiled. v has been looked at. YIHU_ENOENT: they are destroyed;
 * YIHU_ECREDENTIAL, YIHU_EVOIDED, YIHU_EVOTED, YIHU_ECANCELLED. SECRET. */
int issue_reprint(const struct yihu_view *v, uint32_t serial, struct yihu_error *err);
/* Asked before; the act asks again. */
int issue_reprint_check(const struct yihu_view *v, uint32_t serial, struct yihu_error *err);

/* ---- the test page ---- */

/* paper/test-page.pdf: two sheets without any secret, with a code as large as the
 * letters'. Once the charter is accepted. */
int issue_test_page(const struct yihu_folder *f, const struct issue_paper_options *o,
		    struct yihu_error *err);
/* What a camera read on it: is it this election's? Then paper/record says so. YIHU_EARG. */
int issue_test_read(const struct yihu_folder *f, struct yihu_span text, struct yihu_error *err);
/* Somebody has looked at it, without a camera: paper/record. */
int issue_test_seen(const struct yihu_folder *f, struct yihu_error *err);

/* ---- counting and destroying ---- */

/* Do the numbers close? printed is what was ever made: the roll's letters and
 * those of roll-changes. Adds a line to paper/record. */
struct issue_counts {
	uint32_t printed, delivered, returned, void_letters;
};
/* c->printed is filled in here; the other numbers are people's. */
int issue_reconcile(const struct yihu_folder *f, struct issue_counts *c, struct yihu_error *err);
/* printed − (delivered + returned + void); 0: the numbers close. */
int64_t issue_difference(const struct issue_counts *c);

/* Destroys letters/ (yihu/secret.h), and what a killed run left of letters and
 * changes, when `printed` is how many letters its lists
 * name (YIHU_ESTATE else, and nothing is touched). A run that was cut off is
 * ended by the next. Adds a line to paper/record. Before it the spooler forgets their
 * jobs; kept, which may be NULL, gets the names of those that it may have still. */
int issue_shred(const struct yihu_folder *f, uint32_t printed, struct yihu_buf *kept,
		struct yihu_error *err);

/* ---- changes ---- */

/* old 0: addition (household names it); household NULL and fresh false: void;
 * fresh: replacement. *new_serial is 0 for a void. v has been looked at; the
 * letter of a new serial is in letters/ when this returns 0. */
struct issue_change {
	uint32_t old_serial;
	const char *household; /* of an addition, and why it is made */
	const struct given_reason *reason;
	const char *why;       /* of a replacement or a void (folder/changes.h); NULL: not said */
	const char *const *by; /* names of those who said yes to it */
	size_t n_by;
	bool fresh; /* a new letter is made */
	bool apart; /* said by hand: it is no household that is called alike */
};
/* First finishes a change that was cut off, and says so (YIHU_ESTATE).
 * YIHU_EOVER: the poll has ended; of the old letter YIHU_ECREDENTIAL,
 * YIHU_EVOIDED, YIHU_EVOTED; YIHU_ELIMIT. */
int issue_change_check(struct yihu_view *v, const struct issue_change *c, struct yihu_error *err);
/* The same codes, and those of yihu_reach_append. */
int issue_change(const struct yihu_keyfile *key, struct yihu_view *v, const struct issue_change *c,
		 uint32_t *new_serial, struct yihu_error *err);

/* ---- calling it off ---- */

/* How an election in this state is called off, found by its files. */
enum issue_cancel_way {
	ISSUE_CANCEL_BY_ENTRY, /* X in the log, which is here or behind box/url or a daemon */
	ISSUE_CANCEL_NO_LOG,   /* the note: letters were never made */
	ISSUE_CANCEL_LOST_BOX, /* the note: the box is gone, or was rebuilt and never signs */
};
/* box_lost: somebody says so. YIHU_ESTATE of a draft, which is no election yet; of a box
 * that is said to be lost and is here; YIHU_ECANCELLED when it is called off already. */
int issue_cancel_way(enum issue_cancel_way *out, const struct yihu_folder *f, bool box_lost,
		     struct yihu_error *err);
/* v has been looked at: may it still be called off? YIHU_EOVER when the poll's end has
 * come, YIHU_ECANCELLED when it is. */
int issue_may_cancel(const struct yihu_view *v, enum issue_cancel_way way, uint64_t now,
		     struct yihu_error *err);
/* Calls it off, and looks at what came of it. The reason has been checked. */
int issue_cancel(const struct yihu_keyfile *key, struct yihu_view *v, enum issue_cancel_way way,
		 struct yihu_span reason, struct yihu_error *err);
/* paper/cancelled-a3.pdf and -a4.pdf. */
int issue_cancelled_poster(const struct yihu_folder *f, const struct issue_paper_options *o,
			   const struct yihu_called_off *why, struct yihu_error *err);

/* ---- withdrawing a project ---- */

/* Which project people mean: its number on paper, its id, or its whole name. YIHU_EARG. */
int issue_project_find(uint32_t *out, const struct yihu_definition *d, const char *text,
		       struct yihu_error *err);
/* v has been looked at: may a project be withdrawn, and may this one (NULL: whichever)?
 * YIHU_EOVER, YIHU_ESTATE, YIHU_ECANCELLED; YIHU_ELIMIT, YIHU_EWITHDRAWAL. */
int issue_withdraw_check(const struct yihu_view *v, const uint32_t *project,
			 struct yihu_error *err);
/* Asks the key holders: ceremony/withdrawal. The reason has been checked. YIHU_EEXIST:
 * another one is under way. */
int issue_withdraw_ask(const struct yihu_keyfile *key, const struct yihu_view *v,
		       const struct yihu_withdrawal *w, struct yihu_error *err);
/* Puts what they have signed into the log, and looks at what came of it; once that is
 * there, does nothing more. The files stay (folder_withdrawal_erase), so that it can be
 * done again. YIHU_ENOENT: nothing was asked; YIHU_ESTATE: who can still sign. */
int issue_withdraw_send(struct yihu_view *v, uint32_t *project, struct yihu_error *err);
/* paper/withdrawn-N-a3.pdf and -a4.pdf of a project that the log withdraws. */
int issue_withdrawn_notice(const struct yihu_view *v, const struct issue_paper_options *o,
			   uint32_t project, struct yihu_error *err);

/* ---- after the poll ---- */

#define ISSUE_OBJECTION_DAYS 7
/* The last minute of the day so many days after that of `now`, in the zone of the
 * election (words). */
uint64_t issue_objections_until(uint64_t now, unsigned days);
/* ceremony/results-issuer over the results that the audit recomputes; and
 * ceremony/preliminary, by which objections are taken until then (0: none are, and
 * there is no such file). Once that is published it stays. YIHU_EARG: until has
 * passed. */
int issue_sign_check(const struct yihu_view *v, uint64_t until, struct yihu_error *err);
int issue_sign(const struct yihu_keyfile *key, const struct yihu_view *v, uint64_t until,
	       struct yihu_error *err);

/* Packs box/ into DIR/handover.tar and leaves its public files and the URL
 * behind: the box is moved, never copied. */
int issue_handover(const struct yihu_folder *f, const char *url, struct yihu_error *err);
/* Destroys DIR/handover.tar, once somebody has seen that the box arrived. */
int issue_handover_arrived(const struct yihu_folder *f, struct yihu_error *err);

#endif
