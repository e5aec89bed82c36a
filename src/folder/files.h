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
	/* Where the votes on paper lie (letters/, .letters-new/ and secret/pending): root, or
	 * where YIHU_FOLDER_LETTERS tells. */
	char *votes;
	char *slug; /* the folder's own name */
	char *word; /* root in a printed command (yihu_shell_word) */
};
/* A folder in memory, on a computer whose disk cannot forget: below it, by the path of the
 * election's own folder, lie its letters. */
#define YIHU_FOLDER_LETTERS "YIHU_LETTERS"
/* Paths alone; no file is read. A trailing '/' is dropped. */
void yihu_folder_init(struct yihu_folder *f, const char *dir);
/* Frees the paths and leaves f empty. */
void yihu_folder_finish(struct yihu_folder *f);

/* ---- the table ---- */

/* Name; mode; what it is (FILE_… below); the most bytes of one that is read, NONE
 * where no program reads it whole; what ends it (END_…); whether it is kept once the
 * election is over (KEEP_…); who writes it ("issue init": yihu-issue's verb). In a
 * name # is a number, #### one of four digits at least, and * a name. */
/* clang-format off */
#define FOLDER_FILES(X)                                                                                                                          \
	/* The definition as init got it; the one that counts is the ceremony's. */                                                              \
	X(OWN_DEFINITION, "election.pb",             0644, BACKUP,              DEFINITION, NEVER,   SHOWN,    "issue init")                     \
	X(HOUSEHOLDS,     "households.csv",          0600, SECRET|BACKUP,       ROLL,       NEVER,   PERSONAL, "issue init")                     \
	X(HANDOVER,       "handover.tar",            0600, SECRET,              NONE,       ARRIVED, SECRET,   "issue handover")                 \
	X(HANDOVER_PART,  ".handover-new.tar",       0600, SECRET,              NONE,       ACT,     SECRET,   "issue handover")                 \
	X(PLAN,           "ceremony/plan",           0644, CARRIED,             PLAN,       NEVER,   SHOWN,    "issue init")                     \
	X(DEFINITION,     "ceremony/election.pb",    0644, CARRIED,             DEFINITION, NEVER,   SHOWN,    "issue init")                     \
	X(ANNOUNCE,       "ceremony/announce-#",     0644, CARRIED,             CHARTER,    NEVER,   SHOWN,    "trustee announce")               \
	X(DEAL,           "ceremony/deal-#",         0644, CARRIED,             CHARTER,    NEVER,   SECRET,   "trustee deal")                   \
	X(CHARTER,        "ceremony/charter",        0644, CARRIED,             CHARTER,    NEVER,   SHOWN,    "issue charter")                  \
	X(CHARTER_LINE,   "ceremony/charter-#",      0644, CARRIED,             LINE,       NEVER,   SHOWN,    "trustee accept")                 \
	X(BOX_LINE,       "ceremony/box-#",          0644, CARRIED|MINOR,       LINE,       NEVER,   SHOWN,    "trustee box")                    \
	X(MIX,            "ceremony/mix-#",          0644, CARRIED,             MIX,        ACT,     SHOWN,    "trustee shuffle")                \
	/* Asked of the key holders, until it is in the log. */                                                                                  \
	X(WITHDRAWAL,     "ceremony/withdrawal",     0644, CARRIED,             SMALL,      ACT,     SHOWN,    "issue withdraw")                 \
	X(WITHDRAWAL_LINE, "ceremony/withdrawal-#",  0644, CARRIED|MINOR,       LINE,       ACT,     SHOWN,    "trustee withdraw")               \
	X(RESULTS_ISSUER, "ceremony/results-issuer", 0644, CARRIED|MINOR,       LINE,       NEVER,   SHOWN,    "issue sign")                     \
	X(RESULTS_LINE,   "ceremony/results-#",      0644, CARRIED|MINOR,       LINE,       NEVER,   SHOWN,    "trustee sign")                   \
	X(RETIRED,        "ceremony/retired-#",      0644, CARRIED|MINOR,       SMALL,      NEVER,   OPEN,     "trustee retire")                 \
	X(PRELIMINARY,    "ceremony/preliminary",    0644, BACKUP|MINOR,        SMALL,      NEVER,   SHOWN,    "issue sign")                     \
	X(COMPLAINTS,     "ceremony/complaints",     0644, BACKUP,              COMPLAINTS, NEVER,   SHOWN,    "tally complaints")               \
	/* The key is read and written by yihu/keyfile.h, which bounds it. */                                                                    \
	X(ISSUER_KEY,     "secret/issuer.key",       0600, SECRET|BACKUP|MINOR, NONE,       BY_HAND, SECRET,   "issue init")                     \
	X(ISSUER_LOCK,    "secret/.issuer.key.lock", 0600, 0,                   NONE,       BY_HAND, PASSING,  "all who open the key")           \
	X(ROLL,           "secret/roll",             0600, SECRET|BACKUP,       ROLL,       BY_HAND, SECRET,   "issue init")                     \
	X(ROLL_SALT,      "secret/roll-salt",        0600, SECRET|BACKUP,       SMALL,      BY_HAND, SECRET,   "issue init")                     \
	X(ROLL_CHANGES,   "secret/roll-changes",     0600, SECRET|BACKUP,       ROLL,       BY_HAND, SECRET,   "issue replace, add")             \
	X(PENDING,        "secret/pending",          0600, SECRET,              SMALL,      ACT,     SECRET,   "issue replace, add")             \
	X(BACKED_UP,      "secret/backed-up",        0600, 0,                   SMALL,      BY_HAND, PASSING,  "issue backup, restore")          \
	/* Of a rehearsal alone: the folder that it rehearses; its key holders' throw-away keys. */                                              \
	X(REHEARSAL_OF,   "secret/rehearsal-of",     0600, 0,                   SMALL,      BY_HAND, PASSING,  "issue rehearse")                 \
	X(REHEARSAL_KEY,  "secret/rehearsal-key-#",  0600, SECRET,              NONE,       BY_HAND, SECRET,   "issue rehearse")                 \
	X(REHEARSAL_LOCK, "secret/.rehearsal-key-#.lock", 0600, 0,              NONE,       BY_HAND, PASSING,  "all who open the key")           \
	/* They are the votes. letters makes them all in .letters-new, or none. */                                                               \
	X(LIST,           "letters/list.csv",        0600, SECRET,              LISTS,      SHRED,   SECRET,   "issue letters")                  \
	X(LIST_CHANGED,   "letters/changed.csv",     0600, SECRET,              LISTS,      SHRED,   SECRET,   "issue replace, add")             \
	X(SUMMARY,        "letters/summary.txt",     0600, SECRET,              NONE,       SHRED,   SECRET,   "issue letters")                  \
	X(LETTER_SVG,     "letters/qr/####.svg",     0600, SECRET,              NONE,       SHRED,   SECRET,   "issue letters, replace, add")    \
	X(LETTER_PNG,     "letters/qr/####.png",     0600, SECRET,              NONE,       SHRED,   SECRET,   "issue letters, replace, add")    \
	X(LETTERS_PDF,    "letters/pdf/*",           0600, SECRET,              NONE,       SHRED,   SECRET,   "issue letters, replace, add")    \
	X(PAPER_OPTIONS,  "paper/options",           0600, BACKUP,              OPTIONS,    NEVER,   PERSONAL, "issue init, letters")            \
	/* Why households were added; the words of one may tell of people. */                                                                    \
	X(ADDITIONS,      "paper/additions",         0600, BACKUP,              RECORD,     NEVER,   PERSONAL, "issue add")                      \
	/* Why letters were replaced or made void, and the names of those who said yes. */                                                       \
	X(CHANGES,        "paper/changes",           0600, BACKUP,              RECORD,     NEVER,   PERSONAL, "issue replace, void, add")       \
	/* What was sent to a printer, and what was counted of it. */                                                                            \
	X(PRINTED,        "paper/printed",           0600, 0,                   RECORD,     NEVER,   PASSING,  "issue print")                    \
	/* Of rehearsals that were held, or why there is none. */                                                                                \
	X(REHEARSALS,     "paper/rehearsals",        0600, BACKUP|MINOR,        RECORD,     NEVER,   PERSONAL, "issue rehearsed, letters")       \
	X(RECORD,         "paper/record",            0600, BACKUP|MINOR,        RECORD,     NEVER,   PERSONAL, "issue reconcile, shred-letters") \
	X(TEST_PAGE,      "paper/test-page.pdf",     0600, 0,                   NONE,       NEVER,   PASSING,  "issue test-page")                \
	X(ENVELOPES,      "paper/envelopes.pdf",     0600, 0,                   NONE,       NEVER,   PASSING,  "issue envelope")                 \
	X(PROOF,          "paper/proof.pdf",         0600, 0,                   NONE,       NEVER,   OPEN,     "issue proof")                    \
	X(WALKLIST,       "paper/walklist.pdf",      0600, 0,                   NONE,       NEVER,   PERSONAL, "issue walklist")                 \
	X(POSTER_A4,      "paper/poster-a4.pdf",     0600, 0,                   NONE,       NEVER,   OPEN,     "issue poster")                   \
	X(POSTER_A3,      "paper/poster-a3.pdf",     0600, 0,                   NONE,       NEVER,   OPEN,     "issue poster")                   \
	X(CANCELLED_A4,   "paper/cancelled-a4.pdf",  0600, 0,                   NONE,       NEVER,   OPEN,     "issue cancel")                   \
	X(CANCELLED_A3,   "paper/cancelled-a3.pdf",  0600, 0,                   NONE,       NEVER,   OPEN,     "issue cancel")                   \
	/* By the project's number and the size: "3-a4". */                                                                                      \
	X(WITHDRAWN,      "paper/withdrawn-*.pdf",   0600, 0,                   NONE,       NEVER,   OPEN,     "issue withdraw")                 \
	/* Two sizes, and each language that the election has names in: "a4", "a3-en". */                                                        \
	X(RESULTS,        "paper/results-*.pdf",     0600, 0,                   NONE,       NEVER,   OPEN,     "tally publish, poster")          \
	X(PABULIB,        "paper/pabulib.pb",        0600, 0,                   NONE,       NEVER,   OPEN,     "tally export")                   \
	/* What was objected, as it came in, and what is answered: the answers are shown with the results. */                                    \
	X(OBJECTIONS,     "paper/objections",        0600, BACKUP|MINOR,        RECORD,     NEVER,   PERSONAL, "tally objection")                \
	/* The hashes of the two files that were made last. */                                                                                   \
	X(ARCHIVED,       "paper/archived",          0600, 0,                   SMALL,      NEVER,   PASSING,  "issue archive")                  \
	/* With log.key a second daemon could start, so it leaves first: the rest of a box is dead without it. */                                \
	X(LOG_KEY,        "box/log.key",             0600, BOX|SECRET,          NONE,       LEAVES,  SECRET,   "issue init")                     \
	X(LOG_KEY_LOCK,   "box/.log.key.lock",       0600, BOX,                 NONE,       NEVER,   PASSING,  "all who open the key")           \
	X(BOX_DB,         "box/box.db",              0644, BOX|ZEROED,          NONE,       LEAVES,  SHOWN,    "issue letters")                  \
	X(BOX_WAL,        "box/box.db-wal",          0644, BOX|ZEROED,          NONE,       LEAVES,  SHOWN,    "SQLite")                         \
	X(BOX_SHM,        "box/box.db-shm",          0644, BOX|ZEROED,          NONE,       LEAVES,  PASSING,  "SQLite")                         \
	X(BOX_MARK,       "box/mark",                0600, BOX|ZEROED,          NONE,       LEAVES,  PASSING,  "issue letters")                  \
	X(BOX_VERIFIED,   "box/verified",            0600, BOX|ZEROED,          NONE,       LEAVES,  PASSING,  "issue letters")                  \
	X(BOX_LOCK,       "box/.lock",               0600, BOX,                 NONE,       NEVER,   PASSING,  "all who open a box")             \
	X(BOX_CLOCK,      "box/clock",               0600, BOX,                 NONE,       NEVER,   PASSING,  "countd")                         \
	X(BOX_ADDRESS,    "box/address",             0644, BOX,                 NONE,       ACT,     PASSING,  "countd")                         \
	X(BOX_SERVED,     "box/served",              0644, BOX,                 NONE,       ACT,     PASSING,  "countd")                         \
	X(BOX_STATUS,     "box/status",              0600, BOX,                 NONE,       ACT,     PASSING,  "countd")                         \
	X(BOX_STATUS_PART, "box/.status.new",        0600, BOX,                 NONE,       ACT,     PASSING,  "countd")                         \
	X(BOX_URL,        "box/url",                 0644, BACKUP,              SMALL,      NEVER,   PASSING,  "issue handover")                 \
	X(BOX_MIRRORED,   "box/mirrored",            0600, BOX,                 NONE,       NEVER,   PASSING,  "countd --mirror" )               \
	X(BOX_REBUILT,    "box/rebuilt",             0600, BOX,                 NONE,       ACT,     PASSING,  "countd --rebuild")               \
	X(BOX_BEFORE,     "box/before-rebuild-#",    0700, BOX|SECRET|FOLDER,   NONE,       NEVER,   SECRET,   "countd --rebuild")               \
	X(BOX_WORK,       "box/.rebuild",            0700, BOX|SECRET|FOLDER,   NONE,       ACT,     SECRET,   "countd --rebuild")
/* clang-format on */

typedef uint64_t folder_file;
/* It would take the line after FOLDER_FILES for its continuation. */
/* clang-format off */
enum {
#define FOLDER_ENUM(row, name, mode, kind, max, end, keep, writer) F_##row,
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
/* In which part of the archive it is kept (yihu-issue archive). */
enum folder_keep {
	KEEP_OPEN,     /* the public one: it names no household */
	KEEP_PERSONAL, /* the one with personal data */
	/* And in none: */
	KEEP_SHOWN,   /* what it says is in the public folder, which is kept */
	KEEP_PASSING, /* of no use once the election is over */
	KEEP_SECRET,  /* it signs, votes or opens, or could tie a vote to a household */
};
struct folder_row {
	const char *name;
	mode_t mode;
	unsigned kind;
	uint64_t bytes_max; /* 0: no program reads it whole */
	enum folder_end end;
	enum folder_keep keep;
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
/* The same of a name of the table: "letters/pdf/001.pdf". */
char *folder_path_of_name(const struct yihu_folder *f, const char *name);
/* Do the letters lie elsewhere than in the folder? */
bool folder_letters_apart(const struct yihu_folder *f);
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
