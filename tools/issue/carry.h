/* SPDX-License-Identifier: Apache-2.0
 *
 * yihu-issue's verbs about sticks.
 */
#ifndef YIHU_TOOLS_ISSUE_CARRY_H
#define YIHU_TOOLS_ISSUE_CARRY_H

int carry_run_hand_out(int argc, char **argv);
int carry_run_collect(int argc, char **argv);

#endif
