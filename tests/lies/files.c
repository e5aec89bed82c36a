/* SPDX-License-Identifier: Apache-2.0
 *
 * Lies told by leaving out and by adding files (PROTOCOL §7.3, §11).
 */
#include <stdlib.h>
#include <string.h>

#include "lies.h"

static void without(struct scene *s, const char *name)
{
	s->p = public_copy(world()->published);
	assert_non_null(yihu_public_get(s->p, name));
	yihu_public_remove(s->p, name);
}

static void with(struct scene *s, const char *name, const char *copy_of_name)
{
	s->p = public_copy(world()->published);
	struct yihu_buf file = copy_of(s->p, copy_of_name);
	put(s->p, name, &file);
}

static void no_election_file(struct scene *s)
{
	without(s, "election.pb");
}

static void no_charter(struct scene *s)
{
	without(s, "charter");
}

static void no_register(struct scene *s)
{
	without(s, "register");
}

static void no_checkpoint(struct scene *s)
{
	without(s, "log/checkpoint");
}

static void no_entries(struct scene *s)
{
	without(s, "log/tile/entries/000.p/8");
}

static void no_hashes(struct scene *s)
{
	without(s, "log/tile/0/000.p/8");
}

static void no_box(struct scene *s)
{
	without(s, "box");
}

static void no_results_note(struct scene *s)
{
	without(s, "results");
}

static void no_ballots_beside_the_result(struct scene *s)
{
	without(s, "results.pb");
}

static void no_numbers_beside_the_result(struct scene *s)
{
	without(s, "results.json");
}

/* A log that ends in nothing: no tiles at all. */
static void a_checkpoint_of_nothing(struct scene *s)
{
	s->p = public_copy(world()->issued);
	put_forged_log(s->p, world()->f, NULL, 0);
}

static void a_second_charter(struct scene *s)
{
	with(s, "charter-2", "charter");
}

static void a_second_box(struct scene *s)
{
	with(s, "box.old", "box");
}

/* The tree as it was earlier: honest hashes, of another size. */
static void hashes_of_an_earlier_size(struct scene *s)
{
	s->p = public_copy(world()->published);
	struct yihu_buf file = copy_of(s->p, "log/tile/0/000.p/8");
	file.len -= 32;
	put(s->p, "log/tile/0/000.p/7", &file);
}

static void a_mix_in_another_spelling(struct scene *s)
{
	with(s, "mix/01", "mix/1");
}

/* A hash tile that agrees with no entry while the bundle does. */
static void hashes_of_other_entries(struct scene *s)
{
	s->p = public_copy(world()->published);
	struct yihu_buf file = copy_of(s->p, "log/tile/0/000.p/8");
	file.data[3 * 32] ^= 1;
	put(s->p, "log/tile/0/000.p/8", &file);
}

static void an_entry_hidden_behind_the_last(struct scene *s)
{
	s->p = public_copy(world()->published);
	struct yihu_buf file = copy_of(s->p, "log/tile/entries/000.p/8");
	yihu_bundle_put(&file, world()->log->entries[1].data, world()->log->entries[1].len);
	put(s->p, "log/tile/entries/000.p/8", &file);
}

/* ---- pictures of projects ---- */

static const char *picture(void)
{
	return world()->f->picture_name.text;
}

static void no_picture(struct scene *s)
{
	without(s, picture());
}

static void another_picture_under_the_name(struct scene *s)
{
	with(s, picture(), "charter");
}

static void a_picture_of_no_project(struct scene *s)
{
	with(s, "img/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", picture());
}

static void a_picture_in_another_spelling(struct scene *s)
{
	char *name = yihu_printf("%s.jpg", picture());
	with(s, name, picture());
	free(name);
}

#define GONE(called, name) LIE(called, FILES, MISSING, name, "this file is missing")
#define MORE(called, name) LIE(called, FILES, STRAY, name, "does not belong in a public folder")

const struct lie file_lies[] = {
	GONE(no_election_file, "election.pb"),
	GONE(no_charter, "charter"),
	GONE(no_register, "register"),
	GONE(no_checkpoint, "log/checkpoint"),
	/* The results are of that box. */
	LIE_AND(1, no_box, FILES, MISSING, "box", "this file is missing"),
	GONE(no_results_note, "results"),
	GONE(no_ballots_beside_the_result, "results.pb"),
	GONE(no_numbers_beside_the_result, "results.json"),
	LIE(no_entries, TILES, MISSING, "log/tile/entries/000.p/8", "file of the log is missing"),
	LIE(no_hashes, TILES, MISSING, "log/tile/0/000.p/8", "file of the log is missing"),
	LIE(a_checkpoint_of_nothing, ENTRIES, OPENENTRY, "log/checkpoint", "the log has no entry"),
	MORE(a_second_charter, "charter-2"),
	MORE(a_second_box, "box.old"),
	MORE(a_mix_in_another_spelling, "mix/01"),
	LIE(hashes_of_an_earlier_size, TILES, STRAY, "log/tile/0/000.p/7",
	    "a log of 8 entries does not have this file"),
	LIE(hashes_of_other_entries, TILES, TREE, "log/tile/0/000.p/8", "its hash 3"),
	LIE(an_entry_hidden_behind_the_last, TILES, TRAILING, "log/tile/entries/000.p/8",
	    "more than its 8 entries"),
	LIE(no_picture, PICTURES, MISSING, "img/", "this picture is missing"),
	LIE(another_picture_under_the_name, PICTURES, PICTURE, "img/", "its SHA-256 differs"),
	LIE(a_picture_of_no_project, PICTURES, STRAY, "img/", "no project of the election has it"),
	MORE(a_picture_in_another_spelling, "img/"),
	NO_MORE_LIES,
};
