/* SPDX-License-Identifier: Apache-2.0
 *
 * From the record of the VFS to disks: each moment of it is a power cut.
 */
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "powerloss_record.h"
#include "vfs_powerloss.h"

#define RUBBISH 0xa5
#define RANDOM_DISKS 3 /* at each sync */

/* What became of one call that was not synced. Sectors are counted in the
 * file, not in the call. */
enum fate {
	FATE_LOST,
	FATE_KEPT,
	FATE_HEAD,    /* kept up to a boundary */
	FATE_TAIL,    /* kept from a boundary on */
	FATE_SECTORS, /* each by a coin */
	FATE_RUBBISH, /* its sectors, the neighbours' bytes too */
};
struct choice {
	const char *how;
	enum fate *fates; /* one a pending call */
	uint64_t sector;
	uint64_t boundary; /* of HEAD and TAIL: offset in the file */
	uint32_t coins;
	bool old_names; /* the folder as it was when it was last synced */
};

struct world {
	struct yihu_buf *durable; /* by file number: what is synced */
	int names_durable[POWERLOSS_FILES], names_now[POWERLOSS_FILES];
	size_t *pending; /* calls not synced, in order */
	size_t n_pending;
	uint64_t promise;
	size_t moment;
};

/* Disks by their bytes. A first pass finds the greatest promise made before any
 * moment that may leave such a disk; a second one tries each once. */
#define MET_ROOM (1u << 19)
struct met {
	uint8_t hash[32];
	uint64_t promise;
	bool used, tried;
};
static struct {
	struct met *met; /* MET_ROOM, by the hash's first bytes, then the next free */
	bool second_pass;
	void (*each)(void *context, const struct powerloss_disk *d);
	void *context;
	struct powerloss_disk disk; /* its memory serves again and again */
	struct powerloss_figures figures;
} all;

static const struct call *call_at(const struct world *w, size_t pending)
{
	return &powerloss_record.calls[w->pending[pending]];
}

static void put_at(struct yihu_buf *file, uint64_t at, const uint8_t *data, size_t len)
{
	static const uint8_t zeros[4096];
	while (file->len < at)
		yihu_buf_put(file, zeros, at - file->len < 4096 ? at - file->len : 4096);
	size_t over = file->len - at < len ? file->len - at : len;
	if (over > 0)
		memcpy(file->data + at, data, over);
	yihu_buf_put(file, data + over, len - over);
}

static void put_rubbish(struct yihu_buf *file, const struct call *c, uint64_t sector)
{
	uint64_t first = c->at / sector * sector;
	uint64_t end = (c->at + c->data.len + sector - 1) / sector * sector;
	put_at(file, c->at, c->data.data, c->data.len);
	memset(file->data + first, RUBBISH, (end < file->len ? end : file->len) - first);
}

static void put_sectors(struct yihu_buf *file, const struct call *c, const struct choice *ch,
			uint32_t coins)
{
	uint64_t at = c->at, end = c->at + c->data.len;
	for (unsigned i = 0; at < end; i++) {
		uint64_t next = at / ch->sector * ch->sector + ch->sector;
		if (next > end)
			next = end;
		if (coins >> (i % 32) & 1)
			put_at(file, at, c->data.data + (at - c->at), next - at);
		at = next;
	}
}

static void apply(struct yihu_buf *file, const struct call *c, enum fate fate,
		  const struct choice *ch, size_t i)
{
	uint64_t end = c->at + c->data.len;
	if (fate == FATE_LOST)
		return;
	if (c->kind == CALL_TRUNCATE) {
		file->len = c->at < file->len ? c->at : file->len;
	} else if (fate == FATE_KEPT || !ch) {
		put_at(file, c->at, c->data.data, c->data.len);
	} else if (fate == FATE_RUBBISH) {
		put_rubbish(file, c, ch->sector);
	} else if (fate == FATE_SECTORS) {
		put_sectors(file, c, ch, ch->coins * (2654435761u + 2 * (uint32_t)i));
	} else if (fate == FATE_HEAD && ch->boundary > c->at) {
		put_at(file, c->at, c->data.data, ch->boundary - c->at);
	} else if (fate == FATE_TAIL && ch->boundary < end) {
		put_at(file, ch->boundary, c->data.data + (ch->boundary - c->at),
		       end - ch->boundary);
	}
}

