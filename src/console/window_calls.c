/* SPDX-License-Identifier: Apache-2.0
 *
 * Which call it is, and what every call asks first.
 */
#include "window_calls.h"

#include <string.h>
#include <yihu/text.h>

#include "after_calls.h"
#include "book_calls.h"
#include "draft_calls.h"
#include "letter_calls.h"
#include "pick_calls.h"
#include "poll_calls.h"
#include "rehearse_calls.h"
#include "stick_calls.h"
#include "work_calls.h"

static const struct known_call {
	const char *name;
	bool post;    /* asked with an object, of which it takes what it needs */
	bool of_book; /* about one election, which is there */
	unsigned (*answer)(const struct question *q);
} known_calls[] = {
	{"books", false, false, call_books},
	{"steps", false, true, call_steps},
	{"objections", false, true, call_objections},
	{"verbs", false, false, call_verbs},
	{"run", false, false, call_ask_after},
	{"enter", true, false, call_enter},
	{"look", true, false, call_look},
	{"drop", true, false, call_drop},
	{"run", true, false, call_start},
	{"papers", true, true, call_papers},
	{"paper", true, true, call_paper},
	{"served", true, true, call_served},
	{"stop", true, true, call_stop},
	{"draft", true, false, call_draft},
	{"draft-keep", true, false, call_draft_keep},
	{"draft-table", true, false, call_draft_table},
	{"draft-file", true, false, call_draft_file},
	{"draft-answers", true, false, call_draft_answers},
	{"draft-look", true, false, call_draft_look},
	{"draft-like", true, true, call_draft_like},
	{"draft-proof", true, false, call_draft_proof},
	{"draft-drop", true, false, call_draft_drop},
	{"poll", false, true, call_poll},
	{"begins", true, false, call_begins},
	{"sticks", false, false, call_sticks},
	{"works", false, true, call_works},
	{"printing", false, true, call_printing},
	{"find", true, true, call_find},
	{"delivery", false, true, call_delivery},
	{"specimens", true, true, call_specimens},
};

static const struct known_call *find_call(const struct asked_call *call)
{
	for (size_t i = 0; i < sizeof known_calls / sizeof *known_calls; i++)
		if (known_calls[i].post == call->post &&
		    strcmp(known_calls[i].name, call->name) == 0)
			return &known_calls[i];
	return NULL;
}

/* The election is named in the query, or in the object. */
static unsigned answer_of_book(const struct known_call *known, struct question *q)
{
	struct shelf s;
	const char *id = q->asked ? question_text(q, "book") : q->call->book;
	question_shelf_for(&s, &q->c->options, id);
	q->book = id ? shelf_find(&s, id) : NULL;
	unsigned status = q->book ? known->answer(q)
				  : reply_refuse_with(q, MHD_HTTP_NOT_FOUND, YIHU_ENOENT,
						      _("this election is not there any more"));
	shelf_finish(&s);
	return status;
}

unsigned calls_answer(struct console *c, const struct asked_call *call, struct yihu_buf *out)
{
	const struct known_call *known = find_call(call);
	json_t *asked = call->post
				? json_loadb(yihu_buf_bytes(call->body), call->body->len, 0, NULL)
				: NULL;
	struct question q = {.c = c, .call = call, .asked = asked, .out = out};
	unsigned status;
	if (call->post && !json_is_object(asked))
		status = reply_refuse_with(&q, MHD_HTTP_BAD_REQUEST, YIHU_EFORMAT,
					   _("this is not what a page of ours sends"));
	else if (!known)
		status = reply_refuse_with(&q, MHD_HTTP_NOT_FOUND, YIHU_ENOENT,
					   _("there is no such call"));
	else
		status = known->of_book ? answer_of_book(known, &q) : known->answer(&q);
	json_decref(asked);
	return status;
}
