/* SPDX-License-Identifier: Apache-2.0
 *
 * Framing, the hashes made from it, and the generators.
 */
#include "vectors.h"

#include <yihu/hash.h>

/* The items of one row, whole, or in pieces of a few bytes. */
static void feed(struct yihu_frame *f, const json_t *row, size_t piece)
{
	size_t i;
	json_t *item;
	yihu_frame_init(f, json_text(row, "label"));
	json_array_foreach(json_object_get(row, "items"), i, item)
	{
		uint8_t data[512];
		size_t len = json_string_length(item) / 2;
		assert_true(len <= sizeof data);
		unhex(data, len, json_string_value(item));
		if (piece == 0) {
			yihu_frame_item(f, data, len);
			continue;
		}
		yihu_frame_open(f, len);
		for (size_t at = 0; at < len; at += piece)
			yihu_frame_more(f, data + at, len - at < piece ? len - at : piece);
	}
}

TEST(the_vectors_hashes)
{
	json_t *root, *row;
	size_t i;
	json_t *rows = primitives("framing", &root);
	json_array_foreach(rows, i, row)
	{
		for (size_t piece = 0; piece < 8; piece++) {
			struct yihu_frame f;
			uint8_t hash[YIHU_HASH_BYTES], short_hash[32];
			feed(&f, row, piece);
			yihu_frame_hash(&f, hash);
			assert_hex(hash, sizeof hash, json_text(row, "H"));
			feed(&f, row, piece);
			yihu_frame_hash32(&f, short_hash);
			assert_memory_equal(short_hash, hash, sizeof short_hash);
			feed(&f, row, piece);
			struct yihu_scalar s = yihu_frame_scalar(&f);
			assert_hex(s.bytes, sizeof s.bytes, json_text(row, "Hs"));
			feed(&f, row, piece);
			struct yihu_point p = yihu_frame_point(&f);
			assert_hex(p.bytes, sizeof p.bytes, json_text(row, "Hp"));
		}
	}
	json_decref(root);
}

TEST(the_vectors_messages)
{
	json_t *root, *row, *item;
	size_t i, k;
	json_t *rows = primitives("framing", &root);
	json_array_foreach(rows, i, row)
	{
		struct yihu_buf m = {0};
		yihu_message_label(&m, json_text(row, "label"));
		json_array_foreach(json_object_get(row, "items"), k, item)
		{
			uint8_t data[512];
			size_t len = json_string_length(item) / 2;
			unhex(data, len, json_string_value(item));
			yihu_message_item(&m, data, len);
		}
		assert_hex(m.data, m.len, json_text(row, "M"));
		yihu_buf_free(&m);
	}
	json_decref(root);
}

TEST(the_vectors_generators)
{
	json_t *root, *value;
	const char *key;
	json_t *rows = primitives("generators", &root);
	json_object_foreach(rows, key, value)
	{
		struct yihu_point p = yihu_generator(strtoull(key, NULL, 10));
		assert_hex(p.bytes, sizeof p.bytes, json_string_value(value));
	}
	json_decref(root);
}

TEST(numbers_are_items_of_their_width)
{
	struct yihu_frame a, b;
	uint8_t left[YIHU_HASH_BYTES], right[YIHU_HASH_BYTES];
	yihu_frame_init(&a, "x");
	yihu_frame_be32(&a, 0x01020304);
	yihu_frame_be64(&a, UINT64_C(0x05060708090a0b0c));
	yihu_frame_hash(&a, left);
	yihu_frame_init(&b, "x");
	yihu_frame_item(&b, "\x01\x02\x03\x04", 4);
	yihu_frame_item(&b, "\x05\x06\x07\x08\x09\x0a\x0b\x0c", 8);
	yihu_frame_hash(&b, right);
	assert_memory_equal(left, right, sizeof left);
}

static void hash_two(uint8_t out[static YIHU_HASH_BYTES], const char *label, const char *a,
		     const char *b)
{
	struct yihu_frame f;
	yihu_frame_init(&f, label);
	yihu_frame_item(&f, a, strlen(a));
	if (b)
		yihu_frame_item(&f, b, strlen(b));
	yihu_frame_hash(&f, out);
}

TEST(where_items_end_matters)
{
	uint8_t h[5][YIHU_HASH_BYTES];
	hash_two(h[0], "t", "ab", "c");
	hash_two(h[1], "t", "a", "bc");
	hash_two(h[2], "t", "abc", NULL);
	hash_two(h[3], "t", "abc", "");
	hash_two(h[4], "u", "ab", "c");
	for (size_t i = 0; i < COUNT(h); i++)
		for (size_t k = 0; k < i; k++)
			assert_memory_not_equal(h[i], h[k], YIHU_HASH_BYTES);
}

static int pieces_too_few(void *arg)
{
	struct yihu_frame f;
	uint8_t hash[YIHU_HASH_BYTES];
	(void)arg;
	yihu_frame_init(&f, "t");
	yihu_frame_open(&f, 3);
	yihu_frame_more(&f, "ab", 2);
	yihu_frame_hash(&f, hash);
	return 0;
}

static int pieces_too_many(void *arg)
{
	struct yihu_frame f;
	(void)arg;
	yihu_frame_init(&f, "t");
	yihu_frame_open(&f, 1);
	yihu_frame_more(&f, "ab", 2);
	return 0;
}

static int item_inside_an_item(void *arg)
{
	struct yihu_frame f;
	(void)arg;
	yihu_frame_init(&f, "t");
	yihu_frame_open(&f, 1);
	yihu_frame_item(&f, "a", 1);
	return 0;
}

TEST(pieces_must_add_up)
{
	assert_aborts(pieces_too_few, NULL);
	assert_aborts(pieces_too_many, NULL);
	assert_aborts(item_inside_an_item, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_vectors_hashes),
		cmocka_unit_test(the_vectors_messages),
		cmocka_unit_test(the_vectors_generators),
		cmocka_unit_test(numbers_are_items_of_their_width),
		cmocka_unit_test(where_items_end_matters),
		cmocka_unit_test(pieces_must_add_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
