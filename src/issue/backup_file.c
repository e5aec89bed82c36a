/* SPDX-License-Identifier: Apache-2.0
 *
 *   yihu-backup-v1
 *   made <time>
 *   origin <origin>
 *   kdf argon2id <ops> <memory bytes> <base64 salt>
 *   sealed <base64(nonce ‖ XChaCha20-Poly1305(body; the lines before))>
 */
#include "issue/backup_file.h"

#include <stdlib.h>
#include <string.h>

#include <yihu/file.h>

#define MAGIC "yihu-backup-v1"
#define BACKUP_BYTES_MAX (1u << 30)

static void put_head(struct yihu_buf *out, const struct issue_backup_head *head)
{
	char made[21];
	yihu_buf_fmt(out, MAGIC "\nmade %s\norigin %s\n", yihu_time_text(made, head->made),
		     head->origin);
	yihu_seal_kdf_line(out, &head->seal);
}

void backup_write(struct yihu_buf *text, const struct issue_backup_head *head,
		  const struct carried *c)
{
	struct yihu_buf body = {0};
	carried_pack(&body, c);
	put_head(text, head);
	yihu_seal_line(text, &body, &head->seal);
	yihu_buf_free(&body);
}

/* "keyword rest": takes the line and gives the rest. */
static bool next_line(struct yihu_lines *lines, const char *keyword, struct yihu_span *rest)
{
	struct yihu_span word;
	return yihu_lines_next(lines, rest) && yihu_field_next(rest, &word) &&
	       yihu_span_is(word, keyword);
}

static bool parse_head(struct issue_backup_head *head, struct yihu_lines *lines)
{
	struct yihu_span rest;
	if (!next_line(lines, "made", &rest) || !yihu_time_parse(&head->made, rest) ||
	    !next_line(lines, "origin", &rest))
		return false;
	head->origin = yihu_span_dup(rest);
	return yihu_origin_valid(head->origin) && next_line(lines, "kdf", &rest) &&
	       yihu_seal_kdf_parse(&head->seal, rest) && head->seal.sealed;
}

int backup_read(struct yihu_buf *text, struct issue_backup_head *head, const char *path,
		struct yihu_error *err)
{
	struct yihu_span line;
	*head = (struct issue_backup_head){0};
	int r = yihu_file_read(path, BACKUP_BYTES_MAX, text, err);
	if (r != 0)
		return r;
	struct yihu_lines lines = yihu_lines(text->data, text->len);
	if (!yihu_lines_next(&lines, &line) || !yihu_span_is(line, MAGIC))
		return yihu_fail(err, YIHU_EVERSION,
				 _("%s is not a backup that yihu-issue of this version made"),
				 path);
	if (!parse_head(head, &lines)) {
		issue_backup_head_finish(head);
		return yihu_fail(err, YIHU_EFORMAT, _("the backup %s is damaged"), path);
	}
	return 0;
}

int backup_open(struct carried *out, const struct yihu_buf *text,
		const struct issue_backup_head *head, const char *path, struct yihu_error *err)
{
	struct yihu_buf before = {0}, body = {0};
	struct yihu_span rest;
	put_head(&before, head);
	struct yihu_lines lines = yihu_lines(text->data + before.len, text->len - before.len);
	int r = 0;
	if (memcmp(text->data, before.data, before.len) != 0 ||
	    !next_line(&lines, "sealed", &rest) || lines.left != 0 || !yihu_unbase64(&body, rest))
		r = yihu_fail(err, YIHU_EFORMAT, _("the backup %s is damaged"), path);
	else if (!yihu_seal_open(&body, (struct yihu_span){(const char *)before.data, before.len},
				 &head->seal))
		r = yihu_fail(err, YIHU_EPASS,
			      _("the passphrase does not open %s. If you are sure of it, the file "
				"was changed"),
			      path);
	if (r == 0 && (r = carried_unpack(out, &body, err)) != 0)
		r = yihu_fail_at(err, r, "%s", path);
	yihu_buf_free(&before);
	yihu_buf_free(&body);
	return r;
}

void issue_backup_head_finish(struct issue_backup_head *head)
{
	free(head->origin);
	sodium_memzero(head, sizeof *head);
}
