/* SPDX-License-Identifier: Apache-2.0
 *
 * usage: results-page zh|en < results.json > page.html
 */
#include <stdio.h>
#include <stdlib.h>
#include <yihu/publish.h>

int main(int argc, char **argv)
{
	struct yihu_buf json = {0}, page = {0};
	struct yihu_error err = {0};
	uint8_t chunk[4096];
	if (argc != 2)
		return EXIT_FAILURE;
	for (size_t n; (n = fread(chunk, 1, sizeof chunk, stdin)) > 0;)
		yihu_buf_put(&json, chunk, n);
	int rc = yihu_results_page(
		&page, &(struct yihu_results){.json = json.data, .len = json.len}, argv[1], &err);
	if (rc != YIHU_OK)
		fprintf(stderr, "%s\n", err.text);
	else
		fwrite(page.data, 1, page.len, stdout);
	yihu_buf_free(&json);
	yihu_buf_free(&page);
	return rc == YIHU_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
