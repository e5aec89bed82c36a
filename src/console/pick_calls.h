/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls about files of this computer: takes, then answers.
 */
#ifndef YIHU_CONSOLE_PICK_CALLS_H
#define YIHU_CONSOLE_PICK_CALLS_H

#include "question.h"

/* {at}: {at, names: [{name, folder, bytes}]}; "" is where one begins */
unsigned call_look(const struct question *q);
/* {name, base64}: {path}, where it lies until the console ends */
unsigned call_drop(const struct question *q);

#endif
