/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the choice comes from: asked on the terminal, a file, or chance. Never the
 * command line, which other users see and a shell's history keeps.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>

#include "options.h"

#define CHOICE_BYTES_MAX (64u << 10)
#define SEED_BYTES_MAX (64u << 10)

static const char *how_to(enum yihu_ballot_kind kind)
{
	switch (kind) {
	case YIHU_APPROVAL:
		return _("Type the numbers of the projects that you choose, such as 1 3.");
	case YIHU_CONSENT:
		return _("Type your answers, such as 1=yes 2=no; a project that you leave out is "
			 "an abstention.");
	case YIHU_ORDINAL:
		return _("Type the numbers of the projects, the best first, such as 3 1 2.");
	default:
		return _("Type numbers and points, such as 1:5 3:2.");
	}
}

static void show_projects(const struct yihu_definition *d, const struct cast_withdrawn *w)
{
	struct yihu_buf list = {0};
	cast_list_projects(&list, d, w);
	cli_say("%.*s", (int)list.len - 1, (const char *)list.data);
	cli_say("%s", how_to(d->kind));
	if (d->min_length == 0)
		cli_say(_("Nothing typed is a blank ballot."));
	yihu_buf_free(&list);
}

static void wipe(char *text)
{
	if (text)
		sodium_memzero(text, strlen(text));
	free(text);
}

/* Asks until there is a choice that the rules allow, or no more input. */
static int ask(uint32_t *digits, const struct yihu_definition *d, const struct cast_withdrawn *w,
	       struct yihu_error *err)
{
	show_projects(d, w);
	for (;;) {
		char *answer = cli_ask(_("Your choice:"));
		if (!answer)
			return yihu_fail(err, YIHU_EARG, _("you made no choice"));
		int r = cast_digits_from_list(d, answer, digits, err);
		wipe(answer);
		if (r == 0)
			r = cast_check_withdrawn(w, d, digits, err);
		if (r == 0)
			return 0;
		cli_warn("%s", err->text);
	}
}

/* The file's only line. An empty file is no choice: it may be a mistake. */
static int from_text(uint32_t *digits, const struct yihu_definition *d, char *text,
		     struct yihu_error *err)
{
	text[strcspn(text, "\r\n")] = '\0';
	bool blank = strcmp(text, "blank") == 0 || strcmp(text, "空白") == 0;
	if (blank && yihu_definition_find(d, text) < 0)
		return yihu_digits_parse(d, "", digits, err);
	if (strspn(text, " \t") == strlen(text))
		return yihu_fail(err, YIHU_EDIGITS,
				 _("no choice is given; for a blank ballot write the word blank"));
	return yihu_digits_parse(d, text, digits, err);
}

static int from_file(uint32_t *digits, const struct yihu_definition *d, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	int r = yihu_file_read(cast_given.choose_file, CHOICE_BYTES_MAX, &text, err);
	if (r == 0) {
		yihu_buf_u8(&text, 0);
		r = from_text(digits, d, (char *)text.data, err);
		if (r != 0)
			r = yihu_fail_at(err, r, "%s", cast_given.choose_file);
	}
	yihu_buf_free(&text);
	return r;
}

static int from_standard_input(uint32_t *digits, const struct yihu_definition *d,
			       struct yihu_error *err)
{
	char *line;
	if (cli_passphrase(&line, STDIN_FILENO, "", false, NULL) != 0)
		return yihu_fail(err, YIHU_EDIGITS, _("standard input has no choice"));
	int r = from_text(digits, d, line, err);
	cli_passphrase_free(line);
	return r;
}

static int at_random(uint32_t *digits, const struct yihu_definition *d, struct yihu_error *err)
{
	struct cast_chance chance = {0};
	struct yihu_buf seed = {0};
	if (!cast_given.seed_file)
		return cast_random_digits(d, NULL, digits, err);
	int r = yihu_file_read(cast_given.seed_file, SEED_BYTES_MAX, &seed, err);
	if (r == 0) {
		crypto_hash_sha256(chance.seed, seed.data, seed.len);
		r = cast_random_digits(d, &chance, digits, err);
	}
	sodium_memzero(&chance, sizeof chance);
	yihu_buf_free(&seed);
	return r;
}

static int given(uint32_t *digits, const struct yihu_definition *d, struct yihu_error *err)
{
	return strcmp(cast_given.choose_file, "-") == 0 ? from_standard_input(digits, d, err)
							: from_file(digits, d, err);
}

int cast_choose(uint32_t *digits, const struct yihu_definition *d, const struct cast_withdrawn *w,
		struct yihu_error *err)
{
	if (!cast_given.choose_file && !cast_given.random)
		return ask(digits, d, w, err);
	int r = cast_given.random ? at_random(digits, d, err) : given(digits, d, err);
	return r == 0 ? cast_check_withdrawn(w, d, digits, err) : r;
}
