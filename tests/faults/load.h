/* SPDX-License-Identifier: Apache-2.0
 *
 * The real daemon under load: households that send their ballots and keep what
 * was acknowledged, and the question afterwards whether it is all there.
 */
#ifndef YIHU_TEST_LOAD_H
#define YIHU_TEST_LOAD_H

#include <boxdir.h>
#include <sys/types.h>

struct home {
	struct yihu_buf ballot;
	bool acknowledged;
	uint64_t index;
	char *receipt;
};
/* One election that is open now; its households are homes[0…n−1]. */
extern struct fixture *load_election;
extern struct home *load_homes;
void load_begin(uint32_t households);
/* With so many projects: 16 to a word of a ballot. */
void load_begin_wide(uint32_t households, uint32_t projects);
int load_end(void **state);   /* a tear-down */
void load_forget(void);       /* another box: nobody has voted */
uint32_t load_unserved(void); /* the first household without a receipt, or n */

/* The program named by an environment variable, its words after a prefix of
 * another program's (strace); NULL ends each. */
struct program {
	pid_t pid;
	int out; /* its standard output */
};
struct program program_start(const char *const *prefix, const char *variable,
			     const char *const *words);
int program_port(const struct program *p); /* 0: it ended without serving */
/* The daemon's other process, which serves HTTP; it must be there. */
pid_t program_front(const struct program *p);
/* Signals it (0: waits only); its wait status. */
int program_end(struct program *p, int signal);

/* Sends one ballot; the status, 0 when no answer came. An answer of 2xx that
 * is whole is remembered, with its receipt. */
int load_send(struct home *h, int port);
/* Clients that take one household after another from `first` on. */
struct rush;
struct rush *rush_start(uint32_t first, unsigned clients, int port);
void rush_stop(struct rush *r);

struct load_figures {
	uint32_t acknowledged, lost, twice, bad_receipts;
	uint64_t entries;
	unsigned strange; /* answers that were neither 2xx nor 503 */
};
/* Opens the box (and so verifies all of it) and asks for each household. */
struct load_figures load_check(const char *dir);
/* Serves once more, stops, and audits the exported folder: 0 when verified. */
int load_audit(const char *dir);

#endif
