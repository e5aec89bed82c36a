/* SPDX-License-Identifier: Apache-2.0
 *
 * The committee's own files: every path below an election's folder that a
 * program reads or writes, but those of box/public, whose names are everybody's
 * (PROTOCOL §11). A new file is a row of the table below, and nowhere else is a
 * path put together; a test holds the table to what whole elections leave on the
 * disk.
 *
 * A file is named by its row, F_ROLL. Where a row is a family, "deal-#", a
 * member is folder_nth(F_DEAL, 3).
 */
#ifndef YIHU_FOLDER_FILES_H
#define YIHU_FOLDER_FILES_H

#include <sys/types.h>

#include <yihu/bytes.h>
#include <yihu/error.h>

struct yihu_folder {
	char *root;
	char *ceremony, *secret, *letters, *box, *pub;
	char *slug; /* the folder's own name */
	char *word; /* root in a printed command (yihu_shell_word) */
};
/* Paths alone; nothing is read. A trailing '/' is dropped. */
void yihu_folder_init(struct yihu_folder *f, const char *dir);
/* Frees the paths and leaves f empty. */
void yihu_folder_finish(struct yihu_folder *f);

/* ---- the table ---- */

/* Name; mode; what it is (FILE_… below); the most bytes of one that is read, NONE
 * where no program reads it whole; what ends it (END_…); who writes it ("issue
 * init": yihu-issue's verb). In a name # is a number, #### one of four digits at
 * least, and * a name. */