static void build(const struct world *w, const struct choice *ch, struct powerloss_disk *d)
{
	const int *names = ch->old_names ? w->names_durable : w->names_now;
	for (int name = 0; name < POWERLOSS_FILES; name++) {
		int file = names[name];
		d->there[name] = file >= 0;
		yihu_buf_reset(&d->files[name]);
		if (file < 0)
			continue;
		yihu_buf_put(&d->files[name], w->durable[file].data, w->durable[file].len);
		for (size_t i = 0; i < w->n_pending; i++)
			if (call_at(w, i)->file == file)
				apply(&d->files[name], call_at(w, i), ch->fates[i], ch, i);
	}
	d->promise = w->promise;
	d->how = ch->how;
	d->moment = w->moment;
}

static void hash_disk(uint8_t out[static 32], const struct powerloss_disk *d)
{
	crypto_generichash_state h;
	crypto_generichash_init(&h, NULL, 0, 32);
	for (int i = 0; i < POWERLOSS_FILES; i++) {
		uint64_t head[2] = {d->there[i], d->files[i].len};
		crypto_generichash_update(&h, (const uint8_t *)head, sizeof head);
		if (d->files[i].len > 0)
			crypto_generichash_update(&h, d->files[i].data, d->files[i].len);
	}
	crypto_generichash_final(&h, out, 32);
}

static struct met *find(const uint8_t hash[static 32])
{
	uint32_t i = yihu_load_be32(hash) % MET_ROOM;
	while (all.met[i].used && memcmp(all.met[i].hash, hash, 32) != 0)
		i = (i + 1) % MET_ROOM;
	return &all.met[i];
}

static void meet(const struct world *w, const struct choice *ch)
{
	struct powerloss_disk *d = &all.disk;
	uint8_t hash[32];
	build(w, ch, d);
	hash_disk(hash, d);
	struct met *m = find(hash);
	if (!all.second_pass) {
		all.figures.disks++;
		all.figures.tried += !m->used;
		assert(all.figures.tried < MET_ROOM / 2);
		memcpy(m->hash, hash, sizeof hash);
		m->used = true;
		m->promise = d->promise > m->promise ? d->promise : m->promise;
	} else if (!m->tried) {
		m->tried = true;
		d->promise = m->promise;
		all.each(all.context, d);
	}
}

static void set_all(const struct world *w, struct choice *ch, enum fate fate)
{
	for (size_t i = 0; i < w->n_pending; i++)
		ch->fates[i] = fate;
}

/* The last write without its first sector, without its last, with its first
 * alone; rubbish where it was going. */
static void tear_last(const struct world *w, struct choice *ch)
{
	size_t last = w->n_pending - 1;
	const struct call *c = call_at(w, last);
	if (c->kind != CALL_WRITE)
		return;
	uint64_t end = c->at + c->data.len;
	set_all(w, ch, FATE_KEPT);
	uint64_t first = (c->at / ch->sector + 1) * ch->sector, past = (end - 1) / ch->sector;
	ch->boundary = first;
	if (first < end) {
		ch->how = "the last write's first sector kept";
		ch->fates[last] = FATE_HEAD;
		meet(w, ch);
		ch->how = "the last write's first sector lost";
		ch->fates[last] = FATE_TAIL;
		meet(w, ch);
	}
	ch->boundary = past * ch->sector;
	if (ch->boundary > first) {
		ch->how = "the last write's last sector lost";
		ch->fates[last] = FATE_HEAD;
		meet(w, ch);
	}
	ch->how = "rubbish in the last write's sectors";
	ch->fates[last] = FATE_RUBBISH;
	meet(w, ch);
}

/* One file's calls kept and the others' lost. */
static void reorder_files(const struct world *w, struct choice *ch)
{
	ch->how = "one file's writes kept, the others' lost";
	for (int file = 0; file < powerloss_record.files; file++) {
		bool any = false;
		for (size_t i = 0; i < w->n_pending; i++) {
			bool own = call_at(w, i)->file == file;
			ch->fates[i] = own ? FATE_KEPT : FATE_LOST;
			any = any || own;
		}
		if (any)
			meet(w, ch);
	}
}

