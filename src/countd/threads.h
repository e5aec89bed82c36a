/* SPDX-License-Identifier: Apache-2.0
 *
 * What each thread runs: verifier.c, writer.c, auditor.c. The argument is the
 * struct countd.
 */
#ifndef YIHU_COUNTD_THREADS_H
#define YIHU_COUNTD_THREADS_H

void *verifier_run(void *countd);
void *writer_run(void *countd);
void *auditor_run(void *countd);
struct auditor *auditor_new(void);
void auditor_free(struct auditor *a);

#endif
