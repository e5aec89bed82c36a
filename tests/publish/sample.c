/* SPDX-License-Identifier: Apache-2.0
 *
 * results.json to draw.
 */
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "tally.h"
#include "test.h"

static json_t *sample(bool opened)
{
	struct tally x;
	struct yihu_buf json = {0};
	tally_make(&x, tally_yard);
	if (!opened)
		tally_not_opened(&x);
	tally_json(&x, &json);
	json_t *root = json_loadb((const char *)json.data, json.len, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(root);
	yihu_buf_free(&json);
	tally_free(&x);
	return root;
}

json_t *sample_opened(void)
{
	return sample(true);
}

json_t *sample_not_opened(void)
{
	return sample(false);
}

json_t *sample_project(json_t *root, size_t i)
{
	json_t *p = json_array_get(json_object_get(root, "projects"), i);
	assert_non_null(p);
	return p;
}

int sample_page(struct yihu_buf *out, const void *json, size_t len, const char *language,
		struct yihu_error *err)
{
	return yihu_results_page(out, &(struct yihu_results){.json = json, .len = len}, language,
				 err);
}

int sample_csv(struct yihu_buf *out, const void *json, size_t len, const char *language,
	       struct yihu_error *err)
{
	const struct yihu_site_file *csv = yihu_site_file_find("site/results.csv");
	assert_non_null(csv);
	return csv->draw(out, &(struct yihu_results){.json = json, .len = len}, language, err);
}

char *sample_draw(drawing *draw, const json_t *root, const char *language)
{
	struct yihu_buf out = {0};
	struct yihu_error err = {0};
	char *json = json_dumps(root, JSON_COMPACT);
	if (draw(&out, json, strlen(json), language, &err))
		fail_msg("%s", err.text);
	free(json);
	char *text = yihu_strndup((const char *)out.data, out.len);
	assert_int_equal(strlen(text), out.len);
	yihu_buf_free(&out);
	return text;
}

void assert_has(const char *text, const char *part)
{
	assert_non_null(text);
	if (!strstr(text, part))
		fail_msg("not there: %s\nin: %s", part, text);
}

void assert_has_not(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("there: %s\nin: %s", part, text);
}
