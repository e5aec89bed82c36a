/* SPDX-License-Identifier: Apache-2.0
 *
 * What the committee's programs share.
 */
#include "common/common.h"

#include <stdlib.h>

#include <yihu/file.h>
#include <yihu/secret.h>

void tool_say_state(const struct yihu_folder *f)
{
	struct yihu_status s;
	struct yihu_error err;
	if (yihu_status_read(&s, f, yihu_clock(), &err) != 0) {
		cli_warn("%s", err.text);
		return;
	}
	cli_say(_("%s: %s. Next: %s"), f->root, yihu_state_name(s.state), s.next);
	yihu_status_finish(&s);
}

void tool_say_eid(const uint8_t eid[static YIHU_EID_BYTES])
{
	char print[YIHU_SHORT_PRINT_BYTES], hex[2 * YIHU_EID_BYTES + 1];
	yihu_short_print(print, eid);
	cli_say(_("Election %s"), print);
	cli_say(_("full id %s"), yihu_hex_into(hex, eid, YIHU_EID_BYTES));
}

void tool_say_medium(const char *path)
{
	const char *warning = yihu_medium_warning(yihu_medium_of(path));
	if (warning)
		cli_say(_("%s: %s"), path, warning);
}

int tool_check_folder(const struct yihu_folder *f, struct yihu_error *err)
{
	struct yihu_plan plan = {0};
	int r = yihu_plan_read(&plan, f, err);
	yihu_plan_finish(&plan);
	return r;
}

int tool_look(struct yihu_view *v, const struct yihu_folder *f, const char *url, tool_reach *reach,
	      struct yihu_error *err)
{
	*v = (struct yihu_view){.folder = f, .progress = cli_progress()};
	int r = tool_check_folder(f, err);
	if (r == 0)
		r = yihu_folder_eid(v->eid, f, err);
	if (r == 0)
		r = reach(&v->reach, f, url, err);
	return r == 0 ? yihu_view_look(v, err) : r;
}

/* The header tells, without the passphrase, whose key it is. */
static int check_issuer(const struct yihu_folder *f, const char *path, struct yihu_error *err)
{
	enum yihu_key_role role;
	struct yihu_plan plan = {0};
	struct yihu_vkey key;
	int r = yihu_plan_read(&plan, f, err);
	if (r == 0)
		r = yihu_keyfile_public(path, &role, &key, err);
	if (r == 0 && !yihu_vkey_same(&key, &plan.issuer))
		r = yihu_fail(err, YIHU_EKEYS, _("%s is not the issuer key of this election"),
			      path);
	yihu_plan_finish(&plan);
	return r;
}

int tool_open_issuer(struct yihu_keyfile **out, const struct yihu_folder *f, const char *path,
		     const struct cli_key_options *o, struct yihu_error *err)
{
	char *key = path ? yihu_strdup(path) : yihu_path(f->secret, "issuer.key");
	int r = check_issuer(f, key, err);
	if (r == 0)
		r = cli_key_open(out, key, o, err);
	free(key);
	return r;
}

int tool_end(struct yihu_folder *f, int r, const struct yihu_error *err)
{
	cli_progress_end();
	if (r == 0)
		tool_say_state(f);
	yihu_folder_finish(f);
	return r == 0 ? CLI_DONE : cli_error(err);
}
