/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue init.
 */
#ifndef YIHU_TOOLS_ISSUE_INIT_H
#define YIHU_TOOLS_ISSUE_INIT_H

int issue_init_verb(int argc, char **argv);

#endif
