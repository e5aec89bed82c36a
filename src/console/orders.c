/* SPDX-License-Identifier: Apache-2.0
 *
 * From JSON to words.
 */
#include "orders.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yihu/file.h>
#include <yihu/text.h>

#define WORDS_MAX 100
#define SECRETS_BYTES_MAX 4096
#define NAME_BYTES_MAX 200
#define OPTION_LETTERS "abcdefghijklmnopqrstuvwxyz-0123456789"

#define DAEMON "yihu-countd"
static const char *const programs[] = {"yihu-issue", "yihu-trustee", "yihu-tally", "yihu-audit"};

bool order_program_ok(const char *program)
{
	for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
		if (strcmp(programs[i], program) == 0)
			return true;
	return false;
}

const char *order_language(const char *asked)
{
	return asked && strcmp(asked, "en") == 0 ? "en" : "zh";
}

static void add(struct order *o, char *word)
{
	o->words = yihu_realloc(o->words, o->n_words + 2, sizeof *o->words);
	o->words[o->n_words++] = word;
	o->words[o->n_words] = NULL;
}

static bool is_option(const char *name)
{
	return *name != '\0' && *name != '-' && name[strspn(name, OPTION_LETTERS)] == '\0' &&
	       strcmp(name, "passphrase-fd") != 0;
}

/* A folder's name, of which no path and no option can be made. */
static bool is_name(const char *name)
{
	size_t n = strlen(name);
	return n > 0 && n <= NAME_BYTES_MAX && *name != '-' && *name != '.' && !strchr(name, '/') &&
	       !strchr(name, '\n') && yihu_text_clean(name, n);
}

/* With {dir} or {public}, where it is a path that begins there, put in place: what people
 * typed stays as it is. Caller frees. */
static char *filled(const char *text, const char *dir)
{
	static const char *const names[] = {"{dir}", "{public}"}, *const ends[] = {"",
										   "/box/public"};
	for (size_t i = 0; dir && i < sizeof names / sizeof *names; i++) {
		size_t n = strlen(names[i]);
		if (strncmp(text, names[i], n) == 0 && (text[n] == '\0' || text[n] == '/'))
			return yihu_printf("%s%s%s", dir, ends[i], text + n);
	}
	return yihu_strdup(text);
}

static int put_words(struct order *o, const json_t *list, const char *dir, struct yihu_error *err)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *text = json_string_value(json_array_get(list, i));
		if (!text || *text == '-' || o->n_words >= WORDS_MAX)
			return yihu_fail(err, YIHU_EARG,
					 _("word %zu of what was asked for is none"), i + 1);
		add(o, filled(text, dir));
	}
	return 0;
}

static int put_option(struct order *o, const char *name, const json_t *value, const char *dir,
		      struct yihu_error *err)
{
	const char *text = json_string_value(value);
	if (!is_option(name) || o->n_words >= WORDS_MAX)
		return yihu_fail(err, YIHU_EARG, _("%.40s is no option that can be asked for"),
				 name);
	if (json_is_true(value)) {
		add(o, yihu_printf("--%s", name));
	} else if (text) {
		char *whole = filled(text, dir);
		add(o, yihu_printf("--%s=%s", name, whole));
		free(whole);
	} else if (!json_is_false(value)) {
		return yihu_fail(err, YIHU_EARG, _("the option %s has no value"), name);
	}
	return 0;
}

static int put_options(struct order *o, json_t *options, const char *dir, struct yihu_error *err)
{
	const char *name;
	json_t *value;
	int r = 0;
	json_object_foreach(options, name, value)
	{
		if (r == 0 && !json_is_array(value))
			r = put_option(o, name, value, dir, err);
		for (size_t i = 0; r == 0 && i < json_array_size(value); i++)
			r = put_option(o, name, json_array_get(value, i), dir, err);
	}
	return r;
}

