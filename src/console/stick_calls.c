/* SPDX-License-Identifier: Apache-2.0
 *
 * Each stick with what of ours lies on it.
 */
#include "stick_calls.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yihu/text.h>

#include "folder/folder.h"
#include "stick_holds.h"
#include "stick_root.h"

/* The ceremony of the election that was named; false: none was, or it cannot be read. */
static bool read_ceremony(struct yihu_ceremony *out, const struct console_options *o,
			  const char *id)
{
	struct shelf s;
	struct yihu_folder f;
	bool read = false;
	question_shelf_for(&s, o, id);
	const struct shelf_book *book = id ? shelf_find(&s, id) : NULL;
	if (book) {
		yihu_folder_init(&f, book->path);
		read = yihu_ceremony_read(out, &f, NULL) == 0;
		yihu_folder_finish(&f);
	}
	shelf_finish(&s);
	return read;
}

static json_t *number_of(const struct yihu_vkey *key, const struct yihu_ceremony *c)
{
	for (uint32_t i = 0; c && i < c->plan.n; i++)
		if (c->announcements[i].len > 0 && yihu_vkey_same(key, &c->holders[i].key))
			return json_integer(i + 1);
	return json_null();
}

static json_t *keys_of(const struct stick_holds *h, const struct yihu_ceremony *c)
{
	json_t *list = json_array();
	for (size_t i = 0; i < h->n_keys; i++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:o}", "path", h->keys[i].path,
						      "holder", h->keys[i].key.name, "number",
						      number_of(&h->keys[i].key, c)));
	return list;
}

static json_t *backups_of(const struct stick_holds *h)
{
	json_t *list = json_array();
	for (size_t i = 0; i < h->n_backups; i++)
		json_array_append_new(list, json_string(h->backups[i]));
	return list;
}

static json_t *json_stick(const struct stick *s, const struct yihu_ceremony *c)
{
	struct stick_holds h;
	stick_holds_read(&h, s);
	json_t *j =
		json_pack("{s:s, s:s, s:s, s:I, s:I, s:b, s:o, s:o, s:o}", "device", s->device,
			  "where", s->where, "name", s->name, "size", (json_int_t)s->size, "left",
			  (json_int_t)s->left, "writable", s->writable, "keys", keys_of(&h, c),
			  "backups", backups_of(&h), "elections", reply_books(&h.elections));
	stick_holds_finish(&h);
	return j;
}

static json_t *read_all(const struct console_options *o, const char *book)
{
	struct sticks s;
	struct yihu_ceremony *c = yihu_calloc(1, sizeof *c);
	json_t *list = json_array();
	bool read = read_ceremony(c, o, book);
	sticks_read(&s, stick_root());
	for (size_t i = 0; i < s.n; i++)
		json_array_append_new(list, json_stick(&s.at[i], read ? c : NULL));
	sticks_finish(&s);
	if (read)
		yihu_ceremony_finish(c);
	free(c);
	return list;
}

/* ---- for a while: a stick that hangs takes no call of the window with it ---- */

#define LOOK_S 5

/* Once at a time, in a thread of its own. */
struct look {
	struct console_options options;
	char *book;   /* NULL: none was named */
	json_t *list; /* NULL: not read yet */
	bool left;    /* by who waited: the thread frees it */
};
static struct look *under_way;
static pthread_mutex_t look_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t look_ended = PTHREAD_COND_INITIALIZER;

static void look_free(struct look *l)
{
	json_decref(l->list);
	free(l->book);
	free(l);
}

static void *look(void *of)
{
	struct look *l = of;
	json_t *list = read_all(&l->options, l->book);
	pthread_mutex_lock(&look_lock);
	l->list = list;
	under_way = NULL;
	if (l->left)
		look_free(l);
	pthread_cond_broadcast(&look_ended);
	pthread_mutex_unlock(&look_lock);
	return NULL;
}

/* The three below under look_lock. False: it hangs. */
static bool wait_for_end(const struct look *l)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += LOOK_S;
	while (under_way == l && !l->left)
		if (pthread_cond_clockwait(&look_ended, &look_lock, CLOCK_MONOTONIC, &until) != 0)
			return under_way != l;
	return under_way != l;
}

static struct look *begin_look(const struct question *q)
{
	pthread_t thread;
	struct look *l = yihu_calloc(1, sizeof *l);
	l->options = q->c->options;
	l->book = q->call->book ? yihu_strdup(q->call->book) : NULL;
	if (pthread_create(&thread, NULL, look, l) != 0) {
		look_free(l);
		return NULL;
	}
	pthread_detach(thread);
	return under_way = l;
}

/* NULL: a stick hangs. */
static json_t *list_of(const struct question *q)
{
	while (under_way)
		if (!wait_for_end(under_way))
			return NULL;
	struct look *l = begin_look(q);
	if (l && !wait_for_end(l)) {
		l->left = true;
		pthread_cond_broadcast(&look_ended);
		return NULL;
	}
	json_t *list = l ? json_incref(l->list) : NULL;
	if (l)
		look_free(l);
	return list;
}

unsigned call_sticks(const struct question *q)
{
	pthread_mutex_lock(&look_lock);
	json_t *list = list_of(q);
	pthread_mutex_unlock(&look_lock);
	bool hangs = !list;
	return reply_with(
		q, json_pack("{s:o, s:b}", "sticks", hangs ? json_array() : list, "hangs", hangs));
}
