/* SPDX-License-Identifier: Apache-2.0
 *
 * The steps of an election, from its set-up to the end, as one table: who takes
 * each, at which stages, on what condition, in which words, with which command.
 * "Next: …", yihu-issue status --json, and by it a console, are driven by it; a
 * test holds "An election by hand" of both READMEs to it. A new step is a row.
 */
#ifndef YIHU_FOLDER_STEP_TABLE_H
#define YIHU_FOLDER_STEP_TABLE_H

#include "folder/facts.h"

enum step_actor { STEP_CLERK, STEP_HOLDER, STEP_OPERATOR, STEP_HOUSEHOLD, STEP_AUDITOR };
enum step_kind {
	STEP_MOVES,  /* the election goes on by it */
	STEP_BESIDE, /* nothing waits for it, but it should be taken */
	STEP_AT_WILL /* only where there is need */
};
enum step_state { STEP_DONE, STEP_DUE, STEP_WAITING, STEP_NOT_NEEDED };
/* For JSON; borrowed, for ever. */
const char *step_actor_name(enum step_actor a); /* "key holder" */
const char *step_kind_name(enum step_kind k);   /* "at will" */
const char *step_state_name(enum step_state s); /* "not needed" */

#define STEP_NO_TASK HOLDER_TASKS
struct folder_step {
	const char *id; /* "letters" */
	enum step_actor actor;
	enum step_kind kind;
	enum yihu_stage from, until; /* it can be taken at these stages */
	enum holder_task task;       /* of key holders, each for one's own part; or STEP_NO_TASK */
	bool on_stick;               /* in a folder on a key holder's stick alone */
	/* Conditions; NULL: always. There is something to do at all; what it stands on
	 * is done; it is done (NULL: once the stages are past). */
	bool (*needed)(const struct folder_facts *);
	bool (*ready)(const struct folder_facts *);
	bool (*done)(const struct folder_facts *);
	const char *words;                         /* N_() */
	char *(*say)(const struct folder_facts *); /* NULL, or what it returns: the words */
	/* What to type, or NULL; {dir}, {listen}, {server} and {keys} are the folder's own.
	 * together: for all key holders at one table. */
	const char *command, *together;
};
#define STEP_ARCHIVE "archive"      /* the id of the last step */
extern const char step_by_sticks[]; /* the command for those who never meet */
/* In the order in which they are taken; borrowed, for ever. */
const struct folder_step *folder_steps(size_t *n);

/* How far it is, by the step's conditions and stages. */
enum step_state folder_step_state(const struct folder_step *s, const struct folder_facts *x);
/* May it be taken at this stage, wanted or not? */
bool folder_step_possible(const struct folder_step *s, const struct folder_facts *x);
/* The words as things are, translated; the caller frees. */
char *folder_step_words(const struct folder_step *s, const struct folder_facts *x);

#endif
