/* SPDX-License-Identifier: Apache-2.0
 *
 * What a receipt proves, and what the server says of a serial.
 */
#include "cast/internal.h"

#include <stdlib.h>

static int check_entry(const struct yihu_entry *entry, const struct yihu_charter *c,
		       struct yihu_error *err)
{
	if (entry->type != YIHU_ENTRY_BALLOT)
		return yihu_fail(err, YIHU_EENTRY, _("the receipt is not for a ballot"));
	if (entry->time < c->opens || entry->time >= c->closes)
		return yihu_fail(err, YIHU_ETIME, _("the receipt's time lies outside the poll"));
	return 0;
}

static int read_entry(struct cast_proof *p, const struct yihu_election *e,
		      const struct yihu_receipt *receipt, struct yihu_error *err)
{
	struct yihu_entry entry;
	struct yihu_ballot *b = yihu_calloc(1, sizeof *b);
	int r = yihu_entry_parse(&entry, receipt->entry, receipt->entry_len, err);
	if (r == 0)
		r = check_entry(&entry, e->charter, err);
	if (r == 0)
		r = yihu_ballot_parse(b, entry.body, entry.body_len, e->definition->width, err);
	if (r == 0) {
		p->index = receipt->index;
		p->time = entry.time;
		p->serial = b->serial;
		yihu_ballot_code(p->code, e->charter->eid, entry.body, entry.body_len);
		yihu_buf_put(&p->ballot, entry.body, entry.body_len);
	}
	free(b);
	return r;
}

int cast_proof_read(struct cast_proof *out, const struct yihu_election *e, struct yihu_span receipt,
		    struct yihu_error *err)
{
	struct yihu_receipt parsed;
	struct cast_proof p = {0};
	int r = yihu_receipt_parse(&parsed, receipt.p, receipt.len, &e->charter->log, err);
	if (r != 0)
		return r;
	r = read_entry(&p, e, &parsed, err);
	yihu_receipt_free(&parsed);
	if (r != 0)
		return r;
	yihu_buf_put(&p.receipt, receipt.p, receipt.len);
	*out = p;
	return 0;
}

void cast_proof_finish(struct cast_proof *p)
{
	yihu_buf_free(&p->ballot);
	yihu_buf_free(&p->receipt);
}

json_t *cast_json(const struct http_answer *a)
{
	return json_loadb((const char *)a->body.data, a->body.len, JSON_REJECT_DUPLICATES, NULL);
}

struct yihu_span cast_json_text(const json_t *j, const char *key)
{
	const json_t *s = json_object_get(j, key);
	const char *text = json_string_value(s);
	return (struct yihu_span){text ? text : "", json_string_length(s)};
}

static int read_standing(struct cast_standing *s, const struct yihu_election *e, uint32_t serial,
			 const json_t *j, struct yihu_error *err)
{
	struct yihu_span status = cast_json_text(j, "status");
	s->voted = yihu_span_is(status, "recorded");
	s->voided = json_is_true(json_object_get(j, "voided"));
	if (!s->voted && !yihu_span_is(status, "not-recorded"))
		return yihu_fail(err, YIHU_ENET,
				 _("the server's answer about letter %04u cannot be read"), serial);
	if (!s->voted)
		return 0;
	int r = cast_proof_read(&s->proof, e, cast_json_text(j, "receipt"), err);
	if (r == 0 && s->proof.serial != serial)
		r = yihu_fail(err, YIHU_EENTRY, _("the receipt is for letter %04u"),
			      s->proof.serial);
	return r == 0 ? 0
		      : yihu_fail_at(err, r,
				     _("the server says that letter %04u has voted, and does not "
				       "prove it"),
				     serial);
}

int cast_look(struct cast_standing *out, struct http_client *c, const struct yihu_election *e,
	      uint32_t serial, struct yihu_error *err)
{
	struct http_answer a = {0};
	struct cast_standing s = {0};
	char *path = yihu_printf("/api/serial/%u", serial);
	int r = http_get(c, path, 1u << 20, &a, err);
	free(path);
	if (r != 0)
		return r;
	json_t *j = cast_json(&a);
	r = a.status == 200 ? read_standing(&s, e, serial, j, err) : http_refusal(&a, err);
	json_decref(j);
	http_answer_finish(&a);
	if (r == 0)
		*out = s;
	else
		cast_standing_finish(&s);
	return r;
}

void cast_standing_finish(struct cast_standing *s)
{
	cast_proof_finish(&s->proof);
}
