/* SPDX-License-Identifier: Apache-2.0
 *
 * Who has come in. A key (in the entry file) or a code (on the terminal) opens once and
 * gives a token, which the page sends with every call; no cookie, since cookies do not
 * tell ports apart (RFC 6265 §8.5).
 */
#ifndef YIHU_CONSOLE_LATCH_H
#define YIHU_CONSOLE_LATCH_H

#include <pthread.h>
#include <stdbool.h>
#include <sys/types.h>
#include <yihu/error.h>

#define LATCH_KEY_BYTES 32
#define LATCH_KEY_TEXT (2 * LATCH_KEY_BYTES + 1)
#define LATCH_CODE_TEXT 10 /* "1234 5678" */
#define LATCH_TRIES 10     /* wrong codes; after them it opens to the key alone */

struct latch {
	pthread_mutex_t lock;
	char key[LATCH_KEY_TEXT];   /* SECRET; empty once it was used */
	char code[LATCH_CODE_TEXT]; /* SECRET; another once it was used */
	char token[LATCH_KEY_TEXT]; /* SECRET: of whoever is in; one for all windows */
	unsigned wrong;
	char *entry; /* the file with the key; NULL once it is gone */
};
/* Draws all three. */
void latch_init(struct latch *d);
/* Wipes all, and removes the entry file. */
void latch_finish(struct latch *d);
/* Writes the entry file into the user's folder for what runs (XDG_RUNTIME_DIR), else
 * the home folder: a page that goes to URL with the key as its fragment. */
/* (Again: with a new key.) */
int latch_write_entry(struct latch *d, const char *url, struct yihu_error *err);
/* Where the process of that number has its entry file; the caller frees. */
char *latch_entry_of(pid_t pid);
/* The token, when `said` is the key or the code; else NULL. Borrowed. */
const char *latch_open(struct latch *d, const char *said);
/* Is this "Bearer TOKEN"? NULL: no. */
bool latch_knows(struct latch *d, const char *authorization);

#endif
