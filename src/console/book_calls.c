/* SPDX-License-Identifier: Apache-2.0
 *
 * What there is: programs, elections, and what each of them holds.
 */
#include "book_calls.h"

#include <stdlib.h>
#include <string.h>
#include <yihu/box.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "orders.h"
#include "served.h"
#include "to_print.h"

unsigned call_enter(const struct question *q)
{
	const char *said = question_text(q, "said");
	const char *token = said ? latch_open(&q->c->latch, said) : NULL;
	if (!token)
		return reply_refuse_with(q, MHD_HTTP_FORBIDDEN, YIHU_EARG,
					 _("this is not the code that stands in the terminal"));
	return reply_with(q, json_pack("{s:s}", "token", token));
}

unsigned call_books(const struct question *q)
{
	struct shelf s;
	question_shelf(&s, q->c);
	json_t *list = reply_books(&s);
	shelf_finish(&s);
	return reply_with(q, json_pack("{s:s, s:b, s:o}", "new_in", q->c->options.shelves[0],
				       "holder", q->c->options.holder, "books", list));
}

unsigned call_verbs(const struct question *q)
{
	static const char *const words[] = {"--verbs", NULL};
	if (!q->call->program || !order_program_ok(q->call->program))
		return reply_refuse_with(q, MHD_HTTP_NOT_FOUND, YIHU_EARG,
					 _("there is no such program"));
	return reply_by_program(q, q->call->program, words);
}

unsigned call_steps(const struct question *q)
{
	const char *words[] = {"status", q->book->path, "--json", NULL};
	return reply_by_program(q, "yihu-issue", words);
}

unsigned call_papers(const struct question *q)
{
	return reply_with(q, json_pack("{s:o}", "papers", to_print_list(q->book->path)));
}

unsigned call_paper(const struct question *q)
{
	const char *name = question_text(q, "name");
	struct yihu_error err;
	if (name && to_print_open(q->book->path, name, &err) == 0)
		return reply_with(q, json_object());
	if (!name)
		yihu_fail(&err, YIHU_EARG, _("nothing is asked for"));
	return reply_refuse(q, MHD_HTTP_CONFLICT, &err);
}

/* {"url": null}: no daemon of this computer serves it. */
unsigned call_served(const struct question *q)
{
	char *box = yihu_path(q->book->path, "box"), *url = yihu_box_daemon(box);
	unsigned status = reply_with(q, json_pack("{s:s?}", "url", url));
	free(url);
	free(box);
	return status;
}

unsigned call_stop(const struct question *q)
{
	struct yihu_error err;
	if (served_stop(q->book->path, &err) == 0)
		return reply_with(q, json_object());
	return reply_refuse(q, MHD_HTTP_CONFLICT, &err);
}
