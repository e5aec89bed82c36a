/* SPDX-License-Identifier: Apache-2.0
 *
 * Seeds of the daemon's messages: one of each kind.
 */
#include "countd/message.h"
#include "seeds.h"

static void seed_one(const char *name, enum message_way way, struct message m, struct yihu_buf body)
{
	struct yihu_buf all = {0};
	m.len = body.len;
	yihu_buf_u8(&all, way == MESSAGE_TO_FRONT);
	message_head(&all, &m);
	yihu_buf_put(&all, body.data, body.len);
	seed("message", name, &all);
	yihu_buf_free(&all);
	yihu_buf_free(&body);
}

static void seed_call(enum call call, const char *tail, const char *body)
{
	struct yihu_buf all = {0};
	message_put_tail(&all, tail);
	yihu_buf_str(&all, body);
	seed_one(named("call-%d", call), MESSAGE_TO_BOX,
		 (struct message){
			 .kind = (enum message_kind)call, .id = (uint32_t)call, .at_ms = 1000},
		 all);
}

static void seed_answer(const char *name, struct answer *a)
{
	struct yihu_buf all = {0};
	message_put_answer(&all, a);
	yihu_buf_put(&all, a->body.data, a->body.len);
	seed_one(name, MESSAGE_TO_FRONT, (struct message){.kind = MESSAGE_ANSWER, .id = 63}, all);
	yihu_buf_free(&a->body);
}

static void seed_told(const char *name, enum message_way way, enum message_kind kind,
		      struct yihu_buf body)
{
	seed_one(name, way, (struct message){.kind = kind}, body);
}

void seed_messages(void)
{
	static const char *const tails[N_CALLS] = {
		[CALL_CREDENTIAL] = "3",
		[CALL_SERIAL] = "12",
		[CALL_CODE] = "ABCD-EFGH-JKMN-PQRS",
		[CALL_TILE] = "log/tile/0/000.p/3",
	};
	struct answer a = ANSWER_NONE, refused = ANSWER_NONE;
	struct yihu_buf progress = {0}, figures = {0}, fine = {0}, wrong = {0};
	struct yihu_error err = {0};
	for (int call = CALL_BALLOT; call < N_CALLS; call++)
		seed_call((enum call)call, tails[call] ? tails[call] : "",
			  call == CALL_BALLOT || call == CALL_ENTRY ? "Rbytes" : "");
	answer_text(&a, HTTP_OK, "text/plain; charset=utf-8", "ok\n");
	seed_answer("answer", &a);
	answer_starting(&refused, 3, 9);
	seed_answer("refusal", &refused);
	yihu_buf_be64(&progress, 3);
	yihu_buf_be64(&progress, 9);
	seed_told("progress", MESSAGE_TO_FRONT, MESSAGE_PROGRESS, progress);
	message_put_figures(&figures, &(struct figures){.size = 9, .closed = true, .ended = true});
	seed_told("figures", MESSAGE_TO_FRONT, MESSAGE_FIGURES, figures);
	message_put_error(&fine, 0, NULL);
	seed_told("front", MESSAGE_TO_BOX, MESSAGE_FRONT, fine);
	yihu_fail(&err, YIHU_ENET, "there is no such address");
	message_put_error(&wrong, err.code, &err);
	seed_told("front-error", MESSAGE_TO_BOX, MESSAGE_FRONT, wrong);
	seed_told("serves", MESSAGE_TO_FRONT, MESSAGE_SERVES, (struct yihu_buf){0});
	seed_told("stops", MESSAGE_TO_FRONT, MESSAGE_STOPS, (struct yihu_buf){0});
	seed_one("gone", MESSAGE_TO_BOX, (struct message){.kind = MESSAGE_GONE, .id = 7},
		 (struct yihu_buf){0});
}
