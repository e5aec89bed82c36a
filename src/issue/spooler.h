/* SPDX-License-Identifier: Apache-2.0
 *
 * The printers of this computer, by the programs of CUPS: lp, lpstat, and ipptool where
 * it is, which alone says how many sheets a job has printed.
 */
#ifndef YIHU_ISSUE_SPOOLER_H
#define YIHU_ISSUE_SPOOLER_H

#include <yihu/bytes.h>
#include <yihu/error.h>

#define SPOOLER_PRINTERS_MAX 64
struct spooler {
	bool there;                           /* lp and lpstat are, and answer */
	char *printers[SPOOLER_PRINTERS_MAX]; /* by name */
	size_t n;
	char *usual; /* the default printer; NULL: none */
};
/* Asks; a computer without them has none. spooler_finish frees. */
void spooler_look(struct spooler *s);
/* Leaves s empty. */
void spooler_finish(struct spooler *s);

struct spooler_sheet {
	bool two_sided;
	const char *media; /* "A4" */
};
/* Sends a file; *job gets its name there ("Brother-12"; caller frees). title is what
 * stands in the queue. YIHU_ENOENT: there is no lp; YIHU_EIO: lp's own words. */
int spooler_send(char **job, const char *printer, const char *path, const char *title,
		 const struct spooler_sheet *sheet, struct yihu_error *err);

enum spooler_state {
	SPOOLER_UNKNOWN, /* nobody says it, or the job is forgotten */
	SPOOLER_WAITING, /* it waits, or is at it */
	SPOOLER_STOPPED, /* the printer wants a person */
	SPOOLER_DONE,
	SPOOLER_CANCELLED, /* or given up */
	N_SPOOLER_STATES
};
const char *spooler_state_name(enum spooler_state s); /* "waiting"; static */
struct spooler_job {
	enum spooler_state state;
	bool counted; /* sheets is what the printer says; some say none */
	uint32_t sheets;
};
/* What became of it; a spooler that does not answer is no error. False: it hangs, and
 * another question would too. */
bool spooler_ask(struct spooler_job *out, const char *job);
/* Ends it, and destroys what the spooler keeps of it. false: it may have it still, or
 * does not answer. */
bool spooler_forget(const char *job);

#endif
