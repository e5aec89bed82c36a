/* SPDX-License-Identifier: Apache-2.0
 *
 * From the holder: what it has made, verified before it is taken.
 */
#include "carry/internal.h"

#include <dirent.h>
#include <stdlib.h>

/* ---- files of a name that nobody here knows ---- */

/* A number is a holder's. */
static bool is_known(const char *name, uint32_t n)
{
	folder_file file;
	char *whole = yihu_printf("%s/%s", folder_room_row(R_CEREMONY)->name, name);
	bool known = folder_find(&file, whole) && (folder_row(file)->kind & FILE_TRAVELS) != 0 &&
		     folder_number(file) <= n;
	free(whole);
	return known;
}

/* What begins with a dot is a stick's own litter, or a file on its way. */
static int name_strangers(const struct carry *k, uint32_t n, struct yihu_error *err)
{
	DIR *dir = opendir(k->stick.ceremony);
	if (!dir)
		return yihu_fail(err, YIHU_ENOENT, _("there is no folder %s"), k->stick.ceremony);
	for (const struct dirent *e; (e = readdir(dir)) != NULL;)
		if (e->d_name[0] != '.' && !is_known(e->d_name, n))
			yihu_buf_fmt(k->report, _("left alone, no file of the ceremony: %s/%s\n"),
				     k->stick.ceremony, e->d_name);
	closedir(dir);
	return 0;
}

static int collect(const struct carry *k, uint32_t n, struct yihu_error *err)
{
	int r = carry_check_stick(k, err);
	if (r == 0)
		r = name_strangers(k, n, err);
	if (r == 0)
		r = carry_collect_ceremony(k, err);
	if (r == 0)
		r = k->view ? carry_collect_count(k, err) : carry_refuse_count(k, err);
	return r;
}

int carry_collect(const struct yihu_folder *f, struct yihu_view *v, const char *stick,
		  struct yihu_buf *report, struct yihu_error *err)
{
	struct carry k = {.folder = f, .view = v, .report = report};
	struct yihu_plan plan;
	int r = yihu_plan_read(&plan, f, err);
	if (r != 0)
		return r;
	yihu_folder_init(&k.stick, stick);
	r = collect(&k, plan.n, err);
	yihu_folder_finish(&k.stick);
	yihu_plan_finish(&plan);
	return r;
}
