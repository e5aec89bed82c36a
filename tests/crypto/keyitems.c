/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands behind the body of a key file: what is not there needs none, and
 * what is not known is a newer program's.
 */
#include "vectors.h"

#include "crypto/keybody.h"

/* The fields of one that has signed a box. */
static struct yihu_keyfile with_box(void)
{
	struct yihu_keyfile kf = {.role = YIHU_ROLE_TRUSTEE, .index = 1, .n = 1, .t = 1};
	yihu_keypair_random(&kf.keypair);
	memcpy(kf.vkey.pk, kf.keypair.pk, sizeof kf.vkey.pk);
	kf.has_box = true;
	yihu_buf_str(&kf.box, "box\n");
	return kf;
}

static struct yihu_keyfile again(const struct yihu_keyfile *kf)
{
	struct yihu_keyfile out = {.role = kf->role, .vkey = kf->vkey};
	struct yihu_buf body = {0};
	yihu_keybody_write(&body, kf);
	assert_int_equal(yihu_keybody_read(&out, &body), YIHU_OK);
	yihu_buf_free(&body);
	return out;
}

TEST(what_is_remembered_comes_back)
{
	struct yihu_keyfile kf = with_box();
	kf.has_mix = kf.has_opened = true;
	randombytes_buf(kf.mix, sizeof kf.mix);
	randombytes_buf(kf.opened, sizeof kf.opened);
	kf.n_files = YIHU_KEY_FILES_MAX;
	randombytes_buf(kf.files, sizeof kf.files);
	struct yihu_keyfile back = again(&kf);
	assert_true(back.has_mix && back.has_opened);
	assert_memory_equal(back.mix, kf.mix, sizeof kf.mix);
	assert_memory_equal(back.opened, kf.opened, sizeof kf.opened);
	assert_int_equal(back.n_files, kf.n_files);
	assert_memory_equal(back.files, kf.files, sizeof kf.files);
	yihu_buf_free(&back.box);
	yihu_buf_free(&kf.box);
}

/* A file that has made no copy, and neither mixed nor opened, is as it always was. */
TEST(what_needs_no_item_has_none)
{
	struct yihu_keyfile kf = with_box();
	struct yihu_buf body = {0};
	yihu_keybody_write(&body, &kf);
	assert_int_equal(body.len, 32 + 12 + 4 + 1 + 4 + 4 + 1);
	struct yihu_keyfile back = again(&kf);
	assert_false(back.has_mix || back.has_opened || back.n_files != 0);
	yihu_buf_free(&body);
	yihu_buf_free(&back.box);
	yihu_buf_free(&kf.box);
}

/* An item that says `len` bytes and has `has`. */
static void put_item(struct yihu_buf *out, uint8_t tag, uint32_t len, uint32_t has)
{
	yihu_buf_u8(out, tag);
	yihu_buf_be32(out, len);
	for (uint32_t i = 0; i < has; i++)
		yihu_buf_u8(out, (uint8_t)(i + 1));
}

TEST(only_items_in_order_and_of_their_length_are_read)
{
	static const struct {
		struct {
			uint8_t tag;
			uint32_t len, has;
		} items[3];
		bool no_box;
		int code;
	} rows[] = {
		{{{1, 64, 64}}, false, YIHU_OK},
		{{{1, 64, 64}, {2, 64, 64}, {3, 16, 16}}, false, YIHU_OK},
		{{{3, 128, 128}}, false, YIHU_OK},
		{{{3, 16, 16}}, true, YIHU_OK},
		{{{1, 64, 64}}, true, YIHU_EFORMAT},
		{{{2, 64, 64}}, true, YIHU_EFORMAT},
		{{{1, 64, 63}}, false, YIHU_EFORMAT},
		{{{1, 63, 63}}, false, YIHU_EFORMAT},
		{{{1, 65, 65}}, false, YIHU_EFORMAT},
		{{{2, 0, 0}}, false, YIHU_EFORMAT},
		{{{2, 64, 64}, {1, 64, 64}}, false, YIHU_EFORMAT},
		{{{1, 64, 64}, {1, 64, 64}}, false, YIHU_EFORMAT},
		{{{3, 8, 8}}, false, YIHU_EFORMAT},
		{{{3, 20, 20}}, false, YIHU_EFORMAT},
		{{{3, 136, 136}}, false, YIHU_EFORMAT},
		{{{3, 0xffffffff, 16}}, false, YIHU_EFORMAT},
		{{{4, 0, 0}}, false, YIHU_EVERSION},
		{{{1, 64, 64}, {9, 5, 5}, {255, 1, 1}}, false, YIHU_EVERSION},
		{{{9, 5, 4}}, false, YIHU_EFORMAT},
		{{{9, 1, 1}, {3, 16, 16}}, false, YIHU_EFORMAT},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct yihu_keyfile kf = with_box(), back = {.role = kf.role, .vkey = kf.vkey};
		struct yihu_buf body = {0};
		kf.has_box = !rows[i].no_box;
		yihu_keybody_write(&body, &kf);
		for (size_t k = 0; k < 3 && rows[i].items[k].tag != 0; k++)
			put_item(&body, rows[i].items[k].tag, rows[i].items[k].len,
				 rows[i].items[k].has);
		assert_int_equal(yihu_keybody_read(&back, &body), rows[i].code);
		yihu_buf_free(&body);
		yihu_buf_free(&back.box);
		yihu_buf_free(&kf.box);
	}
}

TEST(one_file_is_named_once)
{
	struct yihu_keyfile kf = with_box(), back = {.role = kf.role, .vkey = kf.vkey};
	struct yihu_buf body = {0};
	kf.n_files = 3;
	randombytes_buf(kf.files, 16);
	memcpy(kf.files[2], kf.files[0], sizeof *kf.files);
	yihu_keybody_write(&body, &kf);
	assert_int_equal(yihu_keybody_read(&back, &body), YIHU_EFORMAT);
	yihu_buf_free(&body);
	yihu_buf_free(&back.box);
	yihu_buf_free(&kf.box);
}

TEST(other_roles_have_no_items_yet)
{
	struct yihu_keyfile kf = with_box(), back = {.role = YIHU_ROLE_ISSUER, .vkey = kf.vkey};
	struct yihu_buf body = {0};
	kf.role = YIHU_ROLE_ISSUER;
	yihu_keybody_write(&body, &kf);
	assert_int_equal(body.len, 32);
	put_item(&body, 3, 16, 16);
	assert_int_equal(yihu_keybody_read(&back, &body), YIHU_EVERSION);
	yihu_buf_free(&body);
	yihu_buf_free(&kf.box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_remembered_comes_back),
		cmocka_unit_test(what_needs_no_item_has_none),
		cmocka_unit_test(only_items_in_order_and_of_their_length_are_read),
		cmocka_unit_test(one_file_is_named_once),
		cmocka_unit_test(other_roles_have_no_items_yet),
	};
	return cmocka_run_group_tests_name("key items", tests, NULL, NULL);
}
