/* SPDX-License-Identifier: Apache-2.0
 *
 * The auditor's thread, and the exchanges that wait for it.
 */
#ifndef YIHU_COUNTD_AUDITOR_H
#define YIHU_COUNTD_AUDITOR_H

#include "exchange.h"

struct auditor;
/* Nobody waits; freed by auditor_free. */
struct auditor *auditor_new(void);
/* When its thread is gone; NULL is fine. */
void auditor_free(struct auditor *a);
/* Hands it a file that was brought, which has its place in front.uploads. false: the
 * daemon is being stopped, and x says so. */
bool auditor_push(struct exchange *x);
/* No more will come. */
void auditor_close(struct auditor *a);
/* The thread, of a struct front: until it is closed and nobody waits. */
void *auditor_run(void *front);

#endif
