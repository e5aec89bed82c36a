/* SPDX-License-Identifier: Apache-2.0
 *
 * What goes between the HTTP side and the box side: a head of fixed length, then as
 * many bytes as it says. All numbers are big-endian.
 *
 *   be32 length of the body ‖ be32 id ‖ u8 kind ‖ u8 second ‖ 2 zero bytes ‖ be64 milliseconds
 *
 * A reader believes nothing: kind, id and length are judged by the head alone, before
 * a byte of the body is waited for, and there is one spelling of each.
 */
#ifndef YIHU_COUNTD_MESSAGE_H
#define YIHU_COUNTD_MESSAGE_H

#include <yihu/bytes.h>

#include "answer.h"
#include "call.h"
#include "figures.h"

#define MESSAGE_HEAD_BYTES 20u
#define MESSAGE_TAIL_MAX 1024u /* what a call is about */

enum message_kind {
	/* Below N_CALLS: a call, to the box side; id is whose answer it will be. Body: be16
	 * length of the tail ‖ tail ‖ the call's own body. */
	MESSAGE_GONE = N_CALLS, /* to the box side: nobody waits for that call any more */
	MESSAGE_FRONT,          /* to the box side: the HTTP side serves; again, that it knows of
				 * MESSAGE_SERVES; or why not */
	MESSAGE_PROGRESS,       /* to the HTTP side: be64 done ‖ be64 in all */
	MESSAGE_FIGURES,        /* … how far the log is; sent with each change of stage */
	MESSAGE_SERVES,         /* … calls are taken from now on */
	MESSAGE_ANSWER,         /* … of that id: struct answer */
	MESSAGE_RELOAD,         /* … the certificate is to be read again */
	MESSAGE_STOPS,          /* … nothing new is taken, what was taken is answered */
	MESSAGE_MARK,           /* … the poll's end has come: is anything on its way? */
	MESSAGE_MARKED,         /* to the box side: all that was received before that is here */
	N_MESSAGES
};

struct message {
	enum message_kind kind;
	uint32_t id;         /* 0 where it is of no call */
	uint64_t at_ms;      /* of a call: when its last byte was received, monotonic; else 0 */
	uint8_t second;      /* … the last bits of the wall clock's second then; else 0 */
	const uint8_t *body; /* borrowed */
	size_t len;
};

/* Which way it goes. */
enum message_way { MESSAGE_TO_BOX, MESSAGE_TO_FRONT };

/* Appends the head of a message whose body follows. */
void message_head(struct yihu_buf *out, const struct message *m);
/* The first message of these bytes, which borrows from them, and how many it took.
 * YIHU_EMISSING: it is not whole yet, and *used says how many bytes it will have, 0
 * while its head is not there. YIHU_EFORMAT: no such message is sent that way with an
 * id below n_ids. */
int message_read(struct message *out, size_t *used, const void *bytes, size_t len,
		 enum message_way way, uint32_t n_ids);

/* A call's body, apart. */
struct message_call {
	char *tail; /* NUL-ended, the caller's to free */
	const uint8_t *body;
	size_t len;
};
/* false: it is none, and out->tail is not to be freed. */
bool message_call_read(struct message_call *out, const struct message *m);
/* The beginning of a call's body; what is too long is cut. */
void message_put_tail(struct yihu_buf *out, const char *tail);

/* Of an answer: status, Retry-After, what its body is, whether the connection ends. The
 * body itself follows. */
void message_put_answer(struct yihu_buf *out, const struct answer *a);
/* Takes a copy of the body. false: it is none. */
bool message_answer_read(struct answer *out, const struct message *m);

/* As much of the figures as the HTTP side needs: stage, ballots, size. */
void message_put_figures(struct yihu_buf *out, const struct figures *f);
/* false: they are none. */
bool message_figures_read(struct figures *out, const struct message *m);
/* How many of how many entries. false: it does not say. */
bool message_progress_read(uint64_t *done, uint64_t *total, const struct message *m);
/* An error, or none (code 0). */
void message_put_error(struct yihu_buf *out, int code, const struct yihu_error *err);
/* false: it says neither. */
bool message_error_read(int *code, struct yihu_error *err, const struct message *m);

#endif
