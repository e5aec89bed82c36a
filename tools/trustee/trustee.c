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

/* The header tells, without the passphrase, that it is a key holder's. */
static int check_header(struct trustee *t, const char *path)
{
	enum yihu_key_role role;
	struct yihu_vkey key;
	int r = yihu_keyfile_public(path, &role, &key, &t->err);
	if (r == 0 && role != YIHU_ROLE_TRUSTEE)
		r = yihu_fail(&t->err, YIHU_EKEYS,
			      _("%s is a key file of the role “%s”, not a key holder's"), path,
			      yihu_key_role_name(role));
	return r;
}

int trustee_check_keys(struct trustee *t, size_t max)
{
	if (max == 1 && opt.key.n != 1)
		return yihu_fail(&t->err, YIHU_EARG, _("name one key file with --key FILE"));
	if (opt.key.n == 0 || opt.key.n > max)
		return yihu_fail(&t->err, YIHU_EARG,
				 _("name the key files with --key FILE (1 to %zu)"), max);
	int r = tool_check_folder(&t->folder, &t->err);
	for (size_t i = 0; i < opt.key.n && r == 0; i++)
		r = check_header(t, opt.key.at[i]);
	return r;
}

int trustee_open_key(struct trustee *t, const char *path)
{
	int r = cli_key_open(&t->keys[t->n_keys], path, &opt.keys, &t->err);
	if (r == 0)
		t->n_keys++;
	return r;
}

int trustee_open_keys(struct trustee *t)
{
	int r = 0;
	for (size_t i = 0; i < opt.key.n && r == 0; i++)
		r = trustee_open_key(t, opt.key.at[i]);
	return r;
}

void trustee_say_one_computer(void)
{
	if (opt.key.n > 1)
		cli_say(_("All keys on one computer are one holder: whoever controls this computer "
			  "can read every vote. Use one that is offline and that all key holders "
			  "trust."));
}

int trustee_open_or_create(struct trustee *t, const char *path, const char *name)
{
	enum yihu_key_role role;
	struct yihu_vkey key;
	int r = yihu_keyfile_public(path, &role, &key, &t->err);
	if (r == 0 && name && strcmp(name, key.name) != 0)
		return yihu_fail(&t->err, YIHU_EARG, _("%s is the key of “%s”, not of “%s”"), path,
				 key.name, name);
	if (r != YIHU_ENOENT)
		return r == 0 ? trustee_open_key(t, path) : r;
	if (!name)
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
