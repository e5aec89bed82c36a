/* SPDX-License-Identifier: Apache-2.0
 *
 * What both files of the seeds write with.
 */
#ifndef YIHU_TEST_SEEDS_H
#define YIHU_TEST_SEEDS_H

#include "fuzz.h"

/* A name for the time of one call. */
const char *named(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* DIR/target/name; a '/' in the name becomes '-'. */
void write_seed(const char *target, const char *name, const void *bytes, size_t len);
void seed(const char *target, const char *name, const struct yihu_buf *b);
void seed_text(const char *target, const char *name, const char *text);
/* With selecting bytes before it. */
void seed_selected(const char *target, const char *name, const uint8_t *choice, size_t n,
		   const struct yihu_buf *b);

/* Those of seeds_message.c. */
void seed_messages(void);
/* Those of seeds_written.c: the last, for what they draw comes after all else. */
void seed_written(void);

#endif