static int put_secrets(struct order *o, const json_t *list, struct yihu_error *err)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *text = json_string_value(json_array_get(list, i));
		if (!text || strchr(text, '\n') ||
		    o->secrets.len + strlen(text) + 2 > SECRETS_BYTES_MAX)
			return yihu_fail(err, YIHU_EARG, _("passphrase %zu is no line of text"),
					 i + 1);
		yihu_buf_put(&o->secrets, text, strlen(text));
		yihu_buf_put(&o->secrets, "\n", 1);
	}
	if (o->secrets.len == 0)
		return 0;
	add(o, yihu_printf("--passphrase-fd=%d", RUN_PASSPHRASE_FD));
	yihu_buf_put(&o->secrets, "", 1);
	return 0;
}

/* The folder that {dir} is; NULL: none was named. */
static int find_dir(char **dir, const json_t *j, const struct shelf *s, const char *first_shelf,
		    struct yihu_error *err)
{
	const char *id = json_string_value(json_object_get(j, "book"));
	const char *name = json_string_value(json_object_get(j, "new"));
	const struct shelf_book *book = id ? shelf_find(s, id) : NULL;
	if (id && !book)
		return yihu_fail(err, YIHU_ENOENT, _("this election is not there any more"));
	if (name && !is_name(name))
		return yihu_fail(
			err, YIHU_EARG,
			_("a folder cannot have this name: leave out / and a dot or hyphen "
			  "at its beginning"));
	*dir = book ? yihu_strdup(book->path) : name ? yihu_path(first_shelf, name) : NULL;
	return 0;
}

int order_read(struct order *out, const json_t *j, const char *folder, const struct shelf *s,
	       const char *first_shelf, struct yihu_error *err)
{
	const char *program = json_string_value(json_object_get(j, "program"));
	const char *language = order_language(json_string_value(json_object_get(j, "language")));
	char *dir = NULL;
	*out = (struct order){0};
	memcpy(out->language, language, strlen(language));
	out->daemon = program && strcmp(program, DAEMON) == 0;
	out->stays =
		out->daemon && !json_object_get(json_object_get(j, "options"), "clock-is-right");
	if (!program || (!out->daemon && !order_program_ok(program)))
		return yihu_fail(err, YIHU_EARG, _("there is no such program"));
	out->path = yihu_path(folder, program);
	int r = find_dir(&dir, j, s, first_shelf, err);
	if (r == 0)
		r = put_words(out, json_object_get(j, "words"), dir, err);
	if (r == 0)
		r = put_options(out, json_object_get(j, "options"), dir, err);
	if (r == 0)
		r = put_secrets(out, json_object_get(j, "passphrases"), err);
	if (r == 0 && out->n_words == 0)
		r = yihu_fail(err, YIHU_EARG, _("nothing is asked for"));
	free(dir);
	return r;
}

void order_daemon(struct order *out, const char *folder, const char *dir, const char *listen,
		  const char *mirror)
{
	*out = (struct order){
		.path = yihu_path(folder, DAEMON), .language = "zh", .daemon = true, .stays = true};
	add(out, yihu_path(dir, "box"));
	add(out, yihu_printf("--listen=%s", listen));
	if (mirror)
		add(out, yihu_printf("--mirror=%s", mirror));
}

void order_run_by(struct order *o, char *path, char *const *words, size_t n)
{
	struct order by = {
		.path = path, .secrets = o->secrets, .daemon = o->daemon, .stays = o->stays};
	memcpy(by.language, o->language, sizeof by.language);
	for (size_t i = 0; i < n; i++)
		add(&by, words[i]);
	add(&by, o->path);
	for (size_t i = 0; i < o->n_words; i++)
		add(&by, o->words[i]);
	free(o->words);
	*o = by;
}

void order_finish(struct order *o)
{
	for (size_t i = 0; i < o->n_words; i++)
		free(o->words[i]);
	free(o->words);
	free(o->path);
	yihu_buf_free(&o->secrets);
	*o = (struct order){0};
}

void order_name(char *out, size_t size, const struct order *o)
{
	const char *verb = o->n_words > 0 ? o->words[0] : "";
	snprintf(out, size, "%s%s%s", yihu_path_last(o->path), *verb != '-' ? " " : "",
		 *verb != '-' ? verb : "");
}

struct run_order order_run(const struct order *o)
{
	return (struct run_order){.path = o->path,
				  .words = (const char *const *)o->words,
				  .secrets =
					  o->secrets.len > 0 ? (const char *)o->secrets.data : NULL,
				  .language = o->language};
}
