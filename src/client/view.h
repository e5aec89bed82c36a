/* SPDX-License-Identifier: Apache-2.0
 *
 * The public folder as somebody who acts sees it: fetched and audited under
 * the election id that this somebody holds. Nobody acts on a fault.
 */
#ifndef YIHU_VIEW_H
#define YIHU_VIEW_H

#include "client/reach.h"

/* What is signed over a view: the text of a note. */
#define YIHU_SHOWN_BYTES 32
enum yihu_view_text { YIHU_TEXT_BOX, YIHU_TEXT_RESULTS, YIHU_N_TEXTS };

struct yihu_view {
	/* set by the caller */
	const struct yihu_folder *folder;
	struct yihu_reach *reach; /* owned: closed by yihu_view_finish */
	uint8_t eid[YIHU_EID_BYTES];
	const struct yihu_progress *progress;
	/* made anew by each look */
	struct yihu_public *pub;
	struct yihu_audit *audit;
	/* what somebody was shown: then no other is signed, whatever a later look finds */
	struct {
		bool there;
		uint8_t hash[YIHU_SHOWN_BYTES];
	} shown[YIHU_N_TEXTS];
};
/* Fetches and audits; the first fault as an error. */
int yihu_view_look(struct yihu_view *v, struct yihu_error *err);
/* The same folder with one file more (name, as of yihu_reach_put): what the audit
 * says of it, in v->audit. Look again before anything else. */
int yihu_view_try(struct yihu_view *v, const char *name, const void *bytes, size_t len,
		  struct yihu_error *err);
/* After an entry was appended: brings box/public up to it. */
int yihu_view_show(struct yihu_view *v, struct yihu_error *err);
/* 0; or YIHU_ECANCELLED, when and why, of an election that was called off: then
 * nobody acts on it any more. v has been looked at. */
int yihu_view_check_on(const struct yihu_view *v, struct yihu_error *err);
/* How far it is for the committee: as audited and by the clock; mixed when enough
 * have shuffled for the box to be opened. */
enum yihu_stage yihu_view_stage(const struct yihu_audit *a, uint64_t now);
/* Is there a log that is not ended, by its files and by the clock: does it still take
 * changes and withdrawals? */
bool yihu_view_takes_entries(const struct yihu_view *v, uint64_t now);
/* yihu_reach_put of a file that may come at this stage, which its act has asked. */
int yihu_view_put(struct yihu_view *v, const char *name, const void *bytes, size_t len,
		  bool replace, struct yihu_error *err);
/* yihu_reach_put_under of such a file. */
int yihu_view_put_under(struct yihu_view *v, const char *name, const struct yihu_buf *bytes,
			const struct yihu_buf *note, struct yihu_error *err);
/* The text as v has it, once the log is closed, or there is a result. Appends. */
void yihu_view_text(struct yihu_buf *out, const struct yihu_view *v, enum yihu_view_text what);
/* Somebody is shown it: it alone is signed over v from now on. */
void yihu_view_show_text(struct yihu_view *v, enum yihu_view_text what);
/* YIHU_EBOX, YIHU_ERESULTS: another one was shown. Asked by whoever signs. */
int yihu_view_check_shown(const struct yihu_view *v, enum yihu_view_text what,
			  struct yihu_error *err);
/* How people compare it, from screen to screen. */
void yihu_view_number(char out[static YIHU_SHORT_PRINT_BYTES], const struct yihu_view *v,
		      enum yihu_view_text what);
/* Frees what the last look made, and closes the reach. */
void yihu_view_finish(struct yihu_view *v);

#endif
