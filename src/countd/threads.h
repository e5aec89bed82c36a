/* SPDX-License-Identifier: Apache-2.0
 *
 * What each thread runs: verifier.c, writer.c, recheck.c, readers.c. The argument is the
 * struct countd.
 */
#ifndef YIHU_COUNTD_THREADS_H
#define YIHU_COUNTD_THREADS_H

/* Until its queue is closed and empty; NULL comes back. */
void *verifier_run(void *countd);
void *writer_run(void *countd);
void *reader_run(void *countd);
void *log_reader_run(void *countd);
/* Until d->stopping: BOX/status, anew every few seconds. */
void *status_run(void *countd);
/* Until the box is verified again, or d->stopping. */
void *recheck_run(void *countd);

#endif
