/* SPDX-License-Identifier: Apache-2.0
 *
 * What an exported log holds, by its bundles alone: quick, and proves nothing.
 */
#include "folder/folder.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/names.h>

#define BUNDLE_BYTES_MAX (16u << 20)

/* By the exported checkpoint; 0 when there is none of this log. */
static uint64_t exported_size(const struct yihu_folder *f, const struct yihu_plan *plan)
{
	struct yihu_buf note = {0};
	struct yihu_checkpoint c = {0};
	if (folder_read_public(f, "log/checkpoint", YIHU_CHECKPOINT_BYTES_MAX, &note, NULL) != 0 ||
	    yihu_checkpoint_parse(&c, note.data, note.len, &plan->log, NULL) != 0)
		c.size = 0;
	yihu_buf_free(&note);
	return c.size;
}

static int read_bundle(struct yihu_buf *out, const struct yihu_folder *f, uint64_t size,
		       uint64_t index)
{
	return folder_read_public(f, yihu_public_bundle(index * YIHU_TILE_WIDTH, size).text,
				  BUNDLE_BYTES_MAX, out, NULL);
}

/* Counts the bundle's ballots; *last borrows its last entry. */
static uint64_t count_bundle(const struct yihu_buf *bundle, struct yihu_span *last)
{
	struct yihu_reader r = yihu_reader(bundle->data, bundle->len);
	struct yihu_entry_head h;
	const uint8_t *entry;
	size_t len;
	uint64_t ballots = 0;
	while (r.left > 0 && yihu_bundle_next(&r, &entry, &len) && len > 0) {
		*last = (struct yihu_span){.p = (const char *)entry, .len = len};
		yihu_entry_head(&h, entry, len);
		ballots += h.type == YIHU_ENTRY_BALLOT;
	}
	return ballots;
}

/* The log's last entry, in the bundle that the caller frees; empty for none. */
static struct yihu_span last_entry(struct yihu_buf *bundle, const struct yihu_folder *f,
				   const struct yihu_plan *plan)
{
	uint64_t size = exported_size(f, plan);
	struct yihu_span last = {0};
	if (size > 0 && read_bundle(bundle, f, size, (size - 1) / YIHU_TILE_WIDTH) == 0)
		count_bundle(bundle, &last);
	return last;
}

bool yihu_log_is_closed(const struct yihu_folder *f, const struct yihu_plan *plan)
{
	struct yihu_buf bundle = {0};
	struct yihu_span last = last_entry(&bundle, f, plan);
	struct yihu_entry_head h;
	yihu_entry_head(&h, last.p, last.len);
	bool closed = h.type == YIHU_ENTRY_CLOSE;
	yihu_buf_free(&bundle);
	return closed;
}

static void keep_reason(struct yihu_called_off *out, struct yihu_span reason, uint64_t time)
{
	memcpy(out->reason, reason.p, reason.len);
	out->reason[reason.len] = '\0';
	out->time = time;
}

static bool by_entry(struct yihu_called_off *out, const struct yihu_folder *f,
		     const struct yihu_plan *plan)
{
	struct yihu_buf bundle = {0};
	struct yihu_span last = last_entry(&bundle, f, plan);
	struct yihu_entry e;
	bool yes = last.len > 0 && yihu_entry_parse(&e, last.p, last.len, NULL) == 0 &&
		   e.type == YIHU_ENTRY_CANCEL && yihu_reason_check(e.u.cancel.reason, NULL) == 0;
	if (yes)
		keep_reason(out, e.u.cancel.reason, e.time);
	yihu_buf_free(&bundle);
	return yes;
}

static bool by_note(struct yihu_called_off *out, const struct yihu_folder *f)
{
	struct yihu_buf note = {0}, text = {0};
	struct yihu_charter *c = NULL;
	struct yihu_cancelled_note n;
	bool yes = folder_read_public(f, "cancelled", YIHU_CANCELLED_NOTE_BYTES_MAX, &note, NULL) ==
			   0 &&
		   folder_read_public(f, "charter", YIHU_CHARTER_BYTES_MAX, &text, NULL) == 0 &&
		   yihu_charter_parse(&c, text.data, text.len, NULL) == 0 &&
		   yihu_cancelled_note_parse(&n, note.data, note.len, c, NULL) == 0;
	if (yes)
		keep_reason(out, n.reason, 0);
	yihu_charter_free(c);
	yihu_buf_free(&text);
	yihu_buf_free(&note);
	return yes;
}

bool yihu_folder_called_off(struct yihu_called_off *out, const struct yihu_folder *f,
			    const struct yihu_plan *plan)
{
	return by_entry(out, f, plan) || by_note(out, f);
}

char *yihu_called_off_words(const struct yihu_called_off *c)
{
	if (c->time == 0)
		return yihu_printf(_("this election was called off: %s"), c->reason);
	char *when = yihu_time_local(c->time);
	char *words = yihu_printf(_("this election was called off on %s: %s"), when, c->reason);
	free(when);
	return words;
}

uint64_t yihu_log_ballots(const struct yihu_folder *f, const struct yihu_plan *plan)
{
	uint64_t found = 0, size = exported_size(f, plan);
	for (uint64_t i = 0; i * YIHU_TILE_WIDTH < size; i++) {
		struct yihu_buf bundle = {0};
		struct yihu_span last;
		if (read_bundle(&bundle, f, size, i) == 0)
			found += count_bundle(&bundle, &last);
		yihu_buf_free(&bundle);
	}
	return found;
}