/* clang-format off */
#define FOLDER_FILES(X)                                                                                                                \
	/* The definition as init got it; the one that counts is the ceremony's. */                                                    \
	X(OWN_DEFINITION, "election.pb",             0644, BACKUP,              DEFINITION, NEVER,   "issue init")                     \
	X(HOUSEHOLDS,     "households.csv",          0600, SECRET|BACKUP,       ROLL,       NEVER,   "issue init")                     \
	X(HANDOVER,       "handover.tar",            0600, SECRET,              NONE,       ARRIVED, "issue handover")                 \
	X(HANDOVER_PART,  ".handover-new.tar",       0600, SECRET,              NONE,       ACT,     "issue handover")                 \
	X(PLAN,           "ceremony/plan",           0644, CARRIED,             PLAN,       NEVER,   "issue init")                     \
	X(DEFINITION,     "ceremony/election.pb",    0644, CARRIED,             DEFINITION, NEVER,   "issue init")                     \
	X(ANNOUNCE,       "ceremony/announce-#",     0644, CARRIED,             CHARTER,    NEVER,   "trustee announce")               \
	X(DEAL,           "ceremony/deal-#",         0644, CARRIED,             CHARTER,    NEVER,   "trustee deal")                   \
	X(CHARTER,        "ceremony/charter",        0644, CARRIED,             CHARTER,    NEVER,   "issue charter")                  \
	X(CHARTER_LINE,   "ceremony/charter-#",      0644, CARRIED,             LINE,       NEVER,   "trustee accept")                 \
	X(BOX_LINE,       "ceremony/box-#",          0644, CARRIED|MINOR,       LINE,       NEVER,   "trustee box")                    \
	X(MIX,            "ceremony/mix-#",          0644, CARRIED,             MIX,        ACT,     "trustee shuffle")                \
	/* Asked of the key holders, until it is in the log. */                                                                        \
	X(WITHDRAWAL,     "ceremony/withdrawal",     0644, CARRIED,             SMALL,      ACT,     "issue withdraw")                 \
	X(WITHDRAWAL_LINE, "ceremony/withdrawal-#",  0644, CARRIED|MINOR,       LINE,       ACT,     "trustee withdraw")               \
	X(RESULTS_ISSUER, "ceremony/results-issuer", 0644, CARRIED|MINOR,       LINE,       NEVER,   "issue sign")                     \
	X(RESULTS_LINE,   "ceremony/results-#",      0644, CARRIED|MINOR,       LINE,       NEVER,   "trustee sign")                   \
	X(RETIRED,        "ceremony/retired-#",      0644, CARRIED|MINOR,       SMALL,      NEVER,   "trustee retire")                 \
	X(PRELIMINARY,    "ceremony/preliminary",    0644, BACKUP|MINOR,        SMALL,      NEVER,   "issue sign")                     \
	X(COMPLAINTS,     "ceremony/complaints",     0644, BACKUP,              COMPLAINTS, NEVER,   "tally complaints")               \
	/* The key is read and written by yihu/keyfile.h, which bounds it. */                                                          \
	X(ISSUER_KEY,     "secret/issuer.key",       0600, SECRET|BACKUP|MINOR, NONE,       BY_HAND, "issue init")                     \
	X(ISSUER_LOCK,    "secret/.issuer.key.lock", 0600, 0,                   NONE,       BY_HAND, "all who open the key")           \
	X(ROLL,           "secret/roll",             0600, SECRET|BACKUP,       ROLL,       BY_HAND, "issue init")                     \
	X(ROLL_SALT,      "secret/roll-salt",        0600, SECRET|BACKUP,       SMALL,      BY_HAND, "issue init")                     \
	X(ROLL_CHANGES,   "secret/roll-changes",     0600, SECRET|BACKUP,       ROLL,       BY_HAND, "issue replace, add")             \
	X(PENDING,        "secret/pending",          0600, SECRET,              SMALL,      ACT,     "issue replace, add")             \
	X(BACKED_UP,      "secret/backed-up",        0600, 0,                   SMALL,      BY_HAND, "issue backup, restore")          \
	/* They are the votes. letters makes them all in .letters-new, or none. */                                                     \
	X(LIST,           "letters/list.csv",        0600, SECRET,              LISTS,      SHRED,   "issue letters")                  \
	X(LIST_CHANGED,   "letters/changed.csv",     0600, SECRET,              LISTS,      SHRED,   "issue replace, add")             \
	X(SUMMARY,        "letters/summary.txt",     0600, SECRET,              NONE,       SHRED,   "issue letters")                  \
	X(LETTER_SVG,     "letters/qr/####.svg",     0600, SECRET,              NONE,       SHRED,   "issue letters, replace, add")    \
	X(LETTER_PNG,     "letters/qr/####.png",     0600, SECRET,              NONE,       SHRED,   "issue letters, replace, add")    \
	X(LETTERS_PDF,    "letters/pdf/*",           0600, SECRET,              NONE,       SHRED,   "issue letters, replace, add")    \
	X(PAPER_OPTIONS,  "paper/options",           0600, BACKUP,              OPTIONS,    NEVER,   "issue letters")                  \
	X(RECORD,         "paper/record",            0600, BACKUP|MINOR,        RECORD,     NEVER,   "issue reconcile, shred-letters") \
	X(ENVELOPES,      "paper/envelopes.pdf",     0600, 0,                   NONE,       NEVER,   "issue envelope")                 \
	X(PROOF,          "paper/proof.pdf",         0600, 0,                   NONE,       NEVER,   "issue proof")                    \
	X(WALKLIST,       "paper/walklist.pdf",      0600, 0,                   NONE,       NEVER,   "issue walklist")                 \
	X(POSTER_A4,      "paper/poster-a4.pdf",     0600, 0,                   NONE,       NEVER,   "issue poster")                   \
	X(POSTER_A3,      "paper/poster-a3.pdf",     0600, 0,                   NONE,       NEVER,   "issue poster")                   \
	X(CANCELLED_A4,   "paper/cancelled-a4.pdf",  0600, 0,                   NONE,       NEVER,   "issue cancel")                   \
	X(CANCELLED_A3,   "paper/cancelled-a3.pdf",  0600, 0,                   NONE,       NEVER,   "issue cancel")                   \
	/* By the project's number and the size: "3-a4". */                                                                            \
	X(WITHDRAWN,      "paper/withdrawn-*.pdf",   0600, 0,                   NONE,       NEVER,   "issue withdraw")                 \
	/* Two sizes, and each language that the election has names in: "a4", "a3-en". */                                              \
	X(RESULTS,        "paper/results-*.pdf",     0600, 0,                   NONE,       NEVER,   "tally publish, poster")          \
	X(PABULIB,        "paper/pabulib.pb",        0600, 0,                   NONE,       NEVER,   "tally export")                   \
	/* With log.key a second daemon could start, so it leaves first: the rest of a box is dead without it. */                      \
	X(LOG_KEY,        "box/log.key",             0600, BOX|SECRET,          NONE,       LEAVES,  "issue init")                     \
	X(LOG_KEY_LOCK,   "box/.log.key.lock",       0600, BOX,                 NONE,       NEVER,   "all who open the key")           \
	X(BOX_DB,         "box/box.db",              0644, BOX|ZEROED,          NONE,       LEAVES,  "issue letters")                  \
	X(BOX_WAL,        "box/box.db-wal",          0644, BOX|ZEROED,          NONE,       LEAVES,  "SQLite")                         \
	X(BOX_SHM,        "box/box.db-shm",          0644, BOX|ZEROED,          NONE,       LEAVES,  "SQLite")                         \
	X(BOX_MARK,       "box/mark",                0600, BOX|ZEROED,          NONE,       LEAVES,  "issue letters")                  \
	X(BOX_LOCK,       "box/.lock",               0600, BOX,                 NONE,       NEVER,   "all who open a box")             \
	X(BOX_CLOCK,      "box/clock",               0600, BOX,                 NONE,       NEVER,   "countd")                         \
	X(BOX_ADDRESS,    "box/address",             0644, BOX,                 NONE,       ACT,     "countd")                         \
	X(BOX_URL,        "box/url",                 0644, BACKUP,              SMALL,      NEVER,   "issue handover")                 \
	X(BOX_MIRRORED,   "box/mirrored",            0600, BOX,                 NONE,       NEVER,   "countd --mirror" )               \
	X(BOX_REBUILT,    "box/rebuilt",             0600, BOX,                 NONE,       ACT,     "countd --rebuild")               \
	X(BOX_BEFORE,     "box/before-rebuild-#",    0700, BOX|SECRET|FOLDER,   NONE,       NEVER,   "countd --rebuild")               \
	X(BOX_WORK,       "box/.rebuild",            0700, BOX|SECRET|FOLDER,   NONE,       ACT,     "countd --rebuild")
