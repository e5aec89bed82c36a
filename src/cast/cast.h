/* SPDX-License-Identifier: Apache-2.0
 *
 * A resident's side of the poll, which trusts nothing of the server
 * (PROTOCOL §5, §6, §7): the election is what its charter's bytes say and its
 * signatures prove, the letter is the issuer's under that election's id, and a
 * vote is recorded when a receipt proves it. What the server merely says is
 * passed on as its word. Nothing is decided by a clock.
 */
#ifndef YIHU_CAST_H
#define YIHU_CAST_H

#include "fetch/http.h"

#include <yihu/checkpoint.h>
#include <yihu/entry.h>
#include <yihu/progress.h>

/* Charter and definition of the server, verified; no register (reg is NULL):
 * a letter brings its own signature. */
int cast_fetch_election(struct yihu_election **out, struct http_client *c, struct yihu_error *err);
/* Is it the election that `wanted` (short print or 64 digits) names?
 * YIHU_EARG when that is neither, YIHU_EELECTION when it is another. */
int cast_expect_election(const struct yihu_election *e, const char *wanted, struct yihu_error *err);

/* SECRET out. A letter's code as scanned; the issuer's signature is verified
 * under this election's id (YIHU_EELECTION when it is not there). */
int cast_token_from_scan(struct yihu_token *out, const struct yihu_election *e,
			 struct yihu_span text, struct yihu_error *err);
/* SECRET out. The typed code; the server gives the signature, which must be the
 * issuer's over the very key that the code gives. Only the serial is sent. */
int cast_token_from_typed(struct yihu_token *out, const struct yihu_election *e,
			  struct http_client *c, struct yihu_span text, struct yihu_error *err);

/* SECRET. A seed that choices are drawn from, always the same. */
struct cast_chance {
	uint8_t seed[32];
	uint64_t drawn; /* so often */
};
/* digits has n_projects. A valid ballot drawn at random, for demonstrations
 * and load; YIHU_EVOTE when none is found. chance: NULL, or a household's seed:
 * such a one likes some projects better than others. */
int cast_random_digits(const struct yihu_definition *d, struct cast_chance *chance,
		       uint32_t *digits, struct yihu_error *err);
/* Projects that were withdrawn. */
struct cast_withdrawn {
	struct yihu_withdrawn list[YIHU_WITHDRAWALS_MAX];
	size_t n;
};
/* As far as the server proves it; what it does not prove is passed over. Only no answer
 * at all is an error. */
int cast_fetch_withdrawn(struct cast_withdrawn *out, struct http_client *c,
			 const struct yihu_election *e, struct yihu_error *err);
/* Frees the reasons. */
void cast_withdrawn_finish(struct cast_withdrawn *w);
/* NULL: it was not. w may be NULL: nothing is known to be. */
const struct yihu_withdrawn *cast_is_withdrawn(const struct cast_withdrawn *w, size_t project);
/* YIHU_EDIGITS: the choice has one of them, and why it was withdrawn. */
int cast_check_withdrawn(const struct cast_withdrawn *w, const struct yihu_definition *d,
			 const uint32_t *digits, struct yihu_error *err);

/* The projects, numbered from 1, a line each: "  1. name (id) cost", and below it
 * that it was withdrawn. */
void cast_list_projects(struct yihu_buf *out, const struct yihu_definition *d,
			const struct cast_withdrawn *w);
/* A choice as yihu_digits_parse reads it, by those numbers instead of ids;
 * spaces part as commas do, and Chinese punctuation is taken as well. */
int cast_digits_from_list(const struct yihu_definition *d, const char *text, uint32_t *digits,
			  struct yihu_error *err);
/* The choice in words: a line for each project that it says something of, best
 * first for ordinal; one line for a blank ballot. */
void cast_spell_choice(struct yihu_buf *out, const struct yihu_definition *d,
		       const uint32_t *digits);
/* Appends the ballot of those digits. */
int cast_make_ballot(struct yihu_buf *out, const struct yihu_election *e,
		     const struct yihu_token *t, const uint32_t *digits, struct yihu_error *err);
/* Is it a ballot of this election, rightly signed, and of that letter (NULL:
 * of any)? YIHU_EELECTION, YIHU_ECREDENTIAL, or what §6 finds. */
