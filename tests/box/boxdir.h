/* SPDX-License-Identifier: Apache-2.0
 *
 * Box folders of a test election on the disk, and what tests put into them.
 */
#ifndef YIHU_TEST_BOXDIR_H
#define YIHU_TEST_BOXDIR_H

#include <fixture.h>
#include <yihu/box.h>

/* A fresh folder with log.key and public/{election.pb,charter,register}. */
char *boxdir_new(const struct fixture *f);
/* The same at a path that does not exist yet. */
void boxdir_make(const struct fixture *f, const char *dir);
void boxdir_free(char *dir); /* removes it */
char *boxdir_temp(void);     /* an empty folder; boxdir_free */

/* Opens it or aborts the test with the reason. */
struct yihu_box *boxdir_open(const char *dir, uint64_t now);

/* The same of a folder that is a copy: a person says that the other is gone. */
struct yihu_box *boxdir_open_moved(const char *dir, uint64_t now);
/* Copies the first `most` bytes of a file of one box into another. */
void boxdir_copy(const char *from_dir, const char *to_dir, const char *name, size_t most);

/* Bodies of entries, each on memory of its own (yihu_buf_free). */
struct yihu_buf boxdir_ballot(const struct fixture *f, uint32_t serial, uint64_t seed);
struct yihu_buf boxdir_change(const struct fixture *f, uint32_t old_serial, uint32_t new_serial);
struct yihu_buf boxdir_close(const struct fixture *f, const struct yihu_box *b);

/* A group of one; the submission's code, or the commit's. */
struct yihu_submission boxdir_commit(struct yihu_box *b, enum yihu_entry_type type,
				     const struct yihu_buf *body, uint64_t now);
/* n ballots of serials from `first` on, one group; aborts unless all are in. */
void boxdir_vote(struct yihu_box *b, const struct fixture *f, uint32_t first, uint32_t n,
		 uint64_t now);
/* The receipt of an entry that is there. */
struct yihu_buf boxdir_receipt(struct yihu_box *b, uint64_t index);

#endif
