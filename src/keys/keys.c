/* SPDX-License-Identifier: Apache-2.0
 *
 * Key files on the command line.
 */
#include "keys/keys.h"

#include <limits.h>
#include <stdlib.h>

#define TRIES 3

static int passphrase_fd(const struct cli_key_options *o)
{
	uint32_t fd = o->passphrase_fd.value;
	if (!o->passphrase_fd.given)
		return -1;
	return fd <= INT_MAX ? (int)fd : INT_MAX; /* which no process has */
}

int cli_key_passphrase(char **passphrase, const char *path, const struct cli_key_options *o,
		       struct yihu_error *err)
{
	char *prompt = yihu_printf(_("Passphrase of %s:"), path);
	int r = cli_passphrase(passphrase, passphrase_fd(o), prompt, false, err);
	free(prompt);
	return r;
}

int cli_key_new_passphrase(char **passphrase, const char *prompt, const struct cli_key_options *o,
			   struct yihu_error *err)
{
	return cli_passphrase(passphrase, passphrase_fd(o), prompt, true, err);
}

static int open_once(struct yihu_keyfile **out, char **passphrase, const char *path,
		     const struct cli_key_options *o, struct yihu_error *err)
{
	int r = cli_key_passphrase(passphrase, path, o, err);
	if (r == 0 && (r = yihu_keyfile_open(out, path, *passphrase, err)) != 0) {
		cli_passphrase_free(*passphrase);
		*passphrase = NULL;
	}
	return r;
}

int cli_key_open_with(struct yihu_keyfile **out, char **passphrase, const char *path,
		      const struct cli_key_options *o, struct yihu_error *err)
{
	bool needs;
	*passphrase = NULL;
	int r = yihu_keyfile_needs_passphrase(path, &needs, err);
	if (r != 0)
		return r;
	if (!needs)
		return yihu_keyfile_open(out, path, NULL, err);
	int tries = passphrase_fd(o) < 0 && cli_interactive() ? TRIES : 1;
	while ((r = open_once(out, passphrase, path, o, err)) == YIHU_EPASS && --tries > 0)
		cli_warn("%s", err->text);
	return r;
}

int cli_key_open(struct yihu_keyfile **out, const char *path, const struct cli_key_options *o,
		 struct yihu_error *err)
{
	char *passphrase = NULL;
	int r = cli_key_open_with(out, &passphrase, path, o, err);
	cli_passphrase_free(passphrase);
	return r;
}

static char *ask_for_new(const char *shown, enum yihu_key_role role, const char *name)
{
	return role == YIHU_ROLE_ISSUER ? yihu_strdup(_("New passphrase for the issuer key:"))
					: yihu_printf(_("%s: new passphrase for %s:"), name, shown);
}

int cli_key_create(struct yihu_keyfile **out, const char *path, const char *shown,
		   enum yihu_key_role role, const char *name, const struct cli_key_options *o,
		   struct yihu_error *err)
{
	char *passphrase = NULL;
	if (o->unencrypted) {
		cli_warn(_("%s: not encrypted (--unencrypted): for tests alone"), shown);
		return yihu_keyfile_create(out, path, role, name, NULL, err);
	}
	char *prompt = ask_for_new(shown, role, name);
	int r = cli_key_new_passphrase(&passphrase, prompt, o, err);
	free(prompt);
	if (r == 0) {
		r = yihu_keyfile_create(out, path, role, name, passphrase, err);
		cli_passphrase_free(passphrase);
	}
	return r;
}
