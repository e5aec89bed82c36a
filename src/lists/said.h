/* SPDX-License-Identifier: Apache-2.0
 *
 * Yes or no, as people fill in a column such as 参加.
 */
#ifndef YIHU_LISTS_SAID_H
#define YIHU_LISTS_SAID_H

enum said { SAID_YES, SAID_NO, SAID_NOTHING, SAID_UNCLEAR };
/* Of a cell of it. */
enum said said_in(const char *cell);

#endif
