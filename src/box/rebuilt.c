/* SPDX-License-Identifier: Apache-2.0
 *
 * DIR/rebuilt: the box was made again and lacks what its log key signed. While
 * it is there the box is read-only.
 */
#include "rebuilt.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yihu/box.h>
#include <yihu/file.h>

#include "has.h"

#define STATE "rebuilt"
#define STATE_BYTES_MAX 256

int yihu_rebuilt_put(const char *dir, uint64_t has, uint64_t signed_size, struct yihu_error *err)
{
	char *path = yihu_path(dir, STATE);
	char *text = yihu_printf("yihu-rebuilt-v1\nhas %llu\nsigned %llu\n",
				 (unsigned long long)has, (unsigned long long)signed_size);
	int r = yihu_file_write(path, text, strlen(text), 0600, err);
	free(text);
	free(path);
	return r;
}

int yihu_rebuilt_clear(const char *dir, struct yihu_error *err)
{
	char *path = yihu_path(dir, STATE);
	int r = 0;
	if (unlink(path) != 0)
		r = yihu_fail(err, YIHU_EIO, _("%s cannot be removed: %s"), path, strerror(errno));
	free(path);
	if (r == 0)
		r = yihu_dir_sync(dir, err);
	return r;
}

char *yihu_box_rebuild_command(const char *dir)
{
	char *word = yihu_shell_word(dir), *text = yihu_printf("yihu-countd %s --rebuild", word);
	free(word);
	return text;
}

/* Whose poll has ended cannot be called off any more (PROTOCOL §7.4). */
static const char *where_lost(const char *dir)
{
	if (yihu_box_has(dir, "public/log/at-close"))
		return _("where that is lost, nothing can be counted from this box, and as the end "
			 "of its poll is signed, the election cannot be called off either: tell "
			 "the households what happened, with all files, and hold it again "
			 "(yihu-issue init --again)");
	return _("where that is lost, call the election off (yihu-issue cancel) and begin again "
		 "(yihu-issue init --again)");
}

static int fail_rebuilt(const char *dir, unsigned long long has, unsigned long long known,
			struct yihu_error *err)
{
	char *command = yihu_box_rebuild_command(dir), *why;
	why = has < known ? yihu_printf(_("it has %llu of the %llu entries that were signed"), has,
					known)
			  : yihu_printf(_("how far its log was signed is not known, as its mark is "
					  "gone"));
	int r = yihu_fail(
		err, YIHU_EREADONLY,
		_("%s was made again from what was left of it, and %s. It is served, but takes no "
		  "ballot and signs nothing. Give it what is missing, with %s "
		  "--from; %s"),
		dir, why, command, where_lost(dir));
	free(why);
	free(command);
	return r;
}

int yihu_box_check_rebuilt(const char *dir, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	unsigned long long has = 0, known = 0;
	char *path = yihu_path(dir, STATE);
	int r = yihu_file_read(path, STATE_BYTES_MAX, &text, NULL);
	if (r == YIHU_ENOENT)
		r = 0;
	else { /* whatever it says, it is there */
		if (r == 0 && sscanf((const char *)text.data,
				     "yihu-rebuilt-v1 has %20llu signed %20llu", &has, &known) != 2)
			has = known = 0;
		r = fail_rebuilt(dir, has, known, err);
	}
	yihu_buf_free(&text);
	free(path);
	return r;
}
