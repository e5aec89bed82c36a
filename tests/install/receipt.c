/* SPDX-License-Identifier: Apache-2.0
 *
 * A program of somebody else's, against what is installed: prints the receipt of an
 * entry of a public folder whose log has fewer than 256.
 * usage: receipt FOLDER INDEX
 */
#include <stdio.h>
#include <stdlib.h>
#include <yihu/checkpoint.h>
#include <yihu/public.h>

static uint64_t size_of(const struct yihu_public *folder, const struct yihu_buf *note)
{
	const struct yihu_buf *charter = yihu_public_get(folder, "charter");
	struct yihu_checkpoint point = {0};
	struct yihu_charter *c = NULL;
	if (yihu_charter_parse(&c, charter->data, charter->len, NULL) == 0)
		yihu_checkpoint_parse(&point, note->data, note->len, &c->log, NULL);
	yihu_charter_free(c);
	return point.size;
}

/* The tree of all entries, and the one that is asked for. */
static struct yihu_tree *read_entries(const struct yihu_buf *bundle, uint64_t index,
				      struct yihu_buf *wanted)
{
	struct yihu_reader reader = yihu_reader(bundle->data, bundle->len);
	struct yihu_tree *tree = yihu_tree_new();
	const uint8_t *entry;
	size_t len;
	while (reader.left > 0 && yihu_bundle_next(&reader, &entry, &len)) {
		if (yihu_tree_size(tree) == index)
			yihu_buf_put(wanted, entry, len);
		yihu_tree_append(tree, yihu_leaf_hash(entry, len));
	}
	return tree;
}

int main(int argc, char **argv)
{
	struct yihu_public *folder = NULL;
	struct yihu_buf entry = {0}, receipt = {0};
	char name[64];
	if (argc != 3 || yihu_public_read(&folder, argv[1], NULL) != 0)
		return 2;
	uint64_t index = strtoull(argv[2], NULL, 10);
	const struct yihu_buf *note = yihu_public_get(folder, "log/checkpoint");
	uint64_t size = size_of(folder, note);
	snprintf(name, sizeof name, "log/tile/entries/000.p/%u", (unsigned)size);
	struct yihu_tree *tree = read_entries(yihu_public_get(folder, name), index, &entry);
	yihu_receipt_make(&receipt, entry.data, entry.len, index, tree, size, note->data,
			  note->len);
	fwrite(receipt.data, 1, receipt.len, stdout);
	yihu_buf_free(&receipt);
	yihu_buf_free(&entry);
	yihu_tree_free(tree);
	yihu_public_free(folder);
	return 0;
}
