/* SPDX-License-Identifier: Apache-2.0
 *
 * What the command line brings to hold against the folder.
 */
#include "audit/evidence.h"

#include <stdlib.h>

#include <yihu/file.h>

#include "audit/report.h"

/* Larger than any roll of the most households. */
#define ROLL_BYTES_MAX (256u << 20)

#define SALT_FILE_BYTES_MAX 64

int evidence_eid(struct yihu_audit_options *o, const struct audit_given *given)
{
	if (!given->eid)
		return -1;
	if (!yihu_eid_read(o->eid, &o->eid_bits, given->eid))
		return cli_usage_error(_("--eid: “%s” is not an election id of 64 hex digits"),
				       given->eid);
	if (o->eid_bits != 8 * YIHU_EID_BYTES)
		return cli_usage_error(
			_("--eid: “%s” is the short print, which says too little. Give all 64 hex "
			  "digits: they are on every letter, small, below the short print"),
			given->eid);
	return -1;
}

/* Not on the command line, where other users would see it. */
static bool salt_of_file(uint8_t salt[static 16], const char *path)
{
	struct yihu_buf text = {0};
	struct yihu_error err = {0};
	int r = yihu_file_read(path, SALT_FILE_BYTES_MAX, &text, &err);
	if (r == 0 && (text.len != 33 || text.data[32] != '\n' ||
		       !yihu_unhex(salt, 16, (struct yihu_span){(const char *)text.data, 32})))
		r = yihu_fail(&err, YIHU_EFORMAT,
			      _("%s is not one line of 32 hex digits in lower case"), path);
	if (r != 0)
		cli_error(&err);
	yihu_buf_free(&text);
	return r == 0;
}

int evidence_salt(struct yihu_audit_options *o, const struct audit_given *given)
{
	if ((!given->roll) != (!given->salt))
		return cli_usage_error(_("--roll and --salt go together"));
	return !given->salt || salt_of_file(o->roll_salt, given->salt) ? -1 : EXIT_UNREAD;
}

/* strdup: the name in struct yihu_evidence is not const. */
static int read_one(struct yihu_evidence *e, const char *path, size_t max, struct yihu_error *err)
{
	if (!path)
		return 0;
	e->name = yihu_strdup(path);
	return yihu_file_read(path, max, &e->bytes, err);
}

static int read_list(struct yihu_evidence *e, const struct cli_list *list, size_t max,
		     struct yihu_error *err)
{
	int r = 0;
	for (size_t i = 0; i < list->n && r == 0; i++)
		r = read_one(&e[i], list->at[i], max, err);
	return r;
}

int evidence_read(struct evidence *e, const struct audit_given *given, struct yihu_error *err)
{
	int r = read_list(e->receipts, &given->receipts, YIHU_RECEIPT_BYTES_MAX, err);
	if (r == 0)
		r = read_list(e->checkpoints, &given->checkpoints, YIHU_CHECKPOINT_BYTES_MAX, err);
	if (r == 0)
		r = read_one(&e->at_close, given->at_close, YIHU_CHECKPOINT_BYTES_MAX, err);
	if (r == 0)
		r = read_one(&e->roll, given->roll, ROLL_BYTES_MAX, err);
	e->o.receipts = e->receipts;
	e->o.n_receipts = given->receipts.n;
	e->o.checkpoints = e->checkpoints;
	e->o.n_checkpoints = given->checkpoints.n;
	e->o.at_close = given->at_close ? &e->at_close : NULL;
	e->o.roll = given->roll ? &e->roll : NULL;
	return r;
}

void evidence_finish(struct evidence *e)
{
	for (size_t i = 0; i < CLI_LIST_MAX; i++) {
		free(e->receipts[i].name);
		yihu_buf_free(&e->receipts[i].bytes);
		free(e->checkpoints[i].name);
		yihu_buf_free(&e->checkpoints[i].bytes);
	}
	free(e->at_close.name);
	yihu_buf_free(&e->at_close.bytes);
	free(e->roll.name);
	yihu_buf_free(&e->roll.bytes);
}
