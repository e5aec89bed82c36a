/* SPDX-License-Identifier: Apache-2.0
 *
 * A verb over the committee's folder as its steps. The frame runs them in one
 * order, so that everything that can be refused is refused before a passphrase
 * is asked for, and every verb ends by saying what comes next.
 */
#ifndef YIHU_TOOLS_ACT_H
#define YIHU_TOOLS_ACT_H

#include "cli/program.h"
#include "client/view.h"
#include "keys/keys.h"

/* One call of such a verb. */
struct tool_call {
	const struct cli_verb *verb;
	const char *const *words;
	struct yihu_folder folder;
	struct yihu_view view; /* once the verb has looked */
	struct yihu_keyfile
		*keys[YIHU_KEY_FILES_MAX]; /* that are open; the issuer's is the first */
	size_t n_keys;
	int status;     /* how the program ends when no step fails */
	bool says_next; /* what comes next was said already */
	struct yihu_error err;
};
/* 0, or a code with the words in c->err; then no further step is taken. */
typedef int tool_step(struct tool_call *c);

/* The steps of a verb, in the order in which they are taken; each may be NULL. */
struct tool_act {
	unsigned folder;   /* which word is the folder */
	bool makes_folder; /* nothing is there yet; else an election must be in it */
	tool_step *check;  /* refuses by what lies in the folder */
	tool_step *look;   /* reaches the public folder and audits it */
	tool_step *may;    /* refuses by what was seen */
	tool_step *open;   /* asks for passphrases */
	tool_step *act;
	const char *done; /* N_(): said after it; %s is the folder */
	void (*say)(struct tool_call *c);
	bool says_next; /* what comes next is among its own words */
};
/* cli_verb's run; its act is a struct tool_act. */
int tool_run(const struct cli_verb *verb, const char *const *words);

/* ---- steps that several verbs take ---- */

/* Both audit under the folder's own election id. The box, to append to; the
 * public files alone. */
int tool_look_box(struct tool_call *c);
int tool_look_public(struct tool_call *c);
/* The issuer key: of --key, or DIR/secret/issuer.key. */
int tool_open_issuer(struct tool_call *c);

typedef int tool_eid(uint8_t eid[static YIHU_EID_BYTES], const struct yihu_folder *f,
		     struct yihu_error *err);
typedef int tool_reach(struct yihu_reach **out, const struct yihu_folder *f, const char *url,
		       struct yihu_error *err);
/* What both are made of: looks by `reach`, under the id that `eid` gives. */
int tool_look(struct tool_call *c, tool_eid *eid, tool_reach *reach);

/* ---- options that several verbs take ---- */

extern struct tool_options {
	const char *url, *key;
	struct cli_seen seen;
	struct cli_key_options keys;
} tool_given;

#define TOOL_URL                                                                                   \
	{                                                                                          \
		"url", CLI_STRING, &tool_given.url, "URL",                                         \
			N_("the daemon to reach instead of the folder")                            \
	}
#define TOOL_KEY                                                                                   \
	{                                                                                          \
		"key", CLI_STRING, &tool_given.key, "FILE",                                        \
			N_("the issuer key, if not DIR/secret/issuer.key")                         \
	}
#define TOOL_SEEN                                                                                  \
	{                                                                                          \
		"seen", CLI_SEEN, &tool_given.seen, NULL,                                          \
			N_("do not ask: somebody has looked at what it shows (for scripts)")       \
	}
#define TOOL_PASSPHRASE_FD                                                                         \
	{                                                                                          \
		"passphrase-fd", CLI_U32, &tool_given.keys.passphrase_fd, "N",                     \
			N_("read the passphrase from descriptor N")                                \
	}

/* ---- what is said ---- */

/* A yihu_look: all that is being fixed, in the terminal's language, and the question. The
 * context points to a const char *, an N_() text. */
int tool_show(void *context, const struct yihu_definition *d, const struct yihu_charter *c,
	      struct yihu_error *err);

/* What is signed over the view, as v->audit has it, and the question, an N_() text: then
 * nothing else is. The codes of cli_seen. until: when objections to a result end, which the
 * clerk signs with it; 0: none, or another signs. */
int tool_show_box(struct yihu_view *v, const char *question, struct yihu_error *err);
int tool_show_result(struct yihu_view *v, const char *question, uint64_t until,
		     struct yihu_error *err);

/* The election's title as its file has it, "" where there is none; borrowed. */
const char *tool_title(const struct yihu_view *v);
/* "DIR: closed. Next: …" */
void tool_say_state(const struct yihu_folder *f);
/* The short print of an election id, and the whole of it. */
void tool_say_eid(const uint8_t eid[static YIHU_EID_BYTES]);
/* Says what the medium that holds path cannot promise about secrets that were
 * overwritten there, if anything, and what to do. */
void tool_say_medium(const char *path);

#endif
