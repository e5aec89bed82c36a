/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls about rehearsals.
 */
#ifndef YIHU_CONSOLE_REHEARSE_CALLS_H
#define YIHU_CONSOLE_REHEARSE_CALLS_H

#include "question.h"

/* {letters: [{serial, household, typed, link}]}: of a rehearsal, whose letters are no
 * votes. The letters of any other election no page ever gets: 409. */
unsigned call_specimens(const struct question *q);

#endif
