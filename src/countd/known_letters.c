/* SPDX-License-Identifier: Apache-2.0
 *
 * The letters' states, for all threads.
 */
#include "known_letters.h"

#include <pthread.h>
#include <stdlib.h>

struct letters {
	pthread_rwlock_t lock;
	struct known_letter *of; /* [serial−1] */
	uint32_t n, cap;
};

struct letters *letters_new(void)
{
	struct letters *l = yihu_calloc(1, sizeof *l);
	pthread_rwlockattr_t attributes;
	pthread_rwlockattr_init(&attributes);
	/* A flood of questions must not keep the writer waiting. */
	pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	pthread_rwlock_init(&l->lock, &attributes);
	pthread_rwlockattr_destroy(&attributes);
	return l;
}

void letters_free(struct letters *l)
{
	if (!l)
		return;
	pthread_rwlock_destroy(&l->lock);
	free(l->of);
	free(l);
}

static void copy(struct letters *l, const struct yihu_ledger *from, uint32_t serial)
{
	struct known_letter *x;
	if (serial < 1 || serial > l->n)
		return;
	x = &l->of[serial - 1];
	if (yihu_ledger_serial(from, serial, &x->known, NULL) == 0)
		x->changed_time =
			x->known.changed_index ? yihu_ledger_time(from, x->known.changed_index) : 0;
}

/* The lock is held to write. */
static void add_new(struct letters *l, const struct yihu_ledger *from)
{
	uint32_t before = l->n, last = yihu_ledger_last_serial(from);
	if (last > l->cap) {
		l->cap = last + last / 8;
		l->of = yihu_realloc(l->of, l->cap, sizeof *l->of);
	}
	if (last > before)
		l->n = last;
	for (uint32_t serial = before + 1; serial <= last; serial++)
		copy(l, from, serial);
}

void letters_update(struct letters *l, const struct yihu_ledger *from)
{
	pthread_rwlock_wrlock(&l->lock);
	for (uint32_t serial = 1; serial <= l->n; serial++)
		copy(l, from, serial);
	add_new(l, from);
	pthread_rwlock_unlock(&l->lock);
}

void letters_follow(struct letters *l, const struct yihu_ledger *from,
		    const struct yihu_submission *subs, size_t n)
{
	pthread_rwlock_wrlock(&l->lock);
	for (size_t i = 0; i < n; i++) {
		const struct yihu_submission *s = &subs[i];
		if (s->type == YIHU_ENTRY_BALLOT)
			copy(l, from, yihu_ballot_serial(s->body, s->body_len));
		else if (s->type == YIHU_ENTRY_CHANGE && s->code == 0)
			copy(l, from, yihu_load_be32(s->body)); /* the old one */
	}
	add_new(l, from);
	pthread_rwlock_unlock(&l->lock);
}

int letters_find(struct letters *l, uint32_t serial, struct known_letter *out,
		 struct yihu_error *err)
{
	pthread_rwlock_rdlock(&l->lock);
	bool there = serial >= 1 && serial <= l->n;
	if (there)
		*out = l->of[serial - 1];
	pthread_rwlock_unlock(&l->lock);
	return there ? 0
		     : yihu_fail(err, YIHU_ECREDENTIAL, _("this election has no letter %04u"),
				 serial);
}
