/* SPDX-License-Identifier: Apache-2.0
 *
 * What the audit's tests share.
 */
#include "support.h"

#include <stdlib.h>
#include <string.h>

struct yihu_audit_options audit_options(const struct fixture *f)
{
	static struct yihu_words_table *table;
	struct yihu_audit_options o = {.eid_bits = 8 * YIHU_EID_BYTES};
	if (table == NULL)
		table = yihu_words_table_new(256);
	o.table = table;
	memcpy(o.eid, f->election->charter->eid, sizeof o.eid);
	return o;
}

struct yihu_audit *audit_under(const struct yihu_public *p, const struct fixture *f)
{
	struct yihu_audit_options o = audit_options(f);
	return yihu_audit_run(p, &o);
}

static void print_faults(const struct yihu_audit *a)
{
	for (size_t i = 0; i < a->n_faults; i++)
		print_message("# fault: %s %s %s | %s\n", yihu_check_name(a->faults[i].check),
			      yihu_code_slug(a->faults[i].code), a->faults[i].file,
			      a->faults[i].text);
}

void assert_passes(const struct yihu_audit *a)
{
	print_faults(a);
	assert_int_equal(a->n_faults, 0);
	assert_int_equal(yihu_audit_verdict(a, NULL), YIHU_OK);
}

void assert_passes_at(const struct yihu_public *p, const struct fixture *f, enum yihu_stage stage)
{
	struct yihu_audit *a = audit_under(p, f);
	assert_passes(a);
	assert_string_equal(yihu_stage_name(a->stage), yihu_stage_name(stage));
	yihu_audit_free(a);
}

void assert_first_fault(const struct yihu_audit *a, enum yihu_check check, int code,
			const char *file)
{
	struct yihu_error err;
	assert_int_not_equal(a->n_faults, 0);
	const struct yihu_fault *f = &a->faults[0];
	if (f->check != check || f->code != code || strcmp(f->file, file) != 0)
		print_faults(a);
	assert_string_equal(yihu_check_name(f->check), yihu_check_name(check));
	assert_string_equal(yihu_code_slug(f->code), yihu_code_slug(code));
	assert_string_equal(f->file, file);
	assert_int_equal(yihu_audit_verdict(a, &err), code);
	assert_string_equal(err.text, f->text);
}

void assert_refused(const struct yihu_public *p, const struct fixture *f, enum yihu_check check,
		    int code, const char *file)
{
	struct yihu_audit *a = audit_under(p, f);
	assert_first_fault(a, check, code, file);
	yihu_audit_free(a);
}

bool has_fault(const struct yihu_audit *a, enum yihu_check check, int code)
{
	for (size_t i = 0; i < a->n_faults; i++)
		if (a->faults[i].check == check && a->faults[i].code == code)
			return true;
	return false;
}

struct yihu_public *public_copy(const struct yihu_public *p)
{
	struct yihu_public *copy = yihu_public_new();
	for (size_t i = 0; i < p->n; i++)
		yihu_public_put(copy, p->files[i].name, p->files[i].bytes.data,
				p->files[i].bytes.len);
	return copy;
}

void publish(struct yihu_public *p, const struct fixture *f, uint32_t holders)
{
	struct yihu_audit *a = audit_under(p, f);
	assert_passes(a);
	fixture_public_results(p, f, &a->results_pb, &a->results_json, holders);
	yihu_audit_free(a);
}

void put_checkpoint(struct yihu_public *p, const char *name, const struct fixture *f, uint64_t size,
		    struct yihu_node root)
{
	struct yihu_checkpoint c = {.size = size, .root = root};
	struct yihu_buf note = {0};
	yihu_checkpoint_sign(&note, &f->election->charter->log, &c, &f->log);
	yihu_public_put(p, name, note.data, note.len);
	yihu_buf_free(&note);
}

struct forging {
	struct yihu_public *p;
	const struct yihu_buf *entries;
	const struct yihu_tree *tree;
};

static int put_tile(void *context, const struct yihu_tile *t)
{
	const struct forging *g = context;
	char path[YIHU_TILE_PATH_BYTES];
	struct yihu_buf bytes = {0};
	if (t->level >= 0)
		yihu_tile_hashes(&bytes, g->tree, t);
	for (unsigned i = 0; t->level < 0 && i < t->width; i++) {
		const struct yihu_buf *e = &g->entries[t->index * YIHU_TILE_WIDTH + i];
		yihu_bundle_put(&bytes, e->data, e->len);
	}
	yihu_tile_path(path, t);
	char *name = yihu_printf("log/%s", path);
	yihu_public_put(g->p, name, bytes.data, bytes.len);
	free(name);
	yihu_buf_free(&bytes);
	return 0;
}

void put_forged_log(struct yihu_public *p, const struct fixture *f, const struct yihu_buf *entries,
		    size_t n)
{
	struct yihu_tree *tree = yihu_tree_new();
	struct forging g = {.p = p, .entries = entries, .tree = tree};
	for (size_t i = p->n; i > 0; i--)
		if (strncmp(p->files[i - 1].name, "log/", 4) == 0)
			yihu_public_remove(p, p->files[i - 1].name);
	for (size_t i = 0; i < n; i++)
		yihu_tree_append(tree, yihu_leaf_hash(entries[i].data, entries[i].len));
	yihu_tiles_each(n, put_tile, &g);
	put_checkpoint(p, "log/checkpoint", f, n, yihu_tree_root(tree, n));
	yihu_tree_free(tree);
}