int cast_check_ballot(const struct yihu_election *e, const struct yihu_token *t,
		      const struct yihu_buf *ballot, uint32_t *serial, struct yihu_error *err);

/* What became of a ballot. */
enum cast_verdict {
	CAST_RECORDED,     /* proven by the receipt */
	CAST_NOT_RECORDED, /* the server refuses it: `why` */
	CAST_NOT_KNOWN,    /* no answer, or one that proves nothing: `why` */
};
struct cast_outcome {
	enum cast_verdict verdict;
	struct yihu_error why; /* unless recorded */
	/* of the entry, when recorded; index of the log, time in unix seconds */
	uint64_t index, time;
	char code[YIHU_CODE_BYTES];
	struct yihu_buf receipt;
	/* Already voted: is that proven, and when was it? */
	bool voted_proven;
	uint64_t voted_time;
};
/* Frees the receipt. */
void cast_outcome_finish(struct cast_outcome *o);

/* How long to try, and who is told meanwhile, from cast_send's thread. */
enum cast_meanwhile {
	CAST_WORKS, /* a server with too much to do asked this computer for some work first */
	CAST_WAITS, /* not answered, or a server that has no time now: why */
};
struct cast_patience {
	unsigned seconds;
	/* NULL: nobody */
	void (*meanwhile)(void *context, enum cast_meanwhile what, const struct yihu_error *why);
	void *context;
};
/* Sends the same bytes again and again until there is an answer, or patience
 * is over, and does the work that is asked for (crypto/proof_of_work.h). An
 * answer that claims "recorded" and does not prove it ends it. */
void cast_send(struct cast_outcome *out, struct http_client *c, const struct yihu_election *e,
	       const struct yihu_buf *ballot, const struct cast_patience *patience);

/* A ballot entry that a receipt proves. */
struct cast_proof {
	uint64_t index, time;
	uint32_t serial;
	char code[YIHU_CODE_BYTES];
	struct yihu_buf ballot, receipt;
};
/* Log signature, inclusion, a B entry within the poll, a well-formed ballot. */
int cast_proof_read(struct cast_proof *out, const struct yihu_election *e, struct yihu_span receipt,
		    struct yihu_error *err);
/* Frees ballot and receipt. */
void cast_proof_finish(struct cast_proof *p);

/* What the server says of a letter's serial; that it voted, it must prove. */
struct cast_standing {
	bool voided; /* the server's word */
	bool voted;
	struct cast_proof proof;
};
/* The server's refusal by its code; YIHU_ENET: no answer; else as
 * cast_proof_read, where what was sent proves nothing. Nothing is in *out then. */
int cast_look(struct cast_standing *out, struct http_client *c, const struct yihu_election *e,
	      uint32_t serial, struct yihu_error *err);
/* Frees the proof. */
void cast_standing_finish(struct cast_standing *s);

/* SECRET out: the `scan` codes of a letters/list.csv in order. */
struct cast_letters {
	size_t n;
	struct yihu_token *tokens;
};
/* Errors name the line. Freed by cast_letters_finish. */
int cast_letters_read(struct cast_letters *out, const void *bytes, size_t len,
		      struct yihu_error *err);
/* Wipes and frees. */
void cast_letters_finish(struct cast_letters *l);

/* Casts vote i with letter i, by several clients at once. */
#define CAST_CLIENTS_MAX 256
struct cast_replay {
	const struct yihu_election *election; /* what is verified once */
	const char *url;
	const struct yihu_votes *votes;
	const struct cast_letters *letters; /* at least as many */
	unsigned clients;                   /* 1..CAST_CLIENTS_MAX */
	unsigned patience_s;
	const struct yihu_progress *progress;
};
struct cast_replay_report {
	size_t recorded, not_known, not_sent;
	size_t refused[YIHU_N_CODES];          /* by why */
	struct yihu_error first[YIHU_N_CODES]; /* the words of the first of each kind */
	struct yihu_error first_not_known;
	uint64_t took_ms;
	/* from sending a ballot until its receipt is verified, retries included */
	uint64_t p50_us, p99_us, max_us;
};
/* When a ballot's fate stays unknown, those not sent yet are not sent. Fails
 * before anything is sent: YIHU_EVOTE (fewer letters than votes), YIHU_EARG. */
int cast_replay_run(struct cast_replay_report *out, const struct cast_replay *r,
		    struct yihu_error *err);

#endif
