/* SPDX-License-Identifier: Apache-2.0
 *
 * As the Desktop Application Autostart and the Desktop Entry Specification have it.
 */
#include "autostart.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/file.h>
#include <yihu/text.h>

/* NULL: this user has no home folder. The caller frees. */
static char *folder(void)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	if (config && *config == '/')
		return yihu_path(config, "autostart");
	return home && *home == '/' ? yihu_path(home, ".config/autostart") : NULL;
}

static char *entry(void)
{
	char *dir = folder(), *path = dir ? yihu_path(dir, "yihu.desktop") : NULL;
	free(dir);
	return path;
}

bool autostart_is(void)
{
	char *path = entry();
	bool there = path && yihu_file_exists(path);
	free(path);
	return there;
}

/* A word of Exec: in quotes, with what quotes and the file itself take for their own
 * behind a backslash, and that of a quote behind another. */
static void put_word(struct yihu_buf *out, const char *word)
{
	yihu_buf_str(out, " \"");
	for (; *word; word++) {
		if (*word == '%')
			yihu_buf_str(out, "%");
		if (strchr("\"`$", *word))
			yihu_buf_str(out, "\\\\");
		yihu_buf_str(out, *word == '\\' ? "\\\\\\" : "");
		yihu_buf_put(out, word, 1);
	}
	yihu_buf_str(out, "\"");
}

static void put_entry(struct yihu_buf *out, const struct console_options *o)
{
	char *program = yihu_path(o->programs, "yihu");
	yihu_buf_str(out, "[Desktop Entry]\nType=Application\nName=Yihu\nName[zh_CN]=一户\nExec=");
	struct yihu_buf words = {0};
	put_word(&words, program);
	yihu_buf_str(&words, " --go-on");
	for (size_t i = 0; i < o->n_shelves; i++) {
		char *real = realpath(o->shelves[i], NULL);
		yihu_buf_str(&words, " --in");
		put_word(&words, real ? real : o->shelves[i]);
		free(real);
	}
	yihu_buf_put(out, words.data + 1, words.len - 1); /* without the first space */
	yihu_buf_str(out, "\n");
	yihu_buf_free(&words);
	free(program);
}

int autostart_write(const struct console_options *o, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	char *dir = folder(), *path = entry();
	int r = dir ? yihu_dir_make(dir, 0700, err)
		    : yihu_fail(err, YIHU_ENOENT, _("this user has no home folder"));
	put_entry(&text, o);
	if (r == 0)
		r = yihu_file_write(path, text.data, text.len, 0600, err);
	yihu_buf_free(&text);
	free(path);
	free(dir);
	return r;
}

int autostart_remove(struct yihu_error *err)
{
	char *path = entry();
	int r = path && unlink(path) != 0 && errno != ENOENT
			? yihu_fail(err, YIHU_EIO, _("%s cannot be removed"), path)
			: 0;
	free(path);
	return r;
}
