/* SPDX-License-Identifier: Apache-2.0
 *
 * Projects that were withdrawn, as far as the server's answer proves it: each by
 * the receipt of an entry that issuer and key holders have signed. A note that was
 * signed and is not in the log withdraws nothing.
 */
#include "cast/cast.h"

#include <jansson.h>
#include <stdlib.h>

#define STATE_BYTES_MAX (1u << 17)

static void take_entry(struct cast_withdrawn *out, const struct yihu_election *e,
		       const struct yihu_receipt *receipt)
{
	struct yihu_withdrawal w;
	struct yihu_note note;
	struct yihu_entry_head h;
	const struct yihu_charter *c = e->charter;
	bool good = yihu_entry_head(&h, receipt->entry, receipt->entry_len) &&
		    h.type == YIHU_ENTRY_WITHDRAW &&
		    yihu_withdrawal_parse(&w, &note, h.body, h.body_len, c, NULL) == 0 &&
		    yihu_withdrawal_signed(&note, c, NULL) == 0 &&
		    w.project < e->definition->n_projects && out->n < c->max_withdrawals &&
		    !cast_is_withdrawn(out, w.project);
	if (good)
		out->list[out->n++] = (struct yihu_withdrawn){.project = w.project,
							      .reason = yihu_span_dup(w.reason)};
}

static void take(struct cast_withdrawn *out, const struct yihu_election *e, const char *text,
		 size_t len)
{
	struct yihu_receipt receipt;
	if (yihu_receipt_parse(&receipt, text, len, &e->charter->log, NULL))
		return;
	take_entry(out, e, &receipt);
	yihu_receipt_free(&receipt);
}

static void take_all(struct cast_withdrawn *out, const struct yihu_election *e, const json_t *state)
{
	const json_t *list = json_object_get(state, "withdrawn"), *item;
	size_t i;
	json_array_foreach(list, i, item)
	{
		const json_t *receipt = json_object_get(item, "receipt");
		if (json_is_string(receipt))
			take(out, e, json_string_value(receipt), json_string_length(receipt));
	}
}

int cast_fetch_withdrawn(struct cast_withdrawn *out, struct http_client *c,
			 const struct yihu_election *e, struct yihu_error *err)
{
	struct http_answer a = {0};
	*out = (struct cast_withdrawn){0};
	int r = http_get(c, "/api/state", STATE_BYTES_MAX, &a, err);
	if (r != 0)
		return r;
	json_t *state = a.status == 200 ? json_loadb((const char *)a.body.data, a.body.len,
						     JSON_REJECT_DUPLICATES, NULL)
					: NULL;
	take_all(out, e, state);
	json_decref(state);
	http_answer_finish(&a);
	return 0;
}

const struct yihu_withdrawn *cast_is_withdrawn(const struct cast_withdrawn *w, size_t project)
{
	for (size_t i = 0; w && i < w->n; i++)
		if (w->list[i].project == project)
			return &w->list[i];
	return NULL;
}

int cast_check_withdrawn(const struct cast_withdrawn *w, const struct yihu_definition *d,
			 const uint32_t *digits, struct yihu_error *err)
{
	for (size_t i = 0; w && i < w->n; i++)
		if (digits[w->list[i].project] != 0)
			return yihu_fail(err, YIHU_EDIGITS,
					 _("“%s” was withdrawn and cannot be chosen any more: %s"),
					 d->projects[w->list[i].project].name, w->list[i].reason);
	return 0;
}

void cast_withdrawn_finish(struct cast_withdrawn *w)
{
	for (size_t i = 0; i < w->n; i++)
		free(w->list[i].reason);
	*w = (struct cast_withdrawn){0};
}
