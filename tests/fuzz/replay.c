/* SPDX-License-Identifier: Apache-2.0
 *
 * Gives files, and the files of folders, to a fuzz target, where there is no
 * libFuzzer: a corpus as a test. A property that does not hold aborts, and the
 * plan that was printed is not fulfilled.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yihu/file.h>

#include "fuzz.h"

#define INPUT_BYTES_MAX (16u << 20)

struct inputs {
	char **paths;
	size_t n;
};

static void add(struct inputs *in, char *path)
{
	in->paths = yihu_realloc(in->paths, in->n + 1, sizeof *in->paths);
	in->paths[in->n++] = path;
}

static int visible(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static void add_all(struct inputs *in, const char *path)
{
	struct dirent **names;
	struct stat st;
	if (stat(path, &st) != 0) {
		perror(path);
		exit(1);
	}
	if (!S_ISDIR(st.st_mode)) {
		add(in, yihu_strdup(path));
		return;
	}
	int n = scandir(path, &names, visible, alphasort);
	for (int i = 0; i < n; i++) {
		add(in, yihu_path(path, names[i]->d_name));
		free(names[i]);
	}
	if (n >= 0)
		free(names);
}

/* On memory of exactly its size, so that a sanitizer sees one byte too far. */
static void replay(const char *path)
{
	struct yihu_buf bytes = {0};
	struct yihu_error err;
	fixture_must(yihu_file_read(path, INPUT_BYTES_MAX, &bytes, &err), &err);
	uint8_t *exact = malloc(bytes.len);
	if (bytes.len)
		memcpy(exact, bytes.data, bytes.len);
	LLVMFuzzerTestOneInput(exact, bytes.len);
	free(exact);
	yihu_buf_free(&bytes);
}

int main(int argc, char **argv)
{
	struct inputs in = {0};
	for (int i = 1; i < argc; i++)
		add_all(&in, argv[i]);
	if (in.n == 0) {
		fprintf(stderr, "replay: no inputs\n");
		return 1;
	}
	printf("1..%zu\n", in.n);
	for (size_t i = 0; i < in.n; i++) {
		fflush(stdout);
		replay(in.paths[i]);
		const char *name = strrchr(in.paths[i], '/');
		printf("ok %zu - %s\n", i + 1, name ? name + 1 : in.paths[i]);
		free(in.paths[i]);
	}
	free(in.paths);
	return 0;
}
