/* SPDX-License-Identifier: Apache-2.0
 *
 * What the recovery mark was believed for, verified again beside the work: a mark
 * is a matter of speed. It reads through a connection of its own, and needs no lock:
 * what is committed does not change.
 */
#include <stdlib.h>
#include <sys/resource.h>
#include <yihu/parallel.h>

#include "election/known_register.h"
#include "internal.h"

#define CHUNK 256   /* entries at a time: it stops between them, and its memory is bounded */
#define LETTERS 256 /* likewise */
#define PIECE 16
#define INSTRUCTIONS 10000 /* of SQLite, between two looks at whether to stop */

struct stretch {
	const struct yihu_election *election;
	const atomic_bool *stop;
	struct yihu_buf entries[CHUNK];
	int codes[CHUNK];
	struct yihu_error errs[CHUNK];
	uint64_t first;
	size_t n;
};

/* Of a ballot its form, signatures and proof: all that was believed. */
static int verify(const struct yihu_election *x, const struct yihu_buf *entry,
		  struct yihu_error *err)
{
	struct yihu_entry e;
	struct yihu_ballot ballot;
	int r = yihu_entry_parse(&e, entry->data, entry->len, err);
	if (r != 0 || e.type != YIHU_ENTRY_BALLOT)
		return r;
	r = yihu_ballot_parse(&ballot, e.body, e.body_len, x->definition->width, err);
	return r ? r : yihu_ballot_verify(&ballot, e.body, e.body_len, x->charter->eid, err);
}

static void verify_piece(void *context, size_t from, size_t to)
{
	struct stretch *a = context;
	for (size_t i = from; i < to; i++)
		a->codes[i] =
			atomic_load(a->stop) ? 0 : verify(a->election, &a->entries[i], &a->errs[i]);
}

static int read_chunk(struct stretch *a, struct yihu_box *reader, uint64_t end,
		      struct yihu_error *err)
{
	int r = 0;
	for (a->n = 0; r == 0 && a->n < CHUNK && a->first + a->n < end; a->n += r == 0) {
		yihu_buf_reset(&a->entries[a->n]);
		r = yihu_box_read_entry(reader, end, a->first + a->n, &a->entries[a->n], err);
	}
	return r;
}

static int verify_chunk(struct stretch *a, const char *dir, struct yihu_error *err)
{
	yihu_parallel(a->n, PIECE, verify_piece, NULL, a);
	for (size_t i = 0; i < a->n; i++) {
		if (a->codes[i] == 0)
			continue;
		yihu_fail(err, a->codes[i], "%s", a->errs[i].text);
		return yihu_fail_at(err, a->codes[i], _("%s/box.db: entry %llu of the log"), dir,
				    (unsigned long long)(a->first + i));
	}
	return 0;
}

/* A disk that cannot be read shows nothing about the log. */
static int verify_entries(const struct yihu_box *b, struct yihu_box *reader,
			  const atomic_bool *stop, bool *found, struct yihu_error *err)
{
	struct stretch *a = yihu_calloc(1, sizeof *a);
	int r = 0;
	a->election = b->election;
	a->stop = stop;
	for (; r == 0 && a->first < b->believed && !atomic_load(stop); a->first += a->n) {
		r = read_chunk(a, reader, b->believed, err);
		if (r == 0) {
			r = verify_chunk(a, b->dir, err);
			*found = r != 0;
		}
	}
	for (size_t i = 0; i < CHUNK; i++)
		yihu_buf_free(&a->entries[i]);
	free(a);
	return r;
}

static int verify_letters(const struct yihu_box *b, const atomic_bool *stop, struct yihu_error *err)
{
	const struct yihu_register *reg = b->election->reg;
	int r = 0;
	for (uint32_t i = 0; r == 0 && i < reg->n && !atomic_load(stop); i += LETTERS)
		r = yihu_register_check_letters(reg, i, LETTERS, b->election->charter, err);
	return r ? yihu_fail_at(err, r, "%s/public/register", b->dir) : 0;
}

static int stops(void *stop)
{
	const atomic_bool *const *it = stop;
	return atomic_load(*it);
}

/* At the usual priority, as the WAL cannot begin anew as long as this reads. */
static int verify_file(struct yihu_box *reader, const atomic_bool *stop, struct yihu_error *err)
{
	sqlite3_progress_handler(reader->db, INSTRUCTIONS, stops, &stop);
	int r = yihu_box_sql_check_file(reader, true, err);
	sqlite3_progress_handler(reader->db, 0, NULL, NULL);
	return atomic_load(stop) ? 0 : r;
}

/* Whatever else there is to do comes first, on every core. On Linux it is this thread
 * alone, and the helpers that it makes. */
static void give_way(void)
{
	setpriority(PRIO_PROCESS, 0, 19);
}

/* The next start believes nothing then, and says what is wrong. */
static int fail_found(const struct yihu_box *b, int r, struct yihu_error *err)
{
	bool gone = yihu_verified_remove(b->dir);
	if (b->mirror)
		gone = yihu_verified_remove(b->mirror->dir) && gone;
	return gone ? r
		    : yihu_fail_at(err, r, _("remove %s/%s before the next start"), b->dir,
				   YIHU_VERIFIED_NAME);
}

uint64_t yihu_box_believed(const struct yihu_box *b)
{
	return b->believed;
}

static int verify_all(const struct yihu_box *b, struct yihu_box *reader, const atomic_bool *stop,
		      bool *found, struct yihu_error *err)
{
	int r = verify_file(reader, stop, err);
	give_way();
	*found = r == YIHU_EDATABASE;
	if (r != 0)
		return r;
	r = verify_letters(b, stop, err);
	*found = r != 0;
	return r ? r : verify_entries(b, reader, stop, found, err);
}

int yihu_box_verify_again(const struct yihu_box *b, const atomic_bool *stop, bool *found,
			  struct yihu_error *err)
{
	struct yihu_box *reader = yihu_box_new(b->dir);
	reader->read_only = true;
	*found = false;
	int r = yihu_box_sql_follow(reader, err);
	if (r == 0)
		r = yihu_box_sql_prepare(reader, err);
	if (r == 0)
		r = verify_all(b, reader, stop, found, err);
	yihu_box_close(reader);
	return *found ? fail_found(b, r, err) : r;
}
