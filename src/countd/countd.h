/* SPDX-License-Identifier: Apache-2.0
 *
 * The counting daemon: HTTP in front, verification in the middle, one writer
 * behind. tools/yihu-countd.c is its main; tests run it in their own process.
 *
 * What each thread does, and who may touch what:
 *
 *   HTTP threads (libmicrohttpd, epoll) read requests, answer what needs no
 *     waiting, and suspend a connection whose answer comes from behind.
 *   Two verifiers check a ballot's form, signature and proof, without state.
 *   One writer owns the box: it alone commits, in groups of all that waits.
 *   One auditor takes public files: it audits the whole folder with each.
 *   One reaper ends connections that outlive their deadline.
 *
 *   box_lock guards the box, its ledger and its database: the writer holds it
 *     from the beginning of a commit to its end, anyone else for the time of
 *     one answer. So whoever holds it sees committed entries only.
 *   committed (committed.h) is what most readers need, copied by the writer
 *     after each commit under a lock of its own: they never wait for a disk.
 *   A request belongs to one thread at a time; queues hand it on.
 *   Locks are never nested but one way: box_lock, then committed or metrics.
 *
 * Trust: whoever controls this program can refuse ballots and see who votes
 * when. It cannot read or forge a vote, and dropping or changing an
 * acknowledged one is proven by that one's receipt.
 */
#ifndef YIHU_COUNTD_H
#define YIHU_COUNTD_H

#include <yihu/error.h>

#include "countd_options.h"

struct countd;

/* Opens the box (re-verifying all of it) and serves. Writes its address into
 * box_dir/address. */
int countd_start(struct countd **out, const struct countd_options *o, struct yihu_error *err);
/* "http://127.0.0.1:8080", without a final '/'. */
const char *countd_url(const struct countd *d);
/* The box can no longer be written (its last commit is in doubt): stop and
 * start anew. */
bool countd_failed(struct countd *d);
/* Takes no more connections, finishes what is queued, exports the log,
 * removes the address. d is gone afterwards. */
int countd_stop(struct countd *d, struct yihu_error *err);

#endif
