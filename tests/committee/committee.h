/* SPDX-License-Identifier: Apache-2.0
 *
 * A committee's folder on the disk, with its clerk, its key holders and its
 * voters, made with the modules that the programs use: for tests of those
 * modules. Whatever should not fail aborts the test with its reason.
 *
 * Link with link_args: committee_link_args (the clock is the test's).
 */
#ifndef YIHU_TEST_COMMITTEE_H
#define YIHU_TEST_COMMITTEE_H

#include "client/view.h"
#include "holder/holder.h"
#include "issue/issue.h"
#include "tally/tally.h"
#include "test.h"

/* The poll: 2026-06-01T00:00:00Z to 2026-06-02T00:00:00Z. */
#define COMMITTEE_OPENS UINT64_C(1780272000)
#define COMMITTEE_CLOSES UINT64_C(1780358400)
/* What yihu_clock says from now on. */
void committee_clock(uint64_t now);

struct committee_options {
	uint32_t n, t;                    /* [3, 2] */
	uint32_t households;              /* [6] */
	uint32_t min_box;                 /* [2] */
	uint32_t additions, replacements; /* [2, 2] */
	const char *url;                  /* [none] */
	struct issue_paper_options paper; /* [en] */
	const char *first_household;      /* building,room,name [as the others] */
	uint64_t objections_until;        /* as the clerk signs [none are taken] */
	bool english;                     /* projects have English names too [no] */
};
struct committee {
	struct committee_options options;
	char *temp; /* holds election/ and keys/; removed by committee_free */
	struct yihu_folder folder;
	struct yihu_error err; /* of the last act that returned a code */
};

/* Drafted, a day before the poll. NULL: all defaults. */
struct committee *committee_new(const struct committee_options *o);
/* Another one in the same state: tests break a copy each. */
struct committee *committee_copy(const struct committee *c);
/* The box at this path of the temp folder is a copy, and is to be used: a
 * person's word (--moved). */
void committee_live_in(struct committee *c, const char *box);
void committee_free(struct committee *c);

/* "keys/2.key"; freed by the caller. */
char *committee_key_path(const struct committee *c, uint32_t holder);
/* Opens holder's key file, made when it is not there ("holder-2"). */
struct yihu_keyfile *committee_holder(const struct committee *c, uint32_t holder);
struct yihu_keyfile *committee_issuer(const struct committee *c);

/* Acts with the key of that holder, opened and closed: their code, and err. */
int committee_announce(struct committee *c, uint32_t holder);
int committee_deal(struct committee *c, uint32_t holder);
int committee_accept(struct committee *c, uint32_t holder);
typedef int committee_count_act(struct yihu_keyfile *, struct yihu_view *, struct yihu_error *);
/* Looks at the public folder under the key's own eid, then acts. */
int committee_count(struct committee *c, uint32_t holder, committee_count_act *act);
/* holder_box, and holder_place_box after it. */
int committee_box(struct committee *c, uint32_t holder);
/* holder_retire with one file, as an act. */
int committee_retire(struct yihu_keyfile *key, struct yihu_view *v, struct yihu_error *err);
/* Those of the clerk and the tally team. */
int committee_charter(struct committee *c);
int committee_letters(struct committee *c);
int committee_change(struct committee *c, const struct issue_change *change, uint32_t *serial);
int committee_close(struct committee *c);
int committee_sign(struct committee *c);
/* 0 also when it waits for signatures (*missing, may be NULL). */
int committee_publish(struct committee *c, struct tally_missing *missing);
int committee_poster(struct committee *c, const char *language);
/* Signed by the clerk, or by that holder's key; sets made. */
int committee_complaints(struct committee *c, struct yihu_complaints *complaints, uint32_t holder);

/* The final statement, by the clerk. */
int committee_final(struct committee *c, uint32_t upheld);

/* Ballots of serials first to first + n − 1, by their letters, during the poll. */
void committee_vote(struct committee *c, uint32_t first, uint32_t n);
/* A letter's token, from the lists for mail merge. */
struct yihu_token committee_token(const struct committee *c, uint32_t serial);
/* One ballot; the box's answer. */
int committee_ballot(struct committee *c, uint32_t serial);
/* Goes on to that state, with 4 ballots. */
void committee_to(struct committee *c, enum yihu_stage state);
enum yihu_stage committee_state(struct committee *c);

/* The election that the tests of a program take copies of: set-up, to the state
 * that its name tells, and tear-down. */
extern struct committee *committee_base;
int committee_begin_poll(void **state); /* serials 1 to 4 have voted */
int committee_begin_published(void **state);
int committee_end(void **state);

/* Files below the election's folder. */
bool committee_has(const struct committee *c, const char *name);
struct yihu_buf committee_read(const struct committee *c, const char *name);
void committee_write(const struct committee *c, const char *name, const void *bytes, size_t len);
/* Runs a shell command in the temp folder; must succeed. */
void committee_shell(const struct committee *c, const char *command);

/* Does act in another process, which SIGKILL ends just before its k-th call
 * that changes the disk (k from 1). False when it ended by itself before; then
 * *code is what it returned. */
bool committee_cut(unsigned k, int (*act)(void *), void *context, int *code);
/* The place to try after k, from 0 on: each one with YIHU_TEST_EVERY in the environment, else
 * two in five. */
unsigned committee_next_cut(unsigned k);

#endif
