/* SPDX-License-Identifier: Apache-2.0
 *
 * Receipts: each entry against each later checkpoint, and forgeries.
 */

#include <fixture.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

static struct fixture *f;
static struct fixture_log *log_;

static int parse(const void *bytes, size_t len, struct yihu_receipt *out)
{
	struct yihu_error err = {0};
	int code = yihu_receipt_parse(out, bytes, len, &f->election->charter->log, &err);
	assert_int_equal(err.code, code);
	return code;
}

static void refused_with(const struct yihu_buf *b, int code, const char *what)
{
	struct yihu_receipt r = {.index = 99};
	int is = parse(b->data, b->len, &r);
	if (is != code)
		fail_msg("%s: %s", what, yihu_code_slug(is));
	assert_int_equal(r.index, 99);
	assert_null(r.memory.data);
}

TEST(every_entry_has_one_at_every_size)
{
	for (uint64_t size = 1; size <= log_->n; size++)
		for (uint64_t i = 0; i < size; i++) {
			struct yihu_buf b = {0};
			struct yihu_receipt r;
			fixture_log_receipt(log_, i, size, &b);
			assert_int_equal(parse(b.data, b.len, &r), YIHU_OK);
			assert_int_equal(r.index, i);
			assert_int_equal(r.checkpoint.size, size);
			assert_int_equal(r.entry_len, log_->entries[i].len);
			assert_memory_equal(r.entry, log_->entries[i].data, r.entry_len);
			struct yihu_node root =
				yihu_tree_root(yihu_ledger_tree(log_->ledger), size);
			assert_memory_equal(r.checkpoint.root.bytes, root.bytes, sizeof root.bytes);
			yihu_receipt_free(&r);
			assert_null(r.memory.data);
			yihu_buf_free(&b);
		}
	yihu_receipt_free(NULL);
}

TEST(its_text_is_a_tlog_proof)
{
	struct yihu_buf b = {0}, want = {0};
	fixture_log_receipt(log_, 0, 1, &b);
	yihu_buf_str(&want, "c2sp.org/tlog-proof@v1\nextra ");
	yihu_base64(&want, log_->entries[0].data, log_->entries[0].len);
	yihu_buf_str(&want, "\nindex 0\n\n");
	fixture_log_checkpoint(log_, 1, &want);
	assert_int_equal(b.len, want.len);
	assert_memory_equal(b.data, want.data, b.len);
	yihu_buf_free(&b);
	yihu_buf_free(&want);
}

TEST(its_checkpoint_may_bear_lines_of_others)
{
	for (size_t i = 0; i < fixture_n_blocks; i++) {
		const struct fixture_block *block = &fixture_blocks[i];
		struct yihu_buf b = {0};
		struct yihu_receipt r;
		fixture_log_receipt(log_, 2, 5, &b);
		fixture_sign_block(&b, log_->fixture, block->lines);
		int code = parse(b.data, b.len, &r);
		if (code != block->code)
			fail_msg("%s: %s", block->what, yihu_code_slug(code));
		if (code == YIHU_OK)
			yihu_receipt_free(&r);
		yihu_buf_free(&b);
	}
}

/* A tlog-proof may leave it out; a receipt without its entry proves nothing. */
TEST(the_entry_must_be_in_it)
{
	struct yihu_buf b = {0}, without = {0};
	struct yihu_receipt r;
	fixture_log_receipt(log_, 2, 5, &b);
	const char *extra = strstr((const char *)b.data, "extra "), *end = strchr(extra, '\n') + 1;
	yihu_buf_put(&without, b.data, (size_t)(extra - (const char *)b.data));
	yihu_buf_put(&without, end, b.len - (size_t)(end - (const char *)b.data));
	assert_int_equal(parse(without.data, without.len, &r), YIHU_EFORMAT);
	yihu_buf_free(&b);
	yihu_buf_free(&without);
}

