/* SPDX-License-Identifier: Apache-2.0
 *
 * A channel's end in the hands of a test, which plays one of the daemon's two sides and
 * says what it likes.
 */
#ifndef YIHU_TEST_FAR_END_H
#define YIHU_TEST_FAR_END_H

#include "countd/message.h"

#define FAR_CONNECTIONS 80 /* of the other side's options */

/* A message, whatever it is. The other end may have had enough: no error. */
void far_say(int fd, enum message_kind kind, uint32_t id, uint64_t at_ms, const void *body,
	     size_t len);
/* The same; takes body over. */
void far_say_buf(int fd, enum message_kind kind, uint32_t id, struct yihu_buf body);
/* A call, whose body is taken over. */
void far_ask_at(int fd, enum call call, uint32_t id, uint64_t at_ms, const char *tail,
		struct yihu_buf body);
void far_ask(int fd, enum call call, uint32_t id, const char *tail, struct yihu_buf body);
/* The next message; its bytes are the caller's to free. */
struct message far_hear(int fd, enum message_way way, struct yihu_buf *bytes);
/* The next one must be of this kind. */
void far_hear_kind(int fd, enum message_way way, unsigned kind);
/* The status of the answer with this id; figures in between are passed over. */
unsigned far_answer(int fd, uint32_t id, char slug[static 64]);

#endif
