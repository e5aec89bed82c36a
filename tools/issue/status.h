/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue status.
 */
#ifndef YIHU_TOOLS_ISSUE_STATUS_H
#define YIHU_TOOLS_ISSUE_STATUS_H

int issue_status(int argc, char **argv);

#endif
