/* SPDX-License-Identifier: Apache-2.0
 *
 * results.json to draw: the example of RESULTS.md, to be changed by the tests.
 */
#ifndef TEST_PUBLISH_SAMPLE_H
#define TEST_PUBLISH_SAMPLE_H

#include <jansson.h>
#include <yihu/publish.h>

json_t *sample_opened(void); /* "tree" funded, "lamp" too dear, by lot */
json_t *sample_not_opened(void);
json_t *sample_project(json_t *root, size_t i); /* borrowed */

typedef int drawing(struct yihu_buf *out, const void *json, size_t len, const char *language,
		    struct yihu_error *err);
/* Draws and fails the test when that fails. The text is the caller's. */
char *sample_draw(drawing *draw, const json_t *root, const char *language);
/* The page without complaints, and the table for spreadsheets. */
drawing sample_page, sample_csv;
void assert_has(const char *text, const char *part);
void assert_has_not(const char *text, const char *part);

#endif
