/* SPDX-License-Identifier: Apache-2.0
 *
 * What the verbs of yihu-trustee share.
 */
#include "trustee.h"

#include <string.h>

struct trustee_options trustee_given;

/* The header tells, without the passphrase, that it is a key holder's. */
static int check_header(struct tool_call *c, const char *path)
{
	enum yihu_key_role role;
	struct yihu_vkey key;
	int r = yihu_keyfile_public(path, &role, &key, &c->err);
	if (r == 0 && role != YIHU_ROLE_TRUSTEE)
		r = yihu_fail(&c->err, YIHU_EKEYS,
			      _("%s is a key file of the role “%s”, not a key holder's"), path,
			      yihu_key_role_name(role));
	return r;
}

int trustee_check_one_key(const char *const *words)
{
	(void)words;
	return trustee_given.key.n == 1 ? -1
					: cli_usage_error(_("name one key file with --key FILE"));
}

int trustee_check_number(size_t max)
{
	return trustee_given.key.n <= max
		       ? -1
		       : cli_usage_error(_("name the key files with --key FILE (1 to %zu)"), max);
}

int trustee_check_some_keys(const char *const *words)
{
	(void)words;
	return trustee_check_number(YIHU_HOLDERS_MAX);
}

int trustee_check_keys(struct tool_call *c)
{
	int r = 0;
	for (size_t i = 0; i < trustee_given.key.n && r == 0; i++)
		r = check_header(c, trustee_given.key.at[i]);
	return r;
}

int trustee_open_key(struct tool_call *c, const char *path)
{
	int r = cli_key_open(&c->keys[c->n_keys], path, &tool_given.keys, &c->err);
	if (r == 0)
		c->n_keys++;
	return r;
}

int trustee_open_keys(struct tool_call *c)
{
	int r = 0;
	for (size_t i = 0; i < trustee_given.key.n && r == 0; i++)
		r = trustee_open_key(c, trustee_given.key.at[i]);
	return r;
}

/* On a stick with the public folder alone, its charter stands for the clerk's:
 * the key file knows which one it signed. */
static int folder_eid(uint8_t eid[static YIHU_EID_BYTES], const struct yihu_folder *f,
		      struct yihu_error *err)
{
	int r = yihu_folder_eid(eid, f, err);
	if (r != YIHU_ENOENT)
		return r;
	struct yihu_buf file = {0};
	struct yihu_charter *charter = NULL;
	r = folder_read_public(f, "charter", YIHU_CHARTER_BYTES_MAX, &file, err);
	if (r == YIHU_ENOENT)
		r = yihu_fail(err, YIHU_ESTATE, _("this election has no charter yet"));
	else if (r == 0 && (r = yihu_charter_parse(&charter, file.data, file.len, err)) == 0)
		memcpy(eid, charter->eid, YIHU_EID_BYTES);
	yihu_charter_free(charter);
	yihu_buf_free(&file);
	return r;
}

int trustee_look(struct tool_call *c)
{
	return tool_look(c, folder_eid, yihu_reach_open_public);
}

int trustee_open_held(struct tool_call *c)
{
	int r = 0;
	for (size_t i = 0; i < trustee_given.key.n && r == 0; i++) {
		r = trustee_open_key(c, trustee_given.key.at[i]);
		if (r == 0)
			r = holder_check_election(c->keys[i], &c->folder, c->view.eid, &c->err);
	}
	return r;
}

void trustee_say_one_computer(void)
{
	if (trustee_given.key.n > 1)
		cli_say(_("All keys on one computer are one holder: whoever controls this computer "
			  "can read every vote. Use one that is offline and that all key holders "
			  "trust."));
}

int trustee_open_or_create(struct tool_call *c, const char *path, const char *name)
{
	enum yihu_key_role role;
	struct yihu_vkey key;
	int r = yihu_keyfile_public(path, &role, &key, &c->err);
	if (r == 0 && name && strcmp(name, key.name) != 0)
		return yihu_fail(&c->err, YIHU_EARG, _("%s is the key of “%s”, not of “%s”"), path,
				 key.name, name);
	if (r != YIHU_ENOENT)
		return r == 0 ? trustee_open_key(c, path) : r;
	if (!name)
		return yihu_fail(&c->err, YIHU_EARG, _("%s is a new key: give its holder's --name"),
				 path);
	r = cli_key_create(&c->keys[c->n_keys], path, path, YIHU_ROLE_TRUSTEE, name,
			   &tool_given.keys, &c->err);
	if (r != 0)
		return r;
	c->n_keys++;
	cli_say(_("Made %s, the key file of “%s”. If that name is wrong, delete the file, and "
		  "what it has written in ceremony/, before anybody deals."),
		path, name);
	return 0;
}
