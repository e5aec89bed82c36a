/* SPDX-License-Identifier: Apache-2.0
 *
 * The call about sticks: takes, then answers.
 */
#ifndef YIHU_CONSOLE_STICK_CALLS_H
#define YIHU_CONSOLE_STICK_CALLS_H

#include "question.h"

/* (book): {hangs, sticks: [{device, where, name, size, left, writable, keys: [{path, holder,
 * number}], backups: [path], elections: [{id, name, path}]}]}; number: of that election's
 * key holder whose key it is, null where it is none's; hangs: a stick does
 * not answer, and nothing is known of any */
unsigned call_sticks(const struct question *q);

#endif
