/* SPDX-License-Identifier: Apache-2.0
 *
 * What the committee's programs say alike.
 */
#include "common/act.h"

#include <yihu/file.h>
#include <yihu/secret.h>

const char *tool_title(const struct yihu_view *v)
{
	const char *text = yihu_definition_meta(v->audit->election->definition, "description");
	return text ? text : "";
}

void tool_say_state(const struct yihu_folder *f)
{
	struct yihu_status s;
	struct yihu_error err;
	if (yihu_status_read(&s, f, yihu_clock(), &err) != 0) {
		cli_warn("%s", err.text);
		return;
	}
	bool window = cli_in_window();
	cli_say(_("%s: %s. Next: %s"), window ? yihu_path_last(f->root) : f->root,
		yihu_stage_word(s.stage), window ? s.words : s.next);
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
