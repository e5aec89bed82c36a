/* SPDX-License-Identifier: Apache-2.0
 *
 * The known answers of tests/data/vectors/primitives.json, and hex in general.
 */
#ifndef YIHU_TESTS_CRYPTO_VECTORS_H
#define YIHU_TESTS_CRYPTO_VECTORS_H

#include "../base/support.h"

#include <jansson.h>

/* "vectors/approval/public/charter" in the data folder; caller frees. */
static inline char *data_path(const char *name)
{
	const char *dir = getenv("YIHU_TEST_DATA");
	assert_non_null(dir);
	return yihu_path(dir, name);
}

/* The part of primitives.json under key; caller gives *root to json_decref. */
static inline json_t *primitives(const char *key, json_t **root)
{
	char *path = data_path("vectors/primitives.json");
	*root = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
	free(path);
	json_t *part = json_object_get(*root, key);
	assert_non_null(part);
	assert_true(json_is_object(part) ? json_object_size(part) > 0 : json_array_size(part) > 0);
	return part;
}

static inline const char *json_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	assert_non_null(text);
	return text;
}

static inline void unhex(void *out, size_t len, const char *hex)
{
	assert_true(yihu_unhex(out, len, yihu_span(hex)));
}

static inline void assert_hex(const void *data, size_t len, const char *hex)
{
	char *text = yihu_alloc(2 * len + 1);
	assert_string_equal(yihu_hex_into(text, data, len), hex);
	free(text);
}

#endif
