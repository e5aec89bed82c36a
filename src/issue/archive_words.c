/* SPDX-License-Identifier: Apache-2.0
 *
 * What each file of an archive is, for whoever finds it years later.
 */
#include "issue/archive_words.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/names.h>

#include "folder/files.h"
#include "publish/translated.h"

#define BOM "\xef\xbb\xbf"
#define INDEX "index.csv"
#define README "README.txt"

/* ---- what it is ---- */

static const enum word of_public[YIHU_N_PUBLIC_KINDS] = {
	[YIHU_PUBLIC_DEFINITION] = W_ARCHIVE_WHAT_DEFINITION,
	[YIHU_PUBLIC_CHARTER] = W_ARCHIVE_WHAT_CHARTER,
	[YIHU_PUBLIC_PICTURE] = W_ARCHIVE_WHAT_PICTURE,
	[YIHU_PUBLIC_REGISTER] = W_ARCHIVE_WHAT_REGISTER,
	[YIHU_PUBLIC_TILE] = W_ARCHIVE_WHAT_LOG,
	[YIHU_PUBLIC_CHECKPOINT] = W_ARCHIVE_WHAT_LOG,
	[YIHU_PUBLIC_AT_CLOSE] = W_ARCHIVE_WHAT_LOG,
	[YIHU_PUBLIC_BOX] = W_ARCHIVE_WHAT_BOX,
	[YIHU_PUBLIC_MIX] = W_ARCHIVE_WHAT_MIX,
	[YIHU_PUBLIC_OPENING] = W_ARCHIVE_WHAT_OPENING,
	[YIHU_PUBLIC_CANCELLED] = W_ARCHIVE_WHAT_CANCELLED,
	[YIHU_PUBLIC_RESULTS_PB] = W_ARCHIVE_WHAT_VOTES,
	[YIHU_PUBLIC_RESULTS_JSON] = W_ARCHIVE_WHAT_FIGURES,
	[YIHU_PUBLIC_RESULTS] = W_ARCHIVE_WHAT_SIGNATURES,
	[YIHU_PUBLIC_PRELIMINARY] = W_ARCHIVE_WHAT_PRELIMINARY,
	[YIHU_PUBLIC_FINAL] = W_ARCHIVE_WHAT_FINAL,
	[YIHU_PUBLIC_SITE] = W_ARCHIVE_WHAT_BESIDE,
};

/* Rows of the folder that are kept. */
static const struct {
	folder_file file;
	enum word what;
} of_folder[] = {
	{F_HOUSEHOLDS, W_ARCHIVE_WHAT_HOUSEHOLDS},
	{F_RETIRED, W_ARCHIVE_WHAT_RETIRED},
	{F_PAPER_OPTIONS, W_ARCHIVE_WHAT_OPTIONS},
	{F_ADDITIONS, W_ARCHIVE_WHAT_ADDITIONS},
	{F_CHANGES, W_ARCHIVE_WHAT_CHANGES},
	{F_REHEARSALS, W_ARCHIVE_WHAT_REHEARSALS},
	{F_RECORD, W_ARCHIVE_WHAT_RECORD},
	{F_PROOF, W_ARCHIVE_WHAT_PROOF},
	{F_WALKLIST, W_ARCHIVE_WHAT_WALKLIST},
	{F_POSTER_A4, W_ARCHIVE_WHAT_POSTER},
	{F_POSTER_A3, W_ARCHIVE_WHAT_POSTER},
	{F_CANCELLED_A4, W_ARCHIVE_WHAT_CANCELLED_POSTER},
	{F_CANCELLED_A3, W_ARCHIVE_WHAT_CANCELLED_POSTER},
	{F_WITHDRAWN, W_ARCHIVE_WHAT_WITHDRAWN_POSTER},
	{F_RESULTS, W_ARCHIVE_WHAT_RESULTS_POSTER},
	{F_PABULIB, W_ARCHIVE_WHAT_PABULIB},
	{F_OBJECTIONS, W_ARCHIVE_WHAT_OBJECTIONS},
};

static const char *what_public(enum language l, const char *name)
{
	enum yihu_public_kind kind = yihu_public_name(name).kind;
	return kind < YIHU_N_PUBLIC_KINDS ? word(l, of_public[kind]) : NULL;
}

