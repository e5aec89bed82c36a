/* SPDX-License-Identifier: Apache-2.0
 *
 * BOX/status: how the daemon stands, a few seconds ago at most, for whoever may read the
 * box (yihu-countd --status). JSON, without any letter's number or address of a household.
 * It is gone when the daemon has ended as it should.
 */
#ifndef YIHU_COUNTD_STATUS_FILE_H
#define YIHU_COUNTD_STATUS_FILE_H

#include <stdint.h>

#define STATUS_FILE "status"
#define STATUS_EVERY_MS 5000
#define STATUS_BYTES_MAX 65536

struct countd;
/* While the box is being opened: so many entries of so many are verified. */
void status_starting(struct countd *d, uint64_t done, uint64_t total);
/* While it serves; may wait for a disk. */
void status_now(struct countd *d);
/* When nobody writes it any more. */
void status_remove(struct countd *d);

#endif
