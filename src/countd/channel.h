/* SPDX-License-Identifier: Apache-2.0
 *
 * One end of the socket pair between the HTTP side and the box side. Whoever sends
 * waits for nobody: what the other end does not take yet is kept, up to a bound, and a
 * thread of the channel's own sends the rest and hands over what comes in.
 */
#ifndef YIHU_COUNTD_CHANNEL_H
#define YIHU_COUNTD_CHANNEL_H

#include "message.h"

struct channel;

/* What is done with messages, by the channel's thread. */
struct channel_user {
	enum message_way way; /* of those that come in */
	uint32_t n_ids;
	/* false: no such message may come now; the channel ends with an error. */
	bool (*message)(void *context, const struct message *m);
	/* Once: nothing more comes. err NULL: the other end has closed it. */
	void (*ended)(void *context, const struct yihu_error *err);
	void *context;
};

/* Two ends; *both are the caller's to close. */
int channel_pair(int ends[2], struct yihu_error *err);
/* Takes fd over. user is copied. No thread runs yet: messages can be sent. */
struct channel *channel_new(int fd, const struct channel_user *user);
/* Without a thread: waits for one message, at most so long. YIHU_EMISSING: none came. */
int channel_first(struct channel *c, struct message *m, unsigned wait_ms, struct yihu_error *err);
int channel_start(struct channel *c, struct yihu_error *err);

/* From any thread; head is m's kind, id and time, the body these parts one after the
 * other. The HTTP side has so many connections; but an HTTP side that
 * asks on, and takes too little of what the box side answers, ends the channel. */
void channel_send(struct channel *c, const struct message *m, const struct yihu_buf *parts,
		  size_t n);
/* Between these two, what is sent is kept, and goes out at once at the end. */
void channel_hold(struct channel *c);
void channel_release(struct channel *c);
/* Waits until little of what was sent is kept. For large answers; not for the
 * channel's thread. */
void channel_wait_room(struct channel *c);
/* From now on nobody waits for room: the other end may never make any. */
void channel_wait_no_more(struct channel *c);

/* Says that nothing more is sent, once all was taken or wait_ms are over. */
void channel_finish(struct channel *c, unsigned wait_ms);
/* Ends its thread, and frees it. NULL is fine. */
void channel_free(struct channel *c);

#endif
