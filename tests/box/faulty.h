/* SPDX-License-Identifier: Apache-2.0
 *
 * A file system for SQLite over the usual one, whose n-th read, write or sync fails.
 * A failing write leaves half of itself.
 */
#ifndef YIHU_TEST_FAULTY_H
#define YIHU_TEST_FAULTY_H

#include <stdbool.h>

enum fault { FAULT_NONE, FAULT_READ, FAULT_WRITE, FAULT_SYNC };
void faulty_install(void); /* as the default */
void faulty_remove(void);
/* The call of this kind after `countdown` others fails, once. */
void faulty_arm(enum fault what, int countdown);
bool faulty_struck(void);

#endif
