/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue cancel.
 */
#ifndef YIHU_TOOLS_ISSUE_CANCEL_H
#define YIHU_TOOLS_ISSUE_CANCEL_H

int issue_cancel_verb(int argc, char **argv);

#endif
