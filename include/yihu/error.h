/* SPDX-License-Identifier: Apache-2.0
 *
 * Errors: one table of codes, and one struct that carries the words.
 *
 * Every function of libyihu that can fail returns an int: 0 when it did what
 * it says, else one of the codes below, with `err` filled in (err may be NULL
 * when the caller needs no words). Results (`*out`) are written last and left
 * alone on failure. A code is stable: tests, the audit's JSON and the daemon's
 * answers name it by its slug. The text is for people, in the user's language.
 *
 * The library never prints and never exits. The one exception is memory: an
 * allocation that fails calls abort(), since every size is bounded before it
 * is asked for, and a half-made answer would be worse.
 */
#ifndef YIHU_ERROR_H
#define YIHU_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <yihu/api.h>

YIHU_API_BEGIN

/* X(symbol, slug, how): slugs are lower case, words joined by '-'. Append only.
 *
 * How a caller takes a code; tests/clean/errors holds the sources to it:
 *   APART   it may have to tell it apart, since there is more to do than to pass it
 *           on; beside it one place that does, and why
 *   STATUS  it passes it on; the daemon has an HTTP status for it (countd/answer.c)
 *   ON      it passes it on, code and words
 */
#define YIHU_CODES(X)                                                                              \
	X(OK, "ok", ON)                                                                            \
	/* the machine */                                                                          \
	X(EIO, "io", STATUS)                                                                       \
	X(ENOENT, "not-found", APART) /* folder/files_io.c: nothing there yet is fine */           \
	X(EEXIST, "exists", APART)    /* holder/shuffle.c: was it this very mix? */                \
	X(ELOCKED, "locked", APART)   /* client/reach.c: goes to the daemon that has it */         \
	X(ETOOBIG, "too-big", APART)  /* countd/public_there.c: no file that could be the same */  \
	X(EARG, "argument", ON)                                                                    \
	X(ESTATE, "state", STATUS)                                                                 \
	X(EPASS, "passphrase", APART) /* keys/keys.c: asks again */                                \
	X(ENET, "network", APART)     /* cast/send.c: perhaps recorded, so sent again */           \
	X(EBUSY, "busy", STATUS)                                                                   \
	X(ECLOCK, "clock", APART)       /* countd/writer.c: nothing was written */                 \
	X(EUNKNOWN, "not-known", APART) /* countd/writer.c: in doubt, so no more is taken */       \
	/* bytes and text */                                                                       \
	X(EFORMAT, "format", APART)   /* crypto/keyfile.c: which file is damaged */                \
	X(EVERSION, "version", APART) /* crypto/keyfile.c: which file is newer */                  \
	X(ETRAILING, "trailing", ON)                                                               \
	X(EPOINT, "point", ON)                                                                     \
	X(ESCALAR, "scalar", ON)                                                                   \
	X(EIDENTITY, "identity", ON)                                                               \
	X(EPUBKEY, "public-key", ON)                                                               \
	X(ESIGNATURE, "signature", APART) /* election/register.c: whose line it is */              \
	X(ESIGNERS, "signers", ON)                                                                 \
	/* definition and households */                                                            \
	X(EMETA, "meta", ON)                                                                       \
	X(EPROJECT, "project", ON)                                                                 \
	X(EVOTE, "vote", ON)                                                                       \
	X(EHOUSEHOLD, "household", ON)                                                             \
	X(EDIGITS, "digits", APART) /* election/votes.c: void, and the next is read */             \
	X(EDEFINITION, "definition", ON)                                                           \
	/* ceremony, charter, register, token */                                                   \
	X(EPROOF, "proof", ON)                                                                     \
	X(ESHARE, "share", ON)                                                                     \
	X(EMARK, "mark", APART) /* holder/one_table.c: the other keys go on */                     \
	X(ECHARTER, "charter", ON)                                                                 \
	X(EKEYS, "keys-not-distinct", STATUS)                                                      \
	X(EELECTION, "other-election", ON)                                                         \
	X(EREGISTER, "register", ON)                                                               \
	X(ETOKEN, "token", ON)                                                                     \
	X(ETYPED, "typed-code", ON)                                                                \
	/* ballot and log: what becomes of one entry */                                            \
	X(EWIDTH, "width", ON)                                                                     \
	X(EVOTESIG, "vote-signature", ON)                                                          \
	X(EBALLOTPROOF, "ballot-proof", ON)                                                        \
	X(ECREDENTIAL, "credential", APART) /* tools/cast/single.c: what a voter does then */      \
	X(EVOIDED, "voided", APART)         /* box/commit.c: the note of an earlier ballot */      \
	X(EVOTED, "already-voted", APART)   /* cast/send.c: when, and is it proven? */             \
	X(ESAME, "same-ballot", APART)      /* countd/writer.c: its receipt once more */           \
	X(ECOPIED, "copied-ciphertext", STATUS)                                                    \
	X(ENOTOPEN, "not-open", APART) /* tools/cast/single.c: what a voter does then */           \
	X(EOVER, "over", APART)        /* tools/cast/single.c: what a voter does then */           \
	X(ENOTOVER, "not-over", STATUS)                                                            \
	X(ETIME, "time", ON)                                                                       \
	X(EOPENENTRY, "open-entry", ON)                                                            \
	X(ECHANGE, "change", STATUS)                                                               \
	X(ELIMIT, "change-limit", STATUS)                                                          \
	X(ECLOSE, "close", ON)                                                                     \
	X(EROOT, "root-moved", APART) /* tally/close.c: looks and signs again */                   \
	X(ECLOSED, "closed", APART)   /* tools/cast/single.c: what a voter does then */            \
	X(EENTRY, "entry", ON)                                                                     \
	X(ETREE, "tree", ON)                                                                       \
	X(ECHECKPOINT, "checkpoint", ON)                                                           \
	X(EATCLOSE, "at-close", ON)                                                                \
	X(EINCLUSION, "inclusion", ON)                                                             \
	X(EHISTORY, "two-histories", APART) /* box/pool.c: never passed over as damage */          \
	/* box, mixes, openings, results */                                                        \
	X(EBOX, "box", ON)                                                                         \
	X(EMINBOX, "min-box", STATUS)                                                              \
	X(EMIX, "mix", ON)                                                                         \
	X(EMIXPROOF, "mix-proof", ON)                                                              \
	X(EOPENING, "opening", ON)                                                                 \
	X(EOPENINGPROOF, "opening-proof", ON)                                                      \
	X(ERULE, "rule", ON)                                                                       \
	X(ETIE, "tie", APART) /* tools/tally/count.c: asks for a lot */                            \
	X(ERESULTS, "results", ON)                                                                 \
	/* folder */                                                                               \
	X(ESTRAY, "stray-file", APART)      /* public/public_read.c: its words */                  \
	X(EMISSING, "missing-file", APART)  /* audit/check_tiles.c: without them no entries */     \
	X(ESYMLINK, "symbolic-link", APART) /* public/public_read.c: its words */                  \
	X(EROLL, "roll", ON)                                                                       \
	X(EDATABASE, "database", APART) /* box/commit.c: ledger and SQL disagree */                \
	/* charter, line by line */                                                                \
	X(EORIGIN, "origin", ON)                                                                   \
	X(ETHRESHOLD, "threshold", ON)                                                             \
	X(EKEY, "election-key", ON)                                                                \
	/* an election that was called off: what may not follow, the statement, its words */       \
	X(ECANCELLED, "cancelled", APART) /* tools/cast/single.c: what a voter does then */        \
	X(ECANCEL, "cancel", ON)                                                                   \
	X(EREASON, "reason", ON)                                                                   \
	/* what a reader sees of a text */                                                         \
	X(ELOOKS, "looks", ON)                                                                     \
	/* a box that is only read */                                                              \
	X(EREADONLY, "read-only", APART) /* countd/box_to_serve.c: serves it to be read */         \
	/* a project's picture that is not the one of its hash */                                  \
	X(EPICTURE, "picture", ON)                                                                 \
	/* a project that is withdrawn: which one, and in which form */                            \
	X(EWITHDRAWAL, "withdrawal", ON)                                                           \
	/* a ballot that has to bring some work, while too many come (countd/API.md) */            \
	X(EWORK, "work", APART) /* cast/prove_work.c: does it, and sends again */                  \
	/* a daemon that still verifies its box */                                                 \
	X(ESTARTING, "starting", STATUS)                                                           \
	/* what nobody does unseen was shown, and nobody was there to say yes */                   \
	X(EUNSEEN, "unseen", APART) /* cli/cli.c: ends with CLI_SHOWN */

