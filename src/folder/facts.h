/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of a committee's folder say of an election, read once: what the
 * conditions of its steps (folder/step_table.h) are about. No proof is checked but
 * those of the ceremony.
 */
#ifndef YIHU_FOLDER_FACTS_H
#define YIHU_FOLDER_FACTS_H

#include "folder/folder.h"

/* What each key holder does, in this order. */
enum holder_task {
	HOLDER_ANNOUNCES,
	HOLDER_DEALS,
	HOLDER_ACCEPTS,
	HOLDER_SIGNS_BOX,
	HOLDER_SHUFFLES,
	HOLDER_OPENS,
	HOLDER_SIGNS,
	HOLDER_RETIRES,
	HOLDER_TASKS
};

struct folder_facts {
	const struct yihu_folder *f;
	struct yihu_plan plan;
	enum yihu_stage stage;
	/* Where the steps are: the stage, but with too few ballots after an opening
	 * that there will not be. */
	enum yihu_stage at;
	bool too_few;
	bool stick;                    /* a key holder's: nothing of the clerk's is here */
	char *names[YIHU_HOLDERS_MAX]; /* NULL: not known yet */
	uint32_t acted[HOLDER_TASKS];  /* bit i−1: holder i has */
	uint32_t wanted[HOLDER_TASKS]; /* so many have to */
	bool charter, issuer_signed;   /* it is drawn up; the clerk has signed the results */
	char *moved, *daemon;          /* where the box is served: elsewhere, here; or NULL */
	bool box_gone;                 /* its log was begun, and its database is not here */
	uint64_t now;                  /* when this was read */
	uint64_t objections_until;     /* of the published result; 0: none are taken */
	char *box_broken;              /* why it takes no ballot, made again as it is; or NULL */
};
/* now: wall clock. */
int folder_facts_read(struct folder_facts *out, const struct yihu_folder *f, uint64_t now,
		      struct yihu_error *err);
void folder_facts_finish(struct folder_facts *x);

/* Of so many as are wanted, how many have not yet? */
uint32_t folder_facts_missing(const struct folder_facts *x, enum holder_task task);
/* Names of those whose bits are set, or their numbers where they have not announced,
 * joined for a sentence; caller frees. */
char *folder_facts_names(const struct folder_facts *x, uint32_t bits);
/* Of all holders, those who have not yet. */
uint32_t folder_facts_left(const struct folder_facts *x, enum holder_task task);
/* Where a daemon listens that is started here: where the last one did, where the
 * letters send households when that is this machine's network, or the address
 * that yihu-countd takes by itself. A word of a shell; caller frees. */
char *folder_facts_listen(const struct folder_facts *x);

#endif
