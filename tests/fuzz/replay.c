/* SPDX-License-Identifier: Apache-2.0
 *
 * Gives files, and those of folders and archives (NAME.tar), to a fuzz target,
 * where there is no libFuzzer: a corpus as a test. A property that does not
 * hold aborts, and the plan that was printed is not fulfilled.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yihu/file.h>

#include "fuzz.h"

#define INPUT_BYTES_MAX (16u << 20)

struct input {
	char *name;
	struct yihu_buf bytes;
};

struct inputs {
	struct input *all;
	size_t n;
};

static struct input *add(struct inputs *in, const char *name)
{
	in->all = yihu_realloc(in->all, in->n + 1, sizeof *in->all);
	struct input *new = &in->all[in->n++];
	*new = (struct input){.name = yihu_strdup(name)};
	return new;
}

static void add_file(struct inputs *in, const char *path)
{
	struct yihu_error err;
	const char *name = strrchr(path, '/');
	struct input *new = add(in, name ? name + 1 : path);
	fixture_must(yihu_file_read(path, INPUT_BYTES_MAX, &new->bytes, &err), &err);
}

static void broken(const char *path)
{
	fprintf(stderr, "replay: %s is no archive that tests/fuzz/run has packed\n", path);
	exit(1);
}

/* A header of tar (ustar) and the blocks of its file; returns where the next one is. */
static size_t add_member(struct inputs *in, const char *path, const struct yihu_buf *tar, size_t at)
{
	enum { BLOCK = 512, NAME = 100, SIZE = 124, SIZE_DIGITS = 11, TYPE = 156 };
	const char *head = (const char *)tar->data + at;
	char name[NAME + 1] = {0}, digits[SIZE_DIGITS + 1] = {0}, *end;
	memcpy(name, head, NAME);
	memcpy(digits, head + SIZE, SIZE_DIGITS);
	size_t size = strtoul(digits, &end, 8), blocks = (size + BLOCK - 1) / BLOCK;
	bool sorted = in->n == 0 || strcmp(in->all[in->n - 1].name, name) < 0;
	if (*end || head[TYPE] != '0' || !sorted || blocks > (tar->len - at) / BLOCK - 1)
		broken(path);
	yihu_buf_put(&add(in, name)->bytes, head + BLOCK, size);
	return at + BLOCK * (1 + blocks);
}

static void add_archive(struct inputs *in, const char *path)
{
	struct yihu_buf tar = {0};
	struct yihu_error err;
	size_t at = 0;
	fixture_must(yihu_file_read(path, INPUT_BYTES_MAX, &tar, &err), &err);
	while (tar.len - at >= 512 && tar.data[at])
		at = add_member(in, path, &tar, at);
	if (tar.len % 512 || tar.len - at < 1024) /* two empty blocks end it */
		broken(path);
	yihu_buf_free(&tar);
}

static int visible(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static void add_folder(struct inputs *in, const char *path)
{
	struct dirent **names;
	int n = scandir(path, &names, visible, alphasort);
	for (int i = 0; i < n; i++) {
		char *file = yihu_path(path, names[i]->d_name);
		add_file(in, file);
		free(file);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
}

static void add_all(struct inputs *in, const char *path)
{
	struct stat st;
	size_t len = strlen(path);
	if (stat(path, &st) != 0) {
		perror(path);
		exit(1);
	}
	if (S_ISDIR(st.st_mode))
		add_folder(in, path);
	else if (len > 4 && strcmp(path + len - 4, ".tar") == 0)
		add_archive(in, path);
	else
		add_file(in, path);
}

/* On memory of exactly its size, so that a sanitizer sees one byte too far. */
static void replay(const struct yihu_buf *bytes)
{
	uint8_t *exact = malloc(bytes->len);
	if (bytes->len)
		memcpy(exact, bytes->data, bytes->len);
	LLVMFuzzerTestOneInput(exact, bytes->len);
	free(exact);
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
		replay(&in.all[i].bytes);
		printf("ok %zu - %s\n", i + 1, in.all[i].name);
		free(in.all[i].name);
		yihu_buf_free(&in.all[i].bytes);
	}
	free(in.all);
	return 0;
}