TEST(no_bit_can_be_flipped)
{
	struct yihu_buf b = {0};
	struct yihu_receipt r;
	fixture_log_receipt(log_, 3, log_->n, &b);
	for (size_t bit = 0; bit < 8 * b.len; bit++) {
		b.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
		if (parse(b.data, b.len, &r) == YIHU_OK)
			fail_msg("byte %zu, bit %zu", bit / 8, bit % 8);
		b.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	yihu_buf_free(&b);
}

TEST(no_byte_can_be_left_out)
{
	struct yihu_buf b = {0};
	struct yihu_receipt r;
	fixture_log_receipt(log_, 3, log_->n, &b);
	uint8_t *less = yihu_alloc(b.len);
	for (size_t i = 0; i < b.len; i++) {
		memcpy(less, b.data, i);
		memcpy(less + i, b.data + i + 1, b.len - i - 1);
		assert_int_not_equal(parse(less, b.len - 1, &r), YIHU_OK);
		assert_int_not_equal(parse(b.data, i, &r), YIHU_OK);
	}
	free(less);
	yihu_buf_free(&b);
}

/* The pieces of a receipt, to be put together wrongly. */
struct pieces {
	const char *first, *extra_key, *extra, *index, *proof, *gap, *after;
	const char *checkpoint;
};

static void put_together(const struct pieces *p, struct yihu_buf *out)
{
	yihu_buf_fmt(out, "%s%s%s%s%s%s%s%s", p->first, p->extra_key, p->extra, p->index, p->proof,
		     p->gap, p->checkpoint, p->after);
}

static char *text_of(struct yihu_buf *b)
{
	char *text = yihu_strndup((const char *)b->data, b->len);
	yihu_buf_free(b);
	return text;
}

/* What the rows below are made of: entry 3 in a log of 6. */
static struct parts {
	char *extra, *proof[5]; /* of 0 to 3 nodes, all there are, and of 4 */
	char *endless, *checkpoint, *later, *earlier;
} parts;

static char *proof_text(const struct yihu_node *nodes, size_t n, size_t lines)
{
	struct yihu_buf b = {0};
	yihu_buf_str(&b, "");
	for (size_t i = 0; i < lines; i++) {
		yihu_base64(&b, nodes[i % n].bytes, sizeof nodes[i % n].bytes);
		yihu_buf_str(&b, "\n");
	}
	return text_of(&b);
}

static char *checkpoint_text(uint64_t size)
{
	struct yihu_buf b = {0};
	fixture_log_checkpoint(log_, size, &b);
	return text_of(&b);
}

static void make_parts(void)
{
	struct yihu_buf b = {0};
	struct yihu_node nodes[YIHU_PROOF_NODES_MAX];
	size_t n = yihu_tree_inclusion(yihu_ledger_tree(log_->ledger), 3, 6, nodes);
	assert_int_equal(n, 3);
	yihu_base64(&b, log_->entries[3].data, log_->entries[3].len);
	parts.extra = text_of(&b);
	for (size_t k = 0; k < 5; k++)
		parts.proof[k] = proof_text(nodes, n, k);
	parts.endless = proof_text(nodes, n, YIHU_PROOF_NODES_MAX + 1);
	parts.checkpoint = checkpoint_text(6);
	parts.later = checkpoint_text(7);
	parts.earlier = checkpoint_text(3);
}

static void free_parts(void)
{
	for (size_t k = 0; k < 5; k++)
		free(parts.proof[k]);
	free(parts.extra);
	free(parts.endless);
	free(parts.checkpoint);
	free(parts.later);
	free(parts.earlier);
}

TEST(other_forms_are_refused)
{
	struct yihu_buf b = {0};
	make_parts();
	const struct pieces good = {"c2sp.org/tlog-proof@v1\n",
				    "extra ",
				    parts.extra,
				    "\nindex 3\n",
				    parts.proof[3],
				    "\n",
				    "",
				    parts.checkpoint};
	struct yihu_receipt r;
	put_together(&good, &b);
	assert_int_equal(parse(b.data, b.len, &r), YIHU_OK);
	yihu_receipt_free(&r);
	yihu_buf_free(&b);

#define WITH(member, value, code)                                                                  \
	{                                                                                          \
#member " " #value, offsetof(struct pieces, member), value, code                   \
	}
	const struct {
		const char *what;
		size_t at;
		const char *value;
		int code;
	} rows[] = {
		WITH(first, "", YIHU_EVERSION),
		WITH(first, "c2sp.org/tlog-proof@v2\n", YIHU_EVERSION),
		WITH(first, "c2sp.org/tlog-proof@v1 \n", YIHU_EVERSION),
		WITH(first, "c2sp.org/tlog-proof@v1\r\n", YIHU_EVERSION),
		WITH(first, "\nc2sp.org/tlog-proof@v1\n", YIHU_EVERSION),
		WITH(first, "c2sp.org/tlog-proof@v1\n\n", YIHU_EFORMAT),
		WITH(extra_key, "", YIHU_EFORMAT),
		WITH(extra_key, "extra  ", YIHU_EFORMAT),
		WITH(extra_key, " extra ", YIHU_EFORMAT),
		WITH(extra_key, "Extra ", YIHU_EFORMAT),
		WITH(extra_key, "extra\t", YIHU_EFORMAT),
		WITH(extra, "", YIHU_EFORMAT),
		WITH(extra, "AA", YIHU_EFORMAT),
		WITH(extra, "AAAA", YIHU_EINCLUSION),
		WITH(index, "\n", YIHU_EFORMAT),
		WITH(index, "\nindex\n", YIHU_EFORMAT),
		WITH(index, "\nindex \n", YIHU_EFORMAT),
		WITH(index, "\nindex 03\n", YIHU_EFORMAT),
		WITH(index, "\nindex +3\n", YIHU_EFORMAT),
		WITH(index, "\nindex 3 \n", YIHU_EFORMAT),
		WITH(index, "\nindex 3 3\n", YIHU_EFORMAT),
		WITH(index, "\nindex  3\n", YIHU_EFORMAT),
		WITH(index, "\nindex 4294967299\n", YIHU_EFORMAT),
		WITH(index, "\nindex 18446744073709551619\n", YIHU_EFORMAT),
		WITH(index, "\nIndex 3\n", YIHU_EFORMAT),
		WITH(index, "\nindex 2\n", YIHU_EINCLUSION),
		WITH(index, "\nindex 4\n", YIHU_EINCLUSION),
		WITH(index, "\nindex 6\n", YIHU_EINCLUSION),
		WITH(index, " \nindex 3\n", YIHU_EFORMAT),
		WITH(proof, parts.proof[0], YIHU_EINCLUSION),
		WITH(proof, parts.proof[2], YIHU_EINCLUSION),
		WITH(proof, parts.proof[4], YIHU_EINCLUSION),
		WITH(proof, parts.endless, YIHU_EFORMAT),
		WITH(proof, "AAAA\n", YIHU_EFORMAT),
		WITH(proof, "extra AAAA\n", YIHU_EFORMAT),
		WITH(gap, "", YIHU_EFORMAT),
		WITH(gap, " \n", YIHU_EFORMAT),
		WITH(gap, "\n\n", YIHU_EFORMAT),
		WITH(after, "\n", YIHU_EFORMAT),
		WITH(after, "more\n", YIHU_EFORMAT),
		WITH(checkpoint, "", YIHU_EFORMAT),
		WITH(checkpoint, parts.later, YIHU_EINCLUSION),
		WITH(checkpoint, parts.earlier, YIHU_EINCLUSION),
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pieces bad = good;
		memcpy((char *)&bad + rows[i].at, &rows[i].value, sizeof rows[i].value);
		put_together(&bad, &b);
		refused_with(&b, rows[i].code, rows[i].what);
		yihu_buf_free(&b);
	}
	struct pieces no_entry = good;
	no_entry.extra_key = "extra";
	no_entry.extra = "";
	put_together(&no_entry, &b);
	refused_with(&b, YIHU_EFORMAT, "no entry");
	yihu_buf_free(&b);
	free_parts();
}

TEST(another_logs_receipt_is_refused)
{
	struct fixture *other = fixture_new(&(struct fixture_options){.name = "other"});
	struct fixture_log *log = fixture_log_new(other);
	struct yihu_buf b = {0};
	fixture_log_receipt(log, 0, 1, &b);
	refused_with(&b, YIHU_ECHECKPOINT, "another origin");
	yihu_buf_free(&b);
	fixture_log_free(log);
	fixture_free(other);
}

TEST(too_long_a_file_is_refused)
{
	struct yihu_buf b = {0};
	while (b.len < YIHU_RECEIPT_BYTES_MAX)
		yihu_buf_u8(&b, 'x');
	refused_with(&b, YIHU_EVERSION, "just not too long");
	yihu_buf_u8(&b, 'x');
	refused_with(&b, YIHU_ETOOBIG, "too long");
	yihu_buf_free(&b);
}

/* The longest that a bundle can hold, and one byte more. */
TEST(too_long_an_entry_is_refused)
{
	uint8_t *entry = yihu_calloc(1, YIHU_BUNDLE_ENTRY_BYTES_MAX + 1);
	for (size_t len = YIHU_BUNDLE_ENTRY_BYTES_MAX; len <= YIHU_BUNDLE_ENTRY_BYTES_MAX + 1;
	     len++) {
		struct yihu_buf b = {0}, c = {0};
		struct yihu_receipt r;
		struct yihu_tree *tree = yihu_tree_new();
		yihu_tree_append(tree, yihu_leaf_hash(entry, len));
		const struct yihu_checkpoint checkpoint = {.size = 1,
							   .root = yihu_tree_root(tree, 1)};
		yihu_checkpoint_sign(&c, &f->election->charter->log, &checkpoint, &f->log);
		yihu_receipt_make(&b, entry, len, 0, tree, 1, c.data, c.len);
		if (len > YIHU_BUNDLE_ENTRY_BYTES_MAX) {
			refused_with(&b, YIHU_EFORMAT, "a byte too long");
		} else {
			assert_int_equal(parse(b.data, b.len, &r), YIHU_OK);
			assert_int_equal(r.entry_len, len);
			yihu_receipt_free(&r);
		}
		yihu_tree_free(tree);
		yihu_buf_free(&b);
		yihu_buf_free(&c);
	}
	free(entry);
}

/* Of 6 lines head, proof and the empty line. */
TEST(a_receipt_that_breaks_off_says_where)
{
	struct yihu_buf b = {0};
	fixture_log_receipt(log_, 3, 6, &b);
	const uint8_t *at = b.data;
	for (size_t line = 1; line <= 6; line++) {
		struct yihu_receipt r;
		struct yihu_error err;
		char *says = yihu_printf("breaks off after line %zu", line);
		at = (const uint8_t *)memchr(at, '\n', b.len - (size_t)(at - b.data)) + 1;
		assert_int_equal(yihu_receipt_parse(&r, b.data, (size_t)(at - b.data),
						    &f->election->charter->log, &err),
				 YIHU_EFORMAT);
		if (line >= 3 && strstr(err.text, says) == NULL)
			fail_msg("line %zu: %s", line, err.text);
		free(says);
	}
	yihu_buf_free(&b);
}

AROUND(set_up)
{
	f = fixture_new(NULL);
	log_ = fixture_log_new(f);
	fixture_log_change(log_, 12, true);
	fixture_log_ballots(log_, 9);
	fixture_log_close(log_);
	return 0;
}

AROUND(tear_down)
{
	fixture_log_free(log_);
	fixture_free(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_entry_has_one_at_every_size),
		cmocka_unit_test(its_text_is_a_tlog_proof),
		cmocka_unit_test(its_checkpoint_may_bear_lines_of_others),
		cmocka_unit_test(the_entry_must_be_in_it),
		cmocka_unit_test(no_bit_can_be_flipped),
		cmocka_unit_test(no_byte_can_be_left_out),
		cmocka_unit_test(other_forms_are_refused),
		cmocka_unit_test(another_logs_receipt_is_refused),
		cmocka_unit_test(too_long_a_file_is_refused),
		cmocka_unit_test(too_long_an_entry_is_refused),
		cmocka_unit_test(a_receipt_that_breaks_off_says_where),
	};
	return cmocka_run_group_tests_name("receipt", tests, set_up, tear_down);
}
