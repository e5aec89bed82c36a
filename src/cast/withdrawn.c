/* SPDX-License-Identifier: Apache-2.0
 *
 * Projects that were withdrawn, as far as the server's answer proves it: each by
 * the note that issuer and key holders have signed.
 */
#include "cast/cast.h"

#include <jansson.h>
#include <stdlib.h>

#define STATE_BYTES_MAX (1u << 17)

static void take(struct cast_withdrawn *out, const struct yihu_election *e, const char *text,
		 size_t len)
{
	struct yihu_withdrawal w;
	struct yihu_note note;
	bool good = yihu_withdrawal_parse(&w, &note, text, len, e->charter, NULL) == 0 &&
		    yihu_withdrawal_signed(&note, e->charter, NULL) == 0 &&
		    w.project < e->definition->n_projects && out->n < YIHU_WITHDRAWALS_MAX;
	if (good)
		out->list[out->n++] = (struct yihu_withdrawn){.project = w.project,
							      .reason = yihu_span_dup(w.reason)};
}

static void take_all(struct cast_withdrawn *out, const struct yihu_election *e, const json_t *state)
{
	const json_t *list = json_object_get(state, "withdrawn"), *item;
	size_t i;
	json_array_foreach(list, i, item)
	{
		const json_t *note = json_object_get(item, "note");
		if (json_is_string(note))
			take(out, e, json_string_value(note), json_string_length(note));
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
