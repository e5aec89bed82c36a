/* SPDX-License-Identifier: Apache-2.0
 *
 * A letter printed again, out of the lists for mail merge while they are there: the same
 * letter, for a sheet that the printer spoiled.
 */
#include "issue/internal.h"
#include "issue/papers.h"

#include "folder/rolls.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

/* The scan of a line of the list: the last field but one. SECRET. */
static bool scan_of(struct yihu_span *out, struct yihu_span line)
{
	size_t end = line.len, start;
	while (end > 0 && line.p[end - 1] != ',')
		end--;
	if (end == 0)
		return false;
	for (start = --end; start > 0 && line.p[start - 1] != ','; start--)
		;
	while (start < end && strchr("\"\t", line.p[start]))
		start++;
	while (end > start && line.p[end - 1] == '"')
		end--;
	*out = (struct yihu_span){line.p + start, end - start};
	return true;
}

/* YIHU_ENOENT: the list has no such letter. */
static int token_in(struct yihu_token *out, const struct yihu_folder *f, folder_file list,
		    uint32_t serial, struct yihu_error *err)
{
	struct yihu_buf text = {0};
	struct yihu_span line, scan;
	char start[16];
	int n = snprintf(start, sizeof start, "\"\t%04u\",", serial);
	int r = folder_read_if_there(f, list, &text, err);
	struct yihu_lines lines = yihu_lines(text.data, text.len);
	bool found = false;
	while (r == 0 && !found && yihu_lines_next(&lines, &line))
		found = line.len > (size_t)n && memcmp(line.p, start, (size_t)n) == 0;
	if (r == 0 && !found)
		r = YIHU_ENOENT;
	else if (r == 0)
		r = scan_of(&scan, line)
			    ? yihu_token_from_scan(out, scan, err)
			    : yihu_fail(err, YIHU_EFORMAT, _("letter %04u has no code"), serial);
	yihu_buf_free(&text);
	return r == YIHU_ENOENT ? r : folder_fail_at(err, r, f, list);
}

static int find_token(struct yihu_token *out, const struct yihu_folder *f, uint32_t serial,
		      struct yihu_error *err)
{
	int r = token_in(out, f, F_LIST, serial, err);
	if (r == YIHU_ENOENT)
		r = token_in(out, f, F_LIST_CHANGED, serial, err);
	return r == YIHU_ENOENT
		       ? yihu_fail(err, YIHU_ENOENT,
				   _("the files of letter %04u are destroyed: it is replaced with "
				     "'yihu-issue replace'"),
				   serial)
		       : r;
}

/* Is this the letter that the log knows, and can it still vote? */
static int check_token(const struct yihu_view *v, uint32_t serial, const struct yihu_token *t,
		       struct yihu_error *err)
{
	struct yihu_credential_state s;
	struct yihu_keypair kp;
	int r = yihu_ledger_serial(v->audit->ledger, serial, &s, err);
	yihu_token_keypair(&kp, v->eid, t);
	if (r == 0 && memcmp(s.credential.pk, kp.pk, sizeof kp.pk) != 0)
		r = yihu_fail(err, YIHU_ECREDENTIAL,
			      _("the files of letter %04u are not those of this election"), serial);
	yihu_keypair_wipe(&kp);
	return r;
}

int issue_reprint_check(const struct yihu_view *v, uint32_t serial, struct yihu_error *err)
{
	struct yihu_credential_state s = {0};
	int r = yihu_view_check_on(v, err);
	if (r == 0 && !yihu_file_exists(v->folder->letters))
		r = yihu_fail(err, YIHU_ENOENT,
			      _("the letters' files are destroyed: a letter is replaced with "
				"'yihu-issue replace'"));
	if (r == 0)
		r = yihu_ledger_serial(v->audit->ledger, serial, &s, err);
	if (r == 0 && s.voided)
		r = yihu_fail(err, YIHU_EVOIDED, _("letter %04u is void and is not printed again"),
			      serial);
	if (r == 0 && s.voted)
		r = yihu_fail(err, YIHU_EVOTED, _("letter %04u has voted and is not printed again"),
			      serial);
	return r;
}

static int print(const struct yihu_view *v, const struct yihu_token *t, const char *label,
		 uint32_t replaces, struct yihu_error *err)
{
	struct papers papers = {0};
	struct addresses addresses;
	addresses_read(&addresses, v->folder);
	const struct yihu_household *h = address_of(&addresses, label);
	const struct letter l = {.token = t,
				 .household = label,
				 .building = h ? h->building : "",
				 .name = h ? h->name : "",
				 .replaces = replaces};
	int r = papers_open(&papers, v->folder, NULL, err);
	if (r == 0)
		r = batch_print_single(&papers, v->folder, &l, err);
	papers_finish(&papers);
	addresses_finish(&addresses);
	return r;
}

int issue_reprint(const struct yihu_view *v, uint32_t serial, struct yihu_error *err)
{
	struct yihu_token token = {0};
	struct yihu_credential_state s = {0};
	struct yihu_buf rolls = {0};
	int r = issue_reprint_check(v, serial, err);
	if (r == 0)
		r = rolls_read(&rolls, v->folder, err);
	char *label = r == 0 ? rolls_label(&rolls, serial) : NULL;
	if (r == 0 && !label)
		r = yihu_fail(err, YIHU_EROLL, _("secret/roll has no letter %04u"), serial);
	if (r == 0)
		r = find_token(&token, v->folder, serial, err);
	if (r == 0)
		r = check_token(v, serial, &token, err);
	if (r == 0)
		r = yihu_ledger_serial(v->audit->ledger, serial, &s, err);
	if (r == 0)
		r = print(v, &token, label, s.replaces, err);
	sodium_memzero(&token, sizeof token);
	yihu_buf_free(&rolls);
	free(label);
	return r;
}