/* clang-format on */

typedef uint64_t folder_file;
/* It would take the line after FOLDER_FILES for its continuation. */
/* clang-format off */
enum {
#define FOLDER_ENUM(row, name, mode, kind, max, end, writer) F_##row,
	FOLDER_FILES(FOLDER_ENUM)
#undef FOLDER_ENUM
	F_ROWS
};
/* clang-format on */

/* What a row says beside name, mode and size. */
enum {
	FILE_SECRET = 1,    /* 0600; replaced and erased through yihu/secret.h */
	FILE_BACKED_UP = 2, /* in a backup of the clerk's side */
	FILE_MINOR = 4,     /* and no backup is out of date because this one changed */
	FILE_TRAVELS = 8,   /* may lie on a stick of a key holder */
	FILE_BOX = 16,      /* the box's own, by src/box or the daemon, which know no committee */
	FILE_FOLDER = 32,   /* a folder, with all that is in it */
	FILE_ZEROED = 64,   /* no secret, and erased like one: of it no box is made again */
};
/* What ends a file. */
enum folder_end {
	END_NEVER,   /* nothing: it is kept with the folder */
	END_BY_HAND, /* a person, with secret/, once complaints are over */
	END_ACT,     /* the act that wrote it, as soon as it is whole */
	END_SHRED,   /* yihu-issue shred-letters */
	END_LEAVES,  /* yihu-issue handover, in the table's order */
	END_ARRIVED, /* yihu-issue handover --arrived */
};
struct folder_row {
	const char *name;
	mode_t mode;
	unsigned kind;
	uint64_t bytes_max; /* 0: no program reads it whole */
	enum folder_end end;
	const char *writer;
};
/* Borrowed, for ever. Of a family's member: the family's. */
const struct folder_row *folder_row(folder_file file);
/* A family's member: n from 1. */
folder_file folder_nth(folder_file family, uint32_t n);
/* Which file is called so below the folder ("ceremony/deal-3")? false: none of
 * the table. */
bool folder_find(folder_file *out, const char *name);
/* The number of a family's member; 0: file is none. */
uint32_t folder_number(folder_file file);
bool folder_is_family(folder_file file); /* by number */

/* "ceremony/deal-3", and that below the folder; the caller frees. */
char *folder_name(folder_file file);
char *folder_path(const struct yihu_folder *f, folder_file file);
/* Of a row whose name has a *. */
char *folder_path_named(const struct yihu_folder *f, folder_file family, const char *name);

/* Is there anything of the file's name? */
bool folder_has(const struct yihu_folder *f, folder_file file);
/* Which of the members 1 to n are there: bit i−1 for i. */
uint32_t folder_bits(const struct yihu_folder *f, folder_file family, uint32_t n);

