/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands in braces, put in place.
 */
#include "folder/step_command.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "folder/rehearsed.h"

/* Whose keys are used together: in a rehearsal they lie in its folder. */
static char *keys(const struct folder_facts *x)
{
	struct yihu_buf words = {0};
	if (!folder_rehearses(x->f))
		return yihu_strdup("--key FILE …");
	for (uint32_t i = 1; i <= x->plan.n; i++) {
		char *path = folder_path(x->f, folder_nth(F_REHEARSAL_KEY, i));
		char *word = yihu_shell_word(path);
		yihu_buf_fmt(&words, "%s--key %s", i > 1 ? " " : "", word);
		free(word);
		free(path);
	}
	return (char *)words.data;
}

/* What stands for {name} in a command; caller frees. */
static char *value(const char *name, size_t len, const struct folder_facts *x)
{
	if (strncmp(name, "dir", len) == 0)
		return yihu_strdup(x->f->word);
	if (strncmp(name, "listen", len) == 0)
		return folder_facts_listen(x);
	if (strncmp(name, "keys", len) == 0)
		return keys(x);
	assert(strncmp(name, "server", len) == 0);
	const char *server = x->moved ? x->moved : x->daemon ? x->daemon : x->plan.url;
	return server ? yihu_shell_word(server) : yihu_strdup("URL");
}

char *folder_step_command(const char *command, const struct folder_facts *x)
{
	struct yihu_buf text = {0};
	const char *open;
	while ((open = strchr(command, '{')) != NULL) {
		const char *end = strchr(open, '}');
		assert(end != NULL);
		char *put = value(open + 1, (size_t)(end - open - 1), x);
		yihu_buf_fmt(&text, "%.*s%s", (int)(open - command), command, put);
		free(put);
		command = end + 1;
	}
	yihu_buf_fmt(&text, "%s", command);
	return (char *)text.data;
}
