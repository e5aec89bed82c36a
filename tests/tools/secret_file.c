/* SPDX-License-Identifier: Apache-2.0
 *
 * secret_file write PATH (from standard input), erase PATH, erase-dir PATH: the
 * calls of yihu/secret.h alone, without sanitizers, which do not run in a
 * user-mode kernel.
 */
#include <stdio.h>
#include <string.h>

#include <yihu/secret.h>

static int write_input(const char *path, struct yihu_error *err)
{
	static char bytes[65536];
	return yihu_secret_write(path, bytes, fread(bytes, 1, sizeof bytes, stdin), err);
}

int main(int argc, char **argv)
{
	struct yihu_error err = {0};
	int r = 2;
	if (argc == 3 && strcmp(argv[1], "write") == 0)
		r = write_input(argv[2], &err);
	else if (argc == 3 && strcmp(argv[1], "erase") == 0)
		r = yihu_secret_erase(argv[2], &err);
	else if (argc == 3 && strcmp(argv[1], "erase-dir") == 0)
		r = yihu_secret_erase_dir(argv[2], &err);
	if (r != 0)
		fprintf(stderr, "%s\n", err.text);
	return r;
}
