/* SPDX-License-Identifier: Apache-2.0
 *
 * What each thread runs: verifier.c, writer.c, auditor.c. The argument is the
 * struct countd.
 */
#ifndef YIHU_COUNTD_THREADS_H
#define YIHU_COUNTD_THREADS_H

/* Until its queue is closed and empty; NULL comes back. */
void *verifier_run(void *countd);
void *writer_run(void *countd);
void *auditor_run(void *countd);
/* What the auditor keeps from one file to the next. Freed when its thread is
 * gone; NULL is fine. */
struct auditor *auditor_new(void);
void auditor_free(struct auditor *a);

#endif
