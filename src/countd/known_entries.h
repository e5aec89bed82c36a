/* SPDX-License-Identifier: Apache-2.0
 *
 * The issuer's entries that are in the log, by their hash: all of them are public, and
 * whoever sends one again is told where it is, without the writer.
 */
#ifndef YIHU_COUNTD_KNOWN_ENTRIES_H
#define YIHU_COUNTD_KNOWN_ENTRIES_H

#include <yihu/box.h>

struct known_entry {
	uint8_t hash[32]; /* SHA-256 of type and body */
	uint64_t index, time;
};

struct known_entries;
/* Of none; freed by known_entries_free. */
struct known_entries *known_entries_new(void);
/* When no thread asks any more. NULL is fine. */
void known_entries_free(struct known_entries *k);
/* By the box's owner, once: all that the box has. */
int known_entries_read(struct known_entries *k, struct yihu_box *b, struct yihu_error *err);
/* By the box's owner, after a commit: those of the n submissions that went in. */
void known_entries_follow(struct known_entries *k, const struct yihu_submission *subs, size_t n);
/* From any thread. */
bool known_entries_find(struct known_entries *k, enum yihu_entry_type type, const void *body,
			size_t len, struct known_entry *out);

#endif
