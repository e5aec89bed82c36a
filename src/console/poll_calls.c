/* SPDX-License-Identifier: Apache-2.0
 *
 * The daemon of an election as the window shows it, and goes on with it.
 */
#include "poll_calls.h"

#include <stdlib.h>
#include <string.h>
#include <yihu/box.h>
#include <yihu/file.h>
#include <yihu/text.h>

#include "autostart.h"
#include "awake.h"
#include "networks.h"
#include "served.h"
#include "work_calls.h"

/* Is the other half of the box to be had? */
static bool mirror_there(const char *box)
{
	char *other = yihu_box_other_half(box);
	char *database = other ? yihu_path(other, "box.db") : NULL;
	bool there = database && yihu_file_exists(database);
	free(database);
	free(other);
	return there;
}

static json_t *last_words(const struct question *q)
{
	char *words = work_last_words(q->c, q->book->id);
	json_t *j = words ? json_string(words) : NULL;
	free(words);
	return j ? j : json_null();
}

unsigned call_poll(const struct question *q)
{
	char *box = yihu_path(q->book->path, "box");
	const char *words[] = {box, "--status", "--json", NULL};
	struct yihu_buf said = {0};
	struct question inner = *q;
	inner.out = &said;
	unsigned status = reply_by_program(&inner, "yihu-countd", words);
	json_t *state = json_loadb(yihu_buf_bytes(&said), said.len, 0, NULL);
	pid_t pid = served_by(q->book->path);
	if (status == MHD_HTTP_OK)
		reply_with(q, json_pack("{s:o, s:b, s:b, s:o, s:o, s:b}", "state",
					state ? state : json_null(), "awake",
					pid > 0 && awake_keeps(pid), "mirror_there",
					mirror_there(box), "last_words", last_words(q), "networks",
					networks_list(), "begins", autostart_is()));
	else
		reply_with(q, state ? state : json_null());
	yihu_buf_free(&said);
	free(box);
	return status;
}

unsigned call_begins(const struct question *q)
{
	struct yihu_error err;
	const struct console_options *o = &q->c->options;
	int r = json_is_true(json_object_get(q->asked, "on")) ? autostart_write(o, &err)
							      : autostart_remove(&err);
	return r == 0 ? reply_with(q, json_object()) : reply_refuse(q, MHD_HTTP_CONFLICT, &err);
}

/* ---- at the beginning ---- */

static void go_on(struct console *c, const struct shelf_book *book)
{
	struct order o;
	struct yihu_error ignored;
	unsigned number;
	char *listen, *mirror;
	if (!served_left(&listen, &mirror, book->path))
		return;
	order_daemon(&o, c->options.programs, book->path, listen, mirror);
	awake_keep(&o);
	/* Where it cannot: the election's page says so, and why. */
	(void)work_begin(c, &o, book->id, &number, &ignored);
	order_finish(&o);
	free(mirror);
	free(listen);
}

void poll_go_on(struct console *c)
{
	struct shelf s;
	question_shelf(&s, c);
	for (size_t i = 0; i < s.n; i++)
		go_on(c, &s.books[i]);
	shelf_finish(&s);
}
