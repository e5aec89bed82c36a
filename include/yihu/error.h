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

/* X(symbol, slug): slugs are lower case, words joined by '-'. Append only. */
#define YIHU_CODES(X)                                                                              \
	X(OK, "ok")                                                                                \
	/* the machine */                                                                          \
	X(EIO, "io")                                                                               \
	X(ENOENT, "not-found")                                                                     \
	X(EEXIST, "exists")                                                                        \
	X(ELOCKED, "locked")                                                                       \
	X(ETOOBIG, "too-big")                                                                      \
	X(EARG, "argument")                                                                        \
	X(ESTATE, "state")                                                                         \
	X(EPASS, "passphrase")                                                                     \
	X(ENET, "network")                                                                         \
	X(EBUSY, "busy")                                                                           \
	X(ECLOCK, "clock")                                                                         \
	X(EUNKNOWN, "not-known")                                                                   \
	/* bytes and text */                                                                       \
	X(EFORMAT, "format")                                                                       \
	X(EVERSION, "version")                                                                     \
	X(ETRAILING, "trailing")                                                                   \
	X(EPOINT, "point")                                                                         \
	X(ESCALAR, "scalar")                                                                       \
	X(EIDENTITY, "identity")                                                                   \
	X(EPUBKEY, "public-key")                                                                   \
	X(ESIGNATURE, "signature")                                                                 \
	X(ESIGNERS, "signers")                                                                     \
	/* definition and households */                                                            \
	X(EMETA, "meta")                                                                           \
	X(EPROJECT, "project")                                                                     \
	X(EVOTE, "vote")                                                                           \
	X(EHOUSEHOLD, "household")                                                                 \
	X(EDIGITS, "digits")                                                                       \
	X(EDEFINITION, "definition")                                                               \
	/* ceremony, charter, register, token */                                                   \
	X(EPROOF, "proof")                                                                         \
	X(ESHARE, "share")                                                                         \
	X(EMARK, "mark")                                                                           \
	X(ECHARTER, "charter")                                                                     \
	X(EKEYS, "keys-not-distinct")                                                              \
	X(EELECTION, "other-election")                                                             \
	X(EREGISTER, "register")                                                                   \
	X(ETOKEN, "token")                                                                         \
	X(ETYPED, "typed-code")                                                                    \
	/* ballot and log: what becomes of one entry */                                            \
	X(EWIDTH, "width")                                                                         \
	X(EVOTESIG, "vote-signature")                                                              \
	X(EBALLOTPROOF, "ballot-proof")                                                            \
	X(ECREDENTIAL, "credential")                                                               \
	X(EVOIDED, "voided")                                                                       \
	X(EVOTED, "already-voted")                                                                 \
	X(ESAME, "same-ballot")                                                                    \
	X(ECOPIED, "copied-ciphertext")                                                            \
	X(ENOTOPEN, "not-open")                                                                    \
	X(EOVER, "over")                                                                           \
	X(ENOTOVER, "not-over")                                                                    \
	X(ETIME, "time")                                                                           \
	X(EOPENENTRY, "open-entry")                                                                \
	X(ECHANGE, "change")                                                                       \
	X(ELIMIT, "change-limit")                                                                  \
	X(ECLOSE, "close")                                                                         \
	X(EROOT, "root-moved")                                                                     \
	X(ECLOSED, "closed")                                                                       \
	X(EENTRY, "entry")                                                                         \
	X(ETREE, "tree")                                                                           \
	X(ECHECKPOINT, "checkpoint")                                                               \
	X(EATCLOSE, "at-close")                                                                    \
	X(EINCLUSION, "inclusion")                                                                 \
	X(EHISTORY, "two-histories")                                                               \
	/* box, mixes, openings, results */                                                        \
	X(EBOX, "box")                                                                             \
	X(EMINBOX, "min-box")                                                                      \
	X(EMIX, "mix")                                                                             \
	X(EMIXPROOF, "mix-proof")                                                                  \
	X(EOPENING, "opening")                                                                     \
	X(EOPENINGPROOF, "opening-proof")                                                          \
	X(ERULE, "rule")                                                                           \
	X(ETIE, "tie")                                                                             \
	X(ERESULTS, "results")                                                                     \
	/* folder */                                                                               \
	X(ESTRAY, "stray-file")                                                                    \
	X(EMISSING, "missing-file")                                                                \
	X(ESYMLINK, "symbolic-link")                                                               \
	X(EROLL, "roll")                                                                           \
	X(EDATABASE, "database")                                                                   \
	/* charter, line by line */                                                                \
	X(EORIGIN, "origin")                                                                       \
	X(ETHRESHOLD, "threshold")                                                                 \
	X(EKEY, "election-key")                                                                    \
	/* an election that was called off: what may not follow, the statement, its words */       \
	X(ECANCELLED, "cancelled")                                                                 \
	X(ECANCEL, "cancel")                                                                       \
	X(EREASON, "reason")                                                                       \
	/* what a reader sees of a text */                                                         \
	X(ELOOKS, "looks")                                                                         \
	/* a box that is only read */                                                              \
	X(EREADONLY, "read-only")

/* It would take the line after YIHU_CODES for its continuation. */
/* clang-format off */
enum yihu_code {
#define YIHU_CODE_ENUM(symbol, slug) YIHU_##symbol,
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