static void cut_everywhere(const struct world *w, struct choice *ch)
{
	for (int old_names = 0; old_names < 2; old_names++) {
		ch->old_names = old_names;
		ch->how = "nothing kept";
		set_all(w, ch, FATE_LOST);
		meet(w, ch);
		ch->how = "all kept";
		set_all(w, ch, FATE_KEPT);
		meet(w, ch);
	}
	ch->old_names = false;
	if (w->n_pending == 0)
		return;
	reorder_files(w, ch);
	ch->sector = 512;
	tear_last(w, ch);
	ch->sector = 4096;
	tear_last(w, ch);
}

/* Just before a sync most is pending: any beginning, all but one, only one,
 * and sectors by a coin. */
static void cut_at_sync(const struct world *w, struct choice *ch)
{
	for (size_t i = 0; i < w->n_pending; i++) {
		ch->how = "a beginning kept";
		set_all(w, ch, FATE_LOST);
		for (size_t j = 0; j < i; j++)
			ch->fates[j] = FATE_KEPT;
		meet(w, ch);
		ch->how = "all but one kept";
		set_all(w, ch, FATE_KEPT);
		ch->fates[i] = FATE_LOST;
		meet(w, ch);
		ch->how = "one kept";
		set_all(w, ch, FATE_LOST);
		ch->fates[i] = FATE_KEPT;
		meet(w, ch);
	}
	ch->how = "any sectors kept";
	ch->sector = 512;
	for (uint32_t k = 1; k <= RANDOM_DISKS; k++) {
		ch->coins = k * 747796405u + (uint32_t)w->moment;
		set_all(w, ch, FATE_SECTORS);
		meet(w, ch);
	}
}

static void cut(const struct world *w, bool before_sync)
{
	struct choice ch = {.sector = 512};
	ch.fates = yihu_calloc(w->n_pending + 1, sizeof *ch.fates);
	all.figures.moments += !all.second_pass;
	cut_everywhere(w, &ch);
	if (before_sync)
		cut_at_sync(w, &ch);
	free(ch.fates);
}

static void sync_file(struct world *w, int file)
{
	size_t left = 0;
	for (size_t i = 0; i < w->n_pending; i++) {
		if (call_at(w, i)->file == file)
			apply(&w->durable[file], call_at(w, i), FATE_KEPT, NULL, i);
		else
			w->pending[left++] = w->pending[i];
	}
	w->n_pending = left;
}

static void step(struct world *w, size_t i)
{
	const struct call *c = &powerloss_record.calls[i];
	switch (c->kind) {
	case CALL_CREATE:
		w->names_now[c->name] = c->file;
		break;
	case CALL_WRITE:
	case CALL_TRUNCATE:
		w->pending[w->n_pending++] = i;
		break;
	case CALL_SYNC:
		sync_file(w, c->file);
		break;
	case CALL_SYNC_FOLDER:
		memcpy(w->names_durable, w->names_now, sizeof w->names_now);
		break;
	case CALL_DELETE:
		w->names_now[c->name] = -1;
		break;
	case CALL_PROMISE:
		w->promise = c->at;
		break;
	}
}

static void cut_all(void)
{
	const struct record *r = &powerloss_record;
	struct world w = {.moment = 0};
	for (int i = 0; i < POWERLOSS_FILES; i++)
		w.names_durable[i] = w.names_now[i] = -1;
	w.durable = yihu_calloc((size_t)r->files + 1, sizeof *w.durable);
	w.pending = yihu_calloc(r->n + 1, sizeof *w.pending);
	for (size_t i = 0; i < r->n; i++) {
		w.moment = i;
		if (r->calls[i].kind == CALL_SYNC)
			cut(&w, true);
		step(&w, i);
		cut(&w, false);
	}
	for (int i = 0; i < r->files; i++)
		yihu_buf_free(&w.durable[i]);
	free(w.durable);
	free(w.pending);
}

struct powerloss_figures powerloss_each(void (*each)(void *context, const struct powerloss_disk *d),
					void *context)
{
	memset(&all, 0, sizeof all);
	all.met = yihu_calloc(MET_ROOM, sizeof *all.met);
	all.each = each;
	all.context = context;
	cut_all();
	all.second_pass = true;
	cut_all();
	free(all.met);
	for (int i = 0; i < POWERLOSS_FILES; i++)
		yihu_buf_free(&all.disk.files[i]);
	return all.figures;
}
