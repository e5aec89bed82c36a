/* SPDX-License-Identifier: Apache-2.0
 *
 * ceremony/withdrawal and its lines.
 */
#include "folder/withdrawal.h"

#include "folder/folder.h"

/* The lines alone, behind the request. */
static int add_lines(struct folder_withdrawal *w, const struct yihu_folder *f,
		     const struct yihu_charter *c, struct yihu_error *err)
{
	struct yihu_buf gathered = {0};
	size_t head = w->text.len + 1;
	int r = yihu_ceremony_gather(&gathered, &w->signers, f, F_WITHDRAWAL_LINE, c, w->text, err);
	if (r == 0) {
		yihu_buf_put(&w->note, w->request.data, w->request.len);
		yihu_buf_put(&w->note, gathered.data + head, gathered.len - head);
	}
	yihu_buf_free(&gathered);
	return r;
}

int folder_withdrawal_read(struct folder_withdrawal *out, const struct yihu_folder *f,
			   const struct yihu_charter *c, struct yihu_error *err)
{
	struct folder_withdrawal w = {0};
	struct yihu_note note = {0};
	int r = folder_read(f, F_WITHDRAWAL, &w.request, err);
	if (r == 0) {
		r = yihu_withdrawal_request_parse(&w.what, w.request.data, w.request.len, c, err);
		if (r == 0)
			r = yihu_note_split(&note, w.request.data, w.request.len, err);
		r = folder_fail_at(err, r, f, F_WITHDRAWAL);
	}
	w.text = note.text;
	if (r == 0)
		r = add_lines(&w, f, c, err);
	if (r == 0)
		*out = w;
	else
		folder_withdrawal_finish(&w);
	return r;
}

void folder_withdrawal_finish(struct folder_withdrawal *w)
{
	yihu_buf_free(&w->request);
	yihu_buf_free(&w->note);
	*w = (struct folder_withdrawal){0};
}

bool folder_withdrawal_whole(const struct folder_withdrawal *w, const struct yihu_charter *c)
{
	return (uint32_t)__builtin_popcount(w->signers) >= c->q;
}

int folder_withdrawal_erase(const struct yihu_folder *f, struct yihu_error *err)
{
	int r = 0;
	for (uint32_t j = 1; j <= YIHU_HOLDERS_MAX && r == 0; j++)
		r = folder_erase(f, folder_nth(F_WITHDRAWAL_LINE, j), err);
	return r == 0 ? folder_erase(f, F_WITHDRAWAL, err) : r;
}
