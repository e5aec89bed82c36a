/* SPDX-License-Identifier: Apache-2.0
 *
 * Programs at work.
 */
#include "work_calls.h"

#include <limits.h>
#include <sodium.h>
#include <string.h>
#include <yihu/text.h>

#include "awake.h"

/* Under works_lock; book NULL: any. */
static bool is_busy(struct console *c, const char *book)
{
	int status;
	for (unsigned i = 0; i < c->n_works; i++)
		if (!c->works[i].stays && (!book || strcmp(c->works[i].book, book) == 0) &&
		    !run_ended(c->works[i].run, &status, NULL, NULL))
			return true;
	return false;
}

bool calls_are_busy(struct console *c)
{
	pthread_mutex_lock(&c->works_lock);
	bool busy = is_busy(c, NULL);
	pthread_mutex_unlock(&c->works_lock);
	return busy;
}

/* Under works_lock: the oldest whose end was told goes, or, where none was, the oldest that
 * has ended. False: all are at work. */
static bool make_place(struct console *c)
{
	int status;
	struct work *gone = NULL;
	for (unsigned i = c->n_works; i-- > 0;) {
		struct work *w = &c->works[i];
		if (run_ended(w->run, &status, NULL, NULL) && (w->told || !gone || !gone->told))
			gone = w;
	}
	if (!gone)
		return false;
	run_free(gone->run);
	c->n_works--;
	memmove(gone, gone + 1, (size_t)(&c->works[c->n_works] - gone) * sizeof *gone);
	return true;
}

int work_begin(struct console *c, const struct order *o, const char *book, unsigned *number,
	       struct yihu_error *err)
{
	const struct run_order order = order_run(o);
	int r = 0;
	pthread_mutex_lock(&c->works_lock);
	if (*book && !o->stays && is_busy(c, book))
		r = yihu_fail(err, YIHU_EBUSY,
			      _("something is at work on this election: wait for its end"));
	else if (c->n_works == CONSOLE_RUNS_MAX && !make_place(c))
		r = yihu_fail(err, YIHU_EBUSY,
			      _("too many programs are at work: wait for the end of one"));
	struct work *w = &c->works[c->n_works];
	if (r == 0)
		r = run_start(&w->run, &order, err);
	if (r == 0) {
		w->daemon = o->daemon;
		w->stays = o->stays;
		w->told = false;
		*w->book = '\0';
		strncat(w->book, book, sizeof w->book - 1);
		order_name(w->what, sizeof w->what, o);
		*number = w->number = c->n_begun++;
		c->n_works++;
	}
	pthread_mutex_unlock(&c->works_lock);
	return r;
}

/* The last line, which is the program's own word on why. */
static char *last_line(struct yihu_buf *told)
{
	while (told->len > 0 && told->data[told->len - 1] == '\n')
		told->len--;
	size_t at = told->len;
	while (at > 0 && told->data[at - 1] != '\n')
		at--;
	return at < told->len ? yihu_strndup((const char *)told->data + at, told->len - at) : NULL;
}

char *work_last_words(struct console *c, const char *book)
{
	struct yihu_buf told = {0};
	int status = 0;
	bool ended = false;
	pthread_mutex_lock(&c->works_lock);
	for (unsigned i = c->n_works; i-- > 0;) {
		if (!c->works[i].stays || strcmp(c->works[i].book, book) != 0)
			continue;
		ended = run_ended(c->works[i].run, &status, NULL, &told);
		break;
	}
	pthread_mutex_unlock(&c->works_lock);
	char *words = ended && status != 0 ? last_line(&told) : NULL;
	yihu_buf_free(&told);
	return words;
}

static void wipe_passphrases(const json_t *asked)
{
	const json_t *list = json_object_get(asked, "passphrases");
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		sodium_memzero((char *)(uintptr_t)json_string_value(one), json_string_length(one));
	}
}

unsigned call_start(const struct question *q)
{
	struct order o;
	struct shelf s;
	struct yihu_error err;
	unsigned number = 0;
	const char *book = question_text(q, "book");
	question_shelf_for(&s, &q->c->options, book);
	int r = order_read(&o, q->asked, q->c->options.programs, &s, q->c->options.shelves[0],
			   &err);
	wipe_passphrases(q->asked);
	unsigned status = r == 0 ? MHD_HTTP_OK : MHD_HTTP_BAD_REQUEST;
	if (r == 0 && o.stays)
		awake_keep(&o);
	if (r == 0 && work_begin(q->c, &o, book ? book : "", &number, &err) != 0)
		status = MHD_HTTP_CONFLICT;
	order_finish(&o);
	shelf_finish(&s);
	if (status != MHD_HTTP_OK)
		return reply_refuse(q, status, &err);
	return reply_with(q, json_pack("{s:I}", "run", (json_int_t)number));
}

/* What programs say is text; what is not, is made so. */
static json_t *text_of(struct yihu_buf *b)
{
	yihu_buf_put(b, "", 1);
	json_t *j = json_string((const char *)b->data);
	return j ? j : json_string("?");
}

/* Under works_lock; NULL: there is none, or none any more. */
static struct work *find_work(struct console *c, const char *number)
{
	uint64_t n = 0;
	if (!number || !yihu_decimal(&n, yihu_span(number), UINT_MAX))
		return NULL;
	for (unsigned i = 0; i < c->n_works; i++)
		if (c->works[i].number == n)
			return &c->works[i];
	return NULL;
}

unsigned call_ask_after(const struct question *q)
{
	int status = 0;
	struct yihu_buf said = {0}, told = {0};
	pthread_mutex_lock(&q->c->works_lock);
	struct work *w = find_work(q->c, q->call->number);
	bool found = w != NULL, ended = found && run_ended(w->run, &status, &said, &told);
	if (ended)
		w->told = true;
	pthread_mutex_unlock(&q->c->works_lock);
	if (found)
		reply_with(q, json_pack("{s:b, s:i, s:o, s:o}", "ended", ended, "status", status,
					"said", text_of(&said), "told", text_of(&told)));
	yihu_buf_free(&said);
	yihu_buf_free(&told);
	return found ? MHD_HTTP_OK
		     : reply_refuse_with(q, MHD_HTTP_NOT_FOUND, YIHU_ENOENT,
					 _("nothing was begun under this number"));
}

/* What was begun on an election since the console was, the newest first; a window that
 * was closed meanwhile finds it here. */
unsigned call_works(const struct question *q)
{
	json_t *list = json_array();
	int status = 0;
	pthread_mutex_lock(&q->c->works_lock);
	for (unsigned i = q->c->n_works; i-- > 0;) {
		const struct work *w = &q->c->works[i];
		if (w->daemon || strcmp(w->book, q->book->id) != 0)
			continue;
		bool ended = run_ended(w->run, &status, NULL, NULL);
		json_array_append_new(list,
				      json_pack("{s:I, s:s, s:b, s:i}", "run",
						(json_int_t)w->number, "what", w->what, "ended",
						ended, "status", ended ? status : 0));
	}
	pthread_mutex_unlock(&q->c->works_lock);
	return reply_with(q, json_pack("{s:o}", "works", list));
}
