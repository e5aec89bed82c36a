/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls that only read: the state, turnout, credentials, ballots, health.
 * Participation is public per serial (PROTOCOL §12), votes are nowhere here.
 */
#include <assert.h>
#include <yihu/text.h>

#include "box_calls.h"
#include "daemon.h"
#include "gauges.h"
#include "json_values.h"
#include "poll_stage.h"
#include "receipt_answer.h"

/* Why and when, for people; the log's entry or the note proves it. */
static json_t *cancelled(const struct figures *f)
{
	if (!f->called_off)
		return json_null();
	return json_pack("{s:s, s:o}", "reason", f->reason, "time",
			 f->called_off_at ? answer_time(f->called_off_at) : json_null());
}

void state_handle(struct request *r)
{
	struct countd *d = r->d;
	const struct yihu_charter *c = d->election->charter;
	struct figures f = committed_figures(d->committed);
	char eid[2 * YIHU_EID_BYTES + 1];
	struct clock_reading clock = clock_guard_read(&d->clock);
	struct yihu_error err = {0};
	enum yihu_stage stage;
	if (countd_stage(&stage, d->public_dir, c, &f, clock.now, &err)) {
		countd_warn(&d->log, "%s", err.text);
		answer_refusal(&r->answer, &err);
		return;
	}
	answer_json(
		&r->answer, HTTP_OK,
		json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:I, s:I, s:I, s:I}",
			  "state", yihu_stage_name(stage), "eid",
			  yihu_hex_into(eid, c->eid, sizeof c->eid), "cancelled", cancelled(&f),
			  "withdrawn", committed_withdrawn(d->committed, d->view), "opens",
			  answer_time(c->opens), "closes", answer_time(c->closes), "time",
			  answer_time(clock.now), "clock_ok", clock.writes, "end_waits",
			  clock.waits, "read_only", d->read_only, "entitled",
			  (json_int_t)f.counts.entitled, "cast", (json_int_t)f.counts.ballots,
			  "queue", (json_int_t)atomic_load(&d->under_way), "size",
			  (json_int_t)f.size));
}

void turnout_handle(struct request *r)
{
	struct figures f = committed_figures(r->d->committed);
	answer_json(&r->answer, HTTP_OK,
		    json_pack("{s:I, s:I, s:{s:I, s:I, s:I}, s:o}", "entitled",
			      (json_int_t)f.counts.entitled, "cast", (json_int_t)f.counts.ballots,
			      "changes", "additions", (json_int_t)f.counts.additions,
			      "replacements", (json_int_t)f.counts.replacements, "voids",
			      (json_int_t)f.counts.voids, "hours",
			      committed_hours(r->d->committed)));
}

/* The serial that the path ends in, and what is known of it; answers and returns
 * false when there is none. */
static bool find_serial(struct request *r, uint32_t *serial, struct known_letter *l)
{
	struct yihu_error err = {0};
	uint64_t n;
	if (!yihu_decimal(&n, yihu_span(r->tail), UINT32_MAX)) {
		answer_error(&r->answer, HTTP_BAD_REQUEST, YIHU_EARG,
			     _("“%s” is not a letter number"), r->tail);
		return false;
	}
	*serial = (uint32_t)n;
	if (letters_find(r->d->letters, *serial, l, &err)) {
		answer_error(&r->answer, HTTP_NOT_FOUND, err.code, "%s", err.text);
		return false;
	}
	return true;
}

static json_t *serial_or_null(uint32_t serial)
{
	return serial ? json_integer(serial) : json_null();
}

/* The R entry that made or voided it, or null. */
static json_t *change_of(struct request *r, const struct yihu_credential_state *s)
{
	struct yihu_buf entry = {0};
	json_t *j = json_null();
	if (s->changed_index && !yihu_box_view_entry(r->d->view, s->changed_index, &entry, NULL))
		j = json_pack("{s:I, s:o}", "index", (json_int_t)s->changed_index, "entry",
			      answer_base64(entry.data, entry.len));
	yihu_buf_free(&entry);
	return j;
}

void credential_handle(struct request *r)
{
	struct known_letter l;
	uint32_t serial;
	if (!find_serial(r, &serial, &l))
		return;
	const struct yihu_credential *c = &l.known.credential;
	answer_json(&r->answer, HTTP_OK,
		    json_pack("{s:I, s:o, s:o, s:b, s:o, s:o, s:o}", "serial", (json_int_t)serial,
			      "pk", answer_base64(c->pk, sizeof c->pk), "signature",
			      answer_base64(c->signature, sizeof c->signature), "voided",
			      l.known.voided, "replaced_by", serial_or_null(l.known.replaced_by),
			      "replaces", serial_or_null(l.known.replaces), "change",
			      change_of(r, &l.known)));
}

/* Of a ballot that is in the log. */
static void answer_ballot(struct request *r, uint64_t index)
{
	struct yihu_error err = {0};
	struct yihu_buf entry = {0};
	if (yihu_box_view_entry(r->d->view, index, &entry, &err) == 0) {
		bool shown = receipt_answer(r, HTTP_OK, index, &entry);
		assert(shown); /* as the entry was */
	} else {
		answer_refusal(&r->answer, &err);
	}
	yihu_buf_free(&entry);
}

void serial_handle(struct request *r)
{
	struct known_letter l;
	uint32_t serial;
	if (!find_serial(r, &serial, &l))
		return;
	if (l.known.voted)
		answer_ballot(r, l.known.voted_index);
	else
		answer_json(&r->answer, HTTP_OK,
			    json_pack("{s:s, s:b}", "status", "not-recorded", "voided",
				      l.known.voided));
}

#define CODE_BITS 80

void code_handle(struct request *r)
{
	struct yihu_error err = {0};
	uint8_t bits[CODE_BITS / 8];
	struct yihu_buf code = {0};
	uint64_t index;
	if (!yihu_uncrockford(bits, CODE_BITS, yihu_span(r->tail))) {
		answer_error(&r->answer, HTTP_BAD_REQUEST, YIHU_EARG,
			     _("a ballot code has 16 letters and digits: XXXX-XXXX-XXXX-XXXX"));
		return;
	}
	yihu_crockford_grouped(&code, bits, CODE_BITS, 4);
	if (yihu_box_view_find_code(r->d->view, (const char *)code.data, &index, &err))
		answer_refusal(&r->answer, &err);
	else
		answer_ballot(r, index);
	yihu_buf_free(&code);
}

void health_handle(struct request *r)
{
	struct clock_reading clock = clock_guard_read(&r->d->clock);
	struct yihu_error err = {0};
	if (atomic_load(&r->d->failed))
		answer_error(&r->answer, HTTP_SERVICE_UNAVAILABLE, YIHU_EUNKNOWN,
			     _("the ballot box cannot be written any more; restart the daemon"));
	else if (r->d->read_only) {
		yihu_box_check_rebuilt(r->d->box_dir, &err);
		answer_refusal(&r->answer, &err);
	} else if (!clock.writes) {
		clock_guard_fail(&r->d->clock, &clock, &err);
		answer_refusal(&r->answer, &err);
	} else
		answer_text(&r->answer, HTTP_OK, "text/plain; charset=utf-8", "ok\n");
}

void metrics_handle(struct request *r)
{
	struct countd *d = r->d;
	struct gauges g;
	gauges_read(&g, d);
	metrics_text(&d->metrics, atomic_load(&d->under_way), &d->verify, &r->answer.body);
	gauges_text(&g, &r->answer.body);
	answer_body(&r->answer, METRICS_TYPE);
}
