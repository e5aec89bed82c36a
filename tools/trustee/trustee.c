/* SPDX-License-Identifier: Apache-2.0
 *
 * What the verbs of yihu-trustee share.
 */
#include "trustee.h"

#include <string.h>

struct trustee_options opt;

int trustee_begin(struct trustee *t, const struct cli_command *c, int argc, char **argv)
{
	const char *dir;
	int r = cli_parse(c, argc, argv, &dir);
	if (r >= 0)
		return r;
	memset(t, 0, sizeof *t);
	yihu_folder_init(&t->folder, dir);
	return -1;
}

static int open_key(struct trustee *t, const char *path)
{
	int r = cli_key_open(&t->keys[t->n_keys], path, &opt.keys, &t->err);
	if (r == 0)
		t->n_keys++;
	return r;
}

int trustee_open_key(struct trustee *t)
{
	if (opt.key.n != 1)
		return yihu_fail(&t->err, YIHU_EARG, _("name one key file with --key FILE"));
	int r = tool_check_folder(&t->folder, &t->err);
	return r == 0 ? open_key(t, opt.key.at[0]) : r;
}

int trustee_open_keys(struct trustee *t)
{
	int r = tool_check_folder(&t->folder, &t->err);
	if (r != 0)
		return r;
	if (opt.key.n == 0 || opt.key.n > YIHU_HOLDERS_MAX)
		return yihu_fail(&t->err, YIHU_EARG,
				 _("name the key files with --key FILE (1 to %d)"),
				 YIHU_HOLDERS_MAX);
	for (size_t i = 0; i < opt.key.n && r == 0; i++)
		r = open_key(t, opt.key.at[i]);
	return r;
}

int trustee_open_or_create(struct trustee *t, const char *path, const char *name)
{
	bool needs;
	int r = yihu_keyfile_needs_passphrase(path, &needs, &t->err);
	if (r == 0 && (r = open_key(t, path)) == 0 && name != NULL &&
	    strcmp(name, t->keys[t->n_keys - 1]->vkey.name) != 0)
		r = yihu_fail(&t->err, YIHU_EARG, _("%s is the key of “%s”, not of “%s”"), path,
			      t->keys[t->n_keys - 1]->vkey.name, name);
	if (r != YIHU_ENOENT)
		return r;
	if (name == NULL)
		return yihu_fail(&t->err, YIHU_EARG, _("%s is a new key: give its holder's --name"),
				 path);
	r = cli_key_create(&t->keys[t->n_keys], path, YIHU_ROLE_TRUSTEE, name, &opt.keys, &t->err);
	if (r != 0)
		return r;
	t->n_keys++;
	cli_say(_("Made %s, the key file of “%s”. If that name is wrong, delete the file, and "
		  "what it has written in ceremony/, before anybody deals."),
		path, name);
	return 0;
}

int trustee_end(struct trustee *t, int r)
{
	for (size_t i = 0; i < t->n_keys; i++)
		yihu_keyfile_close(t->keys[i]);
	return tool_end(&t->folder, r, &t->err);
}
