/* SPDX-License-Identifier: Apache-2.0
 *
 * To begin with: verifies a public folder under the id on a letter, and a household's
 * receipt against it. It asks no server.
 *
 *   cc example.c $(pkg-config --cflags --libs yihu-verify) -o example
 *   ./example FOLDER EID [RECEIPT]
 */
#include <stdio.h>
#include <yihu/audit.h>
#include <yihu/file.h>

#define RECEIPT_BYTES_MAX (1u << 20)

/* Prints how far the election is, and each fault with the file that has it. */
static int report(const struct yihu_audit *a)
{
	printf("%s\n", yihu_stage_name(a->stage));
	for (size_t i = 0; i < a->n_faults; i++)
		printf("%s: %s: %s\n", a->faults[i].file, yihu_code_slug(a->faults[i].code),
		       a->faults[i].text);
	return a->n_faults == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct yihu_audit_options options = {0};
	struct yihu_evidence receipt = {.name = argc == 4 ? argv[3] : NULL};
	struct yihu_public *folder = NULL;
	struct yihu_error err = {0};
	if (argc < 3 || argc > 4 || !yihu_eid_read(options.eid, &options.eid_bits, argv[2])) {
		fprintf(stderr, "usage: %s FOLDER EID [RECEIPT]\n", argv[0]);
		return 2;
	}
	int r = yihu_public_read(&folder, argv[1], &err);
	if (r == 0 && receipt.name)
		r = yihu_file_read(receipt.name, RECEIPT_BYTES_MAX, &receipt.bytes, &err);
	if (r != 0) {
		fprintf(stderr, "%s: %s\n", yihu_code_slug(r), err.text);
	} else {
		options.receipts = &receipt;
		options.n_receipts = receipt.name != NULL;
		struct yihu_audit *audit = yihu_audit_run(folder, &options);
		r = report(audit);
		yihu_audit_free(audit);
	}
	yihu_buf_free(&receipt.bytes);
	yihu_public_free(folder);
	return r == 0 ? 0 : 1;
}
