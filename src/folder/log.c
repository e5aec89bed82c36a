/* SPDX-License-Identifier: Apache-2.0
 *
 * What an exported log holds, by its bundles alone: quick, and proves nothing.
 */
#include "folder/folder.h"

#include <stdlib.h>

#include <yihu/file.h>

#define BUNDLE_BYTES_MAX (16u << 20)

/* By the exported checkpoint; 0 when there is none of this log. */
static uint64_t exported_size(const struct yihu_folder *f, const struct yihu_plan *plan)
{
	struct yihu_buf note = {0};
	struct yihu_checkpoint c = {0};
	char *path = yihu_path(f->pub, "log/checkpoint");
	if (yihu_file_read(path, YIHU_CHECKPOINT_BYTES_MAX, &note, NULL) != 0 ||
	    yihu_checkpoint_parse(&c, note.data, note.len, &plan->log, NULL) != 0)
		c.size = 0;
	yihu_buf_free(&note);
	free(path);
	return c.size;
}

static int read_bundle(struct yihu_buf *out, const struct yihu_folder *f, uint64_t size,
		       uint64_t index)
{
	uint64_t left = size - index * YIHU_TILE_WIDTH;
	struct yihu_tile t = {.level = -1, .index = index};
	char name[YIHU_TILE_PATH_BYTES];
	t.width = left < YIHU_TILE_WIDTH ? (unsigned)left : YIHU_TILE_WIDTH;
	yihu_tile_path(name, &t);
	char *path = yihu_folder_path(f, "box/public/log/%s", name);
	int r = yihu_file_read(path, BUNDLE_BYTES_MAX, out, NULL);
	free(path);
	return r;
}

/* Counts the bundle's ballots; *last is the type of its last entry. */
static uint64_t count_bundle(const struct yihu_buf *bundle, uint8_t *last)
{
	struct yihu_reader r = yihu_reader(bundle->data, bundle->len);
	const uint8_t *entry;
	size_t len;
	uint64_t ballots = 0;
	while (r.left > 0 && yihu_bundle_next(&r, &entry, &len) && len > 0) {
		*last = entry[0];
		ballots += entry[0] == YIHU_ENTRY_BALLOT;
	}
	return ballots;
}

bool yihu_log_is_closed(const struct yihu_folder *f, const struct yihu_plan *plan)
{
	struct yihu_buf bundle = {0};
	uint64_t size = exported_size(f, plan);
	uint8_t last = 0;
	if (size > 0 && read_bundle(&bundle, f, size, (size - 1) / YIHU_TILE_WIDTH) == 0)
		count_bundle(&bundle, &last);
	yihu_buf_free(&bundle);
	return last == YIHU_ENTRY_CLOSE;
}

uint64_t yihu_log_ballots(const struct yihu_folder *f, const struct yihu_plan *plan)
{
	uint64_t found = 0, size = exported_size(f, plan);
	for (uint64_t i = 0; i * YIHU_TILE_WIDTH < size; i++) {
		struct yihu_buf bundle = {0};
		uint8_t last;
		if (read_bundle(&bundle, f, size, i) == 0)
			found += count_bundle(&bundle, &last);
		yihu_buf_free(&bundle);
	}
	return found;
}
