/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of the committee's own files: names, and what they are.
 */
#include "folder/files.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>
#include <yihu/limits.h>

/* The table's words. The largest: lists of a million households, and a mix of as
 * many ballots. */
#define LISTS_BYTES (UINT64_C(1) << 30)
#define ROLL_BYTES (UINT64_C(1) << 28)
#define MIX_BYTES (UINT64_C(1) << 31)
#define DEFINITION_BYTES YIHU_DEFINITION_BYTES_MAX
#define CHARTER_BYTES YIHU_CHARTER_BYTES_MAX
#define COMPLAINTS_BYTES YIHU_COMPLAINTS_BYTES_MAX
#define RECORD_BYTES (1u << 20)
#define PLAN_BYTES (64u << 10)
#define OPTIONS_BYTES 8192
#define SMALL_BYTES 4096
#define LINE_BYTES 1024
#define NONE_BYTES 0

#define SECRET FILE_SECRET
#define BACKUP FILE_BACKED_UP
#define MINOR FILE_MINOR
#define CARRIED (FILE_BACKED_UP | FILE_TRAVELS)
#define BOX FILE_BOX
#define FOLDER FILE_FOLDER
#define ZEROED FILE_ZEROED

static const struct folder_row rows[F_ROWS] = {
#define ROW(row, name, mode, kind, max, end, keep, writer)                                         \
	[F_##row] = {name, mode, kind, max##_BYTES, END_##end, KEEP_##keep, writer},
	FOLDER_FILES(ROW)
#undef ROW
};

static const struct folder_room_row rooms[R_ROOMS] = {
	[R_CEREMONY] = {"ceremony", 0755, false}, [R_SECRET] = {"secret", 0700, false},
	[R_LETTERS] = {"letters", 0700, true},    [R_LETTERS_NEW] = {".letters-new", 0700, false},
	[R_QR] = {"letters/qr", 0700, true},      [R_PDF] = {"letters/pdf", 0700, true},
	[R_PAPER] = {"paper", 0700, true},        [R_BOX] = {"box", 0755, false},
	[R_PUBLIC] = {"box/public", 0755, false},
};

/* ---- rows, and members of a family ---- */

#define ROW_BITS 32
#define LETTERS "letters/"
#define LETTERS_NEW ".letters-new/"
#define PENDING "secret/pending"

static unsigned row_of(folder_file file)
{
	return (unsigned)(file & UINT32_MAX);
}

const struct folder_row *folder_row(folder_file file)
{
	return &rows[row_of(file)];
}

folder_file folder_nth(folder_file family, uint32_t n)
{
	return family | (folder_file)n << ROW_BITS;
}

uint32_t folder_number(folder_file file)
{
	return (uint32_t)(file >> ROW_BITS);
}

bool folder_is_family(folder_file file)
{
	return strchr(folder_row(file)->name, '#') != NULL;
}

/* The number in place of the #. */
static char *numbered(const char *pattern, uint32_t n)
{
	size_t before = strcspn(pattern, "#"), digits = strspn(pattern + before, "#");
	return yihu_printf("%.*s%0*u%s", (int)before, pattern, (int)digits, n,
			   pattern + before + digits);
}

char *folder_name(folder_file file)
{
	const char *pattern = folder_row(file)->name;
	return folder_is_family(file) ? numbered(pattern, folder_number(file))
				      : yihu_strdup(pattern);
}

/* A name that is spelt as it would be here, and no other. */
static bool is_member(uint32_t *n, const char *pattern, const char *name)
{
	uint64_t v;
	size_t before = strcspn(pattern, "#");
	if (strncmp(name, pattern, before) != 0)
		return false;
	const char *digits = name + before + strspn(name + before, "0");
	struct yihu_span number = {digits, strspn(digits, "0123456789")};
	if (!yihu_decimal(&v, number, UINT32_MAX) || v == 0)
		return false;
	char *again = numbered(pattern, (uint32_t)v);
	bool same = strcmp(again, name) == 0;
	free(again);
	*n = (uint32_t)v;
	return same;
}

static bool is_named(const char *pattern, const char *name)
{
	size_t before = strcspn(pattern, "*"), len = strlen(name);
	const char *after = pattern + before + 1;
	return len > before + strlen(after) && strncmp(name, pattern, before) == 0 &&
	       !strchr(name + before, '/') && strcmp(name + len - strlen(after), after) == 0;
}

static bool fits(uint32_t *n, const char *pattern, const char *name)
{
	*n = 0;
	if (strchr(pattern, '#'))
		return is_member(n, pattern, name);
	return strchr(pattern, '*') ? is_named(pattern, name) : strcmp(pattern, name) == 0;
}

bool folder_find(folder_file *out, const char *name)
{
	uint32_t n;
	for (folder_file i = 0; i < F_ROWS; i++)
		if (fits(&n, rows[i].name, name)) {
			*out = folder_nth(i, n);
			return true;
		}
	return false;
}

/* ---- paths ---- */

static bool begins(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

/* Letters are made in a folder aside, which f->letters is then. */
char *folder_path_of_name(const struct yihu_folder *f, const char *name)
{
	if (begins(name, LETTERS))
		return yihu_path(f->letters, name + strlen(LETTERS));
	bool vote = begins(name, LETTERS_NEW) || strcmp(name, PENDING) == 0;
	return yihu_path(vote ? f->votes : f->root, name);
}

bool folder_letters_apart(const struct yihu_folder *f)
{
	return strcmp(f->votes, f->root) != 0;
}

char *folder_path(const struct yihu_folder *f, folder_file file)
{
	char *name = folder_name(file), *path = folder_path_of_name(f, name);
	free(name);
	return path;
}

char *folder_path_named(const struct yihu_folder *f, folder_file family, const char *name)
{
	const char *pattern = folder_row(family)->name;
	size_t before = strcspn(pattern, "*");
	char *whole = yihu_printf("%.*s%s%s", (int)before, pattern, name, pattern + before + 1);
	char *path = folder_path_of_name(f, whole);
	free(whole);
	return path;
}

const struct folder_room_row *folder_room_row(enum folder_room room)
{
	return &rooms[room];
}

char *folder_room_path(const struct yihu_folder *f, enum folder_room room)
{
	char *name = yihu_printf("%s/", rooms[room].name), *path = folder_path_of_name(f, name);
	path[strlen(path) - 1] = '\0';
	free(name);
	return path;
}

int folder_make(const struct yihu_folder *f, enum folder_room room, struct yihu_error *err)
{
	char *path = folder_room_path(f, room);
	int r = yihu_dir_make(path, rooms[room].mode, err);
	free(path);
	return r;
}

/* The folder of a name of len bytes, in memory. */
static int make_apart(const struct yihu_folder *f, const char *name, size_t len,
		      struct yihu_error *err)
{
	char *path = yihu_printf("%s/%.*s", f->votes, (int)len, name);
	int r = yihu_dir_make(path, rooms[R_SECRET].mode, err);
	free(path);
	return r;
}

int folder_make_for(const struct yihu_folder *f, folder_file file, struct yihu_error *err)
{
	const char *name = folder_row(file)->name, *slash = strrchr(name, '/');
	size_t len = slash ? (size_t)(slash - name) : 0;
	if (folder_letters_apart(f) && strcmp(name, PENDING) == 0)
		return make_apart(f, name, len, err);
	for (enum folder_room room = 0; room < R_ROOMS; room++)
		if (rooms[room].with_first && strlen(rooms[room].name) == len &&
		    strncmp(rooms[room].name, name, len) == 0)
			return folder_make(f, room, err);
	return 0;
}
