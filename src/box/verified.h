/* SPDX-License-Identifier: Apache-2.0
 *
 * The recovery mark: how much of this log was verified in full, by a program that
 * had its log key (PROTOCOL §16). A start believes the proofs of so many entries
 * when they are those, and looks at everything else. It says nothing of how long
 * the log is: that is the other mark (mark.h).
 *
 * It is a matter of speed. Two slots, each a sector, are written in turn and never
 * synced; what is missing, torn or foreign is none, and then all is verified. So
 * nothing here fails.
 */
#ifndef YIHU_BOX_VERIFIED_H
#define YIHU_BOX_VERIFIED_H

#include <yihu/charter.h>
#include <yihu/merkle.h>

#define YIHU_VERIFIED_NAME "verified"
#define YIHU_VERIFIED_SLOT_BYTES 512
#define YIHU_VERIFIED_BYTES (2 * YIHU_VERIFIED_SLOT_BYTES)

/* Of which log it speaks. */
struct yihu_verified_log {
	const struct yihu_charter *charter;
	const uint8_t *register_hash; /* SHA-256 of the file, 32 bytes */
};
/* One that was read. All zero but fd −1: none. */
struct yihu_verified_mark {
	int fd;
	uint64_t number; /* of the newest slot that its log key vouches for */
	uint64_t size;   /* so many entries were verified, 0: none … */
	struct yihu_node root;
};
/* DIR/verified, as far as it holds; makes nothing. */
void yihu_verified_open(struct yihu_verified_mark *m, const char *dir,
			const struct yihu_verified_log *log);
/* From now on so many are. */
void yihu_verified_put(struct yihu_verified_mark *m, const char *dir,
		       const struct yihu_verified_log *log, const struct yihu_keypair *key,
		       uint64_t size, const struct yihu_node *root);
/* Leaves none. One that is not open is fine. */
void yihu_verified_close(struct yihu_verified_mark *m);
/* Removes the file, so that the next start believes nothing; false, where that
 * cannot be made sure. */
bool yihu_verified_remove(const char *dir);

#endif