/* It would take the line after YIHU_CODES for its continuation. */
/* clang-format off */
enum yihu_code {
#define YIHU_CODE_ENUM(symbol, slug, how) YIHU_##symbol,
	YIHU_CODES(YIHU_CODE_ENUM)
#undef YIHU_CODE_ENUM
	YIHU_N_CODES
};
/* clang-format on */

struct yihu_error {
	int code;        /* of the table above */
	char text[1024]; /* NUL-terminated, no final newline, never a secret */
};

/* The stable name of a code ("ballot-proof"); "unknown" for none of ours. */
const char *yihu_code_slug(int code);

/* Fills err (when not NULL) and returns code, so that a check reads
 * `return yihu_fail(err, YIHU_EPOINT, _("…"), …);`. */
int yihu_fail(struct yihu_error *err, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts "context: " before the words that are there, as an error climbs.
 * Returns err->code, or code when err is NULL. */
int yihu_fail_at(struct yihu_error *err, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Translation (gettext, domain "yihu"). N_() marks a text in a table. */
const char *yihu_gettext(const char *text) __attribute__((format_arg(1)));
const char *yihu_ngettext(const char *one, const char *many, unsigned long n)
	__attribute__((format_arg(1), format_arg(2)));
#ifdef YIHU_INTERNAL
#define _(text) yihu_gettext(text)
#define N_(text) text
#endif

YIHU_API_END

#endif
