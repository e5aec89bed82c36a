/* SPDX-License-Identifier: Apache-2.0
 *
 * The counting daemon: HTTP in front, verification in the middle, one writer
 * behind. tools/yihu-countd.c is its main; tests run it in their own process.
 *
 * It has two sides, which share no memory. The HTTP side (struct front, front.h) has
 * exchanges; it knows nothing of the box. The box side (struct countd, daemon.h) has
 * requests; it knows nothing of HTTP. What the first has to ask the second goes as
 * messages (message.h) through a channel (channel.h), whose ends are ask_box.h and
 * asked.h. The program forks: the process that was started is the box side, its child,
 * forked before the log key is read, the HTTP side. Tests have both in one process,
 * over the same channel.
 *
 * What each thread does, and who may touch what:
 *
 *   HTTP threads (libmicrohttpd, epoll) read requests, answer pages and files, and
 *     suspend a connection whose answer comes from behind.
 *   One auditor takes public files: it audits the whole folder with each.
 *   One reaper ends connections that outlive their deadline, and gives the answers
 *     that are held back in a crowd (slow_answers.h).
 *   One thread a side has its end of the channel, and waits for nobody.
 *   One reader answers what every voter asks for, another gives out the log, so that
 *     nobody waits for a voter's answer behind many large tiles.
 *   Verifiers, one a core, check a ballot's signature and proof, and an entry's
 *     signature, without state. What is known answers before them (ballot_call.c); what
 *     they take next is the lanes' question (lanes.h).
 *   One writer owns the box: it alone commits, in groups of all that waits.
 *   One thread verifies again, while nothing else is to do, what the box believed when
 *     it was opened (recheck.c).
 *
 *   box_lock guards the box, its ledger and its database: the writer holds it
 *     from the beginning of a commit to its end. So whoever holds it sees committed
 *     entries only.
 *   committed (committed.h) and view are what all others read, renewed by the writer
 *     after each commit: they never wait for a disk.
 *   A request or exchange belongs to one thread at a time; queues hand it on.
 *   Locks are never nested but one way: box_lock, then committed, letters or entries.
 *
 * Trust: whoever controls this program can refuse ballots and see who votes
 * when. It cannot read or forge a vote, and dropping or changing an
 * acknowledged one is proven by that one's receipt. Whoever controls the HTTP side
 * alone gets nothing appended that PROTOCOL §7 refuses, and reads neither log key nor
 * database: the box side judges each message as a stranger's.
 */
#ifndef YIHU_COUNTD_H
#define YIHU_COUNTD_H

#include <yihu/error.h>

#include "countd_options.h"

struct countd;

/* Opens the box (yihu_box_open_as) and serves. Writes its address into
 * box_dir/address, and into box_dir/served. */
int countd_start(struct countd **out, const struct countd_options *o, struct yihu_error *err);
/* "http://127.0.0.1:8080", without a final '/'. */
const char *countd_url(const struct countd *d);
/* The box can no longer be written (its last commit is in doubt): stop and
 * start anew. */
bool countd_failed(struct countd *d);
/* Reads again what is read again while it serves: the certificate. */
void countd_reload(struct countd *d);
/* It is a person who stops it, not the computer that goes down: nobody goes on with it by
 * itself. Before countd_stop. */
void countd_stopped_by_hand(struct countd *d);
/* Takes no more connections, finishes what is queued, exports the log,
 * removes the address. d is gone afterwards. */
int countd_stop(struct countd *d, struct yihu_error *err);

#endif