/* The definition that counts: the ceremony's, or, in a folder from before that
 * travelled, the clerk's own. */
folder_file folder_definition(const struct yihu_folder *f);

/* Appends the whole file to out: yihu_file_read, up to the row's size. */
int folder_read(const struct yihu_folder *f, folder_file file, struct yihu_buf *out,
		struct yihu_error *err);
/* The same, and 0 and nothing appended when it is not there. */
int folder_read_if_there(const struct yihu_folder *f, folder_file file, struct yihu_buf *out,
			 struct yihu_error *err);
/* Returns r. Puts the file's path before the words of an error about its bytes. */
int folder_fail_at(struct yihu_error *err, int r, const struct yihu_folder *f, folder_file file);

/* Replaces the file or makes it, with the row's mode: yihu_secret_write where it
 * is SECRET, else yihu_file_write. A folder of papers or letters is made first. */
int folder_write(const struct yihu_folder *f, folder_file file, const struct yihu_buf *bytes,
		 struct yihu_error *err);
/* The same, but never over another file: YIHU_EEXIST. */
int folder_create(const struct yihu_folder *f, folder_file file, const struct yihu_buf *bytes,
		  struct yihu_error *err);
/* Makes it in a folder that has no name yet and is made already (yihu_file_stage):
 * nothing is synced. */
int folder_stage(const struct yihu_folder *f, folder_file file, const struct yihu_buf *bytes,
		 struct yihu_error *err);
/* One of these three. */
typedef int folder_put(const struct yihu_folder *, folder_file, const struct yihu_buf *,
		       struct yihu_error *);
/* Rewrites the file with one line more, unless it has that line; head comes
 * first when the file is new (NULL: nothing does). */
int folder_add_line(const struct yihu_folder *f, folder_file file, const struct yihu_buf *head,
		    const struct yihu_buf *line, struct yihu_error *err);
/* Removes it, zeroed first where it is SECRET or ZEROED. None there is fine. */
int folder_erase(const struct yihu_folder *f, folder_file file, struct yihu_error *err);

/* The folder that this file lies in, where it is made with its first file. */
int folder_make_for(const struct yihu_folder *f, folder_file file, struct yihu_error *err);
/* Of a row whose name has a *: as folder_write. */
int folder_write_named(const struct yihu_folder *f, folder_file family, const char *name,
		       const struct yihu_buf *bytes, struct yihu_error *err);

/* The folders inside the folder. */
enum folder_room {
	R_CEREMONY,
	R_SECRET,
	R_LETTERS,
	R_LETTERS_NEW, /* letters/ while it is made */
	R_QR,
	R_PDF,
	R_PAPER,
	R_BOX,
	R_PUBLIC,
	R_ROOMS
};
struct folder_room_row {
	const char *name; /* "letters/qr" */
	mode_t mode;
	bool with_first; /* papers and letters make theirs with their first file */
};
/* Borrowed, for ever. */
const struct folder_room_row *folder_room_row(enum folder_room room);
/* That below the folder; the caller frees. */
char *folder_room_path(const struct yihu_folder *f, enum folder_room room);
/* Makes it, with those above it; one that is there is fine. */
int folder_make(const struct yihu_folder *f, enum folder_room room, struct yihu_error *err);
/* Zeroes and removes it, with all that is in it. None there is fine. */
int folder_erase_room(const struct yihu_folder *f, enum folder_room room, struct yihu_error *err);

/* ---- the public folder, by its names of PROTOCOL §11 ---- */

/* Is there a public file of this name? */
bool folder_shows(const struct yihu_folder *f, const char *name);
/* Which of "mix/1" to "mix/n" are there? kind: "mix". */
uint32_t folder_shows_bits(const struct yihu_folder *f, const char *kind, uint32_t n);
/* Of a public file: yihu_file_read, yihu_file_write and yihu_file_create, 0644. */
int folder_read_public(const struct yihu_folder *f, const char *name, size_t max_bytes,
		       struct yihu_buf *out, struct yihu_error *err);
int folder_write_public(const struct yihu_folder *f, const char *name, const struct yihu_buf *bytes,
			struct yihu_error *err);
int folder_create_public(const struct yihu_folder *f, const char *name,
			 const struct yihu_buf *bytes, struct yihu_error *err);

#endif