/* By its name in the archive; NULL: it is none of ours. */
static const char *what_is(enum language l, const char *name)
{
	size_t n = strlen(ARCHIVE_PUBLIC);
	folder_file file;
	if (strncmp(name, ARCHIVE_PUBLIC, n) == 0)
		return what_public(l, name + n);
	if (strcmp(name, README) == 0)
		return word(l, W_ARCHIVE_WHAT_README);
	for (size_t i = 0; folder_find(&file, name) && i < sizeof of_folder / sizeof *of_folder;
	     i++)
		if (folder_row(of_folder[i].file) == folder_row(file))
			return word(l, of_folder[i].what);
	return NULL;
}

/* ---- the index ---- */

/* A cell, quoted. */
static void put_cell(struct yihu_buf *out, const char *text, const char *end)
{
	yihu_buf_u8(out, '"');
	for (const char *c = text; *c; c++)
		yihu_buf_str(out, *c == '"' ? "\"\"" : (const char[]){*c, '\0'});
	yihu_buf_fmt(out, "\"%s", end);
}

static void put_row(struct yihu_buf *out, const struct archive_file *f, enum language l)
{
	uint8_t hash[32];
	char hex[65];
	const char *what = what_is(l, f->name);
	crypto_hash_sha256(hash, yihu_buf_bytes(&f->bytes), f->bytes.len);
	put_cell(out, f->name, ",");
	yihu_buf_fmt(out, "%zu,%s,", f->bytes.len, yihu_hex_into(hex, hash, sizeof hash));
	put_cell(out, what ? what : "", "\r\n");
}

void archive_add_index(struct archive *a, enum language l)
{
	struct yihu_buf text = {0};
	static const enum word heads[] = {W_ARCHIVE_HEAD_NAME, W_ARCHIVE_HEAD_SIZE,
					  W_ARCHIVE_HEAD_HASH, W_ARCHIVE_HEAD_WHAT};
	size_t n = sizeof heads / sizeof *heads;
	archive_sort(a);
	yihu_buf_str(&text, BOM);
	for (size_t i = 0; i < n; i++)
		put_cell(&text, word(l, heads[i]), i + 1 < n ? "," : "\r\n");
	for (size_t i = 0; i < a->n; i++)
		put_row(&text, &a->files[i], l);
	*archive_add(a, INDEX) = text;
}

/* ---- what to read first ---- */

static void put_paragraph(struct yihu_buf *out, char *text)
{
	yihu_buf_fmt(out, "%s\r\n\r\n", text);
	free(text);
}

static char *which_part(enum language l, const char *public_name,
			const uint8_t public_hash[static 32])
{
	char hex[65];
	if (!public_name)
		return word_copy(l, W_ARCHIVE_PART_OPEN);
	return words_say(l, W_ARCHIVE_PART_PERSONAL, say_text("name", public_name),
			 say_text("hash", yihu_hex_into(hex, public_hash, 32)));
}

static char *which_election(enum language l, const struct yihu_view *v)
{
	char hex[2 * YIHU_EID_BYTES + 1];
	const struct yihu_election *e = v->audit->election;
	return words_say(l, W_ARCHIVE_ELECTION,
			 say_text("title", translated_meta(l, e->definition, "description")),
			 say_taken("opens", words_time(l, e->charter->opens)),
			 say_taken("closes", words_time(l, e->charter->closes)),
			 say_text("eid", yihu_hex_into(hex, v->eid, YIHU_EID_BYTES)));
}

void archive_add_readme(struct archive *a, const struct yihu_view *v, const char *public_name,
			const uint8_t public_hash[static 32], enum language l)
{
	struct yihu_buf text = {0};
	yihu_buf_str(&text, BOM);
	put_paragraph(&text, which_election(l, v));
	put_paragraph(&text, which_part(l, public_name, public_hash));
	put_paragraph(&text, word_copy(l, W_ARCHIVE_HOW_LISTED));
	if (!public_name)
		put_paragraph(&text, word_copy(l, W_ARCHIVE_HOW_CHECKED));
	put_paragraph(&text, word_copy(l, W_ARCHIVE_PAPERS));
	put_paragraph(&text, word_copy(l, W_ARCHIVE_HOW_LONG));
	put_paragraph(&text, word_copy(l, W_ARCHIVE_LEFT_OUT));
	*archive_add(a, README) = text;
}
